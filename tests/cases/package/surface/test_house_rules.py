"""Rules of the layout, the code and the language of the project."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from generator import config
from tests.support.paths import GENERATOR, PACKAGE, ROOT

MODULES = sorted(GENERATOR.rglob("*.py"))
PACKAGES = sorted(path.parent for path in MODULES if path.name == "__init__.py")
TREES = {
    "generator": MODULES,
    "generated": sorted((ROOT / "generated").rglob("*.py")),
    "tests": [
        path for path in sorted((ROOT / "tests").rglob("*.py")) if "node_modules" not in path.parts
    ],
}
VAGUE_VERBS = re.compile(r"(?:Gives?|Tells?|Says?|Lets?|Hold|Look)\b")
CONTINUATIONS = re.compile(r"(?:also|and|but|else|its?|nor|or|so|that|then|they|this)_")
PARAPHRASES = re.compile(r"(?:What|Who|Whoever|Nobody|Where|How|Which)\b")
PERSONS = re.compile(r"\b(?:whoever|nobody|somebody|anybody)\b|\ball the same\b", re.IGNORECASE)
CLAUSES = re.compile(r"\b[Ww]hat\b(?!:)|\b(?:is|are) none\b")
RIDDLES = re.compile(
    r"\b(?:unless told|in silence|kinds? of things?|in the way|carr(?:y|ies) out|used up"
    r"|(?:come|comes|came) late|side by side|beyond reach|go(?:es)? on|would do|stands? for"
    r"|(?<!connection )(?<!connection was )refuse[sd]?|refusal|mend(?:s|ed|ing)?"
    r"|(?<!=)answer(?:s|ed|ing)?|moments?|told)\b(?![`=:])",
    re.IGNORECASE,
)
PERSONIFICATIONS = re.compile(r"_(?:asks?|asked|says?|said|wants?|wanted|odd)(?=_|$)")
READ_BY_USERS = [
    *sorted((ROOT / "generated").rglob("*.md")),
    *sorted((ROOT / "spec/docs").glob("*.md")),
    *sorted((GENERATOR / "render" / "templates").rglob("*.jinja")),
    ROOT / "spec/openapi.yaml",
    ROOT / "CONTRIBUTING.md",
    ROOT / "README.md",
    ROOT / "SECURITY.md",
    GENERATOR / "lint" / "README.md",
]
NOT_NOUNS = {"told", "said", "asked", "mine", "its"}
OLD_WORDS = re.compile(
    r"(?:answer(?:ed|ing)?|barren|crowded|meant|mend(?:ed|ing)?|moments?|odd|places?|refus(?:al|e[ds]?)"
    r"|timeless)",
    re.IGNORECASE,
)
"""Words of identifiers for which the field has another one."""

COLLECTION = re.compile(r"(?:re\.compile\(|frozenset\(|\(|\{).*'.{7}")
"""The source of a constant with several strings, or of a pattern that is longer than `\\w+`."""

PARTICIPLE = re.compile(r"(?!deprecated$|feed$)[a-z]+ed|built|given|kept|made|sent|shown|written")

BESIDE = {
    "runtime.archive": "archive",
    "runtime.command": "_command",
    "runtime.spark": "_spark",
}
"""Folders of packages, by the packages of the run time that they are copied from."""


PLACES = {
    "where a `oneOf` becomes a Python type": (
        ("normalize/schemas/reader.py", "SchemaReader"),
        ("planning/types/model_types.py", "model_types"),
        ("planning/types/annotations.py", "Annotations"),
    ),
    "where the message of a 403 error is written": (
        ("runtime/calls/errors.py", "status_error"),
        ("runtime/core/errors.py", "PermissionDeniedError"),
    ),
    "where `Retry-After` is read": (("runtime/calls/retries.py", "retry_after"),),
    "where a checkpoint is parsed": (("runtime/walks/checkpoint.py", "read_checkpoint"),),
    "where `deepObject` parameters are encoded": (
        ("runtime/arguments/deep_objects.py", "DeepObject"),
    ),
    "where FastAPI's operationIds are recognized": (
        ("planning/operation_names/identifiers.py", "_fastapi"),
    ),
    "where references to operations are followed": (("repair/bundle.py", "bundle"),),
    "where a duplicate operationId is reported": (
        ("lint/operations.py", "duplicate_operation_ids"),
    ),
    'where "breaking" is decided': (
        ("diff/operation_rules.py", "operation_removed"),
        ("diff/schema_rules.py", "response_property_removed"),
        ("diff/surface.py", "compare"),
        ("diff/unexplained.py", "compare"),
    ),
    "where the wheel is uploaded": (("release/publish.py", "upload"),),
    "where a page is checked against its window": (
        ("runtime/walks/by_time/page_check.py", "examine_page"),
    ),
    "where the mock selects an example": (("runtime/mock/examples.py", "success_example"),),
    "where a field gets its Python name": (
        ("planning/models.py", "field_names"),
        ("python/names.py", "identifier"),
    ),
    "where a rate limit is divided among Spark's tasks": (("runtime/spark/pace.py", "shares"),),
    "where the manifest is built": (("output/manifest.py", "build"),),
}


def test_every_directory_with_modules_is_a_package() -> None:
    assert {path.parent for path in MODULES} == set(PACKAGES)


def test_generator_has_at_most_seven_modules_at_its_top() -> None:
    assert len(list(GENERATOR.glob("*.py"))) <= 7


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_package_has_at_most_twenty_modules_on_one_level(package: Path) -> None:
    modules = [each for each in package.glob("*.py") if each.name != "__init__.py"]
    assert len(modules) <= 20


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_docstring_of_a_package_has_two_sentences_about_its_contents_and_importers(
    package: Path,
) -> None:
    docstring = contents(package / "__init__.py").docstring
    sentences = re.split(r"(?<=\.)\s+", docstring)
    assert len(sentences) == 2
    assert package == GENERATOR or re.search(r"\bmay\s+import\b", sentences[1])


def layers(container: str) -> list[set[str]]:
    """Return the layers of a package, the highest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [contract] = [each for each in contracts if each.get("containers") == [container]]
    return [set(each.split(" | ")) for each in contract["layers"]]


