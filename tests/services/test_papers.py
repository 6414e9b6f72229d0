"""Papers by their bytes: stored once, frozen whole, seen page by page, printed as the spooler says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import Conflict, Refused
from app.models import base
from app.models.tables_papers import Blob, Paper
from app.services import entry, papers
from app.services.berkas import Head
from app.services.case import Case, Route
from app.services.keys import new_key
from app.services.papers import NewPaper
from app.sop.model import Role
from tests.support import walk
from tests.support.cases import case_pn
from tests.support.office import all_seeing, sit_down
from tests.support.ready import At
from tests.support.tamper import unguarded


def scan(subject: str, text: str = "") -> NewPaper:
    return NewPaper("scan", subject, f"{subject}.pdf", walk.SCAN + text.encode(), 1)


def test_the_same_bytes_are_kept_once_and_stand_in_two_files(office_db: Path) -> None:
    a, b = walk.new_file(), walk.new_file()
    fo, key = sit_down(Role.FO), new_key()
    first = papers.store(fo, a.id, scan("kk"), key)
    assert papers.store(fo, a.id, scan("kk"), key) == first
    second = papers.store(fo, b.id, scan("kk"), new_key())
    assert first.sha256 == second.sha256
    assert (Blob.select().count(), Paper.select().count()) == (1, 2)
    assert papers.data(first.sha256) == walk.SCAN


def test_bytes_that_are_gone_or_changed_are_never_handed_out(office_db: Path) -> None:
    file = walk.new_file()
    paper = papers.store(sit_down(Role.FO), file.id, scan("kk"), new_key())
    with pytest.raises(Refused, match="berbeda dari sidiknya"):
        papers.data("0" * 64)
    unguarded(office_db, "update blob set data = ?", walk.SCAN + b" ")
    with pytest.raises(Refused) as refusal:
        papers.data(paper.sha256)
    assert refusal.value.code == "bytes"


def test_a_wrong_scan_leaves_the_list_and_stays_on_record(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    wrong, right = (papers.store(fo, file.id, scan("kk", t), new_key()) for t in ("salah", "benar"))
    papers.remove_scan(fo, wrong, "salah orang", new_key())
    assert papers.scans(file.id) == [right]
    assert papers.listed(file.id) == papers.listed(file.id, ["scan", "card"]) == [right]
    assert papers.listed(file.id, ["card"]) == []
    assert papers.data(wrong.sha256).endswith(b"salah")


def test_a_scan_may_be_taken_out_only_with_a_reason_and_while_it_is_verified(file_at: At) -> None:
    file = file_at("DI_KASI")
    with pytest.raises(Refused):
        papers.remove_scan(sit_down(Role.KASI), papers.scans(file.id)[0], "tidak suka", new_key())
    assert len(papers.scans(file.id)) == 5


def frozen(key: str, rev: int = 1) -> tuple[Head, papers.DraftRow]:
    file = walk.complete(walk.new_file(), case_pn())
    return file, papers.freeze(sit_down(Role.FO), file.id, rev, documents(), key)


def documents() -> list[NewPaper]:
    return [
        NewPaper("document", "akta-suami", "Akta", walk.SCAN + b"1", 1, sign=True),
        NewPaper("document", "ktp-istri", "KTP", walk.SCAN + b"2", 2),
        NewPaper("draft_print", "draf", "Draf", walk.SCAN + b"3", 3),
    ]


def test_a_draft_freezes_its_documents_and_says_which_are_signed(office_db: Path) -> None:
    key = new_key()
    file, draft = frozen(key)
    assert (draft.rev, draft.entry_rev, draft.by) == (1, 1, "rina")
    assert [d.subject for d in draft.documents] == ["akta-suami", "ktp-istri"], "what is only read is not in it"
    assert draft.to_sign == {"akta-suami"}
    assert papers.freeze(sit_down(Role.FO), file.id, 1, documents(), key) == draft
    assert papers.drafts(file.id) == [draft]
    assert papers.must_see(file.id)[draft.documents[1].sha256] == 2
    second = papers.freeze(sit_down(Role.FO), file.id, 1, documents(), new_key())
    assert second.rev == 2
    assert second.sha256 == draft.sha256, "the same documents have the same seal"
    assert papers.drafts(file.id) == [second, draft]


def test_a_draft_of_an_entry_that_is_no_longer_the_newest_is_a_conflict(office_db: Path) -> None:
    file = walk.complete(walk.new_file(), case_pn())
    fo = sit_down(Role.FO)
    entry.save(fo, file, Case(route=Route.PA), 1, new_key())
    with pytest.raises(Conflict, match="Isian sudah diubah"):
        papers.freeze(fo, file.id, 1, documents(), new_key())
    assert papers.current_draft(file.id) is None
    assert papers.drafts(file.id) == []


def test_a_page_counts_once_and_for_its_reader_only(file_at: At) -> None:
    file = file_at("DI_KASI")
    kasi = sit_down(Role.KASI)
    sha = next(iter(papers.must_see(file.id)))
    for _ in range(2):
        papers.record_seen(kasi, file.id, [(sha, 1), (sha, 1)])
    assert papers.seen(kasi, file.id) == {(sha, 1)}
    assert papers.seen(sit_down(Role.KABID), file.id) == frozenset()
    with all_seeing():
        assert base.db.execute_sql("select count(*) from seen").fetchone()[0] == 1


def test_a_print_is_what_the_spooler_said_last(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    paper = papers.store(fo, file.id, scan("kk"), new_key())
    assert papers.print_state(paper.id) == ("", "")
    for state, detail in [("QUEUED", ""), ("PRINTING", ""), ("STOPPED", "x" * 400)]:
        papers.record_print(fo, paper, "loket", "7", state, detail, new_key())
        assert papers.print_state(paper.id)[0] == state
        assert papers.prints(paper.id) == 0
    assert len(papers.print_state(paper.id)[1]) == 300
    papers.record_print(fo, paper, "loket", "8", "COMPLETED", "", new_key())
    assert papers.prints(paper.id) == 1


def test_pages_are_counted_in_either_order_of_words() -> None:
    assert papers.pdf_pages(walk.SCAN) == 1
    assert papers.pdf_pages(b"<< /Type /Pages /Kids [1 0 R] /Count 12 >>") == 12
    assert papers.pdf_pages(b"<< /Count 3 /Kids [1 0 R] /Type /Pages >>") == 3
    assert papers.pdf_pages(b"tanpa apa pun") == 1


def test_what_is_written_beside_a_paper_is_json(office_db: Path) -> None:
    file = walk.new_file()
    paper = NewPaper("scan", "kk", "kk.pdf", walk.SCAN, 1, meta=json.dumps({"page": 0}))
    assert json.loads(papers.store(sit_down(Role.FO), file.id, paper, new_key()).meta) == {"page": 0}
