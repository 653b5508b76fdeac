"""Request bodies as `multipart/form-data` (RFC 7578)."""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..arguments.encoding import EMPTY, query_pairs, scalar
from ..arguments.parameters import BodyFormat, Parameter
from ..arguments.schemas import Schema
from ..arguments.validation import type_name, wrong_type
from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from ..core.headers import read_headers
from ..core.media_types import JSON, OCTETS, essence, is_json
from ..core.public import publish
from ..models.model import Model, fields
from .formats import encode_string, field_string, reject_structures, without_nulls
from .payload import ByteSource, FileContent, Payload, is_async_iterable, is_bytes, piece

_FILE = "an UploadFile, bytes or a file opened in binary mode"


class UploadFile(msgspec.Struct, frozen=True, eq=False):
    """A file in a multipart form.

    ```python
    UploadFile("photo.png", open("photo.png", "rb"))
    UploadFile("notes.bin", b"...", "application/x-notes")
    ```

    Attributes:
        name: The file name that is sent to the server.
        content: Bytes, a file opened in binary mode, or an iterable of bytes.
        content_type: The media type; None to derive it from the name or the API's document.
        headers: Additional headers of the part.
    """

    name: str
    content: FileContent
    content_type: str | None = None
    headers: Mapping[str, str] = {}

    def __repr__(self) -> str:
        """Return the file name without the content."""
        return f"UploadFile({self.name!r})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Return the fields that pretty-printers may show."""
        return [("name", self.name)]


publish(UploadFile)


class FileSchema(Schema, frozen=True, kw_only=True):
    """A file or its bytes.

    Attributes:
        otherwise: The schema of a value, or of a list's items, that is not a file; None if only
            files are allowed.
    """

    otherwise: Schema | None = None

    def to_wire(self, value: Any, where: str) -> Any:
        """Return an `UploadFile`; an open file passes its name, bytes are named `file`."""
        if isinstance(value, UploadFile):
            return value
        is_open = hasattr(value, "read")
        if is_open or is_bytes(value):
            name = getattr(value, "name", None)
            content: Any = value
            return UploadFile(Path(name).name if isinstance(name, str) else "file", content)
        if self.otherwise is not None and is_sequence(value):
            return [self.to_wire(each, f"{where}[{i}]") for i, each in enumerate(value)]
        if self.otherwise is not None:
            return self.otherwise.to_wire(value, where)
        if value is None or isinstance(value, str) or is_mapping(value) or is_sequence(value):
            raise wrong_type(where, value, _FILE)
        if hasattr(value, "__iter__") or is_async_iterable(value):
            return UploadFile("file", value)
        raise wrong_type(where, value, _FILE)


class Part(msgspec.Struct, frozen=True):
    """The encoding of a part that differs from the default.

    Attributes:
        media_types: The allowed media types or ranges such as `image/*`; empty if all are allowed.
        headers: Additional headers.
        field: The style that encodes the value as fields; None if the document defines no style.
    """

    media_types: tuple[str, ...] = ()
    headers: Mapping[str, str] = {}
    field: Parameter | None = None


