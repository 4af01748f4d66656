"""Files locked with a passphrase: what was locked comes back, anything else is told apart."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commission_app.errors import CommissionError, DamagedError, NewerVersionError, ValidationError
from commission_app.exchange.sealed import (
    COST,
    PassphraseNeededError,
    WrongPassphraseError,
    checked_passphrase,
    is_sealed,
    seal,
    unseal,
    unsealed,
)

_PASSPHRASE = "correct horse battery"
_CHEAP = 2  # of scrypt: the tests open many
_DATA = b"the record of a commission" * 20
_LOCKED = seal(_DATA, _PASSPHRASE, "glen.commission", cost=_CHEAP)


def test_what_was_locked_comes_back_with_its_name() -> None:
    assert unseal(_LOCKED, _PASSPHRASE) == ("glen.commission", _DATA)
    assert _DATA[:30] not in _LOCKED


def test_the_real_cost_is_in_the_header() -> None:
    header = json.loads(seal(b"", _PASSPHRASE, "x").splitlines()[1])
    assert (header["kdf"], header["n"], header["cipher"]) == ("scrypt", COST, "AES-256-GCM")
    assert COST == 2**17


def test_the_same_bytes_are_never_locked_alike() -> None:
    assert seal(_DATA, _PASSPHRASE, "x", cost=_CHEAP) != seal(_DATA, _PASSPHRASE, "x", cost=_CHEAP)


def test_another_passphrase_is_told_apart_from_damage() -> None:
    with pytest.raises(WrongPassphraseError, match="not the passphrase"):
        unseal(_LOCKED, "Correct horse battery")
    damaged = _LOCKED[:-1] + bytes([_LOCKED[-1] ^ 1])
    with pytest.raises(DamagedError, match="the passphrase is right"):
        unseal(damaged, _PASSPHRASE)
    with pytest.raises(WrongPassphraseError):
        unseal(damaged, "another passphrase")


@given(st.integers(0, len(_LOCKED) - 1), st.integers(1, 255))
@example(0, 1)
@example(len(_LOCKED) - 1, 128)
def test_a_changed_byte_is_never_overlooked(at: int, by: int) -> None:
    changed = _LOCKED[:at] + bytes([_LOCKED[at] ^ by]) + _LOCKED[at + 1 :]
    with pytest.raises(CommissionError):
        unseal(changed, _PASSPHRASE)


@given(st.integers(0, len(_LOCKED) - 1))
def test_a_file_that_was_cut_off_is_damaged(length: int) -> None:
    with pytest.raises(DamagedError):
        unseal(_LOCKED[:length], _PASSPHRASE)


def test_a_later_format_is_told() -> None:
    with pytest.raises(NewerVersionError):
        unseal(_LOCKED.replace(b"commission-sealed/1", b"commission-sealed/2"), _PASSPHRASE)


def test_a_header_that_asks_for_all_the_memory_is_refused() -> None:
    first, header, rest = _LOCKED.split(b"\n", 2)
    changed = header.replace(b'"n": 2,', b'"n": 1073741824,')
    assert changed != header
    with pytest.raises(DamagedError):
        unseal(b"\n".join((first, changed, rest)), _PASSPHRASE)


def test_letters_composed_in_two_ways_are_one_passphrase() -> None:
    locked = seal(_DATA, "caf\u00e9 au lait noir", "x", cost=_CHEAP)
    assert unseal(locked, "cafe\u0301 au lait noir ")[1] == _DATA


def test_a_short_passphrase_and_one_typed_differently_are_refused_at_their_fields() -> None:
    with pytest.raises(ValidationError) as short:
        checked_passphrase("nine char")
    assert "at least 10" in short.value.by_field()["passphrase"]
    with pytest.raises(ValidationError) as different:
        checked_passphrase(_PASSPHRASE, "correct horse batterz")
    assert list(different.value.by_field()) == ["again"]


def test_a_plain_file_needs_no_passphrase_and_a_locked_one_does(tmp_path: Path) -> None:
    plain, locked = tmp_path / "parcel.json", tmp_path / "parcel.json.sealed"
    plain.write_bytes(b"{}")
    locked.write_bytes(_LOCKED)
    assert unsealed(plain, None) == b"{}"
    assert (is_sealed(plain), is_sealed(locked), is_sealed(tmp_path / "none.sealed")) == (False, True, False)
    with pytest.raises(PassphraseNeededError):
        unsealed(locked, None)
