"""The applicant's turn: what he was asked, whether the message reached him, and what he brought, when."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from app.printing import dates
from app.sop.calendar import WIB
from app.ui.parts.badges import Badge, Lamp
from app.ui.parts.fields import DateLine, Field, Line
from app.ui.parts.layout import Card, column, row, scrolled
from app.ui.parts.refill import emptied
from app.ui.parts.spans import minutes
from app.ui.parts.text import Elide, Txt
from app.ui.theme import px

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.services.outbox import Mail
    from app.ui.drafts import Drafts
    from app.ui.pages.intake_data import Asked

TIME = re.compile(r"(\d{1,2})[.:]?(\d{2})")
SHORTEST, LONGEST = 3, 500


class TimeLine(Line):
    """A time of day typed as "10.42", "10:42" or "1042"."""

    def minutes(self) -> tuple[int, int] | None:
        """(hour, minute), None while it is none."""
        found = TIME.fullmatch(self.value())
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            return None
        return int(found[1]), int(found[2])

    def problem(self) -> str:
        """No such time."""
        if self.is_blank() or self.minutes() is not None:
            return ""
        return self.tr("Tulis jam seperti 10.42")


class WaitingCard(Card):
    """Shown while the clock stands; what is typed in it is kept on this PC."""

    def __init__(self) -> None:
        super().__init__()
        self.badge, self.since = Badge(self.tr("Waktu berhenti"), "pause"), Elide("", "small", "ink2", right=True)
        self.told = Lamp("", "mute")
        self.reply = Txt("", "small", "bad", wrap=True)
        self._asked = QVBoxLayout()
        self._asked.setSpacing(6)
        self.what = Field(self.tr("Yang datang dari pemohon"), Line(data=False))
        self.what.input.setMaxLength(LONGEST)
        self.day, self.time = Field(self.tr("Tanggal datang"), DateLine()), Field(self.tr("Jam"), TimeLine())
        self.what.changed.connect(self._keep)
        for field in (self.day, self.time):
            field.changed.connect(self._touch)
        self._touched = False
        self._drafts: Drafts | None = None
        self._key = ""
        self._moved_at: datetime | None = None
        head = row(Txt(self.tr("Menunggu pemohon"), "h2"), self.badge, (self.since, 1), gap=10)
        answer = row((self.what, 5), (self.day, 3), (self.time, 2), gap=10)
        findings = scrolled(column(self._asked, "s", gap=0))
        findings.setMinimumHeight(px(66))
        body = (head, (findings, 1), row(self.told, "s"), self.reply, answer)
        self.setLayout(column(*body, gap=6, margins=(16, 10, 16, 12)))

    def show_asked(self, asked: Asked, labels: Mapping[str, str], now: datetime, drafts: Drafts, number: str) -> None:
        """What was asked; the day and time are today's until the officer says otherwise."""
        self._drafts, self._key = drafts, f"{number}-jawaban"
        local = asked.since.astimezone(WIB)
        same_day = local.date() == now.astimezone(WIB).date()
        since = dates.clock(local) if same_day else dates.day(local.date())
        self.since.set_text(self.tr("sejak {0} · {1}").format(since, minutes(now - asked.since)))
        rows = emptied(self._asked)
        for place, finding in enumerate(asked.findings, 1):
            label = labels.get(finding.subject, self.tr("Berkas"))
            rows.addWidget(Txt(f"{place}. {label}: {finding.problem}", "smallb", "ink", wrap=True))
            if finding.solution:
                rows.addWidget(Txt(finding.solution, "small", "ink2", wrap=True))
        if asked.note:
            rows.addWidget(Txt(asked.note, "small", "ink2", wrap=True))
        self._show_told(asked)
        if self._moved_at != asked.since:
            self._moved_at = asked.since
            self._touched = False
            self._restore()
        if not self._touched:
            self._show_now(now)

    def forget(self) -> None:
        """It stands on the card now."""
        if self._drafts is not None:
            self._drafts.drop(self._key)
        self._moved_at = None

    def _keep(self) -> None:
        if self._drafts is not None:
            texts = {"what": self.what.value()}
            if self._touched:
                texts |= {"day": self.day.input.text(), "time": self.time.value()}
            self._drafts.keep(self._key, texts)

    def _touch(self) -> None:
        self._touched = True
        self._keep()

    def _restore(self) -> None:
        kept = self._drafts.offer(self._key) if self._drafts is not None else None
        self.what.set_value(str(kept.get("what", "")) if kept else "")
        if kept and kept.get("day"):
            self.day.set_value(str(kept["day"]))
            self.time.set_value(str(kept.get("time", "")))
            self._touched = True

    def _show_now(self, now: datetime) -> None:
        """The moment of the applicant's act is this one unless it is changed."""
        local = now.astimezone(WIB)
        self.day.set_value(local.date())
        self.time.set_value(f"{local:%H.%M}")

    def _show_told(self, asked: Asked) -> None:
        text, tone, reply = self._mail(asked.mail) if asked.mail else self._paper(asked.printed)
        self.told.set(text, tone)
        self.reply.setText(reply)
        self.reply.setVisible(bool(reply))

    def _paper(self, state: str) -> tuple[str, str, str]:
        words = {
            "COMPLETED": (self.tr("Catatan sudah tercetak"), "ok"),
            "QUEUED": (self.tr("Catatan menunggu printer"), "warn"),
            "PRINTING": (self.tr("Catatan sedang dicetak"), "warn"),
        }
        text, tone = words.get(state, (self.tr("Catatan belum tercetak; tekan Ctrl P"), "bad"))
        return text, tone, ""

    def _mail(self, mail: Mail) -> tuple[str, str, str]:
        words = {
            "SENT": (self.tr("Surel diterima server surel"), "ok", ""),
            "SENDING": (self.tr("Surel sedang dikirim"), "warn", ""),
            "WAITING": (self.tr("Surel menunggu giliran kirim"), "warn", ""),
            "FAILED": (self.tr("Surel belum terkirim, dicoba lagi"), "warn", mail.reply),
            "REFUSED": (self.tr("Surel ditolak; hubungi pemohon lewat telepon"), "bad", mail.reply),
        }
        return words[mail.state]

    # --- the answer --------------------------------------------------------------------------------------------------

    def came(self, now: datetime) -> datetime | None:
        """When the applicant acted, UTC: now unless another time was typed. None while the fields hold none."""
        if not self._touched:
            return now
        day, clock = self.day.value(), self.time.input.minutes()
        if day is None or clock is None:
            return None
        hour, past = clock
        told = datetime(day.year, day.month, day.day, hour, past, tzinfo=WIB).astimezone(UTC)
        minute = timedelta(minutes=1)
        if now - minute < told <= now:
            return now
        # Within the very minute in which the clock stopped: not before it.
        if self._moved_at is not None and self._moved_at - minute < told < self._moved_at:
            return self._moved_at
        return told

    def ready(self, now: datetime) -> bool:
        """Judge all three fields; the first that is not right gets the focus."""
        if len(self.what.value()) < SHORTEST:
            self.what.set_state("bad", self.tr("Tulis apa yang dibawa atau dikirim pemohon"))
            self.what.setFocus()
            return False
        for field in (self.day, self.time):
            if not field.judge():
                field.setFocus()
                return False
        came = self.came(now)
        if came is None:
            self.day.set_state("bad", self.tr("Isi tanggal dan jam pemohon melengkapi berkas"))
        elif came > now:
            self.day.set_state("bad", self.tr("Waktu ini masih di depan. Isi waktu pemohon benar-benar datang"))
        elif self._moved_at is not None and came < self._moved_at:
            self.day.set_state("bad", self.tr("Waktu ini sebelum kekurangan dicatat. Periksa tanggal dan jamnya"))
        else:
            return True
        self.day.setFocus()
        return False