def dotted_name(path: Path) -> str:
    """Return the name of a module or package of the generator, without `__init__`."""
    inside = path.relative_to(GENERATOR).with_suffix("")
    return ".".join(each for each in inside.parts if each != "__init__")


@cache
def imports() -> frozenset[tuple[str, str]]:
    """Return each package of the generator that a module imports, after that module."""
    rooms = sorted((dotted_name(each) for each in PACKAGES if each != GENERATOR), key=len)
    found: set[tuple[str, str]] = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = path.relative_to(GENERATOR).parts[: -node.level]
                for alias in node.names:
                    target = ".".join([*base, *filter(None, [node.module]), alias.name, ""])
                    inside = [each for each in rooms if target.startswith(f"{each}.")]
                    found |= {(dotted_name(path), each) for each in inside[-1:]}
    return frozenset(found)


def is_printed(room: str) -> bool:
    """Whether templates, or names that packages export, come from a package of the run time."""
    name = re.compile(rf"\b{re.escape(room.replace('runtime', '_runtime', 1))}\.(?!by_time)\w")
    beside = BESIDE.get(room)
    texts = [each.read_text("utf-8") for each in (GENERATOR / "render").rglob("*.jinja")]
    if beside is not None:
        return any(re.search(rf"\.{beside}\b|package\.{beside}", each) for each in texts)
    texts.append((GENERATOR / "python" / "reserved.py").read_text("utf-8"))
    return any(name.search(each) for each in texts)


