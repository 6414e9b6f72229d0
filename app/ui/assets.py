"""Where the bundled fonts and icons lie, in a checkout and in an installed copy."""

import sysconfig
from functools import cache
from pathlib import Path

import app


@cache
def _root() -> Path:
    beside = Path(app.__file__).resolve().parent.parent / "resources"
    return beside if beside.is_dir() else Path(sysconfig.get_path("data")) / "share" / "pelita3" / "resources"


def resource(*parts: str) -> Path:
    """Path of one bundled file, for example ``resource("icons", "check-bold.svg")``; it need not exist."""
    return _root().joinpath(*parts)
