"""E-mails: addresses that mail takes, people parted, and the majority of Gov. Code 54952.2(b)."""

import pytest

from commission_app.domain.contacts import Contact, ContactKind
from commission_app.domain.mailing import MembersTogether, addressees, members_together, usable_address
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.seats import standings
from commission_app.domain.validation import check_email
from tests.unit.domain_rows import book, day, seats, term

ON = day("2026-06-25")
SEATS = seats(7, 2, 2)
# Seats 6 and 7 are vacant, seat 5 is a holdover; the alternates are uma and vic, the liaisons wes and xia.
TERMS = [term(f"regular-{n}", who, "2025-01-01") for n, who in enumerate(("ana", "ben", "cal", "dee"), 1)]
TERMS += [term("regular-5", "eva", "2023-01-01", "2024-12-31")]
TERMS += [term("alternate-1", "uma", "2025-01-01"), term("alternate-2", "vic", "2025-01-01")]
TERMS += [term("liaison-1", "wes", "2025-01-01"), term("liaison-2", "xia", "2025-01-01")]


def together(*ids: str, sender: str | None = None, rules: RuleBook | None = None) -> MembersTogether:
    rules = rules or book()
    return members_together(ids, standings(SEATS, TERMS, ON, rules), ON, rules, sender=sender)


@pytest.mark.parametrize(
    ("ids", "members", "is_majority"),
    [
        (("ana", "ben", "cal"), 3, False),
        (("ana", "ben", "cal", "dee"), 4, True),
        (("ana", "ben", "cal", "eva"), 4, True),  # a holdover is a member
        (("ana", "ben", "cal", "uma", "vic"), 3, False),  # an alternate only while seated
        (("ana", "ben", "cal", "wes", "xia"), 3, False),  # a liaison never
        (("ana", "ana", "ben"), 2, False),
        ((), 0, False),
    ],
)
def test_majority_by_the_quorum_of_seven_seats(ids: tuple[str, ...], members: int, is_majority: bool) -> None:
    found = together(*ids)
    assert (found.members, found.needed, found.is_majority) == (members, 4, is_majority)


def test_majority_follows_the_basis_of_the_quorum() -> None:
    filled = book(quorum__basis="filled")  # five are filled: three are a majority
    assert together("ana", "ben", "cal", rules=filled) == MembersTogether(members=3, needed=3)
    assert together("ana", "ben", "cal", rules=filled).is_majority
    assert not together("ana", "ben", rules=filled).is_majority


def test_a_member_who_writes_counts_with_those_addressed() -> None:
    found = together("ben", "cal", "dee", sender="ana")
    assert found.is_majority and found.with_sender
    assert not together("ben", "cal", "dee", sender="uma").is_majority
    assert not together("uma", "wes", sender="ana").with_sender  # no other member is addressed
    named = together("ana", "ben", "cal", sender="ana")
    assert (named.members, named.with_sender) == (3, False)


@pytest.mark.parametrize(
    ("email", "address"),
    [
        ("ana@example.org", "ana@example.org"),
        ("  Ana.Ruiz+sc@Example.org ", "Ana.Ruiz+sc@Example.org"),
        ("x@bücher.example", "x@xn--bcher-kva.example"),
        ("info@straße.de", "info@xn--strae-oqa.de"),
        ("info@STRASSE.de", "info@STRASSE.de"),
        ("info@βόλος.com", "info@xn--nxasmm1c.com"),
        ("info@i♥.ws", None),
        ("ana@bü..cher.example", None),
        ("ana@bücher", None),
        ("ana@localhost", None),
        ("müller@example.org", None),
        ("a b@example.org", None),
        ("a@example.org>", None),
        ("a@example.org\r\nBcc: evil@example.net", None),
        ("a,b@example.org", None),
        ("a@-", None),
        ("@example.org", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_that_every_mail_program_takes(email: str | None, address: str | None) -> None:
    assert usable_address(email) == address


@pytest.mark.parametrize("domain", ["straße.de", "bücher.example", "i♥.ws", "bü..cher.example", "中国.cn"])
def test_the_contact_form_and_the_mail_take_the_same_domains(domain: str) -> None:
    email = f"info@{domain}"
    assert (check_email("email", email) == []) is (usable_address(email) is not None)


def test_each_person_and_each_address_once_and_the_others_are_named() -> None:
    def person(key: str, email: str | None) -> Contact:
        return Contact(id=key, key=key, kind=ContactKind.PERSON, name=key.title(), email=email)

    ana, ben, cal = person("ana", "a@example.org"), person("ben", None), person("cal", "A@example.org")
    found = addressees([ana, ben, ana, cal])
    assert found.reached == (ana,)
    assert found.without == (ben,)
