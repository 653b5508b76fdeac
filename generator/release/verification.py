"""Verification of a wheel by its statement, signature and bill of materials."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from email.parser import BytesParser
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from ..document.json_values import JsonObject, array_at, is_object, object_at, text_at
from . import statement
from .failures import Exit, ReleaseError

_FOLDERS = (".", "../dist", f"../{statement.FOLDER}")


def verify(file: Path, signers: Path | None) -> Iterator[str]:
    """Verify a wheel, and iterate over the verified facts.

    Args:
        file: The wheel, or its statement; the other one is looked for beside it.
        signers: The allowed signers, in the format of `ssh-keygen`; without them the signature
            says only which key it is of.

    Raises:
        ReleaseError: If something does not match, or a file is missing or malformed.
    """
    if not file.is_file():
        raise ReleaseError(Exit.PROBLEM, f"{file}: file not found")
    path = file if file.suffix == ".json" else _statement_of(file)
    content = path.read_bytes()
    stated = _parse_statement(path, content)
    yield _signature(path, content, signers)
    subjects = {text_at(each, "name"): _sha256(each) for each in _objects(stated, "subject")}
    wheel = _wheel(file, path, subjects)
    for name, checksum in subjects.items():
        found = wheel if name == wheel.name else _beside(path, name)
        if found is not None:
            if hashlib.sha256(found.read_bytes()).hexdigest() != checksum:
                raise ReleaseError(Exit.NOT_READY, f"{found} differs from its statement {path}")
            yield f"{name}: as stated"
    definition = object_at(object_at(stated, "predicate"), "buildDefinition")
    inputs = _objects(definition, "resolvedDependencies")
    commits = [text_at(object_at(each, "digest"), "gitCommit") for each in inputs]
    if not any(commits) or not any(map(_sha256, inputs)):
        raise ReleaseError(Exit.NOT_READY, f"{path} states no commit, or no document and manifest")
    yield f"commit: {''.join(commits)}"
    try:
        with ZipFile(wheel) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, zlib.error, RuntimeError):
        raise ReleaseError(Exit.PROBLEM, f"{wheel} is not a valid zip file") from None
    for name, checksum in ((text_at(each, "name"), _sha256(each)) for each in inputs):
        if checksum and hashlib.sha256(files.get(name, b"")).hexdigest() != checksum:
            raise ReleaseError(Exit.NOT_READY, f"{name} in {wheel.name} differs from its statement")
        if checksum:
            yield f"{name}: as stated"
    yield _materials(wheel.name, files)


def _statement_of(wheel: Path) -> Path:
    if wheel.suffix != ".whl":
        raise ReleaseError(Exit.PROBLEM, f"{wheel} is neither a wheel nor a statement (.json)")
    name = f"{wheel.name.partition('-py')[0]}{statement.SUFFIX}"
    found = _beside(wheel, name)
    if found is None:
        message = f"{wheel} has no statement: put {name} beside it, or into {statement.FOLDER}/"
        raise ReleaseError(Exit.PROBLEM, message)
    return found


def _wheel(file: Path, path: Path, subjects: dict[str, str]) -> Path:
    """Return the wheel to verify, one of the subjects."""
    names = [each for each in subjects if each.endswith(".whl")]
    if file != path:
        if file.name not in names:
            raise ReleaseError(Exit.NOT_READY, f"{path} does not contain {file.name}")
        return file
    for name in names:
        found = _beside(path, name)
        if found is not None:
            return found
    wanted = ", ".join(names) or "wheel"
    raise ReleaseError(Exit.PROBLEM, f"{path}: {wanted} is neither beside it nor in dist/")


def _beside(file: Path, name: str) -> Path | None:
    """Return the file of a name in the folder of another file, or in the build folders near it."""
    if Path(name).name != name:
        return None
    paths = (file.parent / folder / name for folder in _FOLDERS)
    return next((each for each in paths if each.is_file()), None)


def _parse_statement(path: Path, content: bytes) -> JsonObject:
    """Parse a statement.

    Raises:
        ReleaseError: If it is invalid.
    """
    stated = _object(content)
    if text_at(stated, "_type") != statement.TYPE:
        raise ReleaseError(Exit.PROBLEM, f"{path} is not an in-toto statement")
    return stated


def _object(content: bytes) -> JsonObject:
    """Parse a JSON object; return an empty one if it is invalid."""
    try:
        value: Any = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if is_object(value) else {}


def _signature(path: Path, content: bytes, signers: Path | None) -> str:
    """Verify the signature of a statement, and return whose it is."""
    signature = path.with_name(path.name + statement.SIGNATURE)
    if not signature.is_file():
        if signers is not None:
            raise ReleaseError(
                Exit.NOT_READY, f"{path} is not signed: there is no {signature.name}"
            )
        return f"{path.name}: not signed"
    failed = f"the signature of {path} is not valid"
    common = ["-n", statement.NAMESPACE, "-s", str(signature)]
    if signers is None:
        shown = statement.run(["-Y", "check-novalidate", *common], failed, content)
        [key] = re.findall(r"SHA256:\S+", shown) or ["an unknown key"]
        return f"{path.name}: signed by {key}; pass --signers FILE to verify the signer"
    if not signers.is_file():
        raise ReleaseError(Exit.PROBLEM, f"--signers {signers}: file not found")
    allowed = ["-f", str(signers)]
    finding = ["-Y", "find-principals", *allowed, "-s", str(signature)]
    [signer, *_] = statement.run(finding, f"{signers} lists no signer of {path}").splitlines()
    statement.run(["-Y", "verify", *allowed, "-I", signer, *common], failed, content)
    return f"{path.name}: signed by {signer}"


def _materials(wheel: str, files: dict[str, bytes]) -> str:
    """Verify the bill of materials in a wheel, and return its components."""
    names = [name for name in files if ".dist-info/sboms/" in name]
    if not names:
        raise ReleaseError(Exit.NOT_READY, f"{wheel} has no bill of materials in .dist-info/sboms/")
    listed = _object(files[names[0]])
    if text_at(listed, "bomFormat") != "CycloneDX":
        raise ReleaseError(Exit.NOT_READY, f"{names[0]} is not a CycloneDX bill of materials")
    papers = names[0].partition("sboms/")[0]
    metadata = BytesParser().parsebytes(files.get(f"{papers}METADATA", b""))
    main = object_at(object_at(listed, "metadata"), "component")
    components = _objects(listed, "components")
    required = {
        re.split(r"[^\w.-]", str(each), maxsplit=1)[0]
        for each in metadata.get_all("Requires-Dist") or []
        if "extra ==" not in str(each)
    }
    missing = required - {text_at(each, "name") for each in components}
    if text_at(main, "version") != metadata["Version"] or missing:
        wrong = ", ".join(sorted(missing)) or "its version"
        raise ReleaseError(Exit.NOT_READY, f"{names[0]} does not describe the wheel: {wrong}")
    form = f"CycloneDX {text_at(listed, 'specVersion')}"
    return f"{names[0]}: {form}, {len(components)} components"


def _objects(node: JsonObject, key: str) -> list[JsonObject]:
    return [each for each in array_at(node, key) if is_object(each)]


def _sha256(resource: JsonObject) -> str:
    return text_at(object_at(resource, "digest"), "sha256")
