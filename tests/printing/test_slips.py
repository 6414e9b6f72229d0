"""Ticket, resi, deficiency note, KTP-el request, control card and e-mails: what each of them tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.printing import control_card, deficiency, ktp_request, mail, resi, ticket
from app.printing.data import signer_of
from tests.support import papers
from tests.support.cases import case_pn


@pytest.mark.parametrize("width", [80, 58])
def test_the_ticket_tells_number_wait_and_what_to_have_ready(width: int) -> None:
    shown = papers.text(ticket.ticket(papers.ticket_data(), 80 if width == 80 else 58))
    for fact in ("A-017", "Selasa, 12 Mei 2026, 10.42 WIB", "14 orang", "35–60 menit", "Kutipan akta perkawinan"):
        assert fact in shown
    assert papers.TICKET in shown


def test_the_number_is_the_largest_thing_on_a_ticket() -> None:
    letters = papers.letters(ticket.ticket(papers.ticket_data()))
    tallest = max(letters, key=lambda x: x.top - x.bottom)
    assert tallest.text in "A017"
    assert tallest.top - tallest.bottom > 35


def test_nobody_ahead_is_said_in_words() -> None:
    shown = papers.text(ticket.ticket(replace(papers.ticket_data(), ahead=0, wait_low=5, wait_high=5)))
    assert "Anda yang berikutnya" in shown
    assert "± 5 menit" in shown


@pytest.mark.parametrize("paper", ["A5", "80mm"])
def test_the_resi_tells_what_was_received_until_when_and_that_it_is_free(paper: str) -> None:
    shown = papers.text(resi.resi(papers.resi_data(), "A5" if paper == "A5" else "80mm"))
    for fact in (
        papers.BERKAS, "12 Mei 2026 10.42 WIB", "12 Mei 2026 11.42 WIB", "Rina Oktaviani", "Loket 3",
        "Kutipan Akta Perceraian", "KTP-el suami dan istri", "GRATIS – tidak dipungut biaya",
    ):  # fmt: skip
        assert fact in shown


def test_the_note_gives_each_problem_its_solution_and_says_until_when_the_file_is_kept() -> None:
    shown = papers.text(deficiency.deficiency(papers.deficiency_data(3)))
    for fact in ("Salinan putusan 3", "Pindai ulang", "Ada 3 hal", "kami simpan sampai"):
        assert fact in shown
    assert "Kamis, 11 Juni 2026" in shown


def test_an_endless_note_runs_on_over_the_pages() -> None:
    sentence = "Halaman putusan ini tidak terbaca. "
    data = papers.deficiency_data(2)
    first = replace(data.problems[0], problem=sentence * 90, solution=sentence * 90)
    pdf = deficiency.deficiency(replace(data, problems=(first, data.problems[1]), note=sentence * 90))
    assert len(papers.sizes(pdf)) > 3
    assert papers.text(pdf).count("terbaca") >= 270
    assert papers.overlaps(papers.letters(pdf)) == []


def test_an_endless_remark_is_cut_on_the_card() -> None:
    data = papers.card_data(2)
    rows = tuple(replace(row, remark="Halaman putusan ini tidak terbaca. " * 90) for row in data.rows)
    pdf = control_card.control_card(replace(data, rows=rows), "A5")
    assert len(papers.sizes(pdf)) <= 2
    assert "…" in papers.text(pdf)


def test_the_ktp_request_lists_both_people_and_the_register_line() -> None:
    shown = papers.text(ktp_request.ktp_request(papers.ktp_data(case_pn())))
    for fact in ("1471071403840003", "1471076208870005", "CERAI HIDUP", "KTP/2026/05/0188", "JL. MELUR"):
        assert fact in shown


def test_the_card_shows_both_stamps_of_each_hand_over_and_who_has_not_received() -> None:
    shown = papers.text(control_card.control_card(papers.card_data()))
    for fact in ("Diserahkan", "Diterima", "ZH", "YS", "12-05-2026", "belum diterima", "melewati norma SOP"):
        assert fact in shown
    assert "wajib melakukan paraf dan tanggal penyerahan dan penerimaan" in shown
    assert "(dikembalikan)" in shown


def test_a_long_card_repeats_its_head_on_every_page() -> None:
    pages = papers.page_texts(control_card.control_card(papers.card_data(40)))
    assert len(pages) > 1
    assert all("Diserahkan" in page and "Keterangan" in page for page in pages)


def test_the_card_leaves_rows_for_the_hand() -> None:
    few = control_card.control_card(replace(papers.card_data(), empty_rows=0))
    with_rows = control_card.control_card(papers.card_data())
    lowest = [min(x.bottom for x in papers.letters(pdf) if x.text == "*") for pdf in (few, with_rows)]
    assert lowest[0] - lowest[1] >= 2 * 24


def test_mails_say_what_to_do_and_keep_people_out_of_the_subject() -> None:
    letters = (
        mail.deficiency(papers.deficiency_data()),
        mail.resi(papers.resi_data()),
        mail.delivery(papers.FRAME, ["Kutipan Akta Perceraian"], signer_of(papers.OFFICE, None)),
    )
    for letter in letters:
        assert letter.subject.endswith(papers.BERKAS)
        assert "Melinda" not in letter.subject
        assert "SIMANJUNTAK" not in letter.subject
        assert "GRATIS" in letter.body
        assert "!" not in letter.subject + letter.body
    note, receipt, delivery = letters
    assert "Solusi: Pindai ulang" in note.body
    assert "Kamis, 11 Juni 2026" in note.body
    assert "Dijanjikan selesai: 12 Mei 2026 11.42 WIB" in receipt.body
    assert "Cara memeriksa tanda tangan" in delivery.body
    assert "1. Kutipan Akta Perceraian" in delivery.body
    assert "Dra. Hj. Ratna Dewi Kusuma" in delivery.body
