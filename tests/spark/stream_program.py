"""Program that reads a stream into files: `stream_program.py OPTIONS FOLDER`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.support.spark_sessions import reader, start_session


def run(session: Any, options: dict[str, object], folder: Path) -> None:
    """Read all available entries; the checkpoint is in the folder, too."""
    rows = reader(session.readStream, **options).load()
    writer = rows.writeStream.format("parquet").option("checkpointLocation", folder / "state")
    query = writer.trigger(availableNow=True).start(str(folder / "rows"))
    query.awaitTermination()


if __name__ == "__main__":
    run(start_session(), json.loads(sys.argv[1]), Path(sys.argv[2]))
