"""Names as banks write them, found among those who may have paid."""

import pytest

from commission_app.domain.payer_names import ALIKE, ALL, FAMILY, INITIAL, PayerNames, names_somebody

KNOWN = (
    "Kofi Mensah",
    "Bartholomew Fitzgerald-Castellanos",
    "Tomasz Wójcik",
    "Siobhán O’Connell",
    "Alexandria Montgomery-Featherstonehaugh",
    "Ana Ruiz",
    "Ana María Ruiz",
    "Nguyễn Thị Minh Khai",
    "Lin Chia-hui 林家慧",
    "Rotary Club of Alder Glen",
    "Alder Glen Sister Cities Association",
    "Ian McDonald",
    "María de la Cruz",
    "John & Mary Smith",
    "Jürgen Müller",
    "Robert (Bob) Green",
    "John Brown",
    "Alder Glen Gift & Card Service",
)


@pytest.fixture(scope="module")
def names() -> PayerNames:
    return PayerNames(KNOWN)


@pytest.mark.parametrize(
    ("written", "known", "score"),
    [
        ("CASTELLANOS, BARTHOLOMEW F", "Bartholomew Fitzgerald-Castellanos", ALL),
        ("CASTELLANOS B", "Bartholomew Fitzgerald-Castellanos", INITIAL),
        ("FITZGERALD-CASTELL BARTHOLOME", "Bartholomew Fitzgerald-Castellanos", ALIKE),
        ("CHECK 5512 T WOJCIK", "Tomasz Wójcik", INITIAL),
        ("CHECK 33 WOJCIK", "Tomasz Wójcik", FAMILY),
        ("WOJCIK TOMAZS", "Tomasz Wójcik", ALIKE),
        ("SIOBHAN OCONNELL", "Siobhán O’Connell", ALL),
        ("O'CONNELL SIOBHAN", "Siobhán O’Connell", ALL),
        ("SIOBHAN O CONNELL", "Siobhán O’Connell", ALL),
        ("MONTGOMERY FEATHERSTONEHAUGH A", "Alexandria Montgomery-Featherstonehaugh", ALL),
        ("ZELLE FROM ANA RUIZ CONF 8812", "Ana Ruiz", ALL),
        ("ANA MARIA RUIZ", "Ana María Ruiz", ALL),
        ("NGUYEN KHAI", "Nguyễn Thị Minh Khai", ALIKE),
        ("NGUYEN THI MINH KH", "Nguyễn Thị Minh Khai", ALL),
        ("CHIAHUI LIN", "Lin Chia-hui 林家慧", ALL),
        ("林家慧", "Lin Chia-hui 林家慧", ALL),
        ("ACH CREDIT ROTARY CLUB OF ALDER GLEN PPD ID 99", "Rotary Club of Alder Glen", ALL),
        ("ZELLE FROM ALDER GLEN GIFT & CARD SERVICE", "Alder Glen Gift & Card Service", ALL),
        ("ORIG CO NAME:ROTARY CLUB OF AL  ORIG ID:1234", "Rotary Club of Alder Glen", ALIKE),
        ("ALDER GLEN ROTARY", "Rotary Club of Alder Glen", ALL),
        ("ALDER GLEN SISTER CITIES ASSN", "Alder Glen Sister Cities Association", ALL),
        ("MC DONALD IAN", "Ian McDonald", ALL),
        ("DELACRUZ MARIA", "María de la Cruz", ALL),
        ("JOHN SMITH", "John & Mary Smith", ALIKE),
        ("MUELLER JUERGEN", "Jürgen Müller", ALL),
        ("MULLER JURGEN", "Jürgen Müller", ALL),
        ("BOB GREEN", "Robert (Bob) Green", ALL),
    ],
)
def test_a_name_is_known_as_banks_write_it(names: PayerNames, written: str, known: str, score: int) -> None:
    best = names.find(written)[0]
    assert (KNOWN[best.place], best.score) == (known, score)


@pytest.mark.parametrize(
    "written",
    ["BROWN ROBERT J", "WILHELMINA RUIZ", "ANA GOMEZ", "DEPOSIT ALDER GLEN BR", "BARTHOLOMEW JONES", ""],
)
def test_half_a_name_beside_another_word_is_somebody_else(names: PayerNames, written: str) -> None:
    assert names.find(written) == []


def test_a_family_name_that_two_have_tells_nothing() -> None:
    assert PayerNames(["Ana Ruiz", "Berta Ruiz"]).find("CHECK 12 RUIZ") == []


def test_what_banks_write_is_no_name() -> None:
    assert not names_somebody("MOBILE CHECK DEPOSIT REF 8812")
    assert names_somebody("MOBILE CHECK DEPOSIT WOJCIK")
