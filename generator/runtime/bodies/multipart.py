"""Bodies of several parts, as forms with files are sent (RFC 7578)."""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..arguments.encoding import query_pairs, scalar
from ..arguments.parameters import BodyFormat, Parameter
from ..arguments.schemas import Schema
from ..arguments.validation import kind_of, refusal
from ..core.errors import InvalidArgumentError
from ..core.guards import is_async_iterable, is_bytes, is_mapping, is_sequence
from ..core.headers import headers as read_headers
from ..core.media_types import JSON, OCTETS, essence
from ..models.model import Model, fields
from .formats import encoded, field_text
from .payload import FileContent, Payload, Source, piece


class UploadFile(msgspec.Struct, frozen=True, eq=False):
    """A file to send as a part of a form.

    ```python
    UploadFile("photo.png", open("photo.png", "rb"))
    UploadFile("notes.bin", b"...", "application/x-notes")
    ```

    Attributes:
        name: The name that the server is told.
        content: Bytes, a file that is open for reading bytes, or an iterable of bytes.
        content_type: Its media type; without it the name, or the API's document, tells.
        headers: Further headers of the part.
    """

    name: str
    content: FileContent
    content_type: str | None = None
    headers: Mapping[str, str] = {}

    def __repr__(self) -> str:
        """Show the name, not the content."""
        return f"UploadFile({self.name!r})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Show the same to printers that look into objects."""
        return [("name", self.name)]


class FileSchema(Schema, frozen=True, kw_only=True):
    """A file, or the bytes of one.

    Attributes:
        otherwise: What else it may be, or the items of a list; None if it must be a file.
    """

    otherwise: Schema | None = None

    def to_wire(self, value: Any, where: str) -> Any:
        """Give an `UploadFile`; bytes get the name of the file that they are read from."""
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
            raise refusal(where, value, "an UploadFile, bytes or an open file are needed")
        if hasattr(value, "__iter__") or is_async_iterable(value):
            return UploadFile("file", value)
        raise refusal(where, value, "an UploadFile, bytes or an open file are needed")


class Part(msgspec.Struct, frozen=True):
    """How a part is written that is not written in the usual way.

    Attributes:
        media_types: The media types that it may have, or ranges such as `image/*`.
        headers: Its further headers.
        field: How it is written as fields, if the document names a style.
    """

    media_types: tuple[str, ...] = ()
    headers: Mapping[str, str] = {}
    field: Parameter | None = None


class MultipartBody(BodyFormat, frozen=True):
    """A body with a part for each member, or for each item of a member that is a list.

    Attributes:
        parts: How parts are written that are not written in the usual way: files as they are, an
            object in JSON, anything else as text.
    """

    parts: Mapping[str, Part] = {}

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Write the parts, with a boundary that nobody can foresee."""
        members: Mapping[str, Any] = self.schema.to_wire(_members(value), where)
        boundary = secrets.token_hex(16)
        pieces: list[bytes | Source] = []
        for name, each in members.items():
            for head, content in self._parts(name, each, f"{where}.{name}"):
                pieces += [f"--{boundary}\r\n".encode() + head + b"\r\n\r\n", content, b"\r\n"]
        pieces.append(f"--{boundary}--\r\n".encode())
        kind = "multipart/form-data" if "*" in media_type else media_type
        return Payload(f"{kind}; boundary={boundary}", tuple(pieces))

    def _parts(self, name: str, value: Any, where: str) -> Iterator[tuple[bytes, bytes | Source]]:
        part = self.parts.get(name, Part())
        if part.field is not None:
            for key, text in query_pairs(part.field, value):
                yield _head(key, where, None, "", part.headers), text.encode()
            return
        items = value if is_sequence(value) and not _is_json(part) else [value]
        if not items:
            message = f"{where}: it is empty, and would be sent as if it were not there"
            raise InvalidArgumentError(message)
        for item in items:
            yield (
                _file(name, item, part, where)
                if isinstance(item, UploadFile)
                else _field(name, item, part, where)
            )


def _members(value: Any) -> Any:
    """Give the members of a model with bytes as they are, which JSON would not have."""
    if not isinstance(value, Model):
        return value
    found = {wire_name: getattr(value, name) for name, wire_name in fields(type(value)).items()}
    return {name: each for name, each in found.items() if each is not None} | value.extra


def _file(name: str, file: UploadFile, part: Part, where: str) -> tuple[bytes, bytes | Source]:
    """Give the head and the content of a part that is a file."""
    headers = {**part.headers, **read_headers(file.headers, f"{where}.headers")}
    head = _head(name, where, file.name, _file_type(file, part, where), headers)
    return head, piece(file.content, where)


def _file_type(file: UploadFile, part: Part, where: str) -> str:
    """Choose the media type of a file: what is told, or what its name tells and is allowed."""
    if file.content_type is not None:
        if part.media_types and not _allows(part, file.content_type):
            allowed = ", ".join(part.media_types)
            reason = f"its type is {file.content_type!r}, but must be one of: {allowed}"
            raise refusal(where, file, reason)
        return file.content_type
    guessed = mimetypes.guess_type(str(file.name))[0] or OCTETS
    if not part.media_types or _allows(part, guessed):
        return guessed
    return next((each for each in part.media_types if "*" not in each), OCTETS)


def _allows(part: Part, media_type: str) -> bool:
    kind = essence(media_type)
    return any(BodyFormat(each).covers(kind) for each in part.media_types)


def _field(name: str, value: Any, part: Part, where: str) -> tuple[bytes, bytes]:
    """Give the head and the content of a part that is no file."""
    media_type = next((each for each in part.media_types if "*" not in each), "")
    if _is_json(part) or is_mapping(value) or is_sequence(value):
        as_json = Parameter(name, name, "body", Schema(), media_type=JSON)
        media_type = media_type or JSON
        return _head(name, where, None, media_type, part.headers), field_text(
            as_json, value, where
        ).encode()
    content, charset = encoded(scalar(value), media_type, where)
    media_type = f"{media_type}{charset}" if media_type.startswith("text/") else media_type
    return _head(name, where, None, media_type, part.headers), content


def _is_json(part: Part) -> bool:
    return any(essence(each).endswith("json") for each in part.media_types)


def _head(
    name: str, where: str, file_name: str | None, media_type: str, headers: Mapping[str, str]
) -> bytes:
    """Write the headers of a part.

    Raises:
        InvalidArgumentError: If a name or a header holds what cannot stand there.
    """
    disposition = f'form-data; name="{_quoted(name, where)}"'
    if file_name is not None:
        disposition += f'; filename="{_quoted(file_name, where)}"'
    lines = [f"Content-Disposition: {disposition}"]
    own = {"content-type": media_type} if media_type else {}
    for key, value in read_headers({**own, **headers}, where).items():
        lines.append(f"{key.title()}: {value}")
    return "\r\n".join(lines).encode()


def _quoted(name: Any, where: str) -> str:
    """Write a name between quotes, as browsers do."""
    if not isinstance(name, str):
        raise InvalidArgumentError(f"{where}: a name must be a str, not {kind_of(name)}")
    text = str(name)
    for char, escaped in (('"', "%22"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(char, escaped)
    if any(ord(char) < 32 or ord(char) == 127 or "\ud800" <= char <= "\udfff" for char in text):
        raise InvalidArgumentError(f"{where}: a name holds a character that cannot be sent")
    return text
