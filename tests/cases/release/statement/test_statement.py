"""The statement of a release, its signature, and `verify-release`."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Ended, Project
from tests.support.editing import commit, git

pytestmark = pytest.mark.long

WHEEL = "pets-1.0.0-py3-none-any.whl"
STATEMENT = "pets-1.0.0.intoto.json"


def key(folder: Path, name: str) -> Path:
    """Create a key of `ssh-keygen` and the list of allowed signers with it."""
    path = folder / name
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)], check=True
    )
    public = path.with_suffix(".pub").read_text("utf-8").strip()
    path.with_suffix(".signers").write_text(f"{name}@example.com {public}\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory: pytest.TempPathFactory, _laid_out: Path) -> Path:
    """A folder with the key `alice` and a project whose build is signed by it."""
    folder = tmp_path_factory.mktemp("signed")
    shutil.copytree(_laid_out, folder / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELEASE_SIGNING_KEY", str(key(folder, "alice")))
        assert Project(folder / "project", patch.chdir).run("build").code == 0
    return folder


@pytest.fixture
def signed_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signed_once: Path) -> Project:
    """A project whose build is signed by the key `alice`."""
    shutil.copytree(signed_once, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path / "project", monkeypatch.chdir)


@pytest.fixture
def built_project(signed_project: Project) -> Project:
    """A project whose build is not signed."""
    (signed_project.root / "dist-statement" / f"{STATEMENT}.sig").unlink()
    return signed_project


def verify(project: Project, *options: str, file: str = f"dist/{WHEEL}") -> Ended:
    return project.run("verify-release", file, *options)


def is_rejected(ended: Ended, message: str) -> bool:
    return ended.code == 1 and ended.err.startswith("error: ") and message in ended.err


def statement_of(project: Project) -> dict[str, Any]:
    path = project.root / "dist-statement" / STATEMENT
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def test_statement_has_the_hashes_of_the_files_the_commit_and_the_inputs(ready: Project) -> None:
    ended = ready.run("build")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, f"dist-statement/{STATEMENT}")
    content = statement_of(ready)
    assert content["_type"] == "https://in-toto.io/Statement/v1"
    for subject in content["subject"]:
        file = ready.root / "dist" / subject["name"]
        assert subject["digest"] == {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    source, *inputs = content["predicate"]["buildDefinition"]["resolvedDependencies"]
    assert source["digest"] == {"gitCommit": git(ready.root, "rev-parse", "HEAD")}
    assert [each["name"] for each in inputs] == [
        "pets/openapi.yaml",
        "pets/manifest.json",
        "pets-1.0.0.dist-info/sboms/sbom.cdx.json",
    ]
    document = hashlib.sha256(ready.spec.read_bytes()).hexdigest()
    assert inputs[0]["digest"] == {"sha256": document}


def test_statement_of_a_commit_is_always_the_same_and_leaves_no_changes(ready: Project) -> None:
    (ready.root / ".gitignore").write_text("/dist/\n__pycache__/\n", "utf-8")
    assert ready.run("build").code == 0
    before = statement_of(ready)
    assert git(ready.root, "status", "--porcelain") == ""
    assert ready.run("build").code == 0
    assert statement_of(ready) == before


def test_build_of_uncommitted_files_has_no_statement(ready: Project) -> None:
    assert ready.run("build").code == 0
    (ready.root / "notes.txt").write_text("x", "utf-8")
    ended = ready.run("build")
    assert (ended.code, ended.out.splitlines()[-1]) == (
        0,
        "no statement of the build: it is of no commit",
    )
    assert not (ready.root / "dist-statement").exists()


def test_folder_of_the_build_need_not_be_ignored(ready: Project) -> None:
    (ready.root / ".gitignore").write_text("__pycache__/\n", "utf-8")
    commit(ready.root)
    assert ready.run("build").code == 0
    assert (ready.root / "dist-statement" / STATEMENT).is_file()


def test_build_outside_of_git_has_no_statement(ready: Project) -> None:
    shutil.rmtree(ready.root / ".git")
    ended = ready.run("build")
    assert (ended.code, "no statement of the build" in ended.out) == (0, True)


@pytest.mark.parametrize("file", [f"dist/{WHEEL}", f"dist-statement/{STATEMENT}"])
def test_signed_release_is_verified_by_wheel_or_statement(
    signed_project: Project, tmp_path: Path, file: str
) -> None:
    ended = verify(signed_project, "--signers", str(tmp_path / "alice.signers"), file=file)
    assert (ended.code, ended.err) == (0, "")
    head = git(signed_project.root, "rev-parse", "HEAD")
    assert ended.out.splitlines() == [
        f"{STATEMENT}: signed by alice@example.com",
        "pets-1.0.0-py3-none-any.whl: as stated",
        "pets-1.0.0.tar.gz: as stated",
        f"commit: {head}",
        "pets/openapi.yaml: as stated",
        "pets/manifest.json: as stated",
        "pets-1.0.0.dist-info/sboms/sbom.cdx.json: as stated",
        "pets-1.0.0.dist-info/sboms/sbom.cdx.json: CycloneDX 1.6, 3 components",
    ]


def test_release_is_verified_in_a_folder_of_its_own(
    signed_project: Project, tmp_path: Path
) -> None:
    folder = tmp_path / "received"
    folder.mkdir()
    for each in (f"dist/{WHEEL}", f"dist-statement/{STATEMENT}", f"dist-statement/{STATEMENT}.sig"):
        shutil.copy(signed_project.root / each, folder)
    ended = verify(signed_project, file=str(folder / WHEEL))
    assert (ended.code, ended.err) == (0, "")
    assert "signed by SHA256:" in ended.out.splitlines()[0]
    assert "pass --signers FILE to verify the signer" in ended.out


def test_release_without_a_signature_is_reported_as_unsigned(
    built_project: Project, tmp_path: Path
) -> None:
    assert verify(built_project).out.startswith(f"{STATEMENT}: not signed\n")
    ended = verify(built_project, "--signers", str(tmp_path / "alice.signers"))
    assert is_rejected(ended, f"is not signed: there is no {STATEMENT}.sig")


def test_signature_of_another_key_is_rejected(signed_project: Project, tmp_path: Path) -> None:
    key(tmp_path, "mallory")
    ended = verify(signed_project, "--signers", str(tmp_path / "mallory.signers"))
    assert is_rejected(ended, "mallory.signers lists no signer of ")


def test_changed_statement_is_rejected(signed_project: Project, tmp_path: Path) -> None:
    path = signed_project.root / "dist-statement" / STATEMENT
    path.write_text(path.read_text("utf-8").replace("gitCommit", "gitcommit"), "utf-8")
    for options in ((), ("--signers", str(tmp_path / "alice.signers"))):
        assert is_rejected(verify(signed_project, *options), f"{STATEMENT} is not valid: ")


def rewrite(wheel: Path, name: str, content: bytes | None) -> None:
    """Replace, or remove, a file in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(wheel, "w") as archive:
        for each, old in files.items():
            new = content if each == name else old
            if new is not None:
                archive.writestr(each, new)


