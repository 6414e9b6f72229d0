"""What this server was told when it was made, kept beside its certificates, so that a second run needs no answers."""

from __future__ import annotations

import ipaddress
import json
import os
import re
import socket
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from app.errors import Refused
from app.server.certs import Papers

FOLDER = Path("/etc/pelita3")
FILE = "server.json"
MOST_PCS = 500
"""Beyond this a server needs more than one setting; that is another design."""

WORDS = {"samenet", "samehost"}
"""What pg_hba.conf understands instead of a network: every network that this host itself is in."""

NAME = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*", re.IGNORECASE
)


@dataclass(frozen=True)
class Plan:
    """Names and addresses of this server, from where officers may come, and whose certificate it shows."""

    folder: Path
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    subnets: tuple[str, ...] = ("samenet",)
    listen: str = "*"
    pcs: int = 100
    """How many officers' PCs there are at most: each holds two connections."""

    own_certificate: bool = False
    """The office's own certificate: we cannot renew it."""

    known_roles: tuple[str, ...] = ()
    """Other roles of this server that are powerful and may be; found at the first run, or accepted by name."""

    @property
    def papers(self) -> Papers:
        """The four files of TLS."""
        return Papers(self.folder)

    @property
    def file(self) -> Path:
        """Where this plan is kept."""
        return self.folder / FILE


def load(folder: Path) -> Plan | None:
    """The plan of an earlier run; None at the first. Refused where the file is broken."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        lists = {k: tuple(map(str, found[k])) for k in ("names", "addresses", "subnets", "known_roles")}
        own, pcs = bool(found["own_certificate"]), int(found["pcs"])
        return Plan(folder, listen=str(found["listen"]), pcs=pcs, own_certificate=own, **lists)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(
            f"{folder / FILE} tidak terbaca. Pindahkan berkas itu, lalu ulangi dengan pilihan lengkap.", code="plan"
        ) from error


def save(plan: Plan) -> bool:
    """Keep the plan; whether anything in it is new."""
    kept = {k: v for k, v in asdict(plan).items() if k != "folder"}
    text = json.dumps(kept, indent=2, ensure_ascii=False) + "\n"
    if plan.file.exists() and plan.file.read_text(encoding="utf-8") == text:
        return False
    part = plan.file.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.chmod(0o644)
    part.replace(plan.file)
    return True


def chosen(
    before: Plan | None, folder: Path, *, names: Sequence[str], addresses: Sequence[str], subnets: Sequence[str],
    listen: str, pcs: int = 0,
) -> Plan:  # fmt: skip
    """What was said now, else what was said before, else what this host knows of itself. Refused for nonsense."""
    plan = before or Plan(folder, names=_own_names(), addresses=_own_addresses())
    return replace(
        plan,
        names=_unique([*(map(_name, names) if names else plan.names), "localhost"]),
        addresses=_unique([*(map(_address, addresses) if addresses else plan.addresses), "127.0.0.1", "::1"]),
        subnets=_unique(map(_subnet, subnets)) or plan.subnets,
        listen=listen or plan.listen,
        pcs=_pcs(pcs) or plan.pcs,
    )


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise Refused(f"“{text}” bukan nama komputer.", field="name")
    return text.lower()


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError as error:
        raise Refused(f"“{text}” bukan alamat IP.", field="address") from error


def _subnet(text: str) -> str:
    if text in WORDS:
        return text
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise Refused(f"“{text}” bukan jaringan. Contoh: 192.168.10.0/24.", field="subnet") from error
    if not network.prefixlen:
        raise Refused("Seluruh dunia bukan jaringan kantor. Sebutkan jaringan PC petugas saja.", field="subnet")
    return str(network)


def _pcs(many: int) -> int:
    if not 0 <= many <= MOST_PCS:
        raise Refused(f"Jumlah PC petugas antara 1 dan {MOST_PCS}.", field="pcs")
    return many


def _own_names() -> tuple[str, ...]:
    """What this host calls itself, as far as that is a name others could use."""
    return _unique(n.lower() for n in (socket.gethostname(), socket.getfqdn()) if NAME.fullmatch(n))


def _own_addresses() -> tuple[str, ...]:
    """This host's addresses in its networks; loopback and link-local ones are nobody's else."""
    try:
        said = subprocess.run(
            ["ip", "-json", "address"], capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"}
        ).stdout
        found = [a["local"] for link in json.loads(said) for a in link.get("addr_info", [])]
    except (OSError, subprocess.CalledProcessError, ValueError, KeyError):
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None)]
    usable = (a for a in map(ipaddress.ip_address, found) if not (a.is_loopback or a.is_link_local))
    return _unique(map(str, usable))
