"""Four invented cases that walk the whole SOP: nobody in them exists. The data stand in resources/peragaan."""

from __future__ import annotations

from app.services.case import Case, from_json
from app.ui.assets import resource


def sitorus() -> Case:
    """PN, walk-in: three children shared between two households; the husband keeps the KK."""
    return _read("sitorus")


def tanujaya() -> Case:
    """PN, online: one child; both leave with an address of their own; the KTP-el scan is illegible at first."""
    return _read("tanujaya")


def ramadhan() -> Case:
    """PA, walk-in: the akta cerai is the court's; only KK and KTP-el change; the wife joins her parents' KK."""
    return _read("ramadhan")


def panjaitan() -> Case:
    """PN, walk-in: no children; returned once by the Kasi and once by the Kabid before it is right."""
    return _read("panjaitan")


def _read(name: str) -> Case:
    return from_json(resource("peragaan", f"{name}.json").read_text(encoding="utf-8"))
