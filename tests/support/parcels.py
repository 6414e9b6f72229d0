"""Online applications as an applicant's portal would hand them over: a folder or a .zip, sound or with one fault."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

from tests.support.sheets import paper

FILES = {"putusan": 3, "akta_kawin": 1, "kk": 1, "ktp_suami": 1, "ktp_istri": 1}


def form(**changes: Any) -> dict[str, Any]:
    """A form without files; a field set to None is left out."""
    said = {
        "route": "PN", "reporter": "WIFE", "phone": "0812 0000 4417", "email": "debora.mh@contoh.id",
        "submitted_at": "2026-05-12T09:30:00+07:00", "external_ref": "WEB-2026-000123",
        "husband": {"name": "Yohanes Parulian Sitorus", "nik": "1471071403840003"},
        "wife": {"name": "Debora Melinda Hutapea"}, "files": [],
    }  # fmt: skip
    return {k: v for k, v in {**said, **changes}.items() if v is not None}


def folder(root: Path, files: dict[str, bytes] | None = None, **changes: Any) -> Path:
    """A package folder; `files` maps "requirement/name" to bytes, by default one sound PDF per requirement."""
    root.mkdir(parents=True)
    contents = files if files is not None else {f"{code}/{code}.pdf": paper(pages=n) for code, n in FILES.items()}
    listed = []
    for place, data in contents.items():
        target = root / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        listed.append({"requirement": place.partition("/")[0], "path": place, "sha256": sha256})
    (root / "permohonan.json").write_text(json.dumps(form(**changes, files=listed)), encoding="utf-8")
    return root


def zipped(source: Path, target: Path, extra: dict[str, bytes] | None = None) -> Path:
    """The folder as a .zip, with extra members under whatever names they have."""
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(p for p in source.rglob("*") if p.is_file()):
            archive.write(file, file.relative_to(source).as_posix())
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return target
