"""What a finding is about, in words: a requirement's paper or a field of the entry."""

from __future__ import annotations

from collections.abc import Mapping

from app.services import fields, journey


def subject_labels() -> dict[str, str]:
    """Requirement code → its label; asks the database."""
    return journey.requirement_labels()


def subject_word(subject: str, requirements: Mapping[str, str]) -> str:
    """A finding's subject in words; `requirements` are the labels of the papers."""
    return requirements.get(subject) or fields.label(subject)


def subject_short(subject: str, requirements: Mapping[str, str]) -> str:
    """The same where room is short: the label without its section."""
    return requirements.get(subject) or fields.field_of(subject).label
