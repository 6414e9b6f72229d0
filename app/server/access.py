"""Who may come in from where: our block in pg_hba.conf and pg_ident.conf. Nobody else's line is lost."""

from __future__ import annotations

import os
from pathlib import Path

from app.errors import Refused
from app.server.place import DATABASE, Connection

BEGIN = "# >>> PELITA 3: dikelola `pelita3 admin server-init`, jangan diubah dengan tangan"
END = "# <<< PELITA 3"
MAP = "pelita3"
BACKUP, WATCH = "pelita3_backup", "pelita3_watch"
BACKUP_USER, WATCH_USER = "pelita3-backup", "pelita3-watch"
"""The operating system's users whose services come in as those roles."""


def rules(subnets: tuple[str, ...]) -> list[str]:
    """Our lines of pg_hba.conf; the first that fits decides, so they stand above all others.

    Officers come by TLS and SCRAM from their networks, services through the socket as the system's users, the
    superuser never over the network. A role that does not exist is asked for a password like any other.
    """
    local = f"local   all        {BACKUP},{WATCH}   peer map={MAP}"
    refused = [
        f"hostnossl {DATABASE} all all reject",
        "hostnossl all postgres all reject",
        "hostssl all postgres all reject",
    ]
    admitted = [f"hostssl {DATABASE} all {net} scram-sha-256" for net in (*subnets, "127.0.0.1/32", "::1/128")]
    return [local, *refused, *dict.fromkeys(admitted), f"host {DATABASE} all all reject"]


def mapping(owner: str) -> list[str]:
    """Our lines of pg_ident.conf: root and the server's owner could come in as anybody anyhow."""
    pairs = [(BACKUP_USER, BACKUP), (WATCH_USER, WATCH)]
    pairs += [(user, role) for user in dict.fromkeys((owner, "root")) for role in (BACKUP, WATCH)]
    return [f"{MAP} {user} {role}" for user, role in pairs]


def with_block(text: str, lines: list[str]) -> str:
    """The file with our block at its top, and everything of others as it was."""
    block = "\n".join([BEGIN, *lines, END]) + "\n"
    return block + without_block(text)


def without_block(text: str) -> str:
    """The file as others wrote it."""
    before, found, rest = text.partition(BEGIN)
    if not found:
        return text
    _, closed, after = rest.partition(END + "\n")
    if not closed:
        raise Refused(f"Penutup “{END}” hilang. Hapus baris PELITA 3 dari pg_hba.conf dan pg_ident.conf, lalu ulangi.")
    return before + without_block(after)


def write_block(file: Path, lines: list[str]) -> str | None:
    """Put our block into a file that keeps its owner and rights. The text before, or None where nothing changed."""
    before = file.read_text(encoding="utf-8")
    wanted = with_block(before, lines)
    if wanted == before:
        return None
    replace(file, wanted)
    return before


def replace(file: Path, text: str) -> None:
    """Write a file whole or not at all, with the owner and the rights it had."""
    was = file.stat()
    part = file.with_name(file.name + ".pelita3")
    part.unlink(missing_ok=True)
    with os.fdopen(
        os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, was.st_mode & 0o777), "w", encoding="utf-8"
    ) as out:
        out.write(text)
        os.fchmod(out.fileno(), was.st_mode & 0o777)
        if os.geteuid() == 0:
            os.fchown(out.fileno(), was.st_uid, was.st_gid)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def errors(connection: Connection) -> list[str]:
    """What the server does not understand in the two files as they lie there now."""
    found = connection.execute(
        "select 'pg_hba.conf', line_number, error from pg_catalog.pg_hba_file_rules where error is not null union all "
        "select 'pg_ident.conf', line_number, error from pg_catalog.pg_ident_file_mappings where error is not null"
    )
    return [f"{name} baris {line}: {error}" for name, line, error in found]
