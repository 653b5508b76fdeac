"""Resources and the methods of their classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..document.json_values import text_at
from ..normalize import Normalized
from ..normalize.operations import OperationReading
from ..normalize.schemas.shapes import Anything, Ref
from ..openapi.operations import sent_method
from ..python import names
from ..python.code import Code, construct, literal
from ..python.reserved import CONSTANTS_IN_RESOURCES, METHOD_NAMES, NAMES_IN_RESOURCES
from ..python.types import Name
from ..runtime.calls.operation import Operation as RuntimeOperation
from ..runtime.paging.variants import EntryVariants
from . import docstrings
from .arguments import (
    ArgumentPlanner,
    ParameterConstants,
    PlannedArgument,
    python_names,
)
from .constraints import Constraints
from .curl import curl_options
from .operation_names.explicit import OperationName
from .operation_names.tree import module_name
from .pagination import (
    entry_classes,
    entry_shape,
    pagination,
    paging_parameters,
    read_listing,
    upper_bound,
)
from .plan.models import Constant
from .plan.operations import Argument, Operation, Resource
from .response_headers import plan_headers
from .responses import ResponsePlan, ResponsePlanner, by_precedence
from .security import Security
from .types.annotations import Annotations
from .types.model_types import ModelTypes, type_of


@dataclass(frozen=True, slots=True)
class MethodNames:
    """The names that belong to a method.

    Attributes:
        method: The method.
        walk: The method that walks through its pages, if it is paged.
        follow: The method that waits for its new entries, if it has a time span.
        constant: The constant that describes the operation.
        pages: The constant that describes its pagination, if it is paged.
    """

    method: str
    walk: str
    follow: str
    constant: str
    pages: str

    @property
    def constants(self) -> tuple[str, str]:
        """The names of both constants."""
        return self.constant, self.pages


def method_names(
    readings: Sequence[OperationReading], naming: Mapping[str, OperationName]
) -> list[MethodNames]:
    """Return the names of the methods of a resource, in the order of its operations."""
    methods = names.distinct(naming[each.id].method for each in readings)
    constants = names.distinct(map(names.constant_name, methods), CONSTANTS_IN_RESOURCES)
    pairs = [*zip(readings, methods, strict=True)]
    walks = names.distinct((_extra_name("walk", *each) for each in pairs), methods)
    follows = names.distinct((_extra_name("follow", *each) for each in pairs), {*methods, *walks})
    pages = names.distinct((f"{each}_PAGES" for each in constants), constants)
    return [
        MethodNames(*each) for each in zip(methods, walks, follows, constants, pages, strict=True)
    ]


def _extra_name(key: str, operation: OperationReading, method: str) -> str:
    """Return the name of the `walk` or `follow` of an operation, which no other one changes."""
    named = text_at(operation.client, key)
    if named:
        return names.identifier(named, METHOD_NAMES)
    return key if method == "list" else f"{key}_{method}"


def resource_classes(resources: Iterable[str]) -> dict[str, str]:
    """Return the names of the classes of resources, by the names of the resources.

    A resource has four classes, which start with `Async` or end with `Raw`. The synchronous class
    of one resource cannot be named like the asynchronous class of another.
    """
    taken = set(NAMES_IN_RESOURCES)
    found: dict[str, str] = {}
    for resource in resources:
        wanted = name = f"{names.class_name(resource)}Resource"
        number = 1
        while not taken.isdisjoint(_variants(name)):
            number += 1
            name = f"{wanted}{number}"
        taken.update(_variants(name))
        found[resource] = name
    return found


def _variants(name: str) -> tuple[str, ...]:
    return name, f"{name}Raw", f"Async{name}", f"Async{name}Raw"


class OperationPlanner:
    """Planner of the operations of one resource.

    Args:
        normalized: The normalized document.
        types: The Python types of the shapes.
        annotations: The annotations of types.
        constraints: The schemas of arguments.
        security: The credentials of clients and operations.
    """

    def __init__(
        self,
        normalized: Normalized,
        types: ModelTypes,
        annotations: Annotations,
        constraints: Constraints,
        security: Security,
    ) -> None:
        self._document = normalized.document
        self._schemas = schemas = normalized.schemas
        self._annotations = annotations
        self._arguments = ArgumentPlanner(schemas, types, annotations, constraints)
        self._security = security
        self._responses = ResponsePlanner(types, annotations)

    def resource(
        self,
        access: str,
        kind: str,
        doc: str,
        readings: Sequence[OperationReading],
        naming: Mapping[str, OperationName],
    ) -> Resource:
        """Return the plan of a group of operations.

        Args:
            access: The attributes that lead to the resource from the client.
            kind: The name of its class.
            doc: Its description.
            readings: The operations.
            naming: The names of the methods.
        """
        planned = method_names(readings, naming)
        parameters = ParameterConstants([name for each in planned for name in each.constants])
        operations = tuple(
            self._operation(reading, each, parameters)
            for reading, each in zip(readings, planned, strict=True)
        )
        return Resource(
            name=module_name(access),
            access=access,
            class_name=kind,
            doc=doc,
            parameters=parameters.constants(),
            operations=operations,
            aliases=tuple(Constant(each, value) for value, each in self._responses.aliases.items()),
        )

    def _operation(
        self, operation: OperationReading, known: MethodNames, parameters: ParameterConstants
    ) -> Operation:
        method, constant = known.method, known.constant
        extension = operation.pagination
        planned = self._arguments.plan(operation, method, parameters)
        arguments = [each.argument for each in planned]
        response = self._responses.plan(by_precedence(operation.responses), method)
        paging, listed, returns = None, None, response.returns
        replaced: frozenset[str] = frozenset()
        shape = next(iter(response.shapes), Anything())
        entry = entry_shape(shape, extension or {}, self._schemas)
        classes = entry_classes(entry, self._schemas)
        if extension is not None and entry is not None and classes:
            is_one = len(classes) == 1
            returns = self._annotations.field(Name(classes[0].name) if is_one else type_of(entry))
            readings = {each.argument.name: each.reading for each in planned if each.reading}
            listed = read_listing(self._document, extension, readings)
            pages = pagination(
                extension,
                readings,
                classes,
                self._schemas,
                operation=Code(constant),
                item=returns if is_one else Code("ANY_ENTRY"),
                variants=None if is_one else self._variants(returns, classes, method),
            )
            paging = Constant(
                known.pages, pages, None if is_one else Code(f"Pagination[{returns}]")
            )
            replaced = paging_parameters(extension)
        python = python_names(planned)
        in_path = sum(each.location == "path" for each in operation.parameters)
        return Operation(
            id=operation.id,
            method=method,
            constant=constant,
            http_method=sent_method(operation.method),
            path=operation.path,
            call=self._call(operation, planned, response, method),
            positional=tuple(arguments[:in_path]),
            keyword=tuple(arguments[in_path:]),
            returns=returns,
            async_returns=returns if paging else response.async_returns,
            response_type=Code("") if response.is_inferred else response.returns,
            headers=plan_headers(operation, method, self._responses),
            pagination=paging,
            listing=listed,
            walk=known.walk if paging else "",
            walk_arguments=_without(planned, replaced),
            follow=known.follow if listed and listed.is_by_time else "",
            follow_arguments=_without(planned, replaced | {upper_bound(extension or {})}),
            doc=docstrings.operation_doc(
                operation,
                arguments,
                docstrings.scopes_doc(operation.security),
                self._responses.errors(by_precedence(operation.responses)),
                order=listed.order if listed else "",
                names=python,
            ),
            short_doc=docstrings.in_python(python)(docstrings.summary(operation)),
            scopes=_scopes(operation),
            deprecated=operation.deprecated,
            curl=curl_options(self._document, operation, self._security.curl(operation)),
        )

    def _variants(self, union: Code, classes: Sequence[Ref], method: str) -> Code:
        """Return the decoder of the entries of a union."""
        return construct(
            EntryVariants,
            kind=self._responses.type_argument(union, f"{names.class_name(method)}Entry"),
            classes=tuple(self._annotations.field(Name(each.name)) for each in classes),
        )

    def _call(
        self,
        operation: OperationReading,
        planned: Sequence[PlannedArgument],
        response: ResponsePlan,
        method: str,
    ) -> Code:
        """Return the value of the constant that describes an operation."""
        in_path = {
            each.reading.wire_name: each.constant
            for each in planned
            if each.reading and each.reading.location == "path"
        }
        pieces = [
            in_path[piece] if number % 2 else piece
            for number, piece in enumerate(
                re.split(r"\{([^{}]*)\}", _without_fragment(operation.path))
            )
        ]
        scopes: object = frozenset[str]()
        if _scopes(operation):
            scopes = Code(f"REQUIRED[{literal(operation.id)}]")
        return construct(
            RuntimeOperation,
            name=operation.id,
            method=sent_method(operation.method),
            path=tuple(piece for piece in pieces if piece),
            parameters=tuple(each.constant for each in planned),
            response=response.reader,
            redirects=response.redirects,
            errors=self._errors(operation, method),
            scopes=scopes,
            needs_all_scopes=docstrings.needs_all_scopes(operation.security),
            security=self._security.alternatives(operation),
            accept=response.accept,
            streams=response.streams,
            server=operation.server,
            warn=Code("warn") if any(each.deprecated for each in operation.parameters) else None,
        )

    def _errors(self, operation: OperationReading, method: str) -> dict[str, object]:
        """Return the types of error bodies by status code; several types are tried in order."""
        wanted = f"{names.class_name(method)}Error"
        found = {
            status: tuple(self._responses.type_argument(each, wanted) for each in types)
            for status, types in self._responses.errors(by_precedence(operation.responses)).items()
        }
        return {status: each[0] if len(each) == 1 else each for status, each in found.items()}


def _without(
    planned: Iterable[PlannedArgument], parameters: frozenset[str]
) -> tuple[Argument, ...]:
    """Return the arguments of a method, without those for some parameters by their wire names."""
    return tuple(
        each.argument
        for each in planned
        if each.reading is None or each.reading.wire_name not in parameters
    )


def _without_fragment(path: str) -> str:
    """Return a path as it is sent: without `#...`, which only makes paths of a document unique."""
    return path.partition("#")[0]


def _scopes(operation: OperationReading) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            scope for option in operation.security for _, scopes in option for scope in scopes
        )
    )
