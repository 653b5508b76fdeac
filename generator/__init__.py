"""Generate a typed httpx client package from an OpenAPI document.

Each package is one stage and may import only the stages before it: `python`, `document`, `overlay`,
`openapi`, `lint`, `repair`, `normalize`, `planning`, `render` and `output`, `pipeline`, `diff`,
`initial`, `upstream` and `release`; all of them may import the definitions of `runtime`.
"""

__version__ = "1.0.0"


def missing(error: ModuleNotFoundError, extra: str = "") -> str:
    """Return the message for a library that is not installed; empty for a module of our own.

    It is here because no other module can be imported without the libraries.

    Args:
        error: The error of the import.
        extra: The extra of the distribution that the library belongs to.
    """
    if (error.name or "").partition(".")[0] == __name__:
        return ""
    way = "use the make target" if extra else "run `make generate`"
    distribution = f"'openapi-httpx-generator[{extra}]'" if extra else "openapi-httpx-generator"
    return f"error: {error.name} is not installed: {way}, or pip install {distribution}"
