"""A mistyped or half-read code of ours never opens the wrong file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.sop.numbers import check_digit, valid, with_check


def test_a_number_as_the_database_makes_it() -> None:
    assert valid(with_check("P3-2611-0012"))
    assert valid(with_check("T3-261123-A017"))


@given(st.integers(0, 9_999_999), st.data())
def test_one_wrong_digit_is_always_noticed(number: int, data: st.DataObject) -> None:
    code = with_check(f"P3-2611-{number:04d}")
    places = [i for i, c in enumerate(code) if c.isdigit() and i > 2]
    i = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != code[i]]))
    assert not valid(code[:i] + wrong + code[i + 1 :])


@given(st.integers(0, 9_999_999), st.data())
def test_two_swapped_neighbours_are_always_noticed(number: int, data: st.DataObject) -> None:
    body = f"P3-2611-{number:04d}"
    digits = [i for i in range(8, len(body) - 1) if body[i] != body[i + 1]]
    if digits:
        i = data.draw(st.sampled_from(digits))
        swapped = body[:i] + body[i + 1] + body[i] + body[i + 2 :]
        assert check_digit(swapped) != check_digit(body)


def test_what_is_not_ours() -> None:
    assert not valid("")
    assert not valid("P3")
    assert not valid("1471071403840003")
