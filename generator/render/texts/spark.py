"""Class and examples of the data source of Apache Spark."""

from __future__ import annotations

from typing import Any

from ...planning.plan.package import Package
from ...python.code import Code, name
from ...python.names import class_name
from .clients import service_name


def _id_options(package: Package) -> list[tuple[Code, Code]]:
    """Return the options with ids, each with the lists that have it if there are several lists."""
    found: dict[str, list[str]] = {}
    for each in package.spark_lists:
        if each.ids:
            found.setdefault(each.ids, []).append(f"`{each.name}`")
    is_one = len(package.spark_lists) == 1
    return [(Code(ids), Code("" if is_one else ", ".join(lists))) for ids, lists in found.items()]


def spark_texts(package: Package) -> dict[str, Any]:
    """Return the values about the data source that templates use besides the plan."""
    if not package.spark_lists:
        return {"spark": None}
    first = package.spark_lists[0]
    source = class_name(package.name)
    return {
        "spark": {
            "title": Code(f"Many {first.noun}" if first.noun else "Apache Spark"),
            "source": name(source),
            "format": name(package.name),
            "ids": Code(first.ids),
            "nouns": Code(first.noun or "logs"),
            "example": Code(first.example),
            "lists": [(Code(each.name), Code(each.ids)) for each in package.spark_lists],
            "options": _id_options(package),
        },
        "spark_class": source,
        "spark_doc": (
            f"Data source for Apache Spark with the lists of {service_name(package)}.\n\n"
            f"Pass it to `spark.dataSource.register`; the format is `{package.name}`."
        ),
    }
