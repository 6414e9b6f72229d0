"""A card's chain recomputed from its rows: pure functions, the same for every engine and independent of the guards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.models.base import chain, sha256hex


@dataclass(frozen=True)
class Verification:
    """Whether a card is whole; `bad_line` is the first line that does not hold, with the reason."""

    whole: bool
    lines: int
    bad_line: int | None = None
    reason: str = ""


class HeadRow(NamedTuple):
    """A file's head as its chain knows it; no name and no NIK."""

    id: int
    number: str
    sop: str
    channel: str
    ticket_id: int | None
    package_id: int | None
    made_by: str
    made_us: int
    key: str
    n: int
    head: str
    stage: str


class LineRow(NamedTuple):
    """A signed line. `fault` is what the server says of it where its content may not be seen here.

    `hidden`: the remark stays on the server, so the line's hash is the server's to judge; all else is judged here.
    """

    id: int
    berkas_id: int
    n: int
    action: str
    as_role: str
    at_stage: str
    to_stage: str
    actor: str
    acting: str
    at_us: int
    note: str
    entry_hash: str
    draft_hash: str
    evidence: str
    waived: str
    key: str
    hash: str
    hidden: bool = False
    fault: str = ""


@dataclass(frozen=True)
class Bound:
    """What a card binds: the facts by the number of lines they were written at, and hashes whose content holds."""

    facts: Mapping[int, Sequence[str]]
    known: frozenset[str]


NUMBERS = "Nomor baris meloncat."
WALK = "Tahap baris ini tidak menyambung dengan baris sebelumnya."
FACTS = "Catatan yang diikat baris ini sudah berubah."
CONTENT = "Isian atau draf yang diikat baris ini sudah berubah."
HASH = "Sidik baris ini tidak cocok dengan isinya."
HEAD = "Kepala berkas tidak sesuai dengan baris terakhir kartu."
FAULTS = {"facts": FACTS, "content": CONTENT, "hash": HASH}
"""What a server's own judgement is called."""


def judge(head: HeadRow, card: Sequence[LineRow], bound: Bound | None) -> Verification:
    """The whole card, in order. Without `bound` what the lines bind is left to the server's `fault`."""
    link = beginning(head)
    stage = card[0].at_stage if card else ""
    for i, line in enumerate(card, 1):
        after = line.hash if line.hidden else linked(link, line)
        reason = _fault(line, i, stage, after, bound)
        if reason:
            return Verification(whole=False, lines=len(card), bad_line=i, reason=reason)
        link, stage = after, line.to_stage
    if not card or (head.n, head.head, head.stage) != (len(card), link, stage):
        return Verification(whole=False, lines=len(card), bad_line=len(card), reason=HEAD)
    return Verification(whole=True, lines=len(card))


def beginning(head: HeadRow) -> str:
    """The link before the first line: what the file was made with."""
    made = (head.id, head.number, head.sop, head.channel, head.ticket_id or 0, head.package_id or 0)
    return chain("", "b1", *made, head.made_by, head.made_us, head.key)


def linked(previous: str, p: LineRow) -> str:
    """The link of a line over the one before."""
    return chain(
        previous, "p1", p.berkas_id, p.n, p.action, p.as_role, p.at_stage, p.to_stage, p.actor, p.acting, p.at_us,
        p.note, p.entry_hash, p.draft_hash, p.evidence, p.waived, p.key,
    )  # fmt: skip


def evidence(facts: Iterable[str]) -> str:
    """The hash that a line keeps of everything written beside the file before it; empty where nothing was."""
    ordered = sorted(facts, key=str.encode)
    return sha256hex("\n".join(ordered)) if ordered else ""


def _fault(line: LineRow, i: int, stage: str, link: str, bound: Bound | None) -> str:
    if line.n != i:
        return NUMBERS
    if line.fault:
        return FAULTS[line.fault]
    if bound is not None:
        if line.evidence != evidence(bound.facts.get(i - 1, ())):
            return FACTS
        if any(h and h not in bound.known for h in (line.entry_hash, line.draft_hash)):
            return CONTENT
    if line.hash != link:
        return HASH
    # A chain that somebody recomputed with skill holds; a walk that the stages do not make shows it all the same.
    return "" if line.at_stage == stage else WALK
