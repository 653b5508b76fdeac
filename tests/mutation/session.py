"""One pytest session for all mutants of a workspace.

mutmut starts pytest for each mutant, which takes longer than most tests here. Therefore its loop
runs inside a pytest session, and each mutant in a fork of the session.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.copies import (
    answer_to_sources,
    copied_folder,
    make_packages_once,
    untyped_module,
)
from tests.mutation.score import MISSED

mutmut = untyped_module("__main__")
config, state = untyped_module("configuration").config, untyped_module("state").state
change_cwd = untyped_module("utils.file_utils").change_cwd

_MEMORY = 6 << 30  # bytes; for a mutant that never stops collecting
_KILLERS = Path("killers.txt").absolute()


class Session:
    """Runs mutmut in a pytest session, and the session's tests for mutmut.

    Args:
        jobs: The number of mutants that are tried in parallel.
        mutants: The mutants to try, whether tried before or not; empty for all untried ones.
    """

    def __init__(self, jobs: int, mutants: Sequence[str]) -> None:
        self._jobs = jobs
        self._mutants = tuple(mutants)
        self._items: dict[str, pytest.Item] = {}
        self._costs: defaultdict[Path, float] = defaultdict(float)
        self._reached: dict[Any, set[str]] = {}
        self._failed = False
        self.is_done = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._items = {item.nodeid: item for item in session.items}
        forks = untyped_module("workers.isolation").ForkRunner
        mutmut.get_mutant_runner = partial(forks, test_runner=self, debug=False)
        mutmut._run(self._mutants, self._jobs)
        self.is_done = True
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._failed |= report.failed
        self._costs[self._items[report.nodeid].path] += report.duration
        if report.when == "call":
            state().duration_by_test[report.nodeid] = report.duration

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Generator[None, Any, Any]:
        """Record the functions that a shared fixture calls: all its tests depend on them."""
        if fixturedef.scope == "function":
            return (yield)
        before = set(state()._stats)
        state()._stats.clear()
        try:
            return (yield)
        finally:
            self._reached[fixturedef] = set(state()._stats)
            state()._stats.update(before)

    def run_stats(self, *, tests: Iterable[str]) -> int:
        """Record the functions that each test calls."""
        for item, following in self._in_order(tests):
            state()._stats.clear()
            self._run_one(item, following)
            if self._failed:
                return 1
            reached = set(state()._stats)
            for definition in _fixtures(item):
                reached |= self._reached.get(definition, set())
            for function in reached:
                state().tests_by_mangled_function_name[function].add(item.nodeid)
        state()._stats.clear()
        return 0

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        """Run tests until one fails."""
        if mutant_name is not None:
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        self._failed = False
        function = (mutant_name or "").partition("__mutmut_")[0]
        for item, following in self._in_order(tests, _killers(function)):
            self._run_one(item, following)
            if self._failed:
                if mutant_name is not None:
                    _note_killer(function, item.nodeid)
                _tear_down(item)  # The following one is not run.
                return 1
        return 0

    def run_forced_fail(self) -> int:
        """Run all tests while every mutated function fails."""
        return self.run_tests(mutant_name=None, tests=())

    def list_all_tests(self) -> Any:
        return untyped_module("runners.harness").ListAllTestsResult(ids=set(self._items))

    def _run_one(self, item: pytest.Item, following: pytest.Item | None) -> None:
        _forget()
        with change_cwd("mutants"):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def _in_order(
        self, tests: Iterable[str], killers: Counter[str] | None = None
    ) -> list[tuple[pytest.Item, pytest.Item | None]]:
        """Return tests grouped by module, since many share a package: the most promising first.

        Args:
            tests: The ids of the tests; empty for all.
            killers: The number of mutants of the same function that each test has noticed.
        """
        noticed = killers or Counter()
        durations = state().duration_by_test
        modules: dict[Path, list[pytest.Item]] = {}
        for test in list(tests) or self._items:
            modules.setdefault(self._items[test].path, []).append(self._items[test])
        items: list[pytest.Item] = []
        for path in sorted(
            modules,
            key=lambda each: (
                -sum(noticed[item.nodeid] for item in modules[each]),
                self._costs[each],
            ),
        ):
            items += sorted(
                modules[path],
                key=lambda item: (-noticed[item.nodeid], durations.get(item.nodeid, 0.0)),
            )
        return list(zip(items, [*items[1:], None], strict=True))


def _fixtures(item: Any) -> Iterable[Any]:
    """Return the fixtures of a test."""
    return chain.from_iterable(item._fixtureinfo.name2fixturedefs.values())


def _tear_down(item: Any) -> None:
    item.session._setupstate.teardown_exact(None)


def _killers(function: str) -> Counter[str]:
    """Count the mutants of a function that each test has noticed."""
    if not _KILLERS.exists():
        return Counter()
    lines = (line.split("\t") for line in _KILLERS.read_text("utf-8").splitlines())
    return Counter(test for name, test in lines if name == function)


def _note_killer(function: str, test: str) -> None:
    """Record a killed mutant for later mutants, because each one is tried in its own process."""
    with _KILLERS.open("a", encoding="utf-8") as file:
        file.write(f"{function}\t{test}\n")


def _forget() -> None:
    """Clear the caches of packages, so that no test depends on results of an earlier one."""
    for name, module in list(sys.modules.items()):
        if copied_folder(name):
            for each in list(vars(module).values()):
                if hasattr(each, "cache_clear"):
                    each.cache_clear()


def _caught() -> dict[Path, dict[str, int]]:
    """Return the exit codes of the mutants that tests noticed, by the files with the results."""
    found: dict[Path, dict[str, int]] = {}
    for path in Path("mutants").absolute().rglob("*.meta"):
        codes = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        found[path] = {name: code for name, code in codes.items() if code not in {None, *MISSED}}
    return found


def _restore(caught: dict[Path, dict[str, int]]) -> None:
    """Write exit codes again that mutmut drops, as it does if the selection of tests changed."""
    for path, codes in caught.items():
        data = json.loads(path.read_text("utf-8"))
        known = {name: each for name, each in data["exit_code_by_key"].items() if each is not None}
        data["exit_code_by_key"] |= codes | known
        path.write_text(json.dumps(data, indent=4), "utf-8")


def main(arguments: Sequence[str]) -> int:
    """Make the mutants and try them."""
    jobs, *mutants = arguments
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    untyped_module("utils.file_utils").setup_source_paths()
    mutmut.create_mutants(1)
    with change_cwd("mutants"):
        mutated = answer_to_sources()
        if all(path.is_relative_to("generator/runtime") for path in mutated):
            make_packages_once()
    caught = _caught() if mutants else {}
    session = Session(int(jobs), mutants)
    selection = [f"mutants/{each}" for each in config().pytest_add_cli_args_test_selection]
    options = ["--rootdir=mutants", "--config-file=mutants/pyproject.toml", "-qq", "-s"]
    # The packages have been generated, so plugins such as anyio's are already imported.
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    pytest.main([*options, *config().pytest_add_cli_args, *selection], plugins=[session])
    _restore(caught)
    return 0 if session.is_done else 1


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.exit(main(sys.argv[1:]))
