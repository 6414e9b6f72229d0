"""What a finding is about, in words: a requirement's paper or a value of the entry."""

from __future__ import annotations

from app.services import journey


def subject_labels() -> dict[str, str]:
    """Requirement code → its label; asks the database."""
    return journey.requirement_labels()
