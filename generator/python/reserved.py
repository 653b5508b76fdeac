"""Names that every package defines, by the scope they are in.

A name of the document that is reserved in its scope gets a trailing underscore. Names with a
leading underscore are missing here, because no name of a document becomes one.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum, auto

from ..runtime.calls.options import CallOptions
from ..runtime.calls.settings import ClientOptions
from ..runtime.clients.async_client import BaseAsyncClient
from ..runtime.clients.client import BaseClient
from ..runtime.command import options
from ..runtime.models.model import Model
from ..runtime.resources.paged import AsyncPagedResource, PagedResource
from ..runtime.resources.typed_headers import ResponseHeaders
from .names import TYPES


class Feature(Enum):
    """A feature that a package has only if its document needs it."""

    CHECK = auto()
    FILES = auto()
    FOLLOW = auto()
    NULLS = auto()
    PAGES = auto()
    PARTS = auto()
    SCOPES = auto()
    STREAMS = auto()
    TYPED_HEADERS = auto()
    UNIONS = auto()


@dataclass(frozen=True, slots=True)
class PublicName:
    """A name that a package exports beside its models.

    Attributes:
        name: The name.
        module: The module that defines it, relative to the package.
        feature: The feature that it belongs to; None if every package has it.
        publishes_itself: Whether the module itself sets `__module__` to the package.
        is_reserved: Whether models cannot have this name. A model replaces an unreserved name.
        is_class: Whether it is a class, whose `__module__` is the package.
    """

    name: str
    module: str
    feature: Feature | None = None
    publishes_itself: bool = False
    is_reserved: bool = True
    is_class: bool = True


PUBLIC_NAMES = (
    PublicName("Attempt", "_runtime.calls.attempts"),
    PublicName("CallOptions", "_runtime.calls.options"),
    PublicName("CheckResult", "_runtime.check.connection", Feature.CHECK, publishes_itself=True),
    PublicName("MISSING", "_runtime.models.model", Feature.NULLS, is_class=False),
    PublicName("UploadFile", "_runtime.bodies.multipart", Feature.FILES, publishes_itself=True),
    PublicName("Unrecognized", "_runtime.models.unions", Feature.UNIONS),
    PublicName("UndecodedEntry", "_runtime.paging.page_data", Feature.PAGES),
    PublicName("AsyncPage", "_runtime.resources.pages", Feature.PAGES),
    PublicName("Page", "_runtime.resources.pages", Feature.PAGES),
    PublicName("RawResponse", "_runtime.resources.raw_response"),
    PublicName(
        "TypedRawResponse",
        "_runtime.resources.typed_headers",
        Feature.TYPED_HEADERS,
        is_reserved=False,
    ),
    PublicName("AsyncStream", "_runtime.streams.items", Feature.STREAMS, is_reserved=False),
    PublicName("Event", "_runtime.streams.items", Feature.STREAMS, is_reserved=False),
    PublicName("Stream", "_runtime.streams.items", Feature.STREAMS, is_reserved=False),
    PublicName("StreamedPart", "_runtime.streams.parts", Feature.PARTS, is_reserved=False),
    PublicName("AsyncFollow", "_runtime.walks.following", Feature.FOLLOW),
    PublicName("Follow", "_runtime.walks.following", Feature.FOLLOW),
    PublicName("FollowOptions", "_runtime.walks.following", Feature.FOLLOW),
    PublicName("AsyncWalk", "_runtime.walks.walk", Feature.PAGES),
    PublicName("Report", "_runtime.walks.walk", Feature.PAGES),
    PublicName("Walk", "_runtime.walks.walk", Feature.PAGES),
    PublicName("AsyncClient", "async_client", publishes_itself=True),
    PublicName("Client", "client", publishes_itself=True),
    PublicName("APIConnectionError", "errors"),
    PublicName("APIStatusError", "errors"),
    PublicName("APITimeoutError", "errors"),
    PublicName("AuthenticationError", "errors"),
    PublicName("BadRequestError", "errors"),
    PublicName("EntryDecodeError", "errors", Feature.PAGES),
    PublicName("IncompleteWalkError", "errors", Feature.PAGES),
    PublicName("InternalServerError", "errors"),
    PublicName("InvalidArgumentError", "errors"),
    PublicName("MissingTokenError", "errors"),
    PublicName("NotFoundError", "errors"),
    PublicName("PermissionDeniedError", "errors"),
    PublicName("RateLimitError", "errors"),
    PublicName("ResponseDecodeError", "errors"),
    PublicName("Scope", "scopes", Feature.SCOPES),
)


def _attributes(*classes: type) -> frozenset[str]:
    """Return the names of the attributes of classes and of their instances."""
    annotated = (name for each in classes for base in each.__mro__ for name in _annotations(base))
    found = {*(name for each in classes for name in dir(each)), *annotated}
    return frozenset(name for name in found if not name.startswith("_"))


def _annotations(kind: type) -> list[str]:
    return list(vars(kind).get("__annotations__", ()))


_NAMES_BESIDE_MODELS = frozenset(
    {
        "Annotated",
        "Any",
        "AttributeError",
        "Constant",
        "Either",
        "Final",
        "Literal",
        "Model",
        "Open",
        "OpenModel",
        "Sensitive",
        "Tag",
        "Timestamp",
        "TypeAlias",
        "Variant",
    }
)
"""Class names that a module uses which defines or imports models or enumerations."""

CLASS_NAMES = (
    frozenset({each.name for each in PUBLIC_NAMES if each.is_reserved}) | _NAMES_BESIDE_MODELS
)
"""The names that models and enumerations cannot have."""

_NAMES_OF_THE_MOCK = {
    "body_reader",
    "encode_parts",
    "encode_stream",
    "read_binary_body",
    "read_form_body",
    "read_json_body",
    "read_multipart_body",
    "read_text_body",
    "select_entries",
}
"""Functions that the mock's module imports beside the resources."""

