"""Drafts of e-mails as any reader reads them: RFC 2047 names, one header a line, the PDF unharmed."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.mailing import MailAddress, MailDraft, MailFile
from commission_app.domain.text import clean
from commission_app.exchange.mail_draft import draft_message

NAMES = (
    "Ana Ruiz",
    "Dr. Alexandria Montgomery-Featherstonehaugh",
    "Nguyễn Thị Minh Khai",
    "Thị Hồ Ngọc Đặng Thùy Trâm Nguyễn Thị Ánh Hồng",
    "橋本 有紀",
    "Сергей Петрович Воробьёв",
    'Dr. Müller, Jörg "Jo" (Bürgermeister)',
    'O\\Brien, "Pat"; chair',
    "=?utf-8?q?x?=",
    "A" * 90,
    "é" * 120,
)


def draft(**changes: object) -> MailDraft:
    values: dict[str, object] = {"subject": "Agenda", "text": "Attached.", **changes}
    return MailDraft(**values)  # type: ignore[arg-type]


def decoded(text: str) -> str:
    return str(make_header(decode_header(text)))


def people(message: Message, header: str) -> list[tuple[str, str]]:
    return [(decoded(name), address) for name, address in getaddresses([str(message[header])])]


def test_a_draft_opens_unsent_with_words_and_paper() -> None:
    data = bytes(range(256)) * 40
    text = "Good day,\n\n.\nFrom here on: Huế, 臺南."
    made = draft_message(draft(text=text, subject="Agenda – Huế", files=(MailFile("agenda-Huế.pdf", data),)))
    message = message_from_bytes(made)
    assert message["X-Unsent"] == "1"
    assert message["From"] is None and message["Date"] is None
    assert decoded(message["Subject"]) == "Agenda – Huế"
    parts = message.get_payload()
    assert isinstance(parts, list)
    words, paper = parts
    assert isinstance(words, Message) and isinstance(paper, Message)
    body = words.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode("utf-8").replace("\r\n", "\n") == text + "\n"
    assert paper.get_content_type() == "application/pdf"
    assert paper.get_filename() == "agenda-Huế.pdf"
    assert paper.get_payload(decode=True) == data


def test_foreign_and_long_names_come_out_whole() -> None:
    those = tuple(MailAddress(name, f"a{n}@example.org") for n, name in enumerate(NAMES))
    subject = "Tagesordnung für Huế – Thị Hồ 橋本 有紀 " * 5
    made = draft_message(draft(bcc=those, subject=subject))
    message = message_from_bytes(made)
    assert people(message, "Bcc") == [(one.name, one.address) for one in those]
    assert message["To"] is None
    assert decoded(message["Subject"]) == subject.strip()
    assert max(map(len, made.split(b"\r\n"))) < 200


def test_nothing_typed_becomes_a_header() -> None:
    evil = "Ana\r\nBcc: evil@example.net\r\n\r\nbody"
    made = draft_message(draft(to=(MailAddress(evil, "ana@example.org"),), subject=evil))
    message = message_from_bytes(made)
    assert message["Bcc"] is None
    assert set(message.keys()) == {
        *("X-Unsent", "Subject", "To"),
        *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
    }
    assert [address for _, address in people(message, "To")] == ["ana@example.org"]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6), st.text(max_size=120))
def test_any_names_and_any_subject_keep_the_headers_apart(names: list[str], subject: str) -> None:
    those = tuple(MailAddress(name, f"a{n}@example.org") for n, name in enumerate(names))
    message = message_from_bytes(draft_message(draft(bcc=those, subject=subject)))
    assert [address for _, address in people(message, "Bcc")] == [one.address for one in those]
    assert message["To"] is None and message["X-Unsent"] == "1"
    assert len(message.get_all("Subject", [])) == 1
    assert decoded(str(message["Subject"])).strip() == " ".join(clean(subject).text.split(" ")).strip()


def test_a_file_is_sent_as_what_the_ending_of_its_name_says() -> None:
    files = tuple(MailFile(f"a.{ending}", b"BEGIN:VCALENDAR\r\n") for ending in ("pdf", "ICS", "xyz"))
    parts = message_from_bytes(draft_message(draft(files=files))).get_payload()
    assert isinstance(parts, list)
    kinds = [part.get_content_type() for part in parts[1:] if isinstance(part, Message)]
    assert kinds == ["application/pdf", "text/calendar", "application/octet-stream"]
    calendar = parts[2]
    assert isinstance(calendar, Message) and calendar.get_payload(decode=True) == b"BEGIN:VCALENDAR\r\n"
