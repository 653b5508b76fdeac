"""Resources and their methods."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.document.json_values import text_at
from generator.normalize import OperationReading
from generator.normalize.schemas.shapes import Anything, NamedShape, ObjectShape
from generator.planning import docstrings
from generator.planning.annotations import Annotations
from generator.planning.arguments import ArgumentPlanner, ParameterConstants, PlannedArgument
from generator.planning.constraints import Constraints
from generator.planning.pagination import entry_of, pagination, paging_parameters
from generator.planning.plan.models import Constant
from generator.planning.plan.operations import Operation, Resource
from generator.planning.response_headers import plan_headers
from generator.planning.responses import AnswerPlan, AnswerPlanner, by_precedence
from generator.planning.security import Security
from generator.planning.types import ModelTypes
from generator.python import names
from generator.python.code import Code, construct, literal
from generator.python.types import Name
from generator.runtime.calls.operation import Operation as RuntimeOperation
from generator.runtime.clients.async_client import BaseAsyncClient
from generator.runtime.clients.client import BaseClient
from generator.runtime.resources.paged import AsyncPagedResource, PagedResource

# What resources and clients have already.
_METHODS = frozenset({"with_raw_response", *dir(PagedResource), *dir(AsyncPagedResource)})
_ATTRIBUTES = frozenset({"check", *dir(BaseClient), *dir(BaseAsyncClient)})


class OperationPlanner:
    """Plans the methods of one document.

    Args:
        schemas: The document's named shapes.
        types: Their Python types.
        annotations: Writes types.
        constraints: Writes demands on arguments.
        security: What of a client's credentials operations send.
    """

    def __init__(
        self,
        schemas: dict[str, NamedShape],
        types: ModelTypes,
        annotations: Annotations,
        constraints: Constraints,
        security: Security,
    ) -> None:
        self._schemas = schemas
        self._annotations = annotations
        self._arguments = ArgumentPlanner(schemas, types, annotations, constraints)
        self._security = security
        classes = {
            str(annotations.field(Name(name)))
            for name, each in schemas.items()
            if isinstance(each.shape, ObjectShape)
        }
        self._answers = AnswerPlanner(types, annotations, frozenset(classes))

    def resource(self, name: str, doc: str, readings: Sequence[OperationReading]) -> Resource:
        """Plan a group of operations."""
        methods = names.distinct(names.identifier(method_name(each), _METHODS) for each in readings)
        constants = [_constant(method) for method in methods]
        parameters = ParameterConstants(constants)
        operations: list[Operation] = []
        paged = sum(each.pagination is not None for each in readings)
        for reading, method in zip(readings, methods, strict=True):
            walk = "walk" if paged == 1 else f"walk_{method}"
            operations.append(self._operation(reading, method, walk, parameters))
        return Resource(
            name=name,
            class_name=f"{names.class_name(name)}Resource",
            doc=doc,
            parameters=parameters.constants(),
            operations=tuple(operations),
            aliases=tuple(Constant(each, value) for value, each in self._answers.aliases.items()),
        )

    def _operation(
        self, operation: OperationReading, method: str, walk: str, parameters: ParameterConstants
    ) -> Operation:
        constant = _constant(method)
        extension = operation.pagination
        planned = self._arguments.plan(operation, method, parameters)
        arguments = [each.argument for each in planned]
        answer = self._answers.plan(operation, by_precedence(operation.responses), method)
        paging, returns = None, answer.returns
        replaced: frozenset[str] = frozenset()
        entry = entry_of(next(iter(answer.shapes), Anything()), extension or {}, self._schemas)
        if extension is not None and entry is not None:
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
        in_path = sum(each.location == "path" for each in operation.parameters)
        return Operation(
            id=operation.id,
            method=method,
            constant=constant,
            http_method=operation.method.upper(),
            path=operation.path,
            call=self._call(operation, planned, answer, method),
            positional=tuple(arguments[:in_path]),
            keyword=tuple(arguments[in_path:]),
            returns=returns,
            async_returns=returns if paging else answer.async_returns,
            answer_type=Code("") if answer.is_inferred else answer.returns,
            headers=plan_headers(operation, method, self._answers),
            pagination=paging,
            walk=walk if paging else "",
            walked=tuple(
                each.argument
                for each in planned
                if each.reading is None or each.reading.wire_name not in replaced
            ),
            doc=docstrings.operation_doc(
                operation,
                arguments,
                docstrings.scopes_doc(operation.security),
                self._answers.errors(by_precedence(operation.responses)),
                paged=paging is not None,
            ),
            short_doc=docstrings.summary(operation),
            scopes=_scopes(operation),
            deprecated=operation.deprecated,
        )

    def _call(
        self,
        operation: OperationReading,
        planned: Sequence[PlannedArgument],
        answer: AnswerPlan,
        method: str,
    ) -> Code:
        """Write the constant that describes an operation."""
        in_path = {
            each.reading.wire_name: each.constant
            for each in planned
            if each.reading and each.reading.location == "path"
        }
        pieces = [
            in_path[piece] if number % 2 else piece
            for number, piece in enumerate(re.split(r"\{([^{}]*)\}", _sent(operation.path)))
        ]
        scopes: object = frozenset[str]()
        if _scopes(operation):
            scopes = Code(f"REQUIRED[{literal(operation.id)}]")
        return construct(
            RuntimeOperation,
            name=operation.id,
            method=operation.method.upper(),
            path=tuple(piece for piece in pieces if piece),
            parameters=tuple(each.constant for each in planned),
            response=answer.answer,
            errors=self._errors(operation, method),
            scopes=scopes,
            needs_all_scopes=docstrings.needs_all_scopes(operation.security),
            security=self._security.alternatives(operation),
            accept=answer.accept,
            streams=answer.streams,
            server=operation.server,
            warn=Code("warn") if any(each.deprecated for each in operation.parameters) else None,
        )

    def _errors(self, operation: OperationReading, method: str) -> dict[str, object]:
        """Write what the bodies of errors are read as, by status; of several, all are tried."""
        wanted = f"{names.class_name(method)}Error"
        found = {
            status: tuple(self._answers.spelled(each, wanted) for each in types)
            for status, types in self._answers.errors(by_precedence(operation.responses)).items()
        }
        return {status: each[0] if len(each) == 1 else each for status, each in found.items()}


def resource_name(operation: OperationReading) -> str:
    """Give the group of an operation: what the document names, or the operationId or tag says."""
    named = text_at(operation.client, "resource")
    group, _, _ = _split_id(operation)
    first = next((step for step in operation.path.split("/") if step and "{" not in step), "api")
    wanted = named or group or (operation.tags[0] if operation.tags else first)
    return names.identifier(wanted, _ATTRIBUTES)


def method_name(operation: OperationReading) -> str:
    """Give the document's name of an operation inside its group."""
    _, _, method = _split_id(operation)
    return text_at(operation.client, "method") or method


def _sent(path: str) -> str:
    """Give what is sent of a path: what follows '#' tells paths apart only in the document."""
    return path.partition("#")[0]


def _constant(method: str) -> str:
    """Name the constant that describes an operation; the scopes of all are `REQUIRED`."""
    constant = names.constant_name(method)
    return f"{constant}_" if constant == "REQUIRED" else constant


def _split_id(operation: OperationReading) -> tuple[str, str, str]:
    """Split `resource.method` or `resource/method`; a plain id, or none, is all method."""
    if not text_at(operation.node.value, "operationId"):
        return "", "", operation.id
    separator = "/" if "/" in operation.id else "."
    return operation.id.rpartition(separator)


def _scopes(operation: OperationReading) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            scope for option in operation.security for _, scopes in option for scope in scopes
        )
    )
