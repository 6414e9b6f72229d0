"""What a database is made of, as pairs of name and content: owners, grants, guards, views. Data are not looked at.

Two databases of one server that were made by the same SQL have the same fingerprint, whatever PostgreSQL's version;
every change by hand shows as a line that differs, is missing, or is too many.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from app.server.place import Connection

Fingerprint = dict[tuple[str, str], str]
"""(kind, name) -> content."""

QUERIES = Path(__file__).with_name("fingerprint.sql")
ACL = """coalesce((select string_agg(case g.grantee when 0 then 'PUBLIC' else pg_get_userbyid(g.grantee)::text end
  || '=' || g.privilege_type || case when g.is_grantable then '*' else '' end, ', '
  order by g.grantee = 0, pg_get_userbyid(g.grantee)::text, g.privilege_type, g.is_grantable)
  from aclexplode(coalesce(\\1, acldefault('\\2', \\3))) g), '')"""
"""A list of grants in a fixed order; a missing list means PostgreSQL's default one."""


@cache
def queries() -> tuple[tuple[str, bytes], ...]:
    """The kinds of things and the question that lists each."""
    text = re.sub(r"\bacl\(([\w.]+), (\w), ([\w.]+)\)", ACL, QUERIES.read_text(encoding="utf-8"))
    parts = (part.partition("\n") for part in text.split("--# ")[1:])
    return tuple((kind, question.strip().rstrip(";").encode()) for kind, _, question in parts)


def take(connection: Connection) -> Fingerprint:
    """The fingerprint of the connected database, as its superuser sees it."""
    found: Fingerprint = {}
    with connection.transaction():
        # Names come out qualified, whatever the session had been told.
        connection.execute("set local search_path = ''")
        for kind, question in queries():
            for name, content in connection.execute(question):
                found[kind, str(name)] = str(content)
    return found
