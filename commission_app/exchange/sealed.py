"""A file locked with a passphrase, for travelling: scrypt makes the key, AES-256-GCM locks and checks.

The format `commission-sealed/1`: its name on the first line, then one line of JSON with the parameters and
its own SHA-256, then the locked bytes. The key's second half is kept as a SHA-256, so that a wrong
passphrase is told apart from a damaged file.
"""

import base64
import hashlib
import json
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from commission_app.errors import (
    ConflictError,
    DamagedError,
    NewerVersionError,
    StorageError,
    ValidationError,
)

SUFFIX: Final = ".sealed"
FEWEST_CHARACTERS: Final = 10
#: scrypt's cost: 128 MB of memory and about half a second.
COST: Final = 2**17
_BLOCK, _LANES = 8, 1
_MOST_COST, _MOST_BLOCK, _MOST_LANES = 2**20, 16, 4
_FAMILY: Final = b"commission-sealed/"
_MAGIC: Final = _FAMILY + b"1\n"
_MOST_HEADER: Final = 4_096


class WrongPassphraseError(ConflictError):
    """The passphrase is not the one the file was locked with."""


class PassphraseNeededError(ConflictError):
    """The file is locked, and no passphrase was given."""


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    cost: int
    block: int
    lanes: int
    salt: bytes
    nonce: bytes
    check: str


def checked_passphrase(passphrase: str, again: str | None = None) -> str:
    """The passphrase as it is used; raises ValidationError for a short one, or one typed differently."""
    found = unicodedata.normalize("NFC", passphrase).strip()
    if len(found) < FEWEST_CHARACTERS:
        message = f"Use at least {FEWEST_CHARACTERS} characters; a few words are easiest to keep."
        raise ValidationError({"passphrase": message})
    if again is not None and unicodedata.normalize("NFC", again).strip() != found:
        raise ValidationError({"again": "This is not what stands above."})
    return found


def is_sealed(path: Path) -> bool:
    """Whether a file is a locked one; only a file with our suffix is opened to see."""
    if path.suffix.lower() != SUFFIX or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_FAMILY)) == _FAMILY
    except OSError:
        return False


def seal(data: bytes, passphrase: str, name: str, *, cost: int = COST) -> bytes:
    """The bytes locked with a passphrase; `name` is what the file inside is called."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    key, check = _keys(checked_passphrase(passphrase), salt, cost, _BLOCK, _LANES)
    values: dict[str, Any] = {
        "name": name,
        "kdf": "scrypt",
        "n": cost,
        "r": _BLOCK,
        "p": _LANES,
        "salt": base64.b64encode(salt).decode(),
        "cipher": "AES-256-GCM",
        "nonce": base64.b64encode(nonce).decode(),
        "check": check,
    }
    values["sha256"] = _digest(values)
    head = _MAGIC + json.dumps(values).encode() + b"\n"
    return head + AESGCM(key).encrypt(nonce, data, head)


def unseal(locked: bytes, passphrase: str) -> tuple[str, bytes]:
    """The name and the bytes of what was locked.

    Raises WrongPassphraseError, DamagedError, or NewerVersionError for a later format.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header, head = _read_header(locked)
    found = unicodedata.normalize("NFC", passphrase).strip()
    key, check = _keys(found, header.salt, header.cost, header.block, header.lanes)
    if check != header.check:
        raise WrongPassphraseError("This is not the passphrase of this file. Capital letters count.")
    try:
        return header.name, AESGCM(key).decrypt(header.nonce, locked[len(head) :], head)
    except InvalidTag as error:
        raise _damaged("the passphrase is right, and its contents are not what was locked") from error


def unsealed(path: Path, passphrase: str | None) -> bytes:
    """The bytes of a file: unlocked where it is locked. Raises PassphraseNeededError without a passphrase."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StorageError(f"{path.name} cannot be read: {error.strerror}.") from error
    if not data.startswith(_FAMILY):
        return data
    if passphrase is None:
        raise PassphraseNeededError(f"{path.name} is locked with a passphrase. Give the passphrase.")
    return unseal(data, passphrase)[1]


def _keys(passphrase: str, salt: bytes, cost: int, block: int, lanes: int) -> tuple[bytes, str]:
    """The key, and the SHA-256 by which a passphrase is recognized."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    derived = Scrypt(salt=salt, length=64, n=cost, r=block, p=lanes).derive(passphrase.encode())
    return derived[:32], hashlib.sha256(derived[32:]).hexdigest()


def _digest(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _read_header(locked: bytes) -> tuple[_Header, bytes]:
    if not locked.startswith(_FAMILY):
        raise _damaged("it does not begin as a locked file does")
    if not locked.startswith(_MAGIC):
        raise NewerVersionError("This locked file was written by a newer version of this program.")
    end = locked.find(b"\n", len(_MAGIC), len(_MAGIC) + _MOST_HEADER)
    try:
        values = json.loads(locked[len(_MAGIC) : end]) if end > 0 else {}
        digest = values.pop("sha256")
        header = _Header(
            name=str(values["name"]),
            cost=int(values["n"]),
            block=int(values["r"]),
            lanes=int(values["p"]),
            salt=base64.b64decode(values["salt"]),
            nonce=base64.b64decode(values["nonce"]),
            check=str(values["check"]),
        )
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise _damaged("its first lines cannot be read") from error
    is_bearable = (
        2 <= header.cost <= _MOST_COST
        and header.cost & (header.cost - 1) == 0
        and 1 <= header.block <= _MOST_BLOCK
        and 1 <= header.lanes <= _MOST_LANES
        and len(header.nonce) == 12
    )
    if digest != _digest(values) or not is_bearable:
        raise _damaged("its first lines are not what was written")
    return header, locked[: end + 1]


def _damaged(why: str) -> DamagedError:
    return DamagedError(f"This locked file is damaged: {why}.", "Nothing was changed. Ask for it again.")
