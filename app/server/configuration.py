"""The server's settings: our file in conf.d, each line with its reason, and what the server really runs with."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.server.place import Connection
from app.server.plan import Plan

HEAD = """\
# PELITA 3: ditulis `pelita3 admin server-init`; jalankan itu lagi daripada mengubah di sini.
# Satuan: seperti pg_settings (detik atau milidetik).
"""
FEWEST_CONNECTIONS, SPARE_CONNECTIONS = 250, 50
"""Beside the PCs: kiosk, screens, mailer, services, and PCs whose lost connections are not yet noticed."""

AUTH_DELAY = "auth_delay"


@dataclass(frozen=True)
class Setting:
    """One setting in the unit of pg_settings, and why it is so."""

    name: str
    value: str
    why: str


FIXED = (
    Setting("ssl", "on", "sandi dan data hanya lewat TLS"),
    Setting("ssl_min_protocol_version", "TLSv1.3", "yang lebih lama tidak diterima"),
    Setting("password_encryption", "scram-sha-256", "server tidak pernah memegang sandi"),
    Setting("authentication_timeout", "10", "sambungan tanpa sandi tidak menduduki tempat"),
    Setting("tcp_keepalives_idle", "30", "PC yang hilang dari jaringan diketahui"),
    Setting("tcp_keepalives_interval", "10", "sama"),
    Setting("tcp_keepalives_count", "3", "sama"),
    Setting("tcp_user_timeout", "30000", "sama, juga di tengah kiriman"),
    Setting("client_connection_check_interval", "5000", "pertanyaan dari PC yang sudah pergi dihentikan"),
    Setting("max_prepared_transactions", "0", "tidak ada transaksi tanpa pemilik"),
    Setting("track_commit_timestamp", "on", "paraf yang ditahan dalam transaksi tampak"),
    Setting("jit", "off", "pertanyaan kita pendek; menyusun kode untuknya lebih lama daripada menjawab"),
    Setting("log_connections", "on", "siapa datang dari mana"),
    Setting("log_disconnections", "on", "dan berapa lama"),
    Setting("log_lock_waits", "on", "siapa menunggu siapa"),
    Setting("log_line_prefix", "%m [%p] %q%u@%d %h ", "dengan alamat, agar fail2ban dapat membacanya"),
    Setting("log_error_verbosity", "terse", "tanpa DETAIL: di sana tercetak nama dan NIK"),
    Setting("log_parameter_max_length", "0", "isi pertanyaan tidak masuk catatan"),
    Setting("log_parameter_max_length_on_error", "0", "sama"),
    Setting("log_statement", "none", "sama"),
    Setting("log_min_duration_statement", "-1", "sama"),
)
NEVER_OTHERWISE = (
    Setting("fsync", "on", "yang disimpan harus bertahan saat listrik padam"),
    Setting("full_page_writes", "on", "sama"),
    Setting("synchronous_commit", "on", "sama"),
    Setting("session_replication_role", "origin", "selain itu penjaga tidak bekerja"),
    Setting("row_security", "on", "selain itu daftar kerja gagal"),
    Setting("allow_system_table_mods", "off", "katalog bukan untuk diubah"),
    Setting("zero_damaged_pages", "off", "kerusakan tidak boleh diam-diam dinolkan"),
    Setting("ignore_checksum_failure", "off", "sama"),
    Setting("default_transaction_read_only", "off", "petugas harus dapat menyimpan"),
    Setting("default_transaction_isolation", "read committed", "penjaga menilai keadaan sekarang"),
    Setting("session_preload_libraries", "", "tidak ada kode lain di sambungan petugas"),
    Setting("local_preload_libraries", "", "sama"),
)
"""Not written by us, because they are so unless somebody changed them; the check looks."""


def wanted(connection: Connection, plan: Plan) -> list[Setting]:
    """Every line of our file on this server."""
    connections = str(max(FEWEST_CONNECTIONS, 2 * plan.pcs + SPARE_CONNECTIONS))
    own = [
        Setting(
            "max_connections", connections, f"dua untuk tiap PC petugas (paling banyak {plan.pcs} PC), dan cadangan"
        ),
        Setting("listen_addresses", plan.listen, "alamat yang didengarkan; pg_hba.conf menentukan siapa boleh masuk"),
        Setting("ssl_cert_file", str(plan.papers.certificate), "sertifikat server kantor"),
        Setting("ssl_key_file", str(plan.papers.key), "kuncinya"),
    ]
    loaded = [n.strip() for n in _running(connection)["shared_preload_libraries"][0].split(",") if n.strip()]
    if has_auth_delay(connection):
        loaded += [] if AUTH_DELAY in loaded else [AUTH_DELAY]
        own += [
            Setting("shared_preload_libraries", ",".join(loaded), "yang sudah ada, dan auth_delay"),
            Setting("auth_delay.milliseconds", "500", "menebak sandi menjadi lambat"),
        ]
    return [*own, *FIXED]


def has_auth_delay(connection: Connection) -> bool:
    """Whether this PostgreSQL brought the module (Debian: always)."""
    row = connection.execute("select setting from pg_catalog.pg_config where name = 'PKGLIBDIR'").fetchone()
    return row is not None and (Path(str(row[0])) / f"{AUTH_DELAY}.so").exists()


def text(settings: Iterable[Setting]) -> str:
    """Our file of conf.d."""
    quoted = ((s.name, s.value.replace("'", "''"), s.why) for s in settings)
    return HEAD + "".join(f"{name} = '{value}'  # {why}\n" for name, value, why in quoted)


def write(file: Path, content: str | None) -> bool:
    """Put our file in its place, whole or not at all; None takes it away. Whether anything changed."""
    before = file.read_text(encoding="utf-8") if file.exists() else None
    if before == content:
        return False
    if content is None:
        file.unlink()
        return True
    part = file.with_name(file.name + ".part")
    part.write_text(content, encoding="utf-8")
    part.chmod(0o644)
    if os.geteuid() == 0:
        owner = file.parent.stat()
        os.chown(part, owner.st_uid, owner.st_gid)
    part.replace(file)
    return True


@dataclass(frozen=True)
class Off:
    """A setting that the server does not run with as it should."""

    setting: Setting
    found: str
    source: str
    """The file and line that say otherwise, where one does."""

    waits: bool
    """The right value stands in the files; only a restart is missing."""


def off(connection: Connection, settings: Iterable[Setting]) -> list[Off]:
    """The settings that differ from what they must be."""
    running, filed = _running(connection), _filed(connection)
    found = []
    for setting in settings:
        value, pending = running.get(setting.name, ("", False))
        if not _same(setting, value):
            waits = pending and _same(setting, filed.get(setting.name, ("", ""))[0])
            found.append(Off(setting, value, filed.get(setting.name, ("", ""))[1], waits))
    return found


def needs_restart(connection: Connection) -> list[str]:
    """Settings that wait in the files for a restart."""
    rows = connection.execute("select name from pg_catalog.pg_settings where pending_restart order by name")
    return [str(name) for (name,) in rows]


def errors(connection: Connection) -> list[str]:
    """What the server does not understand in its settings' files; what only waits for a restart is no error."""
    rows = connection.execute(
        "select name, error, sourcefile, sourceline from pg_catalog.pg_file_settings "
        "where error is not null and error not like '%without restarting%' and error <> 'setting could not be applied'"
    )
    return [f"{file} baris {line}: {name}: {error}" for name, error, file, line in rows]


def _same(setting: Setting, value: str) -> bool:
    if setting.name == "shared_preload_libraries":
        return AUTH_DELAY in {n.strip() for n in value.split(",")}
    return setting.value == value


def _running(connection: Connection) -> dict[str, tuple[str, bool]]:
    rows = connection.execute("select name, reset_val, pending_restart from pg_catalog.pg_settings")
    return {str(name): (str(value or ""), bool(pending)) for name, value, pending in rows}


def _filed(connection: Connection) -> dict[str, tuple[str, str]]:
    """The last word of the files on each setting, and where it stands."""
    rows = connection.execute(
        "select name, setting, sourcefile || ' baris ' || sourceline from pg_catalog.pg_file_settings order by seqno"
    )
    return {str(name): (str(value), str(where)) for name, value, where in rows}