@pytest.mark.parametrize(
    "room", [dotted_name(each) for each in PACKAGES if each != GENERATOR], ids=lambda room: room
)
def test_importers_that_a_package_names_are_those_that_it_has(room: str) -> None:
    """Packages of the run time name those of the run time; `runtime` itself names the stages."""
    container = "runtime." if room.startswith("runtime.") else ""
    docstring = contents(GENERATOR.joinpath(*room.split(".")) / "__init__.py").docstring
    sentence = " ".join(re.split(r"(?<=\.)\s+", docstring)[1].split())
    clause = re.split(r"; |Optional: ", sentence.partition(" may import")[0])[-1]
    named = set(re.findall(r"`([\w.]+)`", clause))
    actual = {
        importer.removeprefix(container)
        for importer, imported in imports()
        if (imported == room or (imported.startswith("runtime.") and room == "runtime"))
        and importer.startswith(container)
        and not f"{importer}.".startswith(f"{room}.")
    }
    if re.search(r"\b[Ee]very\b", clause):
        return
    if container and "above" not in clause:
        assert ("enerated code" in clause) == is_printed(room)
    order = layers("generator.runtime" if container else "generator")
    if "the command line" in clause:
        named |= order[0]
        actual |= order[0]
    if "above" in clause:
        lowest = max(n for n, layer in enumerate(order) if layer & named)
        named = set[str]().union(*order[: lowest + 1])
        actual |= named
    covered = {name for name in named for each in actual if f"{each}.".startswith(f"{name}.")}
    others = {each for each in actual if not any(f"{each}.".startswith(f"{n}.") for n in named)}
    assert (named - covered, others) == (set(), set())


@pytest.mark.parametrize(
    ("room", "imported"),
    [
        ("document", set[str]()),
        ("overlay", {"document"}),
        ("python", {"runtime"}),
        ("runtime.core", {"runtime.core"}),
    ],
)
def test_package_imports_only_those_that_its_docstring_names(room: str, imported: set[str]) -> None:
    found = {target for path, target in imports() if f"{path}.".startswith(f"{room}.")}
    is_own = room.startswith("runtime.")
    assert {each if is_own else each.partition(".")[0] for each in found} - {room} <= imported


def test_docstring_of_the_generator_lists_all_stages_in_the_order_of_their_layers() -> None:
    docstring = contents(GENERATOR / "__init__.py").docstring
    listed = [each for each in re.findall(r"`(\w+)`", docstring) if each != "runtime"]
    packages = {each.name for each in PACKAGES if each.parent == GENERATOR}
    assert {*listed, "runtime"} == packages | {"pipeline"}
    order = layers("generator")
    ranks = [next(n for n, layer in enumerate(order) if each in layer) for each in listed]
    assert ranks == sorted(ranks, reverse=True)


def test_docstring_of_the_run_time_lists_its_packages_in_the_order_of_their_layers() -> None:
    docstring = contents(GENERATOR / "runtime" / "__init__.py").docstring
    listed = re.findall(r"`(\w+)`", docstring.partition(" before it: ")[2])
    order = layers("generator.runtime")
    assert set(listed) == set[str]().union(*order)
    ranks = [next(n for n, layer in enumerate(order) if each in layer) for each in listed]
    assert ranks == sorted(ranks, reverse=True)


def test_contributing_has_a_row_for_every_package() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = text.partition("## Where a change belongs")[2].partition("\n## ")[0]
    named = {*re.findall(r"`(?:generator/(?:runtime/)?)?(\w+)/", table)}
    rooms = [each for each in PACKAGES if each.parent in {GENERATOR, GENERATOR / "runtime"}]
    assert {each.name for each in rooms} - {"runtime", "core"} <= named


def test_constants_are_defined_in_one_module() -> None:
    """The run time is separate: a package has no constants of the generator."""
    found: dict[tuple[bool, str], set[Path]] = {}
    for path in MODULES:
        is_copied = path.is_relative_to(GENERATOR / "runtime")
        for node in ast.parse(path.read_text("utf-8")).body:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            if value is not None and COLLECTION.match(text := ast.unparse(value)):
                found.setdefault((is_copied, text), set()).add(path)
    assert {text for (_, text), paths in found.items() if len(paths) > 1} == set()