def state_again(project: Project) -> None:
    """Write the checksum of the changed wheel, and of no input, into the statement."""
    wheel = (project.root / "dist" / WHEEL).read_bytes()
    content = statement_of(project)
    content["subject"][0]["digest"]["sha256"] = hashlib.sha256(wheel).hexdigest()
    path = project.root / "dist-statement" / STATEMENT
    path.write_text(json.dumps(content), "utf-8")


def test_changed_wheel_is_rejected(built_project: Project) -> None:
    rewrite(built_project.root / "dist" / WHEEL, "pets/client.py", b"import os\n")
    ended = verify(built_project)
    assert is_rejected(ended, f"dist/{WHEEL} differs from its statement")
    assert f"{WHEEL}: as stated" not in ended.out


@pytest.mark.parametrize("name", ["pets/openapi.yaml", "pets/manifest.json"])
def test_changed_input_is_rejected(built_project: Project, name: str) -> None:
    rewrite(built_project.root / "dist" / WHEEL, name, b"something else")
    state_again(built_project)
    assert is_rejected(verify(built_project), f"{name} in {WHEEL} differs from its statement")


def test_wheel_that_is_no_archive_is_a_problem(built_project: Project) -> None:
    (built_project.root / "dist" / WHEEL).write_bytes(b"something else")
    state_again(built_project)
    ended = verify(built_project)
    assert (ended.code, f"dist/{WHEEL} is not a valid zip file" in ended.err) == (2, True)


