"""The manifest of a hand-over and its code."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from commission_app.domain.handover import Manifest, looks_like_code, same_code
from commission_app.errors import DamagedError, NewerVersionError, NotOursError

_MANIFEST = Manifest(
    record="Alder Glen Sister Cities Commission",
    record_id="0199-1",
    given_by="Ana Ruiz",
    to="Ben Li",
    at=datetime(2026, 12, 10, 18, 0, tzinfo=UTC),
    file="glen.commission",
    size=4096,
    sha256="ab" * 32,
    last_action=17,
    figures={"contacts": 40, "cents received": 2_000_000},
)


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert Manifest.read(_MANIFEST.text()) == _MANIFEST
    assert Manifest.read(_MANIFEST.text().replace("\n", "\r\n")) == _MANIFEST


def test_the_code_has_letters_that_nobody_takes_for_others_and_follows_every_figure() -> None:
    assert looks_like_code(_MANIFEST.code)
    assert not set("BILOQSVZ0158-") & set(_MANIFEST.code.replace("-", ""))
    others = [
        replace(_MANIFEST, sha256="ac" * 32),
        replace(_MANIFEST, to="Ben Lee"),
        replace(_MANIFEST, figures={**_MANIFEST.figures, "contacts": 41}),
    ]
    assert len({_MANIFEST.code, *(other.code for other in others)}) == 4


def test_a_code_is_typed_as_people_type() -> None:
    assert same_code(_MANIFEST.code, f" {_MANIFEST.code.lower().replace('-', ' ')}")
    assert not same_code(_MANIFEST.code, "ACDEFGHJ")
    assert not looks_like_code("ACDE-FGH")
    assert not looks_like_code("ACDE-FGH1")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NotOursError),
        ("Dear Ben", NotOursError),
        (_MANIFEST.text().replace("handover/1", "handover/2"), NewerVersionError),
        (_MANIFEST.text().replace("size: 4096", "size: many"), DamagedError),
        (_MANIFEST.text().replace("file: glen", "file: ../glen"), DamagedError),
        (_MANIFEST.text() + "counted contacts: 99\n", DamagedError),
        (_MANIFEST.text()[:120], DamagedError),
    ],
)
def test_another_text_is_told_apart(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Manifest.read(text)
