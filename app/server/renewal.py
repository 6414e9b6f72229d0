"""`pelita3 admin renew`: a new server certificate in time, so that nobody is locked out one morning."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime

from app.errors import Refused
from app.server import certs, plan
from app.server.init import folder_of
from app.server.making import reload_and_wait
from app.server.place import find


def renew(given: argparse.Namespace) -> int:
    """Renew the server's certificate when fewer than 60 days are left; Refused where it is not ours to make."""
    place = find(given.cluster, given.socket, given.port)
    with place.connect() as connection:
        files = place.files(connection)
        chosen = plan.load(folder_of(given.folder, place, files))
        if chosen is None:
            raise Refused("Server ini belum disiapkan. Jalankan `pelita3 admin server-init` dahulu.", code="plan")
        papers, now = chosen.papers, datetime.now(UTC)
        if not certs.needs_renewal(papers.certificate, chosen.names, chosen.addresses, now):
            print(f"Sertifikat server masih berlaku {certs.days_left(papers.certificate, now):.0f} hari; tidak diubah.")
            return 0
        if chosen.own_certificate:
            raise Refused(
                f"Sertifikat kantor habis dalam {certs.days_left(papers.certificate, now):.0f} hari. Minta yang baru "
                "dari penerbitnya, lalu `pelita3 admin server-init --certificate ... --key ... --ca ...`.",
                code="own_certificate",
            )
        certs.issue(chosen.folder, names=chosen.names, addresses=chosen.addresses, now=now)
        if os.geteuid() == 0:
            os.chown(papers.key, files.uid, files.gid)
        reload_and_wait(connection)
    print(f"Sertifikat server diperbarui sampai {certs.load(papers.certificate).not_valid_after_utc:%Y-%m-%d}.")
    return 0
