"""Program of a user, which knows only the installed package and the standard library.

It calls its own server on loopback, and fails if the package does not behave as documented. The
rehearsal of a release runs it, and so do the tests of the dependency bounds.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import losant_audit_log
from losant_audit_log import (
    AsyncClient,
    AuditLogFilter,
    Client,
    InvalidArgumentError,
    NotFoundError,
    Scope,
)
from losant_audit_log.scopes import REQUIRED

ORG = "575ed6e87ae143cd83dc4aa8"
NOBODY = "0" * 24
TOKEN = "s3cret"
COUNT = 25
NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


def entry(number: int) -> dict[str, object]:
    """Make an entry of the log."""
    moment = NOON + dt.timedelta(minutes=number)
    return {
        "id": f"{number:024x}",
        "creationDate": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "actorName": "someone@example.com",
        "responseStatus": 200,
        "requestBody": {"number": number},
        "unheardOf": True,
    }


class Service(BaseHTTPRequestHandler):
    """The service: the log of an organization."""

    protocol_version = "HTTP/1.1"
    flaky: ClassVar[list[int]] = [503]

    def do_GET(self) -> None:
        """Answer a request."""
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        _, _, org, _, *rest = url.path.split("/")
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            self.answer(401, {"type": "Unauthorized", "message": "no"})
        elif self.flaky:
            self.answer(self.flaky.pop(), {"type": "Unavailable", "message": "later"})
        elif org != ORG:
            self.answer(404, {"type": "NotFound", "message": "no such organization"})
        elif rest:
            self.answer(200, entry(int(rest[0], 16)))
        else:
            self.answer(200, self.page(query))

    def page(self, query: dict[str, str]) -> dict[str, object]:
        """Return a page of the entries in the requested span and order."""
        first, last = (int(query.get(name, default)) for name, default in SPAN)
        entries = [entry(number) for number in range(COUNT)]
        inside = [
            each
            for each in entries
            if first
            <= dt.datetime.fromisoformat(str(each["creationDate"])).timestamp() * 1000
            <= last
        ]
        if query.get("sortDirection") != "asc":
            inside.reverse()
        number, size = int(query.get("page", "0")), int(query.get("perPage", "100"))
        items = inside[number * size : (number + 1) * size]
        return {"items": items, "totalCount": len(inside), "page": number, "perPage": size}

    def answer(self, status: int, value: object) -> None:
        """Send a value as JSON."""
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Disable the log of requests."""


SPAN = (("start", "0"), ("end", "99999999999999"))


def use(url: str) -> None:
    """Use the synchronous client."""
    with Client(token=TOKEN, base_url=url) as client:
        one = client.audit_logs.get(ORG, f"{7:024x}")
        promise("a field", holds=one.actor_name == "someone@example.com")
        promise("a moment", holds=one.creation_date == NOON + dt.timedelta(minutes=7))
        promise("an unknown field", holds=one.extra == {"unheardOf": True})
        page = client.audit_logs.list(ORG, per_page=10, end=NOON + dt.timedelta(days=1))
        promise("a page", holds=page.total_count == COUNT)
        promise("all pages", holds=len({each.id for each in page}) == COUNT)
        walk = client.audit_logs.walk(ORG, per_page=10)
        promise("a walk", holds=sum(1 for _ in walk) == walk.report.distinct == COUNT)
        refuses(client, NotFoundError, lambda: client.audit_logs.get(NOBODY, NOBODY))
        refuses(client, InvalidArgumentError, lambda: client.audit_logs.get("me", NOBODY))
        AuditLogFilter()
        promise("a scope", holds=Scope.AUDIT_LOG_GET in REQUIRED["auditLogs.get"])


async def use_async(url: str) -> None:
    """Use the asynchronous client."""
    async with AsyncClient(token=TOKEN, base_url=url) as client:
        one = await client.audit_logs.get(ORG, f"{7:024x}")
        promise("an asynchronous call", holds=one.to_dict()["requestBody"] == {"number": 7})
        ids = {each.id async for each in client.audit_logs.list(ORG, per_page=10)}
        promise("all pages, asynchronously", holds=len(ids) == COUNT)


def refuses(client: Client, error: type[Exception], call: object) -> None:
    """Check that a call raises."""
    try:
        call()  # type: ignore[operator]
    except error as raised:
        promise("no secret in a text", holds=TOKEN not in f"{raised!r}{client!r}")
    else:
        promise(error.__name__, holds=False)


def promise(what: str, *, holds: bool) -> None:
    """Exit with a message if a condition is false."""
    if not holds:
        raise SystemExit(f"{losant_audit_log.__version__} breaks its promise: {what}")


def main() -> None:
    """Run the service and use the package."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_address[1]}"
        use(url)
        asyncio.run(use_async(url))
    finally:
        server.shutdown()
        server.server_close()
    print(f"a program uses losant_audit_log {losant_audit_log.__version__} as promised")


if __name__ == "__main__":
    main()
