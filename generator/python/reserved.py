"""The public names of a package."""

from __future__ import annotations

from generator.planning.plan.package import Package

_EXPORTS = (
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncClient",
    "AsyncPage",
    "AsyncWalk",
    "Attempt",
    "AuthenticationError",
    "BadRequestError",
    "CallOptions",
    "Client",
    "EntryDecodeError",
    "IncompleteWalkError",
    "InternalServerError",
    "InvalidArgumentError",
    "MissingTokenError",
    "NotFoundError",
    "Page",
    "PermissionDeniedError",
    "RateLimitError",
    "RawResponse",
    "Report",
    "ResponseDecodeError",
    "Scope",
    "UndecodedEntry",
    "Walk",
    "__version__",
)


def exports(package: Package) -> list[str]:
    """Give the public names of the package."""
    names = {*_EXPORTS, package.service.error}
    names |= {model.name for model in package.models if not package.lazy}
    optional = {
        "CheckResult": package.check,
        "AsyncStream": package.has_streams,
        "Event": package.has_streams,
        "Stream": package.has_streams,
        "TypedRawResponse": package.has_typed_headers,
        "Unrecognised": package.has_variants,
        "UploadFile": package.sends_files,
    }
    return sorted(names | {name for name, is_there in optional.items() if is_there})
