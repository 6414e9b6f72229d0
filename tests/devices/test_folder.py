"""A folder stands in for a printer: a print is there whole, or it is not there."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.devices import printers
from app.devices.folder import FolderPrinter
from app.devices.printer import JobState
from app.errors import Refused, Unavailable
from tests.support.sheets import paper


def test_prints_are_numbered_and_hold_exactly_what_was_printed(tmp_path: Path) -> None:
    printer, pdf = FolderPrinter(tmp_path / "cetak"), paper()
    jobs = [printer.print_pdf(pdf, "P3-2605-0412-6 resi") for _ in range(3)]
    assert [job.number for job in jobs] == [f"{n:06d}-P3-2605-0412-6-resi.pdf" for n in (1, 2, 3)]
    assert {(tmp_path / "cetak" / job.number).read_bytes() for job in jobs} == {pdf}
    assert all(printer.state(job).state is JobState.COMPLETED for job in jobs)
    assert not list((tmp_path / "cetak").glob(".*"))


def test_a_print_taken_away_is_lost(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path)
    job = printer.print_pdf(paper(), "resi")
    (tmp_path / job.number).unlink()
    assert printer.state(job).state is JobState.LOST


def test_many_at_once_get_a_number_each(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        jobs = list(pool.map(lambda _n: printer.print_pdf(paper(), "resi").number, range(20)))
    assert sorted(jobs) == [f"{n:06d}-resi.pdf" for n in range(1, 21)]


def test_the_folder_printer_is_offered_and_found_by_its_name(tmp_path: Path) -> None:
    offered = {one.kind: one for one in printers.available(tmp_path)}
    assert offered["folder"].ready
    assert printers.get(offered["folder"].name).print_pdf(paper(), "resi").number == "000001-resi.pdf"


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "cetak").write_text("")
    printer = FolderPrinter(tmp_path / "cetak")
    assert not printer.describe().ready
    with pytest.raises(Unavailable, match="belum tersimpan"):
        printer.print_pdf(paper(), "resi")


def test_something_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="bukan PDF"):
        FolderPrinter(tmp_path).print_pdf(b"", "resi")
    assert not list(tmp_path.iterdir())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB; only root may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if mount.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mount.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_leaves_no_half_print(small_disk: Path) -> None:
    printer = FolderPrinter(small_disk)
    kept = printer.print_pdf(paper(), "resi")
    with pytest.raises(Unavailable, match="Kosongkan ruang"):
        printer.print_pdf(b"%PDF-1.7\n" + bytes(200_000), "laporan")
    assert [place.name for place in small_disk.iterdir()] == [kept.number]
