"""Takes one file from a disk under a requirement: read whole, judged, stored by its SHA-256 (SOP rows 2 to 4)."""

from __future__ import annotations

import json
from pathlib import Path

from app.channels.attachments import read_attachment
from app.jobs.workshop import Workshop
from app.services import intake, papers
from app.services.accounts import Who
from app.services.berkas import Head
from app.services.papers import NewPaper, PaperRow

FROM_DISK = "disk"
"""`source` of a scan that an officer took from a file on a PC."""
MAX_TITLE = 120


def attach_file(shop: Workshop, who: Who, file: Head, code: str, path: Path, key: str) -> PaperRow:
    """The file's bytes as a scan of requirement `code`; it ticks nothing by itself.

    Refused (field "file") where it is no sound PDF, JPEG or PNG of at most 25 MB, Unavailable where the disk fails:
    nothing is stored then. The same key gives the same row, also when the file on the disk changed meanwhile.
    """
    found = read_attachment(path)
    paper = NewPaper(
        "scan", code, path.name[:MAX_TITLE], found.data, found.pages, found.mime, source=FROM_DISK,
        meta=json.dumps({"pc": shop.pc}),
    )  # fmt: skip
    return intake.attach(who, file, code, paper, key)


def restore(who: Who, file: Head, removed: PaperRow, key: str) -> PaperRow:
    """Put a removed scan back: a new row with the old bytes, because no removal is ever erased."""
    paper = NewPaper(
        "scan", removed.subject, removed.title, papers.data(removed.sha256), removed.pages, removed.mime,
        source=removed.source, meta=removed.meta,
    )  # fmt: skip
    return papers.store(who, file.id, paper, key)
