"""HTTP server in front of a transport."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import httpx

from losant_audit_log.testing import MockTransport
from tests.support.server import Answer, Recorded, Server, serving


@contextmanager
def serve(transport: MockTransport) -> Generator[Server, None, None]:
    """Run a server on loopback that responds as a transport does."""

    def answer(request: Recorded) -> Answer:
        answered = transport.handle_request(
            httpx.Request(
                request.method,
                f"https://api.losant.com{request.target}",
                headers=dict(request.headers),
                content=request.body,
            )
        )
        headers = {
            name: value for name, value in answered.headers.items() if name != "content-length"
        }
        return Answer(status=answered.status_code, body=answered.read(), headers=headers)

    with serving() as server:
        server.always(answer)
        yield server
