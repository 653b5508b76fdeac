"""Names that every package defines, independent of its document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Feature(Enum):
    """A feature that a package has only if its document needs it."""

    CHECK = auto()
    FILES = auto()
    PAGES = auto()
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
        is_lazy: Whether its module is imported only on first access.
        is_reserved: Whether models cannot have this name. A model replaces an unreserved name.
    """

    name: str
    module: str
    feature: Feature | None = None
    is_lazy: bool = False
    is_reserved: bool = True


PUBLIC_NAMES = (
    PublicName("Attempt", "_runtime.calls.attempts"),
    PublicName("CallOptions", "_runtime.calls.options"),
    PublicName("CheckResult", "_runtime.check.connection", Feature.CHECK, is_lazy=True),
    PublicName("UploadFile", "_runtime.bodies.multipart", Feature.FILES, is_lazy=True),
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
    PublicName("AsyncWalk", "_runtime.walks.walk", Feature.PAGES),
    PublicName("Report", "_runtime.walks.walk", Feature.PAGES),
    PublicName("Walk", "_runtime.walks.walk", Feature.PAGES),
    PublicName("AsyncClient", "async_client", is_lazy=True),
    PublicName("Client", "client"),
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
    PublicName("Scope", "scopes"),
)

_NAMES_IN_MODELS = frozenset(
    {
        "Annotated",
        "Any",
        "Either",
        "Literal",
        "Model",
        "Open",
        "Sensitive",
        "Tag",
        "Timestamp",
        "TypeAlias",
        "Variant",
    }
)
"""The names that the module of models imports."""

CLASS_NAMES = frozenset({each.name for each in PUBLIC_NAMES if each.is_reserved}) | _NAMES_IN_MODELS
"""The names that models cannot have; a model of such a name gets a trailing underscore."""
