"""A skilled forger: past all guards, and every later link of the card recomputed so that the chain holds again."""

from __future__ import annotations

from pathlib import Path

from app.models.tables_berkas import Berkas
from app.services import chains, evidence_rows
from tests.support.service import serving, unguarded_anywhere


def rewrite(path: Path, berkas_id: int, n: int, note: str) -> None:
    """Another remark on line n, and a card that holds all the same."""
    with serving():
        found = evidence_rows.whole(berkas_id, berkas_id)
    head, card = found.heads[0], found.lines[berkas_id]
    link = chains.beginning(head)
    for line in card:
        forged = line._replace(note=note) if line.n == n else line
        link = chains.linked(link, forged)
        unguarded_anywhere(path, "update paraf set note = ?, hash = ? where id = ?", forged.note, link, line.id)
    unguarded_anywhere(path, "update berkas set head = ? where id = ?", link, berkas_id)


def slip_in(path: Path, berkas_id: int, at_us: int) -> None:
    """One more line at the end, dated as the forger likes, with a chain that holds."""
    with serving():
        found = evidence_rows.whole(berkas_id, berkas_id)
        taken = Berkas.get_by_id(berkas_id)
    last = found.lines[berkas_id][-1]
    line = last._replace(
        n=last.n + 1, action="ambil_alih", at_stage=last.to_stage, to_stage=last.to_stage, at_us=at_us,
        key=f"{last.key}-palsu", evidence="", note="",
    )  # fmt: skip
    link = chains.linked(taken.head, line)
    columns = (
        "berkas_id, n, action, as_role, at_stage, to_stage, actor, acting, at_us, note, entry_hash, draft_hash, "
        "evidence, waived, expects, key, client, hash"
    )
    values = (
        berkas_id, line.n, line.action, line.as_role, line.at_stage, line.to_stage, line.actor, line.acting, at_us, "",
        line.entry_hash, line.draft_hash, "", line.waived, last.n, line.key, 1, link,
    )  # fmt: skip
    marks = ", ".join("?" * len(values))
    unguarded_anywhere(path, f"insert into paraf({columns}) values ({marks})", *values)  # noqa: S608  our own names
    unguarded_anywhere(path, "update berkas set head = ?, n = ? where id = ?", link, line.n, berkas_id)
