"""Beside the control card: the three clocks in one sentence, both targets, and how far the documents are."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.services.clocks import Sums
from app.services.journey import DocumentState, Journey
from app.sop.model import Kind, Role
from app.ui.parts import moments
from app.ui.parts.bars import Bar
from app.ui.parts.layout import Card, Item, column, row
from app.ui.parts.text import Ico, Txt

HALF = 0.5


def _tr(text: str) -> str:
    return QCoreApplication.translate("berkas_clocks", text)


def desk_names() -> dict[Role, str]:
    """Desks in a word, as officers say them."""
    return {
        Role.FO: _tr("FO"),
        Role.EDITOR: _tr("Editor"),
        Role.KASI: _tr("Kasi"),
        Role.KABID: _tr("Kabid"),
        Role.KADIS: _tr("Kadis"),
    }


def sentence(way: Journey) -> str:
    """Where the time went, in one sentence."""
    stage, office = way.file.stage, way.short.office
    if stage.key == "BATAL":
        return _tr("Dibatalkan {0}: {1}").format(moments.day_clock(way.file.moved_at), way.lines[-1].note)
    if stage.key == "SELESAI":
        return _tr("Selesai {0}, {1} waktu kantor sejak diajukan.").format(
            moments.day_clock(way.file.moved_at), moments.span(office)
        )
    if stage.kind is Kind.PAUSE:
        return _tr("Menunggu pemohon sejak {0}; jam berkas berhenti.").format(moments.day_clock(way.file.moved_at))
    if not office or not way.waited:
        return _tr("Belum ada waktu tunggu antarmeja.")
    share = way.waited / office
    longest = desk_names().get(way.longest, "") if way.longest else ""
    if share >= HALF:
        return _tr("{0} % waktu kantor habis menunggu diambil, terlama di meja {1}.").format(
            round(share * 100), longest
        )
    return _tr("{0} % waktu kantor dipakai mengerjakan; menunggu diambil {1}, terlama di meja {2}.").format(
        100 - round(share * 100), moments.span(way.waited), longest
    )


def _figure(words: str, under: str, tone: str) -> Item:
    return column(Txt(words, tone=tone, size=20, weight=700), Txt(under, "small", "ink2"), gap=0)


def clocks_card(way: Journey) -> Card:
    """Office, applicant, calendar; the sentence; both targets."""
    figures = row(
        _figure(moments.span(way.short.office), _tr("kantor"), "ink"),
        "s",
        _figure(moments.span(way.short.applicant), _tr("pemohon"), "pause"),
        "s",
        _figure(moments.span(way.short.calendar), _tr("kalender"), "ink2"),
        gap=8,
    )
    return Card(
        column(
            figures,
            4,
            Txt(sentence(way), "body", wrap=True),
            4,
            *_target(way, way.short, _tr("Target {0}, sejak lengkap")),
            2,
            *_target(way, way.long, _tr("Target {0}")),
            gap=6,
            margins=(16, 12, 16, 14),
        )
    )


def _target(way: Journey, sums: Sums, label: str) -> list[Item]:
    words, tone, fraction = target_words(way, sums)
    name = Txt(label.format(_target_name(sums.target)), "smallm", "ink2")
    ink = tone if tone in {"ok", "warn", "bad", "pause"} else "ink3"
    return [row(name, "s", Txt(words, "smallb", ink)), Bar(fraction, tone)]


def _target_name(target: timedelta) -> str:
    whole = moments.minutes(target)
    return _tr("{0} jam").format(whole // 60) if whole % 60 == 0 else moments.span(target)


def target_words(way: Journey, sums: Sums) -> tuple[str, str, float]:
    """What is left of a target or how far it was passed; tone, and the fraction used."""
    if not way.complete:
        return _tr("belum mulai"), "mute", 0.0
    used = sums.counted / sums.target if sums.target else 0.0
    ended = way.file.stage.kind is Kind.END
    if sums.late:
        return _tr("lewat {0}").format(moments.span(sums.counted - sums.target)), "bad", 1.0
    tone = "pause" if way.file.stage.kind is Kind.PAUSE else "warn" if sums.near and not ended else "ok"
    if ended:
        return _tr("tercapai, {0}").format(moments.span(sums.counted)), "ok", used
    return _tr("sisa {0}").format(moments.span(sums.target - sums.counted)), tone, used


def documents_card(way: Journey) -> Card:
    """How far each kind of document is."""
    many = sum(d.copies for d in way.documents)
    return Card(
        column(
            row(Txt(_tr("Dokumen"), "h2"), "s", Txt(str(many), "small", "ink3")),
            2,
            *(_document(d, way) for d in way.documents),
            gap=8,
            margins=(16, 10, 16, 14),
        )
    )


def _document(d: DocumentState, way: Journey) -> Item:
    names = {
        "akta": (_tr("Kutipan akta"), "file-text"),
        "kk": (_tr("KK"), "users-three"),
        "ktp": (_tr("KTP-el"), "identification-card"),
    }
    name, icon = names[d.kind]
    at = moments.near(d.at, way.now) if d.at else ""
    words = {
        "none": _tr("belum diajukan") if d.kind == "ktp" else _tr("belum dibuat"),
        "draft": _tr("draf"),
        "ready": _tr("siap TTE"),
        "signed": _tr("ditandatangani {0}").format(at),
        "sent": _tr("terkirim {0}").format(at),
        "requested": _tr("diajukan {0}").format(at),
    }
    tone = "ok" if d.state in {"signed", "sent"} else "ink3"
    label = Txt(f"{name} × {d.copies}" if d.copies > 1 else name, "body")
    return row(Ico(icon, 18, "ink2"), label, "s", Txt(words[d.state], "small", tone), gap=8)


def aside(way: Journey) -> QWidget:
    """Both cards, one under the other."""
    holder = QWidget()
    holder.setLayout(column(clocks_card(way), documents_card(way), "s", gap=12))
    return holder