class MultipartBody(BodyFormat, frozen=True):
    """A request body with a part for each member; an array has a part for each of its items.

    Attributes:
        parts: The encodings of parts that differ from the default. By default a file is sent as it
            is, an object as JSON, and any other value as a string.
    """

    parts: Mapping[str, Part] = {}

    def is_needed_for(self, value: Any) -> bool:
        """Whether a member is a file or bytes, or a list with one."""
        members = _members(value)
        return is_mapping(members) and any(map(_has_file, members.values()))

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Encode the parts, with an unpredictable boundary."""
        form = without_nulls(_members(value), self.schema)
        members: Mapping[str, Any] = self.schema.to_wire(form, where)
        boundary = secrets.token_hex(16)
        pieces: list[bytes | ByteSource] = []
        for name, each in members.items():
            if each is None:  # A form has no null.
                continue
            for head, content in self._parts(name, each, f"{where}.{name}"):
                pieces += [f"--{boundary}\r\n".encode() + head + b"\r\n\r\n", content, b"\r\n"]
        pieces.append(f"--{boundary}--\r\n".encode())
        kind = "multipart/form-data" if "*" in media_type else media_type
        return Payload(f"{kind}; boundary={boundary}", tuple(pieces))

    def _parts(
        self, name: str, value: Any, where: str
    ) -> Iterator[tuple[bytes, bytes | ByteSource]]:
        part = self.parts.get(name, Part())
        if part.field is not None:
            for key, text in query_pairs(part.field, value):
                yield _head(key, where, None, "", part.headers), text.encode()
            return
        items = value if is_sequence(value) and not _is_json(part) else [value]
        if not items:
            raise InvalidArgumentError(f"{where}: {EMPTY}")
        for item in items:
            yield (
                part_of_file(name, item, part, where)
                if isinstance(item, UploadFile)
                else part_of_field(name, item, part, where)
            )


def _has_file(value: Any) -> bool:
    if is_sequence(value):
        return any(map(_has_file, value))
    return isinstance(value, UploadFile) or is_bytes(value) or hasattr(value, "read")


def _members(value: Any) -> Any:
    """Return the fields of a model by JSON name, with bytes, which `to_dict()` would convert."""
    if not isinstance(value, Model):
        return value
    found = {wire_name: getattr(value, name) for name, wire_name in fields(type(value)).items()}
    return found | value.extra


def part_of_file(
    name: str | None, file: UploadFile, part: Part, where: str
) -> tuple[bytes, bytes | ByteSource]:
    """Return the headers and the content of a part that is a file."""
    headers = {**part.headers, **read_headers(file.headers, f"{where}.headers")}
    head = _head(name, where, file.name, _file_type(file, part, where), headers)
    return head, piece(file.content, where)


def _file_type(file: UploadFile, part: Part, where: str) -> str:
    """Return the media type of a file: its own, else the one of its name if that is allowed."""
    if file.content_type is not None:
        is_open = not part.media_types or OCTETS in part.media_types
        if not is_open and not _allows(part, file.content_type):
            allowed = ", ".join(part.media_types)
            message = f"{where}: content_type {file.content_type!r} is not one of: {allowed}"
            raise InvalidArgumentError(message)
        return file.content_type
    guessed = mimetypes.guess_type(str(file.name))[0] or OCTETS
    if not part.media_types or _allows(part, guessed):
        return guessed
    return next((each for each in part.media_types if "*" not in each), OCTETS)


def _allows(part: Part, media_type: str) -> bool:
    kind = essence(media_type)
    return any(BodyFormat(each).covers(kind) for each in part.media_types)


def part_of_field(name: str | None, value: Any, part: Part, where: str) -> tuple[bytes, bytes]:
    """Return the headers and the content of a part that is not a file."""
    media_type = next((each for each in part.media_types if "*" not in each), "")
    if media_type and not _is_json(part):
        reject_structures([value], where, media_type)
    if _is_json(part) or is_mapping(value) or is_sequence(value):
        as_json = Parameter(where, where, "body", Schema(), media_type=JSON)
        media_type = next(filter(_is_json_type, part.media_types), JSON)
        return _head(name, where, None, media_type, part.headers), field_string(
            as_json, value, where
        ).encode()
    content, charset = encode_string(scalar(value), media_type, where)
    media_type = f"{media_type}{charset}" if media_type.startswith("text/") else media_type
    return _head(name, where, None, media_type, part.headers), content


def _is_json(part: Part) -> bool:
    return any(map(_is_json_type, part.media_types))


def _is_json_type(media_type: str) -> bool:
    return is_json(essence(media_type))


def _head(
    name: str | None,
    where: str,
    file_name: str | None,
    media_type: str,
    headers: Mapping[str, str],
) -> bytes:
    """Encode the headers of a part.

    Raises:
        InvalidArgumentError: If a name or a header contains a character that is not allowed there.
    """
    disposition = "" if name is None else f'form-data; name="{_quote(name, where)}"'
    if file_name is not None and (file_name or disposition):
        disposition = f'{disposition or "attachment"}; filename="{_quote(file_name, where)}"'
    lines = [f"Content-Disposition: {disposition}"] if disposition else []
    own = {"content-type": media_type} if media_type else {}
    for key, value in read_headers({**own, **headers}, where).items():
        lines.append(f"{key.title()}: {value}")
    return "\r\n".join(lines).encode()


def _quote(name: Any, where: str) -> str:
    """Escape a name for a quoted string, as browsers do."""
    if not isinstance(name, str):
        raise InvalidArgumentError(f"{where}: expected a str as the name, got {type_name(name)}")
    text = str(name)
    for char, escaped in (('"', "%22"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(char, escaped)
    if any(ord(char) < 32 or ord(char) == 127 or "\ud800" <= char <= "\udfff" for char in text):
        raise InvalidArgumentError(
            f"{where}: the name {text[:40]!r} contains a control character or unpaired surrogate"
        )
    return text
