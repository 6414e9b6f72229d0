"""Which page stands behind which key. Pages are imported when they are first opened, never before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from PySide6.QtCore import QCoreApplication

from app.ui.desk import Desk, Page
from app.ui.shell import PageSpec

RAIL = {
    "loket": ("LoketPage", "Loket", "headset"),
    "worklist": ("WorkListPage", "Berkas", "tray"),
    "terkirim": ("TerkirimPage", "Selesai", "paper-plane-tilt"),
    "tte": ("TtePage", "TTE", "signature"),
    "petugas": ("PetugasPage", "Petugas", "users"),
    "kantor": ("KantorPage", "Kantor", "map-pin"),
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


def specs() -> Mapping[str, PageSpec]:
    """All pages of the program by key."""
    known = {**RAIL, **BEYOND}
    return {
        key: PageSpec(key, QCoreApplication.translate("registry", label), icon, _opener(key, name), in_rail=key in RAIL)
        for key, (name, label, icon) in known.items()
    }


def _opener(key: str, name: str) -> Callable[[Desk], Page]:
    def make(desk: Desk) -> Page:
        found = getattr(import_module(f"app.ui.pages.{key}"), name)(desk)
        assert isinstance(found, Page), key
        return found

    return make
