"""Differences between request bodies, encodings of forms, and pairs of parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..document import Node
from ..normalize.parameters import ParameterReading
from ..normalize.request_bodies import BodyReading, EncodingReading, MediaReading
from ..normalize.schemas.shapes import ObjectShape, Shape, target_of
from . import operation_rules as rules
from .change import Change
from .schemas import Comparison, Use
from .side import PlannedOperation, Side


@dataclass(frozen=True, slots=True)
class Parts:
    """The shapes of parts: of the first ones, and of those after them, if there are any."""

    prefix: Sequence[Shape]
    further: Shape | None

    def at(self, index: int) -> Shape | None:
        """Return the shape of a part by its index; None without such a part."""
        return self.prefix[index] if index < len(self.prefix) else self.further


def pairs(before: Parts, after: Parts) -> Iterator[tuple[str, Shape, Shape]]:
    """Iterate over the shapes of parts at the same positions in two versions of a body.

    The position is `[0]` for the first part, and `[]` for those without a position of their own.
    """
    count = max(len(before.prefix), len(after.prefix))
    for index in range(count + 1):
        was, now = before.at(index), after.at(index)
        if was is not None and now is not None:
            yield f"[{index if index < count else ''}]", was, now


def compare(
    before: PlannedOperation, after: PlannedOperation, schemas: Comparison
) -> Iterator[Change]:
    """Compare the request bodies of two versions of an operation."""
    old, new = before.reading.body, after.reading.body
    node, name = after.reading.node / "requestBody", before.name
    location = schemas.new.location(node)
    if old is None and new is not None:
        yield (rules.required_body_added if new.required else rules.body_added)(location, name)
    elif old is not None and new is None:
        removed = schemas.old.location(before.reading.node / "requestBody")
        yield rules.body_removed(removed, name)
    elif old is not None and new is not None:
        if old.required != new.required:
            yield (rules.body_required if new.required else rules.body_optional)(location, name)
        if old.doc != new.doc:
            yield rules.text_changed(location, name, "the description of the request body")
        yield from _media(old, new, node, name, schemas)


def _media(
    old: BodyReading, new: BodyReading, node: Node, name: str, schemas: Comparison
) -> Iterator[Change]:
    location = schemas.new.location(node)
    was = {each.media_type: each for each in old.media}
    now = {each.media_type: each for each in new.media}
    for media_type in sorted(was.keys() - now.keys()):
        yield rules.body_media_type_removed(location, name, media_type)
    usual = [body.media[0].media_type for body in (old, new)]
    if usual[0] in now and usual[1] not in was:
        yield rules.body_default_changed(location, name, *usual)
    for media_type, media in now.items():
        if media_type not in was:
            yield rules.body_media_type_added(location, name, media_type)
            continue
        before, subject = was[media_type], f"{name}(body)"
        is_same = _encoding(before) == _encoding(media)
        if not is_same or not are_encoded_alike(schemas, before, media):
            yield rules.body_encoding_changed(location, name, media_type)
        if before.kind == media.kind == "parts":
            for position, one, other in pairs(_parts(before), _parts(media)):
                yield from schemas.compare(one, other, Use.REQUEST, node, subject + position)
        else:
            yield from schemas.compare(before.shape, media.shape, Use.REQUEST, node, subject)


def _parts(media: MediaReading) -> Parts:
    further = None if media.further is None else media.further.shape
    return Parts([each.shape for each in media.parts], further)


def _encoding(media: MediaReading) -> tuple[object, ...]:
    """Return the settings of the encoding of a body, without those of a form's members."""
    further = media.further and media.further.encoding
    return media.kind, [each.encoding for each in media.parts], further


def are_encoded_alike(
    schemas: Comparison, old: MediaReading | ParameterReading, new: MediaReading | ParameterReading
) -> bool:
    """Whether the members that two forms have in common are encoded alike."""
    apart = _members(schemas.old, old.shape) ^ _members(schemas.new, new.shape)
    before, after = (
        {_with_sorted_headers(each) for each in form.encodings if each.name not in apart}
        for form in (old, new)
    )
    return before == after


def _members(side: Side, shape: Shape) -> set[str]:
    """Return the names of the members that a form describes."""
    target = target_of(shape, side.schemas)
    return (
        {each.wire_name for each in target.properties} if isinstance(target, ObjectShape) else set()
    )


def _with_sorted_headers(encoding: EncodingReading) -> EncodingReading:
    """Return an encoding with sorted headers, whose names are case-insensitive."""
    headers = sorted((name.lower(), value) for name, value in encoding.headers)
    return replace(encoding, headers=tuple(headers))
