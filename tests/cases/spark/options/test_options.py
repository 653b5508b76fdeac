"""Options, which the driver validates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from losant_audit_log import InvalidArgumentError
from losant_audit_log._spark.logs import Log
from losant_audit_log._spark.options import Options, read_options
from losant_audit_log._spark.times import DAY
from tests.support.examples import ORG

LOGS = {
    "audit_logs": Log(walk="audit_logs.walk", arguments=("org_id",), ids="orgs"),
    "status": Log(walk="status.walk", arguments=(), ids=""),
    "devices": Log(walk="devices.walk", arguments=("app_id", "device_id"), ids="devices"),
    "api_tokens": Log(walk="api_tokens.walk", arguments=("token_id",), ids="api_tokens"),
}
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"


def read(given: Mapping[str, str]) -> Options:
    return read_options({"orgs": ORG, **given}, LOGS)


def test_options_have_defaults() -> None:
    found = read({})
    assert (found.resource, found.logs) == ("audit_logs", ((ORG,),))
    assert (found.start, found.end, found.rate, found.per_page) == (None, None, None, None)
    assert (found.slice, found.lag, found.overlap) == (DAY, DAY, 0)
    assert (found.parallelism, found.max_per_trigger) == (4, 7 * DAY)
    assert (found.base_url, found.token_from, found.has_raw) == (None, None, False)
    assert found.retention is None


def test_batch_of_a_stream_has_at_least_a_slice_by_default() -> None:
    assert read({"slice": "30d"}).max_per_trigger == 30 * DAY


def test_names_are_case_insensitive_because_spark_lowers_them() -> None:
    found = read({"requestspersecond": "2.5", "TOKENFROM": "a.b:c.d", "BaseUrl": "https://x"})
    assert (found.rate, found.token_from, found.base_url) == (2.5, "a.b:c.d", "https://x")


def test_dates_are_midnights_in_utc_and_durations_have_units() -> None:
    found = read({"start": "1970-01-02", "end": "1970-01-03T01:00:00+01:00", "slice": "6h"})
    assert (found.start, found.end, found.slice) == (DAY, 2 * DAY, DAY // 4)
    found = read({"lag": "90s", "overlap": "15m"})
    assert (found.lag, found.overlap) == (90_000, 900_000)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("resource", "logs", "resource: expected 'audit_logs' or 'status' or 'devices' or"),
        ("start", "yesterday", "start: expected a date (UTC) or a timestamp with a UTC offset"),
        ("end", "2026-11-26T08:00:00", "got '2026-11-26T08:00:00'"),
        ("slice", "0s", "slice: expected a positive duration"),
        ("slice", "1w", "slice: expected a duration such as 90s, 15m, 6h or 7d, got '1w'"),
        ("lag", "-1d", "lag: expected a duration"),
        ("parallelism", "0", "parallelism: expected a positive integer, got '0'"),
        ("parallelism", "2.5", "parallelism: expected a positive integer, got '2.5'"),
        ("requestsPerSecond", "0", "requestsPerSecond: expected a positive number, got '0'"),
        ("requestsPerSecond", "inf", "requestsPerSecond: expected a positive number, got 'inf'"),
        ("requestsPerSecond", "1_0", "requestsPerSecond: expected a positive number, got '1_0'"),
        ("requestsPerSecond", "1e-300", "requestsPerSecond: expected 0.001 or more, got 1e-300"),
        ("parallelism", "9" * 5000, "parallelism: expected a positive integer, got '9999"),
        ("perPage", "9" * 5000, "perPage: expected a positive integer, got '9999"),
        ("maxPerTrigger", "23h", "maxPerTrigger: less than slice, by which a stream advances"),
        ("retention", "0s", "retention: expected a positive duration"),
        ("requestsPerSecond", "x", "requestsPerSecond: expected a positive number, got 'x'"),
        ("raw", "yes", "raw: expected 'false' or 'true', got 'yes'"),
        ("onUndecodable", "keep", "set raw to true"),
        ("orgs", "", "orgs: expected ORG_ID, several with commas between them, or a file"),
        ("orgs", f"{ORG}/x", f"got '{ORG}/x'"),
        ("lagg", "1d", "lagg: unknown option of 'audit_logs', with value '1d'; did you mean 'lag'"),
        ("path", "/data", "path: unknown option of 'audit_logs', with value '/data'; use resource"),
        ("x", "y" * 1000, f"with value '{'y' * 80}...'"),
    ],
)
def test_invalid_option_names_option_value_and_remedy(name: str, value: str, message: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        read({name: value})
    assert message in str(caught.value)


def test_start_must_be_before_end() -> None:
    with pytest.raises(InvalidArgumentError, match="start: not before end"):
        read({"start": "2026-11-02", "end": "2026-11-02"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("token", "s3cret"),
        ("losantApiToken", "s3cret"),
        ("Authorization", "Bearer s3cret"),
        ("client_secret", "s3cret"),
        ("orgs", JWT),
        ("unknown", JWT),
        ("tokenFrom", JWT),
        ("tokenFrom", "s3cret"),
    ],
)
def test_option_that_may_be_a_token_is_rejected_without_its_value(name: str, value: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        read({name: value})
    assert "s3cret" not in str(caught.value)
    assert JWT not in str(caught.value)
    assert "module:function" in str(caught.value)


def test_token_from_is_unknown_if_the_client_takes_no_token() -> None:
    with pytest.raises(InvalidArgumentError, match="tokenfrom: unknown option"):
        read_options({"orgs": ORG, "tokenFrom": "a:b"}, LOGS, takes_token=False)


def test_ids_come_from_a_file_with_comments(tmp_path: Path) -> None:
    file = tmp_path / "orgs.txt"
    file.write_text(f"# ours\n\n{ORG} # first\n{ORG}\nabc\n", "utf-8")
    assert read({"orgs": str(file)}).logs == ((ORG,), ("abc",))


def test_comment_in_a_file_of_ids_begins_after_a_space(tmp_path: Path) -> None:
    file = tmp_path / "orgs.txt"
    file.write_text(f"{ORG}\t# first\na#b\n #c\n", "utf-8-sig")
    assert read({"orgs": str(file)}).logs == ((ORG,), ("a#b",))


def test_file_without_ids_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "orgs.txt"
    file.write_text("# none\n", "utf-8")
    with pytest.raises(InvalidArgumentError, match=r"orgs: the file '.*' contains no ids"):
        read({"orgs": str(file)})


def test_unreadable_file_of_ids_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "orgs.txt"
    file.write_bytes(b"\xff")
    with pytest.raises(InvalidArgumentError, match=r"orgs: the file .* is unreadable"):
        read({"orgs": str(file)})


def test_list_of_many_ids_is_no_path() -> None:
    ids = [f"{number:024x}" for number in range(1000)]
    assert len(read({"orgs": ",".join(ids)}).logs) == 1000


def test_lists_have_options_of_their_own_arguments() -> None:
    assert read_options({"resource": "status"}, LOGS).logs == ((),)
    found = read_options({"resource": "devices", "devices": "a/1, a/2"}, LOGS)
    assert found.logs == (("a", "1"), ("a", "2"))
    assert read_options({"resource": "api_tokens", "api_tokens": "x"}, LOGS).logs == (("x",),)
    with pytest.raises(InvalidArgumentError, match="orgs: unknown option of 'status'"):
        read_options({"resource": "status", "orgs": ORG}, LOGS)