def test_docstring_of_a_module_over_350_lines_explains_why_it_is_one() -> None:
    long = [path for path in MODULES if len(path.read_text("utf-8").splitlines()) > 350]
    assert long
    found = [
        path.relative_to(ROOT).as_posix()
        for path in long
        if "one module" not in " ".join(contents(path).docstring.split())
    ]
    assert found == []


def test_pytest_passes_over_no_folder_of_tests(pytestconfig: pytest.Config) -> None:
    skipped = pytestconfig.getini("norecursedirs")
    cases = ROOT / "tests" / "cases"
    folders = {each for path in cases.rglob("test_*.py") for each in path.relative_to(cases).parts}
    assert [each for each in folders if any(fnmatch(each, name) for name in skipped)] == []


def test_summary_of_a_module_has_at_most_twelve_words() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {summary}"
        for path in [*MODULES, *TREES["tests"]]
        if (summary := summary_of(path)) and len(summary.split()) > 12
    ]
    assert found == []


@pytest.mark.parametrize(("subject", "modules"), PLACES.items())
def test_place_of_a_subject_in_contributing_defines_it(
    subject: str, modules: tuple[tuple[str, str], ...]
) -> None:
    named = re.findall(r"`([\w./]+\.py)`", places_in_contributing()[subject])
    assert [path.rpartition("/")[2] for path in named] == [
        module.rpartition("/")[2] for module, _ in modules
    ]
    for module, name in modules:
        assert name in defined_names(GENERATOR / module)


def test_every_place_in_contributing_is_checked_and_exists() -> None:
    places = places_in_contributing()
    assert places.keys() == PLACES.keys()
    for place in places.values():
        folder, *others = re.findall(r"`([\w./]+\.py)`", place)
        assert (ROOT / folder).is_file()
        assert all((ROOT / each).is_file() for each in others if each.startswith("generator/"))


def test_generator_does_not_mention_losant() -> None:
    allowed = {(GENERATOR / "config.py", config.Config().package)}
    found = {
        (path, word)
        for path in sorted(GENERATOR.rglob("*"))
        if path.suffix in {".py", ".jinja", ".md"}
        for word in re.findall(r"\w*(?:losant|audit)\w*", path.read_text("utf-8"), re.IGNORECASE)
    }
    assert found == allowed


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_generated_code_needs_no_suppression(path: Path) -> None:
    text = path.read_text("utf-8")
    ast.parse(text)
    assert "type: ignore" not in text
    assert "noqa" not in text
    assert "pyright:" not in text


def test_top_directory_contains_only_the_named_files() -> None:
    layout = {
        ".ci",
        ".editorconfig",
        ".gitattributes",
        ".gitignore",
        ".pre-commit-config.yaml",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "Makefile",
        "README.md",
        "SECURITY.md",
        "generated",
        "generator",
        "pyproject.toml",
        "spec",
        "tests",
    }
    built = {path.name for path in ROOT.iterdir() if path.name.startswith(".")} | {
        "dist",
        "dist-generator",
        "dist-statement",
        "site",
    }
    assert {path.name for path in ROOT.iterdir()} - built <= layout


@pytest.mark.parametrize("tree", TREES)
def test_docstrings_begin_with_a_precise_verb(tree: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {docstring.splitlines()[0]}"
        for path in TREES[tree]
        for docstring in contents(path).docstrings
        if VAGUE_VERBS.match(docstring)
    ]
    assert found == []


@pytest.mark.parametrize("tree", ["generator", "tests"])
def test_docstrings_begin_with_the_noun_and_not_with_a_clause(tree: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {docstring.splitlines()[0]}"
        for path in TREES[tree]
        for docstring in contents(path).docstrings
        if PARAPHRASES.match(docstring)
    ]
    assert found == []


