# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Options of the command line that do not depend on the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .structure import Option

FORMATS = ("auto", "json", "jsonl", "table", "csv", "raw")

OUTPUT = (
    Option(
        "--output",
        "The output format. `auto`: a table on a terminal, JSONL in a pipe; `raw`: the received "
        "bytes.",
        metavar="FORMAT",
        values=FORMATS,
    ),
    Option("--columns", "The members to print, as comma-separated JSON names.", metavar="A,B"),
    Option(
        "--csv-raw",
        "Do not escape CSV cells that spreadsheets may evaluate as formulas.",
        kind="switch",
    ),
)
LIST = (
    Option("--limit", "The maximum number of entries. Default: all.", kind="integer"),
    Option(
        "--progress",
        "Print the progress to stderr. `auto`: only on a terminal.",
        metavar="MODE",
        values=("auto", "none", "json"),
    ),
)
TOKEN = (
    Option(
        "--token-file",
        "A file with the token, readable only by its owner, unless the environment has a token.",
        metavar="FILE",
    ),
    Option(
        "--token-command",
        "A command that prints the token, unless the environment has one.",
        metavar="COMMAND",
    ),
)
CONNECTION = (
    Option("--base-url", "The base URL of the API.", metavar="URL"),
    Option("--timeout", "The timeout of each step of a request, in seconds.", kind="seconds"),
    Option("--deadline", "The maximum duration of the command, in seconds.", kind="seconds"),
    Option("--max-retries", "The maximum number of retries of a request.", kind="integer"),
    Option("-v", "Log each request to stderr.", kind="switch"),
    Option("--dry-run", "Print the request as a curl command, without sending it.", kind="switch"),
)
FOLLOW = (
    Option(
        "--interval", "The time between requests for new entries. Default: 60s.", kind="duration"
    ),
    Option(
        "--lag",
        "The time by which entries are delayed, to print late ones in order. Default: 0s.",
        kind="duration",
    ),
    Option(
        "--overlap",
        "The time span that is read again for late entries. Default: 10m.",
        kind="duration",
    ),
    Option("--state", "A file with the position, to resume from.", metavar="FILE"),
)
_RETENTION = Option(
    "--retention", "The retention period of the service. Default: as documented.", kind="duration"
)
SENDING = tuple(each for each in CONNECTION if each.flag not in {"--deadline", "--dry-run"})
EXPORT = (
    Option(
        "--to",
        "The directory of the archive, or of several archives.",
        metavar="DIR",
        required=True,
    ),
    Option(
        "--start", "The start of a new archive. Default: the oldest available entry.", kind="time"
    ),
    Option("--end", "The time to stop at. Default: now.", kind="time"),
    Option(
        "--settle", "The time from the end of a day to its seal. Default: 24h.", kind="duration"
    ),
    Option(
        "--overlap",
        "The time span of the previous run that is read again. Default: 24h.",
        kind="duration",
    ),
    Option(
        "--margin",
        "Exit with 8 if unread entries expire within this time. Default: 7d, or half of the "
        "retention period if that is shorter.",
        kind="duration",
    ),
    _RETENTION,
    Option(
        "--codec", "The compression of a new archive.", metavar="CODEC", values=("gzip", "zstd")
    ),
    Option("--per-page", "The number of entries per page.", kind="integer"),
    Option(
        "--max-time",
        "The maximum duration of the run, of all logs (exit code 9); the next run continues.",
        kind="duration",
    ),
    Option("--jobs", "The number of logs that are read concurrently. Default: 4.", kind="integer"),
    Option("--rate", "The maximum number of requests per second, for all logs.", kind="number"),
    LIST[1],
)
FORMAT = Option("--format", "The output format.", metavar="FORMAT", values=("text", "json"))
VERIFY = (
    Option("--head", "An earlier checkpoint, which the archive must extend.", metavar="FILE"),
    Option(
        "--recount", "Compare the number of entries of each day with the service.", kind="switch"
    ),
    Option(
        "--refetch",
        "Download a random percentage of days again and compare them, e.g. 1%.",
        metavar="PERCENT",
    ),
    Option(
        "--signature",
        "A signature of the checkpoint, made with ssh-keygen -Y sign.",
        metavar="FILE",
    ),
    Option("--key", "The public key of the signer.", metavar="FILE"),
    _RETENTION,
    FORMAT,
)
READ = (
    Option("--start", "The start of the time span.", kind="time"),
    Option("--end", "The end of the time span, exclusive.", kind="time"),
    LIST[0],
)
HELP = Option("--help", "Print this help.", kind="switch")
VERSION = Option("--version", "Print the version.", kind="switch")

ARCHIVE: Mapping[str, Sequence[tuple[str, Sequence[Option]]]] = {
    "verify": [("verification", (*VERIFY, HELP)), ("connection", (*TOKEN, *SENDING))],
    "status": [("output", (*OUTPUT, HELP))],
    "prove": [("options", (HELP,))],
    "read": [("entries", READ), ("output", (*OUTPUT, HELP))],
}
"""The options of the commands on archives, by their headings in the help."""
