"""One fort for all attempts: made by server-init, worked in honestly, besieged, and looked over at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.errors import Unavailable
from tests.attacks import siege
from tests.attacks.fort import Fort, founded


@pytest.fixture(scope="session")
def fort() -> Iterator[Fort]:
    """The office under attack. Whatever was tried, in the end every chain holds and nobody has become anybody else."""
    try:
        made = founded()
    except Unavailable as e:
        pytest.skip(e.message)
    with made.cluster:
        try:
            siege.settle(made)
            before = siege.standing(made)
            yield made
            siege.holds(made)
            assert siege.standing(made) == before
        finally:
            made.close()
