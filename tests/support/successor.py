"""Plugin of pytest that imports httpx2 as httpx.

`make test-httpx2` runs the tests of clients with it.
"""

from __future__ import annotations

import sys

import httpx2

sys.modules["httpx"] = httpx2
