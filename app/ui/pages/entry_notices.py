"""What stands above the entry form: returned by whom and why, other open files, conflicts, trouble."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from app.services.berkas import Head
from app.services.intake import FindingRow
from app.sop.calendar import WIB
from app.ui.pages.entry_form import Form
from app.ui.pages.entry_load import Loaded
from app.ui.parts.banner import Banner, Banners
from app.ui.parts.buttons import Button

WHO = {"koreksi_pemohon": "Pemohon minta koreksi", "kembali_editor": "Dikembalikan Kasi"}


class Notices(Banners):
    """Each notice under its own key; a new file takes the old ones away."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: set[str] = set()

    def start(self, loaded: Loaded, form: Form, opened: Callable[[str], None]) -> None:
        """The notices of a file that was just read, and the reviewer's words at their fields."""
        for key in list(self._keys):
            self._off(key)
        self._show_findings(loaded, form)
        self.show_others(loaded.others, opened)

    def show_others(self, others: Mapping[str, Sequence[str]], opened: Callable[[str], None]) -> None:
        """Other open files with one of these NIK."""
        numbers = list(dict.fromkeys(n for found in others.values() for n in found))
        if not numbers:
            self._off("others")
            return
        look = Button(self.tr("Buka {0}").format(numbers[0]), "folder-open", "secondary", height=32, small=True)
        look.clicked.connect(partial(opened, numbers[0]))
        text = self.tr("NIK ini juga ada di berkas terbuka {0}. Periksa, mungkin permohonan ganda")
        self._on("others", Banner(text.format(", ".join(numbers)), "bad", "warning", action=look))

    def conflict(self, text: str, merge: Callable[[], None]) -> None:
        """Somebody saved meanwhile; what is typed here stays."""
        button = Button(self.tr("Gabungkan"), "arrow-clockwise", "secondary", height=32, small=True)
        button.clicked.connect(merge)
        detail = self.tr("Gabungkan: isian terbaru dimuat, yang Anda ubah tetap di atasnya.")
        self._on("conflict", Banner(text, "warn", "warning", action=button, detail=detail))

    def drop_conflict(self) -> None:
        """Settled."""
        self._off("conflict")
        self._off("trouble")

    def elsewhere(self, file: Head | None) -> None:
        """The file came into other hands while something was typed; None when it is here."""
        if file is None:
            self._off("elsewhere")
            return
        where = self.tr("dipegang {0}").format(file.holder_name) if file.holder else file.stage.label
        text = self.tr("Berkas ini sekarang {0}. Yang Anda ketik tetap ada di PC ini dan tidak dikirim.").format(where)
        self._on("elsewhere", Banner(text, "info", "lock-simple"))

    def trouble(self, text: str) -> None:
        """A refusal that belongs to no field."""
        self._on("trouble", Banner(text, "bad", "x-circle"))

    def _show_findings(self, loaded: Loaded, form: Form) -> None:
        for path, slot in form.slots.items():
            if slot.finding(path):
                slot.set_finding(path, "")
        if not loaded.findings:
            return
        returned = loaded.returned
        by = returned.actor_name if returned else loaded.findings[0].by
        loose = []
        for finding in loaded.findings:
            if form.knows(finding.subject):
                slot = form.slots[finding.subject]
                slot.set_finding(finding.subject, f"{by}: {words(finding)}")
            else:
                loose.append(words(finding))
        at_local = returned.at.astimezone(WIB).strftime("%d-%m-%Y %H.%M") if returned else ""
        who = WHO.get(returned.action if returned else "", self.tr("Dikembalikan"))
        text = self.tr("{0} {1}: {2} isian perlu diperbaiki").format(who, at_local, len(loaded.findings))
        self._on("findings", Banner(text, "bad", "arrow-u-up-left", detail="; ".join(loose)))

    def _on(self, key: str, banner: Banner) -> None:
        self._keys.add(key)
        self.put(key, banner)

    def _off(self, key: str) -> None:
        self._keys.discard(key)
        self.drop(key)


def words(finding: FindingRow) -> str:
    """A reviewer's problem with what he says to do."""
    return f"{finding.problem}. {finding.solution}".rstrip(". ") if finding.solution else finding.problem
