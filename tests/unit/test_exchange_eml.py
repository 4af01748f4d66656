"""E-mails taken in: what is read, what is kept, and that nothing breaks on what is no e-mail."""

from datetime import date
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.intake import MOST_BYTES, IntakeDraft, file_name
from commission_app.errors import FileMissingError, ValidationError
from commission_app.exchange.eml import parse_message, parse_pasted, read_message

ZONE = ZoneInfo("America/Los_Angeles")


def email(text: str = "Dear all,\n\ngreetings.", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = headers.get("sender", "Lin Chia-hui 林家慧 <lin@tainan.example.org>")
    message["Subject"] = headers.get("subject", "來自臺南的問候")
    message["Date"] = headers.get("date", "Tue, 12 May 2026 09:12:00 +0800")
    message.set_content(text)
    return message


def parsed(message: EmailMessage) -> IntakeDraft:
    return parse_message(message.as_bytes(), ZONE)


def test_sender_subject_text_and_the_day_in_the_commissions_zone() -> None:
    found = parsed(email())
    assert (found.name, found.address) == ("Lin Chia-hui 林家慧", "lin@tainan.example.org")
    assert found.subject == "來自臺南的問候"
    assert found.sent_on == date(2026, 5, 11)  # still Monday evening in California
    assert found.body == "Dear all,\n\ngreetings."
    assert found.notes == () and found.attachments == ()


def test_the_message_itself_is_kept_byte_for_byte() -> None:
    data = email().as_bytes()
    original = parse_message(data, ZONE, name="../Re: hello.EML").original
    assert original is not None
    assert (original.name, original.type, original.data) == ("Re_ hello.EML", "message/rfc822", data)


def test_files_get_clean_and_different_names() -> None:
    message = email()
    for name in ("../../etc/letter.pdf", "letter.pdf", "CON", "a\u202efdp.exe", "x" * 300 + ".docx"):
        message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=name)
    names = [file.name for file in parsed(message).attachments]
    assert names[:4] == ["letter.pdf", "letter 2.pdf", "_CON", "afdp.exe"]
    assert len(names[4]) == 120 and names[4].endswith(".docx")


def test_a_forwarded_message_is_a_file() -> None:
    message = email()
    message.add_attachment(email("Inside."))
    [file] = parsed(message).attachments
    assert (file.name, file.type) == ("message.eml", "message/rfc822")
    assert b"Inside." in file.data


def test_html_alone_becomes_its_words() -> None:
    message = email()
    message.set_content(
        "<html><head><title>No</title><style>p {}</style></head><body><p>Dear&nbsp;all,</p>"
        "<p>greetings <b>from</b> Tainan<br>&amp; its <img src='http://x.example.org/y.png'>schools</p>"
        "<script>alert(1)</script></body></html>",
        subtype="html",
    )
    assert parsed(message).body == "Dear all,\n\ngreetings from Tainan\n& its schools"


def test_plain_text_is_preferred_to_html() -> None:
    message = email("Plain.")
    message.add_alternative("<p>Rich.</p>", subtype="html")
    assert parsed(message).body == "Plain."


def test_a_long_text_is_cut_and_said() -> None:
    found = parsed(email("word " * 6_000))
    assert len(found.body) <= 20_000
    [note] = found.notes
    assert note.startswith("The text has 29,999 characters; the first 20,000 were taken over")


def test_hidden_characters_are_taken_out_and_said() -> None:
    found = parsed(email("Hello\u202e\u200b there"))
    assert found.body == "Hello there"
    assert found.notes == ("Taken out of the text: a direction mark and an invisible character.",)


@pytest.mark.parametrize(
    "raw",
    [
        b"From: Ann <ann@example.org>\nContent-Type: text/plain; charset=martian\n\ncaf\xc3\xa9",
        b"From: Ann <ann@example.org>\nContent-Type: text/plain; charset=us-ascii\n\ncaf\xe9",
        b"From: Ann <ann@example.org>\nContent-Type: multipart/mixed\n\nno boundary",
        b"From: Ann <ann@example.org>\nDate: yesterday\nSubject: =?x?y?z?=\n\nhello",
        b"From: Ann <ann@example.org>\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nnever closed",
        b"From: Ann <ann@example.org>\nContent-Transfer-Encoding: base64\n\n!!!",
    ],
)
def test_broken_messages_are_read_as_well_as_they_can_be(raw: bytes) -> None:
    found = parse_message(raw, ZONE)
    assert (found.name, found.address) == ("Ann", "ann@example.org")
    assert found.sent_on is None


@pytest.mark.parametrize("raw", [b"", b"\x00" * 50, b"%PDF-1.7 x", b"PK\x03\x04zip", b"<html>Subject</html>"])
def test_what_is_no_email_is_refused(raw: bytes) -> None:
    with pytest.raises(ValidationError, match=r"is no e-mail"):
        parse_message(raw, ZONE)


def test_a_message_nested_without_end_is_refused_or_read() -> None:
    raw = b"From: a@example.org\n"
    for level in range(3_000):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
    try:
        parse_message(raw, ZONE)
    except ValidationError as error:
        assert "nested too deep" in str(error)


def test_a_file_that_is_too_large_or_missing_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.eml"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(ValidationError, match="over 25 MB"):
        read_message(large, ZONE)
    with pytest.raises(FileMissingError):
        read_message(tmp_path / "none.eml", ZONE)
    small = tmp_path / "small.eml"
    small.write_bytes(email().as_bytes())
    assert read_message(small, ZONE).address == "lin@tainan.example.org"


def test_a_pasted_message_with_the_headers_of_a_mail_program() -> None:
    found = parse_pasted(
        "From: Lin, Chia-hui <lin@tainan.example.org>\r\nSent: Tuesday, May 12, 2026 9:12 AM\r\n"
        "To: Sister Cities\r\nSubject: A first approach\r\n\r\nDear all,\r\n\r\nFrom: here\r\n",
        ZONE,
    )
    assert (found.name, found.address) == ("Lin, Chia-hui", "lin@tainan.example.org")
    assert (found.sent_on, found.subject) == (date(2026, 5, 12), "A first approach")
    assert found.body == "Dear all,\n\nFrom: here"
    assert found.original is not None and found.original.name == "message.txt"


def test_pasted_words_without_headers_are_the_text() -> None:
    found = parse_pasted("Dear all,\n\nSubject matter: schools.", ZONE)
    assert (found.name, found.address, found.sent_on, found.subject) == ("", "", None, "")
    assert found.body == "Dear all,\n\nSubject matter: schools."


@given(st.data())
def test_damaged_messages_are_read_or_refused_in_words(data: st.DataObject) -> None:
    message = email()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="letter.pdf")
    message.add_attachment(email("Inside."))
    raw = bytearray(message.as_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=12))
    try:
        found = parse_message(bytes(raw), ZONE)
    except ValidationError:
        return
    assert found.original is not None and found.original.data == bytes(raw)
    assert all(file.name == file_name(file.name) for file in found.attachments)


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_pasted_text_is_read(first: str, rest: str) -> None:
    found = parse_pasted(f"From: {first}\nSent: {rest}\n{rest}", ZONE)
    assert "\0" not in found.name + found.address + found.subject + found.body
    assert "\n" not in found.name + found.address + found.subject


@given(st.text(max_size=200))
def test_file_names_are_clean_and_stay_so(given_name: str) -> None:
    name = file_name(given_name)
    assert name and len(name) <= 120
    assert not set(name) & set('/\\:*?"<>|\0')
    assert file_name(name) == name
