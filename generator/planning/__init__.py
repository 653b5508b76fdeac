"""Plan of the package: every decision on names, types and files.

`plan` returns a `Package`, in which names are Python names and types are Python source; `pipeline`,
`render` and `diff` may import this package.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from ..document.json_values import JsonObject, array_at, is_object, object_at, text_at
from ..normalize import Normalized
from ..normalize.multipart import json_shape
from ..normalize.operations import OperationReading
from ..normalize.responses import ResponseReading
from ..normalize.schemas.shapes import Shape
from ..normalize.security import schemes as security_schemes
from ..normalize.servers import server_objects, server_url
from ..openapi.parameters import is_token
from ..python import names
from ..python.reserved import CLASS_NAMES
from . import models
from .command import plan_commands
from .connection_check import check
from .constraints import Constraints
from .directions import directions, reachable
from .mock import mock_operations
from .models import ModelPlanner
from .operation_names.explicit import OperationName
from .operation_names.tree import Path, attributes, module_name, with_parents
from .operations import OperationPlanner, method_names, resource_classes
from .plan.operations import Resource
from .plan.package import MANY, Package
from .plan.service import Scope, Service
from .security import plan_security
from .servers import plan_servers
from .types.annotations import Annotations
from .types.constants import discriminating_properties
from .types.division import divide
from .types.files import with_files
from .types.mappings import mapping_names, typed_mappings
from .types.model_types import model_types


def plan(
    normalized: Normalized,
    package: str,
    naming: Mapping[str, OperationName],
    command: str,
    http: str,
) -> Package:
    """Return the plan of a package.

    Args:
        normalized: The normalized document, without errors.
        package: The import name of the package.
        naming: The names of the operations, by their ids.
        command: The name of the package's command line, or empty for none.
        http: The HTTP library: `httpx` or `httpx2`.
    """
    document = normalized.document
    schemas = normalized.schemas
    operations = normalized.operations
    types = with_files(model_types(schemas, _shapes(operations)), normalized)
    mappings = mapping_names(
        schemas, [each.shape for operation in operations for each in operation.parameters]
    )
    annotations = Annotations(schemas, types.aliases, normalized.discriminators, mappings=mappings)
    constraints = Constraints(schemas, normalized.discriminators)
    service = _service(document.root.value, package, schemas)
    credentials = plan_security(
        security_schemes(document), normalized.operations, service.environment
    )
    is_large = len(operations) > MANY
    groups: dict[Path, list[OperationReading]] = {
        path: [] for path in with_parents(naming[each.id].path for each in operations)
    }
    for operation in operations:
        groups[naming[operation.id].path].append(operation)
    accesses = attributes(groups, _attributes_of_methods(groups, naming))
    classes = resource_classes(map(module_name, accesses.values()))
    docs = _tag_docs(document.root.value)
    children: dict[Path, list[str]] = {}
    for path in groups:
        children.setdefault(path[:-1], []).append(accesses[path])
    resources: list[Resource] = []
    for path, group in groups.items():
        tags, access = group[0].tags if group else (), accesses[path]
        below = children.get(path, [])
        doc = docs.get(tags[0] if tags else path[-1]) or _group_doc(
            [naming[each.id].method for each in group], below
        )
        in_resource = _annotations(annotations, group, naming)
        planner = OperationPlanner(normalized, types, in_resource, constraints, credentials)
        resources.append(planner.resource(access, classes[module_name(access)], doc, group, naming))
    resources = _with_children(resources)
    examples, mocks = mock_operations(document, resources, normalized.operations, is_large=is_large)
    checked = check(document.root.value, resources, normalized.operations)
    planned = Package(
        name=package,
        http=http,
        command=command,
        document=PurePath(document.root.source.name).name,
        service=service,
        resources=tuple(resources),
        models=ModelPlanner(
            schemas,
            types,
            annotations,
            directions(normalized),
            discriminating_properties(normalized, _shapes(operations)),
            reachable([media.shape for each in operations for media in each.media], schemas),
        ).models(),
        mappings=typed_mappings(schemas, types, annotations),
        enumerations=models.enumerations(schemas),
        aliases=models.aliases(schemas, types, annotations),
        constraints=constraints.constants(),
        scopes=_scopes(document.root.value, resources),
        check=checked,
        examples=examples,
        mock_operations=mocks,
        lazy=is_large,
        sends_files=any(
            media.kind in {"multipart", "parts"}
            for each in normalized.operations
            for media in each.media
        ),
        has_single_token=credentials.has_single_token,
        schemes=credentials.schemes,
        credentials=credentials.credentials,
        servers=plan_servers(document.root.value),
        commands=plan_commands(resources, operations, schemas, checked) if command else (),
    )
    return replace(planned, modules=divide(planned)) if planned.lazy else planned


def _attributes_of_methods(
    groups: Mapping[Path, Sequence[OperationReading]], naming: Mapping[str, OperationName]
) -> dict[Path, set[str]]:
    """Return the names that the methods of each resource have."""
    return {
        path: {"with_raw_response"}.union(
            *((each.method, each.walk, each.follow) for each in method_names(group, naming))
        )
        for path, group in groups.items()
    }


def _with_children(resources: Sequence[Resource]) -> list[Resource]:
    """Return resources with those that are directly below them."""
    found: list[Resource] = []
    below: dict[str, list[Resource]] = {}
    for each in reversed(resources):  # Those below a resource follow it.
        found.append(replace(each, children=tuple(reversed(below.get(each.access, [])))))
        below.setdefault(each.access.rpartition(".")[0], []).append(found[-1])
    return found[::-1]


def _group_doc(methods: Sequence[str], below: Sequence[str]) -> str:
    """Return the docstring of a resource that the document does not describe."""
    if not methods:
        resources = ", ".join(f"`{each.rpartition('.')[2]}`" for each in below)
        return f"The resource{'s' if len(below) > 1 else ''} {resources}."
    listed = [f"`{each}`" for each in methods[:5]]
    if len(methods) > 5:
        listed.append(f"{len(methods) - 5} more")
    joined = " and ".join(filter(None, (", ".join(listed[:-1]), listed[-1])))
    return f"The method{'s' if len(methods) > 1 else ''} {joined}."


def _annotations(
    annotations: Annotations, group: Sequence[OperationReading], naming: Mapping[str, OperationName]
) -> Annotations:
    """Return annotations for the module of a resource, where a method may be named `list`."""
    has_list = any(naming[each.id].method == "list" for each in group)
    return annotations.for_module("models.", "builtins.list" if has_list else "list")


def _shapes(operations: Sequence[OperationReading]) -> list[Shape]:
    """Return the shapes of arguments, request bodies, responses and response headers."""
    return [
        shape
        for operation in operations
        for shape in (
            *(each.shape for each in operation.parameters),
            *(each.shape for each in operation.media),
            *(part.shape for each in operation.media for part in each.parts),
            *(each.further.shape for each in operation.media if each.further is not None),
            *(shape for each in operation.responses for shape in _shapes_of_bodies(each)),
            *(each.shape for response in operation.responses for each in response.headers),
        )
    ]


def _shapes_of_bodies(response: ResponseReading) -> Iterator[Shape]:
    """Iterate over the shapes of a response body, and of those of its parts that are JSON."""
    for media_type, shape in response.content:
        yield shape
        parts = response.parts_of(media_type)
        if parts is not None:
            in_json = map(json_shape, (shape, *parts.prefix, parts.further))
            yield from (each for each in in_json if each is not None)


def _service(root: JsonObject, package: str, taken: Collection[str]) -> Service:
    info = object_at(root, "info")
    client = object_at(info, "x-client")
    words = names.words(package)
    error, environment, user_agent = (
        text_at(client, key) for key in ("error", "environment", "user-agent")
    )
    error = error if names.is_class_name(error) else f"{names.class_name(words[0])}Error"
    is_variable = environment.isidentifier()
    is_word = is_token(user_agent)
    found = server_objects(root)
    return Service(
        title=text_at(info, "title"),
        doc=text_at(info, "description"),
        version=text_at(info, "version"),
        error=f"{error}_" if error in taken or error in CLASS_NAMES else error,
        environment=environment if is_variable else names.constant_name(words[0]),
        user_agent=user_agent if is_word else "-".join(words),
        base_url=server_url(found[0]) if found else "",
        recipes=text_at(client, "recipes"),
        accepts_empty_objects=str(root.get("x-generator")) != "1",
    )


def _objects(holder: JsonObject) -> list[JsonObject]:
    return [each for each in holder.values() if is_object(each)]


def _tag_docs(root: JsonObject) -> dict[str, str]:
    tags = [each for each in array_at(root, "tags") if is_object(each)]
    docs = {
        text_at(tag, "name"): text_at(tag, "description") or text_at(tag, "summary") for tag in tags
    }
    parents = [text_at(tag, "parent") for tag in tags if "parent" in tag]
    return {names.identifier(each): docs[each] for each in parents if each in docs} | docs


def _scopes(root: JsonObject, resources: list[Resource]) -> tuple[Scope, ...]:
    """Return the scopes that security schemes declare or operations use."""
    meanings: dict[str, str] = {}
    for scheme in _objects(object_at(object_at(root, "components"), "securitySchemes")):
        meanings |= object_at(scheme, "x-scopes")
        for flow in _objects(object_at(scheme, "flows")):
            meanings |= object_at(flow, "scopes")
    used = (
        scope for each in resources for operation in each.operations for scope in operation.scopes
    )
    values = dict.fromkeys([*meanings, *used])
    return tuple(
        Scope(member, value, str(meanings.get(value, "")))
        for member, value in names.distinct_pairs(
            values, lambda value: names.constant_name(value.replace("*", " any "))
        )
    )
