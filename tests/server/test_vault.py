"""The backup file: every change of a byte is noticed; the key is typed from paper; what is kept for how long."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Refused
from app.server import backup_keep, backup_key, vault
from app.server.backup_keep import Proof

KEY = bytes(range(32))


def written(path: Path, members: dict[str, bytes], key: bytes = KEY) -> Path:
    path.unlink(missing_ok=True)
    with vault.Writer(path, key) as writer:
        for name, data in members.items():
            writer.add(name, data)
    return path


def read(path: Path, key: bytes = KEY) -> dict[str, bytes]:
    with vault.Reader(path, key) as reader:
        return {name: b"".join(parts) for name, parts in reader.members()}


MEMBERS = {"keterangan.json": b"{}", "kosong": b"", "besar": os.urandom(3 * vault.PIECE + 17)}


class TestVault:
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(st.text(min_size=1, max_size=20), st.binary(max_size=200_000)),
            max_size=4,
            unique_by=lambda m: m[0],
        )
    )
    def test_what_goes_in_comes_out(
        self, tmp_path_factory: pytest.TempPathFactory, members: list[tuple[str, bytes]]
    ) -> None:
        file = written(tmp_path_factory.mktemp("v") / "a.p3c", dict(members))
        assert read(file) == dict(members)

    def test_only_its_owner_may_read_it_and_nothing_shows(self, tmp_path: Path) -> None:
        file = written(tmp_path / "a.p3c", {"nama": b"HUTAPEA " * 1000})
        assert file.stat().st_mode & 0o777 == 0o600
        data = file.read_bytes()
        assert b"HUTAPEA" not in data
        assert b"nama" not in data
        assert data != written(tmp_path / "b.p3c", {"nama": b"HUTAPEA " * 1000}).read_bytes(), "never the same twice"

    def test_every_single_byte_counts(self, tmp_path: Path) -> None:
        file = written(tmp_path / "a.p3c", {"a": b"isi", "b": b"x" * 70_000})
        data = file.read_bytes()
        places = {*range(80), *range(len(data) - 40, len(data)), *range(80, len(data), 997)}
        for place in places:
            spoilt = bytearray(data)
            spoilt[place] ^= 1
            file.write_bytes(bytes(spoilt))
            with pytest.raises(Refused):
                read(file)

    @pytest.mark.parametrize("cut", [1, vault.TAG, 100, vault.PIECE + vault.TAG, 2 * (vault.PIECE + vault.TAG)])
    def test_a_file_that_was_cut_off_is_not_whole(self, tmp_path: Path, cut: int) -> None:
        file = written(tmp_path / "a.p3c", MEMBERS)
        file.write_bytes(file.read_bytes()[:-cut])
        with pytest.raises(Refused, match="rusak, terpotong, atau diubah"):
            read(file)

    def test_pieces_cannot_change_places_or_come_twice(self, tmp_path: Path) -> None:
        file = written(tmp_path / "a.p3c", MEMBERS)
        data, size = file.read_bytes(), vault.PIECE + vault.TAG
        head, pieces = data[: vault.HEADER], [data[i : i + size] for i in range(vault.HEADER, len(data), size)]
        for order in ([1, 0, *range(2, len(pieces))], [0, 0, *range(1, len(pieces))], [*range(len(pieces)), 0]):
            file.write_bytes(head + b"".join(pieces[i] for i in order))
            with pytest.raises(Refused):
                read(file)

    def test_a_piece_of_another_file_does_not_fit(self, tmp_path: Path) -> None:
        first, second = written(tmp_path / "a.p3c", MEMBERS), written(tmp_path / "b.p3c", MEMBERS)
        first.write_bytes(first.read_bytes()[: vault.HEADER] + second.read_bytes()[vault.HEADER :])
        with pytest.raises(Refused):
            read(first)

    def test_a_write_that_broke_off_is_not_whole(self, tmp_path: Path) -> None:
        def broken() -> None:
            with vault.Writer(tmp_path / "a.p3c", KEY) as writer:
                writer.add("a", b"x" * 200_000)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            broken()
        with pytest.raises(Refused):
            read(tmp_path / "a.p3c")

    def test_another_key_is_told_from_a_broken_file(self, tmp_path: Path) -> None:
        file = written(tmp_path / "a.p3c", MEMBERS)
        with pytest.raises(Refused, match="bukan kunci yang dipakai"):
            read(file, bytes(32))
        file.write_bytes(b"bukan cadangan")
        with pytest.raises(Refused, match="bukan cadangan PELITA 3"):
            read(file)

    def test_a_member_that_is_passed_over_is_checked_all_the_same(self, tmp_path: Path) -> None:
        file = written(tmp_path / "a.p3c", MEMBERS)
        with vault.Reader(file, KEY) as reader:
            assert [name for name, _ in reader.members()] == list(MEMBERS)


class TestKey:
    @given(st.binary(min_size=32, max_size=32))
    def test_what_stands_on_paper_is_the_key(self, key: bytes) -> None:
        shown = backup_key.words(key)
        assert len(shown.split("-")) == 14
        assert not set("ILOU") & set(shown)
        for typed in (shown, shown.lower(), shown.replace("-", " "), backup_key.CODE + shown, shown.replace("0", "O")):
            assert backup_key.parse(typed) == key

    @given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.sampled_from(backup_key.ALPHABET))
    def test_a_slip_of_the_hand_is_noticed(self, key: bytes, place: int, letter: str) -> None:
        letters = backup_key.words(key).replace("-", "")
        typed = letters[:place] + letter + letters[place + 1 :]
        if typed != letters:
            with pytest.raises(Refused, match="salah ketik"):
                backup_key.parse(typed)

    def test_too_few_and_strange_letters(self) -> None:
        with pytest.raises(Refused, match="14 kelompok"):
            backup_key.parse("ABCD-EFGH")
        with pytest.raises(Refused, match="kelompok ke-2"):
            backup_key.parse("0000-U000" + "-0000" * 12)

    def test_it_is_made_once_and_for_one_pair_of_eyes(self, tmp_path: Path) -> None:
        path = tmp_path / "baru" / backup_key.FILE
        key = backup_key.make(path)
        assert path.stat().st_mode & 0o777 == 0o600
        assert backup_key.load(path) == key
        with pytest.raises(FileExistsError):
            backup_key.make(path)
        path.chmod(0o640)
        with pytest.raises(Refused, match="chmod 600"):
            backup_key.load(path)
        with pytest.raises(Refused, match="lembar kunci"):
            backup_key.load(tmp_path / "tidak-ada")

    def test_a_new_key_leaves_the_old_one_for_older_backups(self, tmp_path: Path) -> None:
        path = tmp_path / backup_key.FILE
        old = backup_key.make(path)
        new = backup_key.renew(path)
        assert new != old
        assert backup_key.load(tmp_path / f"kunci-cadangan-lama-{backup_key.name(old)}.txt") == old
        assert backup_key.load(path) == new

    def test_its_name_tells_nothing_of_it(self) -> None:
        assert backup_key.name(KEY) != backup_key.name(bytes(32))
        assert len(backup_key.name(KEY)) == 9


def lay(folder: Path, at: datetime, *, proved: bool = True) -> Path:
    path = folder / backup_keep.name_at(at)
    path.write_bytes(b"x")
    if proved:
        backup_keep.write_proof(path, Proof(path.name, "0" * 64, 1, "k", "sqlite", 0, 0, 1, 2, 3, 4))
    return path


class TestKept:
    def test_days_weeks_and_months(self) -> None:
        days = [date(2026, 12, 31) - timedelta(days=i) for i in range(500)]
        stay = backup_keep.kept(days, 7, 5, 12)
        assert {date(2026, 12, 31) - timedelta(days=i) for i in range(7)} <= stay
        assert date(2026, 12, 20) in stay, "the last day of a week"
        assert date(2026, 2, 28) in stay, "the last day of a month"
        assert date(2026, 12, 16) not in stay
        assert min(stay) == date(2026, 1, 31)
        assert len(stay) <= 7 + 5 + 12

    def test_few_backups_all_stay(self) -> None:
        days = [date(2026, 5, 12), date(2026, 5, 1)]
        assert backup_keep.kept(days) == set(days)

    def test_only_what_was_proved_counts_and_the_last_good_one_never_goes(self, tmp_path: Path) -> None:
        start = datetime(2026, 5, 1, 15, 0, tzinfo=UTC)
        oldest = lay(tmp_path, start)
        bad = [lay(tmp_path, start + timedelta(days=i), proved=False) for i in range(1, 30)]
        assert backup_keep.prune(tmp_path, 1, 1, 1) == []
        assert backup_keep.good(tmp_path) == [oldest]
        newer = lay(tmp_path, start + timedelta(days=40))
        assert backup_keep.prune(tmp_path, 1, 1, 1) == [oldest.name]
        assert backup_keep.good(tmp_path) == [newer]
        assert all(p.exists() for p in bad), "what was never proved is nobody's to delete silently"

    def test_of_one_day_the_newest_stays(self, tmp_path: Path) -> None:
        start = datetime(2026, 5, 1, 2, 0, tzinfo=UTC)
        first, second = lay(tmp_path, start), lay(tmp_path, start + timedelta(hours=3))
        assert backup_keep.prune(tmp_path) == [first.name]
        assert backup_keep.good(tmp_path) == [second]
        latest = backup_keep.latest(tmp_path)
        assert latest is not None
        assert latest.file == second.name
        assert not backup_keep.proof_of(first).exists()

    def test_a_proof_that_cannot_be_read_proves_nothing(self, tmp_path: Path) -> None:
        path = lay(tmp_path, datetime(2026, 5, 1, tzinfo=UTC))
        backup_keep.proof_of(path).write_text("{", encoding="utf-8")
        assert backup_keep.latest(tmp_path) is None
        assert backup_keep.latest(tmp_path / "tidak-ada") is None

    def test_names_are_office_time(self, tmp_path: Path) -> None:
        at = datetime(2026, 5, 12, 16, 31, 4, tzinfo=UTC)
        assert backup_keep.name_at(at) == "pelita3-20260512-233104.p3c"
        assert backup_keep.taken(tmp_path / backup_keep.name_at(at)) == at
        assert backup_keep.taken(tmp_path / "lain.p3c") is None
