"""Resources and their methods."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator import names, plan
from generator.diagnostics import DocumentError
from generator.json_types import JsonObject, object_at, parse_pointer, text_at
from generator.models import ModelTypes
from generator.normalise import OperationReading
from generator.operations import Signature
from generator.plan import Constant, Operation
from generator.planning import documentation
from generator.planning.annotations import Annotations
from generator.planning.arguments import ArgumentPlanner, ParameterConstants, PlannedArgument
from generator.planning.constraints import Constraints
from generator.planning.pagination import pagination, paging_parameters
from generator.python_code import Code, construct, literal
from generator.runtime.async_client import BaseAsyncClient
from generator.runtime.client import BaseClient
from generator.runtime.operation import Operation as RuntimeOperation
from generator.runtime.resource import AsyncResource, Resource
from generator.shapes import EnumShape, ListOf, NamedShape, ObjectShape, Ref, Shape
from generator.type_expressions import Name

# What resources and clients have already.
_METHODS = frozenset({"with_raw_response", *dir(Resource), *dir(AsyncResource)})
_ATTRIBUTES = frozenset({"check", *dir(BaseClient), *dir(BaseAsyncClient)})
_JSON = re.compile(
    r"(application/(?:[\w.-]+\+)?json|\*/\*|application/\*)(?:;.*)?\Z", re.IGNORECASE
)


class OperationPlanner:
    """Plans the methods of one document.

    Args:
        schemas: The document's named shapes.
        types: Their Python types.
        annotations: Writes types.
        constraints: Writes demands on arguments.
    """

    def __init__(
        self,
        schemas: dict[str, NamedShape],
        types: ModelTypes,
        annotations: Annotations,
        constraints: Constraints,
    ) -> None:
        self._schemas = schemas
        self._types = types
        self._annotations = annotations
        self._arguments = ArgumentPlanner(schemas, types, annotations, constraints)

    def resource(self, name: str, doc: str, signatures: Sequence[Signature]) -> plan.Resource:
        """Plan a group of operations."""
        methods = names.distinct(
            names.identifier(method_name(each.operation), _METHODS) for each in signatures
        )
        constants = [_constant(method) for method in methods]
        parameters = ParameterConstants(constants)
        operations: list[Operation] = []
        paged = sum(each.operation.pagination is not None for each in signatures)
        for signature, method in zip(signatures, methods, strict=True):
            walk = "walk" if paged == 1 else f"walk_{method}"
            operations.append(self._operation(signature, method, walk, parameters))
        return plan.Resource(
            name=name,
            class_name=f"{names.class_name(name)}Resource",
            doc=doc,
            parameters=parameters.constants(),
            operations=tuple(operations),
        )

    def _operation(
        self, signature: Signature, method: str, walk: str, parameters: ParameterConstants
    ) -> Operation:
        operation = signature.operation
        constant = _constant(method)
        extension = operation.pagination
        planned = self._arguments.plan(signature, method, parameters)
        arguments = [each.argument for each in planned]
        answer = _success(signature)
        paging, returns = None, self._answer(answer)
        replaced: frozenset[str] = frozenset()
        if extension is not None:
            entry = self._item(operation, answer, extension)
            returns = self._annotations.field(Name(entry.name))
            pages = pagination(
                extension,
                {each.argument.name: each.reading for each in planned if each.reading},
                entry,
                self._schemas,
                operation=Code(constant),
                item=returns,
            )
            paging = Constant(f"{constant}_PAGES", pages)
            replaced = paging_parameters(extension)
        in_path = sum(each.location == "path" for each in signature.parameters)
        scopes = _scopes(operation)
        return Operation(
            id=operation.id,
            method=method,
            constant=constant,
            http_method=operation.method.upper(),
            path=operation.path,
            call=self._call(signature, planned, answer),
            positional=tuple(arguments[:in_path]),
            keyword=tuple(arguments[in_path:]),
            returns=returns,
            pagination=paging,
            walk=walk if paging else "",
            walked=tuple(
                each.argument
                for each in planned
                if each.reading is None or each.reading.wire_name not in replaced
            ),
            doc=documentation.operation_doc(operation, arguments, scopes, paged=paging is not None),
            short_doc=documentation.summary(operation),
            scopes=scopes,
            deprecated=operation.deprecated,
        )

    def _call(
        self, signature: Signature, planned: Sequence[PlannedArgument], answer: Shape
    ) -> Code:
        """Write the constant that describes an operation."""
        operation = signature.operation
        in_path = {
            each.reading.wire_name: each.constant
            for each in planned
            if each.reading and each.reading.location == "path"
        }
        pieces = [
            in_path[piece] if number % 2 else piece
            for number, piece in enumerate(re.split(r"\{([^{}]*)\}", operation.path))
        ]
        errors = {
            response.status: self._answer(shape)
            for response in signature.responses
            for media_type, shape in response.content
            if not response.status.startswith("2") and _JSON.match(media_type)
        }
        scopes: object = frozenset[str]()
        if _scopes(operation):
            scopes = Code(f"REQUIRED[{literal(operation.id)}]")
        return construct(
            RuntimeOperation,
            name=operation.id,
            method=operation.method.upper(),
            path=tuple(piece for piece in pieces if piece),
            parameters=tuple(each.constant for each in planned),
            answer=Code(f"Json({self._answer(answer)})"),
            errors=errors,
            scopes=scopes,
            authenticated=bool(operation.security) and () not in operation.security,
        )

    def _answer(self, shape: Shape) -> Code:
        return self._annotations.field(self._types.shapes[shape])

    def _item(self, operation: OperationReading, answer: Shape, extension: JsonObject) -> Ref:
        """Give what an entry is, which `response.items` points at.

        Raises:
            DocumentError: If it points at something else.
        """
        shape: Shape | ObjectShape | EnumShape | None = answer
        for step in parse_pointer(text_at(object_at(extension, "response"), "items")):
            while isinstance(shape, Ref):
                shape = self._schemas[shape.name].shape
            members = shape.properties if isinstance(shape, ObjectShape) else ()
            shape = next((each.shape for each in members if each.wire_name == step), None)
        item = shape.item if isinstance(shape, ListOf) else None
        if not isinstance(item, Ref) or not isinstance(self._schemas[item.name].shape, ObjectShape):
            hint = "name a list whose items are objects with properties"
            message = "'response.items' does not lead to a list of objects"
            raise DocumentError([(operation.node / "x-pagination").error("X705", message, hint)])
        return item


def resource_name(operation: OperationReading) -> str:
    """Give the group of an operation: what the document names, or the operationId or tag says."""
    named = text_at(operation.client, "resource")
    group, _, _ = _split_id(operation.id)
    first = next((step for step in operation.path.split("/") if step and "{" not in step), "api")
    wanted = named or group or (operation.tags[0] if operation.tags else first)
    return names.identifier(wanted, _ATTRIBUTES)


def method_name(operation: OperationReading) -> str:
    """Give the document's name of an operation inside its group."""
    _, _, method = _split_id(operation.id)
    return text_at(operation.client, "method") or method


def _constant(method: str) -> str:
    """Name the constant that describes an operation; the scopes of all are `REQUIRED`."""
    constant = names.constant_name(method)
    return f"{constant}_" if constant == "REQUIRED" else constant


def _split_id(operation_id: str) -> tuple[str, str, str]:
    """Split `resource.method` or `resource/method`; a plain id is all method."""
    separator = "/" if "/" in operation_id else "."
    return operation_id.rpartition(separator)


def _scopes(operation: OperationReading) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            scope for option in operation.security for _, scopes in option for scope in scopes
        )
    )


def _success(signature: Signature) -> Shape:
    """Give what a success brings."""
    for response in signature.responses:
        for media_type, shape in response.content:
            if response.status.startswith("2") and _JSON.match(media_type):
                return shape
    message = f"{signature.operation.id}: no success in JSON"
    raise TypeError(message)
