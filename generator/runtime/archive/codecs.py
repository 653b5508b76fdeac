"""Compression of the files of an archive."""

from __future__ import annotations

import gzip
import importlib
import sys
import zlib
from contextlib import suppress
from typing import Any

from .errors import ArchiveError

_LEVEL = 3  # of gzip; level 6 takes twice the time for 13% less
SUFFIXES = {"gzip": "gz", "zstd": "zst"}
_MODULES = ("compression.zstd", "backports.zstd")


def check_codec(codec: str) -> None:
    """Raise an ArchiveError if a codec is unknown or not installed."""
    if codec not in SUFFIXES:
        raise ArchiveError(f"codec: expected {' or '.join(map(repr, SUFFIXES))}, got {codec!r}")
    if codec == "zstd":
        _zstd()


def compress(content: bytes, codec: str) -> bytes:
    """Return compressed contents, as a single gzip member or zstd frame.

    Raises:
        ArchiveError: If the codec is not installed.
    """
    if codec == "gzip":
        return gzip.compress(content, _LEVEL, mtime=0)
    return bytes(_zstd().compress(content))


def decompress(stored: bytes, codec: str, size: int) -> bytes:
    """Return decompressed contents of a known size; larger contents are not decompressed.

    Raises:
        ArchiveError: If the codec is not installed.
        ValueError: If the contents are not a single member or frame of this size.
    """
    reader, failure = _reader(codec)
    try:
        content: bytes = reader.decompress(stored, size + 1)
    except failure as error:
        raise ValueError(f"not a valid {codec} file: {error}") from None
    if len(content) != size or not reader.eof or reader.unused_data:
        raise ValueError(f"expected a single {codec} member of {size} bytes")
    return content


def _reader(codec: str) -> tuple[Any, type[Exception]]:
    """Return a decompressor, and the error that it raises for damaged data."""
    if codec == "gzip":
        return zlib.decompressobj(31), zlib.error
    zstd = _zstd()
    return zstd.ZstdDecompressor(), zstd.ZstdError


def _zstd() -> Any:
    for name in sorted(_MODULES, key=lambda name: name not in sys.modules):  # loaded ones first
        with suppress(ImportError):
            return importlib.import_module(name)
    raise ArchiveError("codec: zstd is not installed; install the extra 'zstd' of this package")
