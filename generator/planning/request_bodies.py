"""Request bodies: their arguments, and the run-time objects that encode them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..normalize.multipart import part_kind
from ..normalize.request_bodies import BodyReading, EncodingReading, MediaReading, PartReading
from ..normalize.schemas.shapes import (
    Anything,
    MapOf,
    Scalar,
    Shape,
    alternatives_of,
    definition_of,
)
from ..openapi.media_types import JSON, essence, framing, is_json
from ..python import names
from ..python.code import Code, alternatives, construct, literal
from ..python.types import ANY, NONE, Name, TypeExpression, UnionType
from ..runtime.arguments import schemas as runtime
from ..runtime.arguments.deep_objects import DeepObject
from ..runtime.arguments.parameters import Parameter, RequestBody
from ..runtime.bodies.formats import BinaryBody, FormBody, JsonBody, TextBody
from ..runtime.bodies.multipart import FileSchema, MultipartBody, Part
from ..runtime.bodies.sequences import ItemsBody, PartFormat, PartsBody
from . import docstrings
from .constraints import Constraints, scalar
from .plan.models import MISSING
from .plan.operations import Argument
from .types.annotations import Annotations, optional, without_none
from .types.files import has_files
from .types.model_types import ModelTypes, type_of

_ANY_FORM = Code("Mapping[str, Any]")
_CONTENT = Code("FileContent")


@dataclass(frozen=True, slots=True)
class PlannedBody:
    """The arguments of a request body, each with its run-time parameter.

    Attributes:
        arguments: The body, and the choice of its media type if there are several.
        parameters: The expression for each argument.
    """

    arguments: tuple[Argument, ...]
    parameters: tuple[Code, ...]


class BodyPlanner:
    """Planner of the request bodies of one document.

    Args:
        types: The Python types of the shapes.
        annotations: The annotations of types.
        constraints: The schemas of arguments.
    """

    def __init__(
        self, types: ModelTypes, annotations: Annotations, constraints: Constraints
    ) -> None:
        self._types = types
        self._annotations = annotations
        self._constraints = constraints

    def plan(self, body: BodyReading | None, taken: Sequence[str]) -> PlannedBody:
        """Return the arguments of a request body.

        Args:
            body: The request body, or None.
            taken: The names of the other arguments of the operation.
        """
        if body is None:
            return PlannedBody((), ())
        name = _name("body", taken)
        is_nullable = self._takes_null(body)
        described = construct(
            RequestBody,
            name=name,
            formats=tuple(self._format(each, name) for each in body.media),
            required=body.required,
            nullable=is_nullable,
        )
        annotation = self._annotation(body)
        argument = Argument(
            name=name,
            annotation=annotation if body.required and not is_nullable else optional(annotation),
            required=body.required,
            doc=docstrings.body_doc(body, is_nullable=is_nullable),
            default=MISSING if is_nullable and not body.required else None,
        )
        media_types = tuple(dict.fromkeys(each.media_type for each in body.media))
        is_range = any("*" in each for each in media_types)
        if len(media_types) == 1 and not is_range:
            return PlannedBody((argument,), (described,))
        choice = _name("content_type", taken)
        chosen = construct(
            Parameter,
            name=choice,
            wire_name="Content-Type",
            location="content-type",
            schema=construct(runtime.String, enum=() if is_range else media_types),
        )
        return PlannedBody((argument, _choice(choice, body.media)), (described, chosen))

    def _takes_null(self, body: BodyReading) -> bool:
        """Whether null in JSON is a request body."""
        waiting = [self._types.shapes[each.shape] for each in body.media if each.kind == "json"]
        seen: set[TypeExpression] = set()
        while waiting:
            expression = waiting.pop()
            if expression in {ANY, NONE}:
                return True
            if expression not in seen:
                seen.add(expression)
                match expression:
                    case UnionType(options=options):
                        waiting += options
                    case Name(name=name) if name in self._types.aliases:
                        waiting.append(self._types.aliases[name])
                    case _:
                        pass
        return False

    def _annotation(self, body: BodyReading) -> Code:
        """Return the annotation of a body: the union of the types of its media types."""
        found: list[str] = []
        for media in body.media:
            expression = without_none(self._types.shapes[media.shape])
            if media.kind == "items":
                item = self._annotations.argument(self._types.shapes[media.shape])
                found += [f"Iterable[{item}]", f"AsyncIterable[{item}]", "str", _CONTENT]
            elif media.kind == "parts":
                found.append(self._parts(media))
            elif media.kind in {"form", "multipart"} and isinstance(media.shape, Anything):
                found.append(_ANY_FORM)
            elif media.kind == "multipart":
                found += self._multipart(media.shape)
            elif media.kind == "binary":
                found.append(_CONTENT)
            elif media.kind == "text" and isinstance(media.shape, Anything):
                found.append("str")
            else:
                found += alternatives(self._annotations.argument(expression))
            if media.kind == "text":
                found.append(_CONTENT)
        unique = list(dict.fromkeys(found))
        return Code("Any") if "Any" in unique else Code(" | ".join(unique))

    def _format(self, media: MediaReading, name: str) -> Code:
        """Return the run-time object that encodes a body as one media type."""
        shape, media_type = media.shape, media.media_type
        match media.kind:
            case "json":
                schema = self._constraints.schema(shape, "constraints.")
                return construct(JsonBody, media_type=media_type, schema=schema)
            case "form":
                string = construct(runtime.String)
                encoded = {each.name: string for each in media.encodings if each.is_opaque}
                schema = self._constraints.encoded_form(shape, encoded, "constraints.")
                fields = {each.name: form_field(each, name) for each in media.encodings}
                fields = {key: each for key, each in fields.items() if each}
                return construct(FormBody, media_type=media_type, schema=schema, fields=fields)
            case "multipart":
                files = {each.name for each in media.encodings if each.is_file}
                links = {each.name for each in media.encodings if each.is_link}
                string = construct(FileSchema, otherwise=construct(runtime.String))
                encoded = {each.name: string for each in media.encodings if each.is_opaque}
                schema = self._constraints.form(shape, files, "constraints.", encoded, links)
                parts = {
                    each.name: _part(each, name)
                    for each in media.encodings
                    if each.media_types or each.headers or each.style
                }
                return construct(MultipartBody, media_type=media_type, schema=schema, parts=parts)
            case "items":
                separator = "\x1e" if framing(essence(media_type)) == "sequence" else ""
                schema = self._constraints.schema(shape, "constraints.")
                return construct(
                    ItemsBody, media_type=media_type, schema=schema, separator=separator
                )
            case "parts":
                further = media.further and self._part_format(media.further)
                return construct(
                    PartsBody,
                    media_type=media_type,
                    prefix=tuple(map(self._part_format, media.parts)),
                    further=further,
                )
            case "text":
                schema = scalar(shape) if isinstance(shape, Scalar) else construct(runtime.String)
                return construct(TextBody, media_type=media_type, schema=schema)
            case _:
                return construct(BinaryBody, media_type=media_type)

    def _multipart(self, shape: Shape) -> Iterator[str]:
        """Iterate over the annotations of a form with parts; files are values of any mapping."""
        schemas = self._annotations.schemas
        for each in alternatives_of(shape, schemas):
            named = definition_of(each, schemas)
            if isinstance(named, MapOf) and has_files(named.value, schemas):
                yield _ANY_FORM
            else:
                yield from alternatives(self._annotations.argument(without_none(type_of(each))))

    def _parts(self, media: MediaReading) -> Code:
        """Return the annotation of a body whose parts have positions."""
        found: list[str] = []
        for each in (*media.parts, *filter(None, [media.further])):
            if part_kind(each.shape) == "bytes":
                found += ["UploadFile", _CONTENT]
            else:
                expression = without_none(self._types.shapes[each.shape])
                found += alternatives(self._annotations.argument(expression))
        unique = list(dict.fromkeys(found))
        return Code(f"Sequence[{'Any' if 'Any' in unique else ' | '.join(unique)}]")

    def _part_format(self, part: PartReading) -> Code:
        """Return the format of a part that has a position; such a part has no style."""
        schema = self._constraints.form_field(part.shape, "constraints.")
        return construct(PartFormat, schema=schema, part=_part(part.encoding))


def _name(wanted: str, taken: Sequence[str]) -> str:
    return names.distinct([wanted if wanted not in taken else f"request_{wanted}"], taken)[0]


def _choice(name: str, media: Sequence[MediaReading]) -> Argument:
    """Return the argument that chooses a media type; by default, files choose a form with parts."""
    media_types = tuple(dict.fromkeys(each.media_type for each in media))
    if any("*" in each for each in media_types):
        usual = "" if "*" in media_types[0] else f" Defaults to `{media_types[0]}`."
        doc = f"The media type of the request body.{usual}"
        return Argument(name, Code("str | None"), required=False, doc=doc)
    listed = ", ".join(literal(each) for each in media_types)
    parts = [each.media_type for each in media if each.kind == "multipart"]
    if parts and media[0].kind in {"json", "form"}:
        doc = f"Defaults to `{media_types[0]}`, or to `{parts[0]}` for a body with files or bytes."
        doc = f"The media type of the request body. {doc}"
        return Argument(name, Code(f"Literal[{listed}] | None"), required=False, doc=doc)
    return Argument(
        name,
        Code(f"Literal[{listed}]"),
        required=False,
        doc="The media type of the request body.",
        default=literal(media_types[0]),
    )


def form_field(encoding: EncodingReading, body: str) -> Code | None:
    """Return the encoding of a form field, or None if it is the default."""
    is_deep = encoding.style == "deepObject"
    if encoding.style:
        return construct(
            Parameter,
            name=f"{body}.{encoding.name}",
            wire_name=encoding.name,
            location="query",
            style="" if encoding.style == "form" or is_deep else encoding.style,
            explode=encoding.explode or is_deep,
            encoding=construct(DeepObject, arrays="either") if is_deep else None,
            allow_reserved=encoding.allow_reserved,
        )
    is_in_json = any(is_json(essence(each)) for each in encoding.media_types)
    if is_in_json or (encoding.is_opaque and encoding.media_types != ("text/plain",)):
        return construct(
            Parameter,
            name=f"{body}.{encoding.name}",
            wire_name=encoding.name,
            location="query",
            media_type=JSON if is_in_json else encoding.media_types[0],
        )
    return None


def _part(encoding: EncodingReading, body: str = "") -> Code:
    """Return the encoding of a part; one with a style is a field of `body`."""
    return construct(
        Part,
        media_types=encoding.media_types,
        headers=dict(encoding.headers),
        field=form_field(encoding, body) if encoding.style else None,
    )
