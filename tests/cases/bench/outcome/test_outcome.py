"""The table, results and plots of the benchmarks."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

from tests.bench import __main__ as bench
from tests.bench.bars import BARS
from tests.bench.measure import Value
from tests.bench.plots import plots
from tests.bench.report import Figure, figures, results, table

RESULTS = Path(bench.__file__).with_name("results.json")
ROWS = figures({each.key: Value(each.most * 0.9, 0.5, 0.8) for each in BARS})


def missed_figure(key: str) -> Figure:
    [bar] = [each for each in BARS if each.key == key]
    return Figure(replace(bar, reason="For no good reason."), Value(bar.most * 1.01, 0, 9))


def test_table_has_a_row_for_each_bar() -> None:
    lines = table(ROWS).splitlines()
    assert len(lines) == len(BARS) + 1
    assert all(line.endswith("reached") for line in lines[1:])


def test_table_and_results_have_the_reason_of_a_missed_bar() -> None:
    written = table([missed_figure("decode.json")])
    assert "MISSED" in written
    assert "For no good reason." in written
    assert "For no good reason." in results([missed_figure("decode.json")])


def test_bar_is_reached_at_its_exact_limit() -> None:
    assert all(Figure(bar, Value(bar.most, 0, 9)).is_reached for bar in BARS)


def test_results_contain_nothing_about_the_machine() -> None:
    written = json.loads(results(ROWS))
    assert written.keys() == {"python", "versions", "figures"}
    assert written["versions"].keys() >= {"httpx", "msgspec"}
    assert {each["key"] for each in written["figures"]} == {each.key for each in BARS}


def test_plots_are_reproducible_and_well_formed() -> None:
    drawn = plots(ROWS)
    assert drawn == plots(ROWS)
    assert len(drawn) == 3
    for text in drawn.values():
        root = ET.fromstring(text)  # noqa: S314
        assert len(root.findall(".//{*}rect")) >= 4
        assert "prefers-color-scheme: dark" in text


def test_plots_mark_a_missed_bar() -> None:
    assert 'class="missed"' not in plots(ROWS)["reading.svg"]
    assert 'class="missed"' in plots([missed_figure("decode.json")])["reading.svg"]


def test_committed_results_cover_the_current_bars() -> None:
    written = json.loads(RESULTS.read_text("utf-8"))
    assert [(each["key"], each["at_most"]) for each in written["figures"]] == [
        (each.key, each.most) for each in BARS
    ]
