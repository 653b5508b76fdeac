"""Local sessions of Spark. Only the environment of `make test-spark` has it.

Type checkers know nothing of it, because it is not installed where they run.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

from tests.support.paths import ROOT

TOKEN = "t0ken-of-the-environment"
_CONFIGURATION = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def start_session(master: str = "local[2,3]") -> Any:
    """Start a session with the data source; its processes have the token in their environment.

    Args:
        master: Two tasks at once, and three attempts of each, by default.
    """
    os.environ["PYSPARK_PYTHON"] = sys.executable  # Otherwise it is the first python3 on PATH.
    os.environ["PYTHONPATH"] = f"{ROOT / 'generated'}{os.pathsep}{ROOT}"
    os.environ["LOSANT_API_TOKEN"] = TOKEN
    builder: Any = import_module("pyspark.sql").SparkSession.builder.master(master)
    for name, value in _CONFIGURATION.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    session.dataSource.register(import_module("losant_audit_log.spark").LosantAuditLog)
    return session


def reader(source: Any, **options: object) -> Any:
    """Return a reader of the data source.

    Args:
        source: `read` or `readStream` of a session.
        **options: Its options.
    """
    found = source.format("losant_audit_log")
    for name, value in options.items():
        found = found.option(name, str(value))
    return found