RESOURCE_NAMES = (
    _attributes(BaseClient, BaseAsyncClient)
    | TYPES
    | {"annotations", "cached_property", "check", "getattr", "globals", "http", "sorted"}
    | _NAMES_OF_THE_MOCK
)
"""The reserved names of resources: attributes of clients, and names in modules beside theirs."""

METHOD_NAMES = (
    _attributes(PagedResource, AsyncPagedResource)
    | (TYPES - {"list"})
    | {"builtins", "deprecated", "dt", "models", "property", "with_raw_response"}
)
"""The names that methods cannot have. A method can be called `list`: see `builtins.list`."""

ARGUMENT_NAMES = (
    frozenset(CallOptions.__annotations__) | TYPES | {"builtins", "dt", "models", "options", "self"}
)
"""The names that arguments of methods cannot have."""

FIELD_NAMES = _attributes(Model) | TYPES | {"dt", "msgspec"}
"""The names that fields of models cannot have."""

HEADER_NAMES = _attributes(ResponseHeaders) | TYPES | {"builtins", "dt", "field", "models"}
"""The names that fields of response headers cannot have."""

CREDENTIAL_NAMES = (
    (frozenset(ClientOptions.__annotations__) - {"token"}) | TYPES | {"http_client", "self"}
)
"""The names that arguments of clients for credentials cannot have."""

SERVER_NAMES = TYPES | {"annotations", "expand_url"}
"""The names that servers and their variables cannot have."""

MODULE_NAMES = sys.stdlib_module_names | {
    *("anyio", "certifi", "h11", "httpcore", "httpx", "httpx2", "idna", "msgspec"),
    *("pyarrow", "pyspark", "sniffio", "typing_extensions", "zstandard"),
    *("__init__", "__main__", "test"),  # `sys` does not list Python's own tests.
}
"""The reserved import names: those of Python, and of the dependencies of packages."""

COMMANDS = frozenset({"archive", "scopes", "completion"})
"""The reserved names of resources in the command line."""

COMMAND_METHODS = frozenset({"check", "export", "follow"})
"""The reserved names of methods in the command line."""

OPTIONS = frozenset(
    each.flag
    for each in (
        *options.OUTPUT,
        *options.LIST,
        *options.TOKEN,
        *options.CONNECTION,
        *options.FOLLOW,
        options.HELP,
        options.VERSION,
    )
) | {"--token", "--param"}
"""The reserved options: a parameter of the same name becomes `--param-NAME`."""

WINDOW_OPTIONS = frozenset({"--start", "--end"})
"""Options that are reserved if a list has a time span with parameters of other names."""

CONSTANTS_IN_RESOURCES = frozenset({"FOLLOW_OVERLAP", "OVERLAP", "REQUIRED", "TYPE_CHECKING"})

WALK_NAMES = frozenset({"walk", "follow"})
"""The methods that a paged operation `list` may have beside it."""

NAMES_IN_RESOURCES = frozenset(
    {
        "Any",
        "AnyOf",
        "Array",
        "AsyncFollow",
        "AsyncFollowedResource",
        "AsyncIterable",
        "AsyncPagedResource",
        "AsyncPages",
        "AsyncResource",
        "AsyncStream",
        "AsyncWalk",
        "Annotated",
        "Awaitable",
        "BinaryBody",
        "BinaryResponse",
        "Boolean",
        "CallOptions",
        "Callable",
        "ConstrainedObject",
        "ConstrainedSchema",
        "CookieStyle",
        "Date",
        "DateTime",
        "DeepObject",
        "Deferred",
        "Either",
        "EmptyResponse",
        "EntryVariants",
        "EpochTime",
        "Event",
        "Events",
        "FileContent",
        "FileSchema",
        "Follow",
        "FollowOptions",
        "FollowedResource",
        "FormBody",
        "Integer",
        "ItemsBody",
        "Iterable",
        "JsonBody",
        "JsonLines",
        "JsonResponse",
        "JsonSequence",
        "JsonString",
        "JsonValueResponse",
        "Literal",
        "MISSING",
        "Mapping",
        "Match",
        "MultipartBody",
        "Null",
        "Number",
        "Object",
        "OneOfResponses",
        "Open",
        "Operation",
        "Page",
        "PagedResource",
        "Pagination",
        "Parameter",
        "Part",
        "PartFormat",
        "PartKind",
        "Parts",
        "PartsBody",
        "QueryString",
        "RawResponse",
        "RedirectResponse",
        "RequestBody",
        "Resource",
        "ResponseHeaders",
        "ResponseOption",
        "Schema",
        "Sequence",
        "Stream",
        "StreamedPart",
        "String",
        "TYPE_CHECKING",
        "Tag",
        "TextBody",
        "TextEvents",
        "TextResponse",
        "TimeOrder",
        "TimeSpan",
        "TimeWindow",
        "Timestamp",
        "Tuple",
        "TypeAlias",
        "TypedRawResponse",
        "UndescribedResponse",
        "Unpack",
        "UploadFile",
        "Variant",
        "Walk",
    }
)
"""The class names that modules of resources import."""
