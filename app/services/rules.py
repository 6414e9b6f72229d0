"""The rules of a case: what keeps a draft from being printed, and what wants an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.services import rules_events, rules_homes, rules_people, rules_required
from app.services.case import Case
from app.services.issue import Issue

__all__ = ["Issue", "blocks", "check", "filled", "passes"]

NOBODY: Mapping[str, Sequence[str]] = {}


def check(case: Case, today: date, *, others: Mapping[str, Sequence[str]] = NOBODY) -> list[Issue]:
    """Everything found in a case, in the order of its sections; errors before warnings at the same field.

    `others` are the numbers of other open files by the path of the NIK that also stands there. A warning is silent
    once `case.overrides` holds its path (with a reason where it needs one); errors cannot be overridden.
    """
    found = [
        *rules_required.check(case), *rules_people.check(case, today, others), *rules_events.check(case, today),
        *rules_homes.check(case, today),
    ]  # fmt: skip
    return sorted((i for i in found if not _answered(case, i)), key=_place)


def passes(case: Case, today: date, *, others: Mapping[str, Sequence[str]] = NOBODY) -> bool:
    """Whether a draft may be printed: no error, and every warning that needs a reason has one."""
    return not any(blocks(i) for i in check(case, today, others=others))


def blocks(issue: Issue) -> bool:
    """Whether this keeps the draft from being printed."""
    return issue.level == "error" or (issue.level == "warning" and issue.needs_reason)


def filled(case: Case) -> tuple[int, int]:
    """(filled, all) of the fields this case must have: "41 dari 46 isian"."""
    wanted = rules_required.required(case)
    empty = sum(1 for i in rules_required.check(case) if i.path in {path for path, _ in wanted})
    return len(wanted) - empty, len(wanted)


def _answered(case: Case, issue: Issue) -> bool:
    reason = case.override(issue.path)
    return issue.level == "warning" and reason is not None and (bool(reason.strip()) or not issue.needs_reason)


SECTIONS = (
    "route", "husband", "wife", "marriage", "decision", "reported", "members", "household_husband", "household_wife",
    "witness_1", "witness_2", "siak",
)  # fmt: skip
LEVELS = ("error", "warning", "info")


def _place(issue: Issue) -> tuple[int, int]:
    return SECTIONS.index(issue.path.partition(".")[0]), LEVELS.index(issue.level)
