"""Which page stands behind which key. Pages are imported when they are first opened, never before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.ui.desk import Desk, Page
from app.ui.shell import PageSpec

RAIL = {
    "loket": ("LoketPage", "Loket", "headset"),
    "worklist": ("WorkListPage", "Berkas", "tray"),
    "terkirim": ("TerkirimPage", "Selesai", "paper-plane-tilt"),
    "tte": ("TtePage", "TTE", "signature"),
    "antrean": ("AntreanPage", "Antrean", "users-three"),
    "petugas": ("PetugasPage", "Petugas", "users"),
    "kantor": ("KantorPage", "Kantor", "map-pin"),
    "pengesahan": ("PengesahanPage", "Sahkan", "seal-check"),
    "jejak": ("JejakPage", "Jejak", "footprints"),
    "bukti": ("BuktiPage", "Bukti", "shield-check"),
    "bantuan": ("BantuanPage", "Bantuan", "question"),
}
"""Key → class, label and icon of the pages that stand in the rail; the module is app.ui.pages.<key>."""

BEYOND = {
    "berkas": ("BerkasPage", "Berkas", "file-text"),
    "intake": ("IntakePage", "Persyaratan", "list-checks"),
    "entry": ("EntryPage", "Entri", "pencil-simple-line"),
    "draft": ("DraftPage", "Draf", "printer"),
    "review": ("ReviewPage", "Pemeriksaan", "seal-check"),
    "deliver": ("DeliverPage", "Kirim", "paper-plane-tilt"),
}
"""The same for pages that are reached from another page."""

REMEMBERS = ("kantor",)
"""Pages that also change this computer's settings."""


def _forget(_changes: Mapping[str, Any]) -> None:
    """Where no settings are kept, as in the demo."""


def specs(remember: Callable[[Mapping[str, Any]], None] = _forget) -> Mapping[str, PageSpec]:
    """All pages of the program by key. `remember` saves this computer's settings; it blocks and may raise OSError."""
    known = {**RAIL, **BEYOND}
    return {
        key: PageSpec(
            key, QCoreApplication.translate("registry", label), icon, _opener(key, name, remember), in_rail=key in RAIL
        )
        for key, (name, label, icon) in known.items()
    }


def _opener(key: str, name: str, remember: Callable[[Mapping[str, Any]], None]) -> Callable[[Desk], Page]:
    def make(desk: Desk) -> Page:
        page = getattr(import_module(f"app.ui.pages.{key}"), name)
        made = partial(page, remember=remember)(desk) if key in REMEMBERS else page(desk)
        assert isinstance(made, Page), key
        return made

    return make