def test_wheel_that_cannot_be_decompressed_is_a_problem(built_project: Project) -> None:
    wheel = built_project.root / "dist" / WHEEL
    content = bytearray(wheel.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1  # Encrypted, says the list of files.
    wheel.write_bytes(content)
    state_again(built_project)
    ended = verify(built_project)
    assert (ended.code, f"dist/{WHEEL} is not a valid zip file" in ended.err) == (2, True)


def test_allowed_signers_must_exist(signed_project: Project) -> None:
    ended = verify(signed_project, "--signers", "nobody")
    assert (ended.code, ended.err) == (2, "error: --signers nobody: file not found\n")


SBOM = "pets-1.0.0.dist-info/sboms/sbom.cdx.json"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"name": "httpx2"', '"name": "other"', "does not describe the wheel: httpx2"),
        ('"version": "1.0.0"', '"version": "0.9.0"', "does not describe the wheel: its version"),
        ("CycloneDX", "Other", "is not a CycloneDX bill of materials"),
        ("{", "[", "is not a CycloneDX bill of materials"),
        (None, None, "has no bill of materials"),
    ],
)
def test_wrong_bill_of_materials_is_rejected(
    built_project: Project, old: str | None, new: str | None, message: str
) -> None:
    wheel = built_project.root / "dist" / WHEEL
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(SBOM).decode()
    changed = text.replace(old, new, 1).encode() if old and new else None
    rewrite(wheel, SBOM, changed)
    state_again(built_project)
    content = statement_of(built_project)
    content["predicate"]["buildDefinition"]["resolvedDependencies"].pop()
    path = built_project.root / "dist-statement" / STATEMENT
    path.write_text(json.dumps(content), "utf-8")
    assert is_rejected(verify(built_project), message)


@pytest.mark.parametrize("kept", [slice(0, 0), slice(0, 1), slice(1, None)])
def test_statement_without_a_commit_or_inputs_is_rejected(
    built_project: Project, kept: slice
) -> None:
    content = statement_of(built_project)
    definition = content["predicate"]["buildDefinition"]
    definition["resolvedDependencies"] = definition["resolvedDependencies"][kept]
    path = built_project.root / "dist-statement" / STATEMENT
    path.write_text(json.dumps(content), "utf-8")
    assert is_rejected(verify(built_project), "states no commit, or no document and manifest")


@pytest.mark.parametrize("content", ["{", "{}", "[]", "[" * 100_000])
def test_file_that_is_no_statement_is_a_problem(ready: Project, content: str) -> None:
    (ready.root / "x.intoto.json").write_text(content, "utf-8")
    ended = verify(ready, file="x.intoto.json")
    assert (ended.code, "x.intoto.json is not an in-toto statement" in ended.err) == (2, True)


def test_file_that_is_neither_wheel_nor_statement_is_a_problem(ready: Project) -> None:
    (ready.root / "pets-1.0.0.tar.gz").touch()
    ended = verify(ready, file="pets-1.0.0.tar.gz")
    assert (ended.code, ended.err) == (
        2,
        "error: pets-1.0.0.tar.gz is neither a wheel nor a statement (.json)\n",
    )


def test_missing_files_are_a_problem(ready: Project, tmp_path: Path) -> None:
    ended = verify(ready)
    assert (ended.code, ended.err) == (2, f"error: dist/{WHEEL}: file not found\n")
    assert ready.run("build").code == 0
    ended = verify(ready, "--signers", str(tmp_path / "nobody"))
    assert (ended.code, "is not signed: there is no" in ended.err) == (1, True)
    (ready.root / "dist-statement" / STATEMENT).unlink()
    ended = verify(ready)
    assert (ended.code, f"has no statement: put {STATEMENT} beside it" in ended.err) == (2, True)


def test_statement_about_other_files_is_rejected(built_project: Project) -> None:
    path = built_project.root / "dist-statement" / STATEMENT
    path.write_text(path.read_text("utf-8").replace(WHEEL, f"../{WHEEL}"), "utf-8")
    assert is_rejected(verify(built_project), f"does not contain {WHEEL}")
    ended = verify(built_project, file=f"dist-statement/{STATEMENT}")
    assert (ended.code, "is neither beside it nor in dist/" in ended.err) == (2, True)


def test_missing_key_stops_the_build_before_it_starts(
    ready: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELEASE_SIGNING_KEY", "nowhere")
    ended = ready.run("build")
    assert (ended.code, ended.err) == (2, "error: RELEASE_SIGNING_KEY nowhere: file not found\n")
    assert not (ready.root / "dist").exists()


def test_key_that_cannot_sign_is_an_error(ready: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELEASE_SIGNING_KEY", str(ready.spec))
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "never")
    ended = ready.run("build")
    assert (ended.code, "error: the statement is not signed: " in ended.err) == (2, True)
    assert not (ready.root / "dist-statement").exists()


def test_missing_ssh_keygen_is_an_error(
    signed_project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path / "bin")]))
    ended = verify(signed_project)
    assert (ended.code, "ssh-keygen is not installed" in ended.err) == (2, True)
