"""Documents of our own, after the examples of learn.openapis.org."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.packages import generated_package

SEARCH = """\
openapi: 3.2.0
info: {title: Ferries, version: 1.0.0}
servers: [{url: 'https://ferries.example.com'}]
paths:
  /crossings/search:
    query:
      summary: Find crossings by many criteria.
      operationId: findCrossings
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [from, to, day]
              properties:
                from: {type: string, examples: [Oslo]}
                to: {type: string, examples: [Kiel]}
                day: {type: string, format: date, examples: ['2026-06-15']}
                adults: {type: integer, minimum: 1}
                class: {type: string, enum: [deck, cabin, suite]}
                direct: {type: boolean}
      responses:
        '200':
          summary: Crossings.
          content:
            application/json:
              schema:
                type: object
                properties:
                  crossings:
                    type: array
                    items:
                      type: object
                      properties:
                        ship: {type: string}
                        leaves: {type: string, format: date-time}
                        price: {type: number, format: float}
              example: {crossings: [{ship: Color, leaves: '2026-06-15T14:00:00Z', price: 99.5}]}
"""
TAGS = """\
openapi: 3.2.0
info: {title: Ferries, version: 1.0.0}
servers: [{url: 'https://ferries.example.com'}]
tags:
- {name: crossings, summary: Crossings, description: All crossings., kind: nav}
- {name: rivers, summary: Rivers, description: Crossings of rivers., parent: crossings, kind: nav}
- {name: seas, summary: Seas, parent: crossings, kind: nav}
- name: strikes
  summary: Strikes
  kind: badge
  externalDocs: {description: What to do., url: 'https://ferries.example.com/strikes'}
paths:
  /crossings: {get: {tags: [crossings], summary: List all crossings}}
  /crossings/rivers: {get: {tags: [rivers], summary: List crossings of rivers}}
  /crossings/seas: {get: {tags: [strikes, seas], summary: List crossings of seas}}
  /crossings/cancelled: {get: {tags: [strikes], summary: List crossings that are on strike}}
"""


def test_search_by_the_method_query_has_a_typed_body(tmp_path: Path) -> None:
    with generated_package(tmp_path, SEARCH, names="short") as pets:
        http_client = httpx.Client(transport=pets.testing.mock_transport())
        with pets.Client(http_client=http_client) as client:
            day = dt.date(2026, 6, 15)
            body: dict[str, Any] = {"from": "Oslo", "to": "Kiel", "day": day, "class": "suite"}
            found = client.crossings.find(body=body)
            assert [each.ship for each in found.crossings] == ["Color"]
            for wrong in ({"adults": 0}, {"class": "hold"}, {"day": "2026-06-31"}):
                with pytest.raises(pets.InvalidArgumentError, match=next(iter(wrong))):
                    client.crossings.find(body={**body, **wrong})


def test_tags_for_navigation_nest_resources_and_badges_do_not(tmp_path: Path) -> None:
    with generated_package(tmp_path, TAGS, names="short") as pets:
        sent: list[str] = []

        def respond(request: httpx.Request) -> httpx.Response:
            sent.append(request.url.path)
            return httpx.Response(200)

        http_client = httpx.Client(transport=httpx.MockTransport(respond))
        with pets.Client(http_client=http_client) as client:
            client.crossings.list()
            client.crossings.rivers.list()
            client.crossings.seas.list()
            client.strikes.get_crossing_cancelled()
            assert type(client.crossings.rivers).__doc__ == "Crossings of rivers."
            assert type(client.crossings.seas).__doc__ == "Seas."
        paths = ["/crossings", "/crossings/rivers", "/crossings/seas", "/crossings/cancelled"]
        assert sent == paths
