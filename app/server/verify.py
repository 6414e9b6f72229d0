"""`pelita3 admin verify`: every card's chain, from the rows themselves."""

from __future__ import annotations

from app.models.base import told
from app.models.tables_berkas import Berkas
from app.services import card


def verify() -> int:
    """Say of each file whether its card holds, and name the first bad line. 1 where one does not."""
    broken = 0
    with told():
        files = [(row.id, row.number) for row in Berkas.select(Berkas.id, Berkas.number).order_by(Berkas.id)]
    for berkas_id, number in files:
        found = card.verify(berkas_id)
        broken += not found.whole
        state = f"utuh, {found.lines} baris" if found.whole else f"RUSAK di baris {found.bad_line}: {found.reason}"
        print(f"{number} {state}")
    print(f"{len(files)} kartu diperiksa, {broken} rusak" if files else "Belum ada berkas untuk diperiksa")
    return 1 if broken else 0
