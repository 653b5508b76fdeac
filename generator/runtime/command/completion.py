"""Completion scripts for shells, written from the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SHELLS = ("bash", "zsh", "fish")

_BASH = """\
_{function}() {{
    local key="" word
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        [[ $word == -* ]] || {{ [[ $key == */*/* ]] || key+="/$word"; }}
    done
    local words=""
    case "$key" in
{cases}
    esac
    COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
    [[ ${{#COMPREPLY[@]}} -gt 0 ]] || COMPREPLY=($(compgen -f -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -F _{function} {name}
"""
_ZSH = "#compdef {name}\nautoload -U +X bashcompinit && bashcompinit\n"


def script(shell: str, name: str, words: Mapping[tuple[str, ...], Sequence[str]]) -> str:
    """Return the completion script of a shell.

    Args:
        shell: The shell.
        name: The name of the command.
        words: The words that may follow others.
    """
    if shell == "fish":
        return "".join(_fish(name, before, following) for before, following in words.items())
    cases = "\n".join(
        f'        "{"".join(f"/{each}" for each in before)}"{"" if len(before) < 2 else "*"}) '
        f'words="{" ".join(following)}" ;;'
        for before, following in sorted(words.items(), reverse=True)
    )
    function = "".join(char if char.isalnum() else "_" for char in name)
    text = _BASH.format(function=function, cases=cases, name=name)
    return _ZSH.format(name=name) + text if shell == "zsh" else text


def _fish(name: str, before: tuple[str, ...], following: Sequence[str]) -> str:
    """Return the lines of fish for the words that may follow others."""
    seen = "".join(f"; and __fish_seen_subcommand_from {each}" for each in before)
    if len(before) < 2:
        condition = f"test (count (commandline -opc)) -eq {len(before) + 1}{seen}"
        return f"complete -c {name} -f -n '{condition}' -a '{' '.join(following)}'\n"
    condition = seen.removeprefix("; and ")
    return "".join(f"complete -c {name} -n '{condition}' {_flag(flag)}\n" for flag in following)


def _flag(flag: str) -> str:
    return f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}"
