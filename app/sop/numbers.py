"""Check digits of our own short codes (berkas, tickets): one wrong or swapped digit is always noticed."""

from __future__ import annotations

import re

BERKAS = re.compile(r"^P3-(\d{4})-(\d{4,})-(\d)$")
TICKET = re.compile(r"^T3-(\d{6})-([A-Z]\d{3,})-(\d)$")

# Damm's quasigroup of order 10: it catches every single error and every swap of neighbours.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def check_digit(text: str) -> str:
    """The Damm digit over the digits of `text`; a letter counts as its place in the alphabet, two digits."""
    interim = 0
    for char in text.upper():
        if char.isdigit():
            digits = char
        elif "A" <= char <= "Z":
            digits = f"{ord(char) - 64:02d}"
        else:
            continue
        for digit in digits:
            interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def with_check(text: str) -> str:
    """The code with its check digit behind a hyphen."""
    return f"{text}-{check_digit(text)}"


def valid(code: str) -> bool:
    """Whether a scanned or typed code of ours is whole."""
    body, _, digit = code.rpartition("-")
    return bool(body) and bool(BERKAS.match(code) or TICKET.match(code)) and check_digit(body) == digit
