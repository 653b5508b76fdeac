"""Options of the command line itself, which every document has."""

from __future__ import annotations

from .structure import Option

FORMATS = ("auto", "json", "jsonl", "table", "csv", "raw")

OUTPUT = (
    Option(
        "--output",
        "How to print: `auto` is a table on a terminal and JSONL in a pipe, `raw` the bytes of the "
        "service.",
        metavar="FORMAT",
        values=FORMATS,
    ),
    Option("--columns", "The members to print: JSON names, separated by commas.", metavar="A,B"),
    Option(
        "--csv-raw",
        "Leave cells of CSV as they are, although spreadsheets may take them for formulas.",
        kind="switch",
    ),
)
LIST = (
    Option("--limit", "How many entries to print. Default: all.", kind="integer"),
    Option(
        "--progress",
        "Progress on stderr: `auto` only on a terminal.",
        metavar="HOW",
        values=("auto", "none", "json"),
    ),
)
TOKEN = (
    Option(
        "--token-file",
        "The file with the token, which only you may be able to read.",
        metavar="FILE",
    ),
    Option("--token-command", "The command that prints the token.", metavar="COMMAND"),
)
CONNECTION = (
    Option("--base-url", "The base URL of the service.", metavar="URL"),
    Option("--timeout", "Seconds for each step of a request.", kind="seconds"),
    Option("--deadline", "Seconds for the whole command.", kind="seconds"),
    Option("--max-retries", "How often a request is repeated.", kind="integer"),
    Option("-v", "Print a line for each request.", kind="switch"),
    Option("--dry-run", "Print the request as a curl command and send nothing.", kind="switch"),
)
FOLLOW = (
    Option("--interval", "The time between two looks. Default: 60s.", kind="duration"),
    Option("--lag", "How long entries are left to settle. Default: 0s.", kind="duration"),
    Option("--overlap", "How far each look goes back. Default: 10m.", kind="duration"),
    Option("--state", "The file that says where to go on.", metavar="FILE"),
)
SENDING = tuple(each for each in CONNECTION if each.flag not in {"--deadline", "--dry-run"})
EXPORT = (
    Option("--to", "The folder of the archive, or of the archives.", metavar="DIR", required=True),
    Option(
        "--start",
        "Where the archive begins; it counts in the first run only. Default: what the service "
        "keeps.",
        kind="time",
    ),
    Option("--end", "Where to stop. Default: now.", kind="time"),
    Option("--settle", "How long after its end a day is sealed. Default: 24h.", kind="duration"),
    Option(
        "--overlap",
        "How long before the end of the last run to look again. Default: 24h.",
        kind="duration",
    ),
    Option(
        "--margin",
        "How near to the end of retention unread entries may be (else exit 8). Default: 7d.",
        kind="duration",
    ),
    Option(
        "--retention", "How long the service keeps entries, if not as documented.", kind="duration"
    ),
    Option("--codec", "The compression, chosen by the first run.", values=("gzip", "zstd")),
    Option("--per-page", "How many entries to read per page.", kind="integer"),
    Option("--max-time", "When to stop (exit 9); the same command goes on.", kind="duration"),
    Option("--jobs", "How many logs are read side by side. Default: 4.", kind="integer"),
    Option("--rate", "How many requests a second are sent for all of them.", kind="number"),
    LIST[1],
)
FORMAT = Option("--format", "How to print.", metavar="FORMAT", values=("text", "json"))
VERIFY = (
    Option("--head", "A checkpoint kept elsewhere, which the archive must extend.", metavar="FILE"),
    Option("--recount", "Ask the service for the total of each day.", kind="switch"),
    Option("--refetch", "Read random days again and compare: how many, as 1%.", metavar="PERCENT"),
    Option("--signature", "What ssh-keygen -Y sign made over the checkpoint.", metavar="FILE"),
    Option("--key", "The public key of the signer.", metavar="FILE"),
    Option(
        "--retention", "How long the service keeps entries, if not as documented.", kind="duration"
    ),
    FORMAT,
)
READ = (
    Option("--start", "The time of the first entries.", kind="time"),
    Option("--end", "The time before which entries end.", kind="time"),
    LIST[0],
)
HELP = Option("--help", "Print this help.", kind="switch")
VERSION = Option("--version", "Print the version.", kind="switch")

ARCHIVE = ("verify", "status", "prove", "read")
"""The commands on archives."""
