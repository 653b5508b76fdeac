"""Startup of a process without packages that only tests install.

The HTTP library imports them where it finds them, which takes longer than most commands.
"""

import sys
from typing import Any

_modules: Any = sys.modules
_modules.update(rich=None, trio=None)
