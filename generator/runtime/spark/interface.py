"""Classes of Spark's Python Data Source interface.

The only module that imports Spark. Type checkers read the declarations below, of the part that is
used here, because Spark need not be installed where a package is generated and checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    class DataSource:
        """A data source; the options have names in lower case."""

        options: Mapping[str, str]

        def __init__(self, options: Mapping[str, str]) -> None: ...

    class DataSourceReader:
        """A reader of a batch."""

    class DataSourceStreamReader:
        """A reader of a stream."""

    class InputPartition:
        """The part of the data that one task reads."""

    class SupportsTriggerAvailableNow:
        """A reader of a stream that ends with the data that is available at its start."""

    class ReadAllAvailable:
        """A limit of a batch that permits everything."""

    class ReadMaxFiles:
        """A limit of a batch."""

        def __init__(self, max_files: int) -> None: ...

else:
    try:
        from pyspark.sql.datasource import (
            DataSource,
            DataSourceReader,
            DataSourceStreamReader,
            InputPartition,
        )
    except ImportError as error:
        message = f"{error}: install pyspark 4 and pyarrow, which are the extra `spark`"
        raise ImportError(message, name=error.name) from None
    try:
        from pyspark.sql.streaming.datasource import (
            ReadAllAvailable,
            ReadMaxFiles,
            SupportsTriggerAvailableNow,
        )
    except ImportError:  # Before Spark 4.2, a batch has no limit.
        ReadAllAvailable = ReadMaxFiles = SupportsTriggerAvailableNow = type("_Unlimited", (), {})

__all__ = [
    "DataSource",
    "DataSourceReader",
    "DataSourceStreamReader",
    "InputPartition",
    "ReadAllAvailable",
    "ReadMaxFiles",
    "SupportsTriggerAvailableNow",
]
