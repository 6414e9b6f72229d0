"""A printer made of a folder: every print is a PDF in it, whole or not there at all."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.devices.printer import Description, Job, JobState, JobStatus, demand_printable, safe_title
from app.errors import Unavailable

if TYPE_CHECKING:
    from app.devices.printer import Media

PREFIX = "folder:"
NUMBERED = re.compile(r"(\d{6})(?:-.*)?\.pdf")


class FolderPrinter:
    """For offices without a printer, for the demonstration and for archives; the folder is made when first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.name = f"{PREFIX}{self.folder}"

    def describe(self) -> Description:
        """Ready unless something that is no folder, or one we may not write to, stands in its place."""
        note = ""
        if self.folder.exists() and not (self.folder.is_dir() and os.access(self.folder, os.W_OK)):
            note = "Folder ini tidak dapat ditulisi. Pilih folder lain."
        return Description(self.name, f"Simpan ke folder {self.folder.name}", "folder", ready=not note, note=note)

    def print_pdf(self, data: bytes, title: str, media: Media = "A4", copies: int = 1) -> Job:
        """Writes one PDF (copies of a file are the same file) and answers when the disk has it."""
        del media  # the PDF carries its own size
        demand_printable(data, copies)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = self._place(data, safe_title(title).replace(" ", "-"))
        except OSError as error:
            raise Unavailable(
                f"Cetakan belum tersimpan ({error.strerror}). Kosongkan ruang atau periksa izin folder cetak, "
                "lalu cetak lagi."
            ) from None
        return Job(self.name, name)

    def state(self, job: Job) -> JobStatus:
        """COMPLETED as long as the file is there."""
        if (self.folder / job.number).is_file():
            return JobStatus(JobState.COMPLETED)
        return JobStatus(JobState.LOST, "Berkas cetakan sudah tidak ada di foldernya.")

    def _place(self, data: bytes, title: str) -> str:
        """Writes beside, syncs, then links under the next free number: readers never see half a file."""
        handle, beside = tempfile.mkstemp(prefix=".cetak-", dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            name = self._named(Path(beside), title)
        finally:
            Path(beside).unlink(missing_ok=True)
        self._sync()
        return name

    def _named(self, beside: Path, title: str) -> str:
        """Takes the next number; two prints at once cannot get the same, because a link never overwrites."""
        matches = (NUMBERED.fullmatch(place.name) for place in self.folder.iterdir())
        number = max((int(found[1]) for found in matches if found), default=0)
        while True:
            number += 1
            name = f"{number:06d}-{title}.pdf"
            if any(self.folder.glob(f"{number:06d}-*.pdf")):
                continue
            try:
                os.link(beside, self.folder / name)
            except FileExistsError:
                continue
            except OSError:
                # File systems without hard links (FAT on a flash disk): a rename is as whole, if not as exclusive.
                beside.rename(self.folder / name)
            return name

    def _sync(self) -> None:
        """Makes the name itself durable; Windows does that with the file."""
        if os.name != "posix":
            return
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