@pytest.mark.parametrize("tree", TREES)
def test_docstrings_name_their_objects_by_nouns_and_not_by_clauses(tree: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in TREES[tree]
        for docstring in contents(path).docstrings
        for line in docstring.splitlines()
        if CLAUSES.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("path", READ_BY_USERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_texts_for_users_have_the_words_of_the_field(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert [line for line in lines if RIDDLES.search(line)] == []


@pytest.mark.parametrize("tree", ["generated", "generator"])
def test_docstrings_have_the_words_of_the_field(tree: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in TREES[tree]
        for docstring in contents(path).docstrings
        for line in docstring.splitlines()
        if RIDDLES.search(line)
    ]
    assert found == []


def test_texts_of_the_generator_name_things_and_not_persons() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted(GENERATOR.rglob("*"))
        if path.suffix in {".py", ".jinja", ".md"}
        for line in path.read_text("utf-8").splitlines()
        if PERSONS.search(line)
    ]
    assert found == []


def test_names_of_tests_have_the_words_of_the_field() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in TREES["tests"]
        for name in contents(path).functions
        if name.startswith("test_")
        and (
            RIDDLES.search(name.replace("refused_connection", "").replace("_", " "))
            or PERSONIFICATIONS.search(name)
        )
    ]
    assert found == []


def test_names_of_tests_are_whole_statements() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in TREES["tests"]
        for name in contents(path).functions
        if name.startswith("test_") and not is_statement(name)
    ]
    assert found == []


@pytest.mark.parametrize("tree", TREES)
def test_identifiers_are_the_nouns_of_the_field(tree: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in TREES[tree]
        for name in contents(path).names
        if name.strip("_").lower() in NOT_NOUNS
    ]
    assert found == []


def test_identifiers_of_the_generator_have_no_paraphrase_of_a_term() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in MODULES
        for name in contents(path).names - {"_move_into_place", "in_place"}
        if any(map(OLD_WORDS.fullmatch, re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)))
    ]
    assert found == []


@pytest.mark.parametrize("tree", ["generator", "tests"])
def test_functions_are_not_named_by_a_participle_alone(tree: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in TREES[tree]
        for name in contents(path).functions
        if PARTICIPLE.fullmatch(name.strip("_"))
    ]
    assert found == []


@dataclass(frozen=True)
class Contents:
    """The parts of a module that have rules.

    Attributes:
        docstring: Its docstring; empty if it has none.
        docstrings: The docstrings of it and of everything that it defines.
        functions: The names of the functions and methods that it defines.
        names: The names that it defines, assigns or takes as arguments.
    """

    docstring: str
    docstrings: tuple[str, ...]
    functions: tuple[str, ...]
    names: frozenset[str]


@cache
def contents(path: Path) -> Contents:
    """Return the parts of a module, which is parsed once for all rules."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings, functions, names = list[str](), list[str](), set[str]()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                functions.append(name)
                names.add(name)
            case ast.ClassDef(name=name) | ast.arg(arg=name):
                names.add(name)
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                names.add(name)
            case _:
                pass
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            docstrings += filter(None, [ast.get_docstring(node)])
    own = ast.get_docstring(tree) or ""
    return Contents(own, tuple(docstrings), tuple(functions), frozenset(names))


def places_in_contributing() -> dict[str, str]:
    """Return the table of CONTRIBUTING that leads from a subject to its modules."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = text.partition("### Finding your way")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return {subject: place for subject, place in rows if subject.startswith("where ")}


def defined_names(path: Path) -> set[str]:
    """Return the names of the functions and classes that a module defines."""
    return {
        each.name
        for each in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(each, ast.FunctionDef | ast.ClassDef)
    }


def summary_of(path: Path) -> str:
    """Return the first line of a module's docstring; empty if it has none."""
    return contents(path).docstring.partition("\n")[0]


def is_statement(name: str) -> bool:
    """Whether a test name has at least three words, and is no continuation of another one."""
    words = name.removeprefix("test_").split("_")
    return len(words) >= 3 and not CONTINUATIONS.match("_".join(words))
