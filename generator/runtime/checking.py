"""One call that tells why calls fail, and what to do about it.

A service says little to whoever it refuses, and often the same for different causes. What it says
is read here together with what is known on this side: what the token claims, which scopes the
document asks for, and what the two clocks show.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import Any, Literal, TypeAlias

import msgspec

from . import moments
from .answers import decode_error
from .call import Call
from .decoding import decode
from .diagnosis import Finding, diagnose
from .errors import (
    APIConnectionError,
    APIStatusError,
    InvalidArgumentError,
    MissingTokenError,
    ResponseDecodeError,
)
from .exchange import Ask, Reply, Steps, exchange
from .operation import Operation
from .options import CallOptions
from .page_reading import read_page
from .pagination import Pagination
from .secrets import Secret, Token
from .service import ServiceError
from .settings import Settings
