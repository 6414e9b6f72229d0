"""`pelita3 admin backup | restore | backup-key`: proof lines, never a false success."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Refused
from app.server.evidence_cli import file_of, home, keep, opened, place_of, place_options, say, verdict
from app.sop.calendar import WIB

if TYPE_CHECKING:
    from app.server.backup import Taken, Ways
    from app.server.cli import Office

BACKUPS, WORK = "cadangan", "periksa"

# --- backup ----------------------------------------------------------------------------------------------------------


def backup_options(parser: argparse.ArgumentParser) -> None:
    """Where to, how long, how thoroughly."""
    place_options(parser)
    parser.add_argument("--to", metavar="FOLDER", type=Path, help="tempat cadangan (bawaan: cadangan/ di folder data)")
    parser.add_argument("--key", metavar="BERKAS", type=Path, help="kunci cadangan (bawaan: di folder data)")
    parser.add_argument(
        "--keep", metavar="H,M,B", default="7,5,12", help="berapa harian, mingguan, bulanan yang disimpan (7,5,12)"
    )
    parser.add_argument("--thorough", action="store_true", help="baca juga isi semua dokumen, berapa pun besarnya")


def backup(given: argparse.Namespace, office: Office | None) -> int:
    """Take a backup, put it back on trial, and only then count it. 1 where it does not hold."""
    from app.server import backup as taking
    from app.server import backup_keep

    assert office is not None
    ways, at = _ways(given, office), place_of(given)
    say(f"mencadangkan ke {ways.to}")
    taken = taking.of_sqlite(file_of(office), ways, say) if at is None else taking.of_server(at, ways, say)
    with opened(given, office):
        keep(taken.trial.report)
    if taken.proof is None:
        sys.stderr.write(_loudly(taken))
        return 1
    for line in proof_lines(taken, ways):
        say(line)
    gone = backup_keep.prune(ways.to, *ways.keep)
    say(f"dihapus     {', '.join(gone) if gone else 'tidak ada'} (disimpan {given.keep} harian, mingguan, bulanan)")
    say("CADANGAN BAIK")
    return 0


def _ways(given: argparse.Namespace, office: Office) -> Ways:
    from app.server import backup_key
    from app.server.backup import Ways

    folder = home(given, office)
    try:
        days, weeks, months = (max(1, int(n)) for n in given.keep.split(","))
    except ValueError as error:
        raise Refused("Tulis --keep seperti 7,5,12: harian, mingguan, bulanan.") from error
    to, key = given.to or folder / BACKUPS, given.key or folder / backup_key.FILE
    return Ways(to.expanduser(), key.expanduser(), folder / WORK, (days, weeks, months), given.thorough)


def _loudly(taken: Taken) -> str:
    faults = "".join(f"  - {fault}\n" for fault in taken.trial.faults[:20])
    return (
        f"pelita3: CADANGAN TIDAK LOLOS PEMERIKSAAN dan dihapus.\n{faults}"
        "pelita3: Cadangan lama tetap ada. Jangan ubah apa pun; hubungi penanggung jawab TI hari ini juga.\n"
    )


def proof_lines(taken: Taken, ways: Ways) -> list[str]:
    """What was proved, with counts and the file's hash."""
    proof = taken.proof
    assert proof is not None
    day, seal_ = proof.last_seal
    counts = proof.counts
    rest = f"{counts['blob']} dokumen, {counts['officer']} petugas, {sum(counts.values())} baris tabel"
    read = "semua dokumen dibaca" if proof.documents else "isi dokumen tidak dibaca"
    how = read if counts["blob"] else "belum ada dokumen"
    how += ", hak akses sama" if proof.engine == "postgres" else ""
    return [
        f"berkas      {ways.to / proof.file}",
        f"ukuran      {proof.size} byte",
        f"sha256      {proof.sha256}",
        f"isi         {proof.files} berkas, {proof.lines} baris, {rest}",
        f"diperiksa   dipulihkan ke tempat sementara: jumlah sama, rantai utuh, {proof.seals} segel cocok, {how}",
        *[f"perhatikan  {note}" for note in taken.trial.report.notes],
        f"segel       {day or 'belum ada'} {seal_}",
        f"kunci       {proof.key}",
    ]


# --- restore ---------------------------------------------------------------------------------------------------------


