"""The first officers, and `pelita3 admin confirm` where no second head can."""

from __future__ import annotations

import uuid

import pytest

from app.server import people
from app.sop.model import Role
from tests.server.conftest import Made, Superuser


def key() -> str:
    return str(uuid.uuid4())


def choose_password(made: Made, login: str, new: str) -> None:
    """What the window does at the first log-in."""
    with made.knock(login, made.passwords[login]) as officer:
        secret = officer.pgconn.encrypt_password(new.encode(), f"p_{login}".encode(), b"scram-sha-256").decode()
        officer.execute("select adm.change_my_password(%s, %s)", (secret, key()))
    made.passwords[login] = new


def roles_of(made: Made, login: str) -> set[str]:
    with made.knock(login, made.passwords[login]) as officer:
        return {str(role) for (role,) in officer.execute("select role from pelita3.my_role")}


@pytest.fixture(scope="module", autouse=True)
def working(made: Made) -> None:
    """Both have chosen passwords of their own, and the administrator has appointed a Kadis who waits."""
    choose_password(made, "rina", "sandi-rina-baru")
    choose_password(made, "meri", "sandi-meri-baru")
    with made.knock("rina", made.passwords["rina"]) as admin:
        admin.execute("set search_path = pelita3")
        secret = admin.pgconn.encrypt_password(b"sandi-sekali-pakai", b"p_tono", b"scram-sha-256").decode()
        admin.execute(
            "select adm.add_officer('tono', 'Tono Hartono', '', '', '', '', %s, 0, 'officer', %s)", (secret, key())
        )
        admin.execute("insert into assignment(login, role, key) values ('tono', 'KADIS', %s)", (key(),))


def test_the_first_two_work_once_they_have_passwords_of_their_own(made: Made) -> None:
    assert roles_of(made, "rina") == {"ADMIN"}
    assert roles_of(made, "meri") == {"KABID"}


def test_the_berita_acara_stands_beside_the_appointment(superuser: Superuser) -> None:
    rows = superuser.execute(
        "select login, made_by, confirmed_by from pelita3.assignment where made_by = '@postgres' order by login"
    ).fetchall()
    assert rows == [(n, "@postgres", "BA 12/2026, 3 Maret 2026") for n in ("meri", "rina")]


def test_the_same_officer_may_get_a_second_role_without_a_new_password(superuser: Superuser) -> None:
    with superuser.transaction(force_rollback=True):
        (made_now,) = people.make_first(superuser, [people.parse("meri=Meri Anggraini", Role.FO)], "BA 14/2026")
        assert made_now.password == ""
        assert superuser.execute("select count(*) from pelita3.password where login = 'meri'").fetchone() != (0,)


class TestConfirm:
    def test_while_a_head_is_in_office_it_is_his_to_do(self, made: Made, capsys: pytest.CaptureFixture[str]) -> None:
        assert made.admin("confirm", "tono", "--berita-acara", "BA 15/2026 tanggal 4 Maret")[0] == 1
        assert "meri dapat mengesahkan tono di jendelanya" in capsys.readouterr().err

    def test_without_another_head_the_server_may(self, superuser: Superuser) -> None:
        with superuser.transaction(force_rollback=True):
            superuser.execute(
                "insert into assignment_end(assignment_id, why, key) "
                "select id, 'pindah', 'k9' from assignment where role = 'KABID'"
            )
            assert people._heads_in_office(superuser) == []
            said = people.confirm(superuser, "tono", "BA 15/2026  tanggal 4 Maret")
            assert said == "Penugasan dan sandi tono disahkan dari server, berita acara: BA 15/2026 tanggal 4 Maret"
            assert people._heads_in_office(superuser) == ["tono"]
            row = superuser.execute("select made_by, key from duty_confirm where login = 'tono'").fetchone()
            assert row is not None
            assert row[0] == "@postgres"
            assert row[1].endswith(" berita acara BA 15/2026 tanggal 4 Maret")
            assert "tidak ada yang diubah" in people.confirm(superuser, "tono", "BA 15/2026 tanggal 4 Maret")

    @pytest.mark.parametrize(
        ("login", "text", "why"), [("siapa", "BA 15/2026", "tidak ada"), ("tono", "BA", "Sebutkan --berita-acara")]
    )
    def test_nonsense_is_named(
        self, made: Made, login: str, text: str, why: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert made.admin("confirm", login, "--berita-acara", text)[0] == 1
        assert why in capsys.readouterr().err

    def test_nothing_waits_for_somebody_long_confirmed(self, made: Made, superuser: Superuser) -> None:
        with superuser.transaction(force_rollback=True):
            people.confirm(superuser, "meri", "BA 16/2026")
            assert "tidak ada yang diubah" in people.confirm(superuser, "meri", "BA 16/2026")
