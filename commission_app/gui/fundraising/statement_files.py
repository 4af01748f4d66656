"""What statements become when they go out: one PDF, a file for each, drafts of e-mails."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from commission_app.domain.mailing import MailAddress, MailDraft, MailFile, usable_address
from commission_app.domain.statements import StatementLine
from commission_app.gui.fundraising.letters_dialog import Told, letter_file, mail_file, write_files

if TYPE_CHECKING:
    from commission_app.services.statements import StatementService


def bundle(statements: "StatementService", ids: list[str], is_original: bool, told: Told) -> bytes:
    """All as one PDF."""
    from commission_app.documents import letter

    return letter.draw_bundle(statements.bundle(ids, is_original=is_original), told).data


def write_each(
    statements: "StatementService", ids: list[str], is_original: bool, folder: Path, told: Told
) -> list[Path]:
    """One file for each in a folder."""
    papers = statements.bundle(ids, is_original=is_original).letters
    return write_files(folder, (letter_file(f"statement-{one.to_lines[0]}", one) for one in papers), told)


def write_mails(
    statements: "StatementService",
    lines: Sequence[StatementLine],
    is_original: bool,
    folder: Path,
    told: Told,
) -> list[Path]:
    """A draft of an e-mail for each in a folder, to those who have an address."""
    attached = QCoreApplication.translate("StatementsDialog", "The statement is attached to this e-mail.")

    def files() -> Iterator[tuple[str, bytes]]:
        for line in lines:
            donor, statement_id = line.donor, line.issued_id
            address = usable_address(donor.email)
            if address is None or statement_id is None:
                continue
            paper = statements.paper(statement_id, is_original=is_original)
            name, data = letter_file(f"statement-{donor.name}", paper)
            mail = MailDraft(
                to=(MailAddress(donor.name, address),),
                subject=paper.subject,
                text="\n\n".join((paper.text, attached, "\n".join(paper.signer_lines))),
                files=(MailFile(name, data),),
            )
            yield mail_file(f"statement-{donor.name}", mail)

    return write_files(folder, files(), told)