def restore_options(parser: argparse.ArgumentParser) -> None:
    """What, and whether it is opened."""
    place_options(parser)
    parser.add_argument("file", metavar="BERKAS", type=Path, help="berkas cadangan (.p3c)")
    parser.add_argument("--key", metavar="BERKAS", type=Path, help="kunci cadangan (bawaan: di folder data)")
    parser.add_argument("--open", action="store_true", help="buka bagi petugas bila lolos; yang lama tetap disimpan")


def restore(given: argparse.Namespace, office: Office | None) -> int:
    """Put a backup back beside the office; open it only if it verifies and that is wanted."""
    from app.server import backup_key, backup_proof
    from app.server import restore as putting

    assert office is not None
    if not given.file.is_file():
        raise Refused(f"Berkas {given.file} tidak ada.")
    key = backup_key.load(given.key or home(given, office) / backup_key.FILE)
    at = place_of(given)
    say(f"memulihkan  {given.file}")
    say(f"sha256      {backup_proof.sha256_of(given.file)}")
    if at is None:
        if not isinstance(office.database, Path):
            file_of(office)
        done = putting.to_sqlite(given.file, Path(office.database), key, open_it=given.open)
    else:
        done = putting.to_server(given.file, at, key, open_it=given.open)
    taken = datetime.fromtimestamp(done.trial.manifest.taken_us / 1_000_000, WIB)
    say(f"dibuat      {taken:%d-%m-%Y %H.%M} WIB; yang ditulis sesudahnya tidak ada di cadangan ini")
    for line in verdict(done.trial.report):
        say(line)
    if not done.trial.good:
        sys.stderr.write(f"pelita3: {putting.CLOSED}\n" + "".join(f"  - {f}\n" for f in done.trial.faults[:20]))
        sys.stderr.write(f"pelita3: hasilnya tertinggal di {done.place}; yang lama tidak disentuh.\n")
        return 1
    if not done.opened:
        say(f"LOLOS, tetapi masih TERTUTUP: {done.place}. Untuk membukanya, ulangi dengan --open.")
        return 0
    say(f"LOLOS dan DIBUKA: {done.place}" + (f". Yang lama: {done.before}" if done.before else ""))
    return 0


# --- the key ---------------------------------------------------------------------------------------------------------


def key_options(parser: argparse.ArgumentParser) -> None:
    """Paper, typing, another key."""
    place_options(parser)
    parser.add_argument("--key", metavar="BERKAS", type=Path, help="kunci cadangan (bawaan: di folder data)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--paper", metavar="BERKAS", type=Path, help="buat lembar kunci (PDF, izin 0600) untuk dicetak")
    what.add_argument("--type", action="store_true", help="masukkan kunci dari lembarnya")
    what.add_argument("--new", action="store_true", help="kunci lain mulai sekarang; yang lama disimpan di sampingnya")


def backup_key(given: argparse.Namespace, office: Office | None) -> int:
    """Make, show on paper, type in or renew the key of the backups; the key itself is never printed on the screen."""
    from app.server import backup_key as keys
    from app.server.backup_keep import like_parent

    assert office is not None
    path = (given.key or home(given, office) / keys.FILE).expanduser()
    if given.type:
        if path.exists():
            raise Refused(f"Di {path} sudah ada kunci. Pindahkan dahulu bila memang hendak diganti.")
        key = keys.parse(getpass.getpass("Ketik 14 kelompok dari lembar kunci (tidak ditampilkan): "))
        keys.keep(path, key)
    elif given.new:
        key = keys.renew(path)
    else:
        key = keys.load(path) if path.exists() else keys.make(path)
    like_parent(path)
    say(f"kunci {keys.name(key)} di {path}")
    if given.paper:
        _paper(given.paper, key)
    return 0


def _paper(file: Path, key: bytes) -> None:
    from app.printing.backup_key import backup_key as paper
    from app.printing.data import Frame
    from app.server import backup_key as keys
    from app.services.office import Office as OfficeData

    name = keys.name(key)
    frame = Frame(OfficeData(), name, datetime.now(WIB), "PELITA 3")
    pdf = paper(frame, name, keys.words(key), keys.CODE + keys.words(key))
    with os.fdopen(os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
        out.write(pdf)
    say(f"lembar kunci: {file}. Cetak, masukkan ke amplop bersegel, lalu HAPUS berkas PDF ini.")
