"""What a secretary and a treasurer do, one function a use case, each in a folder of its own: it is killed,
its disk fills up, its file goes away.

A folder holds the keeper's file, a list, a record and a parcel to read, and `out` to write into.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from commission_app import paths
from commission_app.bootstrap import CommissionProgram
from commission_app.documents import printed
from commission_app.domain.agendas import AgendaItemDraft
from commission_app.domain.commission import Commission
from commission_app.domain.open_record.nouns import BY_NAME
from commission_app.exchange.reading_lists import read_list
from commission_app.exchange.whole_files import write_whole
from commission_app.exchange.writing_lists import as_xlsx, flattened
from commission_app.services import handover
from commission_app.services.session import Session
from tests.integration import three_laptops as three
from tests.integration.next_version import install

FILE: Final = "glen.commission"
PEOPLE: Final = "Name,E-mail\n" + "".join(f"Guest {n},guest{n}@example.org\n" for n in range(40))


def prepare(folder: Path) -> None:
    """Everything that the operations below need, and a backup on the shelf."""
    three.begin(folder)
    laptops = three.Laptops(folder)
    laptops.keeper.handover.write(folder / "handed", to="Ben Li")
    laptops.give("copy", "Cy Ng")
    three.add_person(laptops.sessions["copy"], "Dora Diaz", "dora")
    three.pay(laptops.sessions["copy"], "p-berg", 2_500, key="from-copy")
    laptops.parcel("copy").rename(folder / "parcel.json")
    three.add_person(laptops.keeper, "Eva Holm", "eva")
    laptops.keeper.backups.make("start")
    laptops.close()
    people = [{"key": f"n{n}", "kind": "person", "name": f"New {n}", "note": "x" * 200} for n in range(60)]
    record = {"format": "commission-record/1", "contacts": people}
    (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
    (folder / "list.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "out").mkdir()


@contextmanager
def opened(folder: Path) -> Iterator[Session]:
    session = CommissionProgram().open_writing(folder / FILE, who="Ana Ruiz", on=three.TODAY)
    try:
        yield session
    finally:
        session.close()


def _in_session(work: Callable[[Session, Path], object]) -> Callable[[Path], None]:
    def operation(folder: Path) -> None:
        with opened(folder) as session:
            work(session, folder)

    return operation


def _agenda(session: Session, folder: Path) -> None:
    meeting = three.id_of(session, "meetings", "m1")
    session.agendas.add(AgendaItemDraft(meeting_id=meeting, section="new-business", title="Gardens " * 9))


def _schedule(session: Session, folder: Path) -> None:
    starts = [datetime(2027, month, 25, 18) for month in range(1, 13)]
    session.meetings.enter_year(starts, "City Hall, " + "upstairs " * 9)


def _post(session: Session, folder: Path) -> None:
    session.postings.make_copy(three.id_of(session, "meetings", "m1"))


def _pledge(session: Session, folder: Path) -> None:
    donor, campaign = three.id_of(session, "contacts", "eva"), three.id_of(session, "campaigns", "youth")
    session.pledges.record(three.money_pledge(None, donor, campaign))


def _void(session: Session, folder: Path) -> None:
    payment = three.pay(session, "p-rotary", 1_000)
    session.payments.void(payment, three.TODAY, "Came back")


def _import(session: Session, folder: Path) -> None:
    session.imports.carry_out(session.imports.preview_contacts(read_list(folder / "list.csv")))


def _parcel(session: Session, folder: Path) -> None:
    session.parcels.load(session.parcels.read(folder / "parcel.json"))


def _export(session: Session, folder: Path) -> None:
    write_whole(folder / "out" / "record.json", session.record.text().encode())


def _sheet(session: Session, folder: Path) -> None:
    header, rows = flattened(session.record.entries("contacts"), list(BY_NAME["contacts"].by_name))
    write_whole(folder / "out" / "contacts.xlsx", as_xlsx("contacts", header, rows))


def _paper(session: Session, folder: Path) -> None:
    data = printed.draw(session.papers.paper("state").content).data
    write_whole(folder / "out" / "state.pdf", data)


def _draft(session: Session, folder: Path) -> None:
    session.drafts.keep("letter", "a letter", {"page": "inquiries"}, {"text": "Dear Mayor " * 400})


def _restore(folder: Path) -> None:
    [backup] = (folder / "home").rglob("*.commission-backup")
    CommissionProgram().restore(backup, folder / FILE)


def _create(folder: Path) -> None:
    body = Commission(name="New", city="Tainan", country="TW", zone="Asia/Taipei", rules="generic")
    CommissionProgram().create(folder / "out" / "new.commission", body, who="Ana Ruiz")


def _upgrade(folder: Path) -> None:
    CommissionProgram().upgrade(folder / FILE, who="Ana Ruiz")


#: Use cases that write into the record: one transaction each.
WRITING: Final[dict[str, Callable[[Path], None]]] = {
    "contact": _in_session(lambda session, _: three.add_person(session, "Finn Berg" + "!" * 100)),
    "meetings": _in_session(_schedule),
    "agenda item": _in_session(_agenda),
    "posting copy": _in_session(_post),
    "pledge": _in_session(_pledge),
    "payment": _in_session(lambda session, _: three.pay(session, "p-berg", 3_000)),
    "voided payment": _in_session(_void),
    "delivery": _in_session(lambda session, _: three.deliver(session, 2)),
    "undo": _in_session(lambda session, _: session.history.undo()),
    "draft": _in_session(_draft),
    "import": _in_session(_import),
    "load": _in_session(lambda session, folder: session.record.load_file(folder / "record.json")),
    "parcel": _in_session(_parcel),
}
#: Whole files: made beside the record, or put in its place.
MAKING: Final[dict[str, Callable[[Path], None]]] = {
    "backup": _in_session(lambda session, _: session.backups.make()),
    "copy": _in_session(lambda session, folder: session.copies.give(folder / "out/c.commission", to="Cy")),
    "hand over": _in_session(lambda session, folder: session.handover.write(folder / "out/h", to="Ben")),
    "receive": lambda folder: void(handover.receive(folder / "handed", folder / "out/new.commission")),
    "export": _in_session(_export),
    "sheet": _in_session(_sheet),
    "paper": _in_session(_paper),
    "create": _create,
    "restore": _restore,
    "upgrade": _upgrade,
}
OPERATIONS: Final = {**WRITING, **MAKING}
#: What is made ready before an operation, while all is well.
BEFORE: Final[dict[str, Callable[[Path], None]]] = {"upgrade": lambda folder: install(folder / "db")}


def void(_: object) -> None:
    """Nothing is made of a result."""


def at_home(folder: Path, set_to: Callable[[str, str], None] = os.environ.__setitem__) -> None:
    """Let the user's data be in the folder too, so that a copy of it has its backups."""
    set_to("HOME", str(folder))
    for name, inside in (("DATA", "data"), ("CONFIG", "config"), ("STATE", "state"), ("CACHE", "cache")):
        set_to(f"XDG_{name}_HOME", str(folder / "home" / inside))
    paths.user_data.cache_clear()
