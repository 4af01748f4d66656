"""The words of an import: fields that a column can hold, and verdicts of rows."""

from PySide6.QtCore import QCoreApplication

from commission_app.domain.importing import ImportPreview, ImportRow, Verdict
from commission_app.gui import labels
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.record_model import shown


def field_word(field: str) -> str:
    """What a field of a list is called."""
    translate = QCoreApplication.translate
    return {
        "name": translate("import", "Name"),
        "first_name": translate("import", "First name"),
        "last_name": translate("import", "Last name"),
        "email": translate("import", "E-mail"),
        "phone": translate("import", "Phone"),
        "address": translate("import", "Address"),
        "town": translate("import", "City"),
        "region": translate("import", "State"),
        "postal_code": translate("import", "ZIP code"),
        "language": translate("import", "Language"),
        "kind": translate("import", "Person or organization"),
        "minor": translate("import", "Minor"),
        "ein": translate("import", "EIN"),
        "note": translate("import", "Note"),
        "key": translate("import", "Key"),
        "organization": translate("import", "Community organization"),
        "from": translate("import", "Joined"),
        "to": translate("import", "Ends"),
    }.get(field, field)


def verdict_chip(row: ImportRow) -> ChipSpec:
    """What will become of a row: Add, Already there, May be the same, Refused, Left out."""
    translate = QCoreApplication.translate
    if row.verdict is Verdict.REFUSED:
        return ChipSpec(translate("import", "Refused"), ChipKind.OVERDUE, "overdue")
    if row.verdict is Verdict.PRESENT:
        return ChipSpec(translate("import", "Already there"), ChipKind.QUIET, "ok")
    if not row.is_chosen and row.verdict is Verdict.SIMILAR:
        return ChipSpec(translate("import", "May be the same"), ChipKind.SOON, "warning")
    if not row.is_chosen:
        return ChipSpec(translate("import", "Left out"), ChipKind.OUTLINE, "minus")
    if row.verdict is Verdict.SIMILAR and row.contact_id is not None:
        return ChipSpec(translate("import", "The same"), ChipKind.ACCENT, "person")
    return ChipSpec(translate("import", "Add"), ChipKind.DONE, "add")


def row_days(row: ImportRow) -> str:
    """From when until when, as far as the list says."""
    translate = QCoreApplication.translate
    if row.from_on and row.to_on:
        return translate("import", "{first} to {last}").format(
            first=shown(row.from_on), last=shown(row.to_on)
        )
    if row.from_on:
        return translate("import", "from {first}").format(first=shown(row.from_on))
    return translate("import", "to {last}").format(last=shown(row.to_on)) if row.to_on else ""


def totals(preview: ImportPreview) -> str:
    """How many rows are imported, and what is with the others: 20 to import, 1 already there, 1 refused."""
    translate = QCoreApplication.translate
    chosen = len(preview.chosen)
    undecided = sum(row.verdict is Verdict.SIMILAR and not row.is_chosen for row in preview.rows)
    parts = [translate("import", "{count} to import").format(count=chosen)]
    rest = (
        (preview.count(Verdict.PRESENT), translate("import", "{count} already there")),
        (undecided, translate("import", "{count} may be the same as somebody known")),
        (preview.count(Verdict.REFUSED), translate("import", "{count} refused")),
    )
    parts += [text.format(count=count) for count, text in rest if count]
    return ", ".join(parts) + "."


def doing(count: int) -> str:
    """The words on the button."""
    translate = QCoreApplication.translate
    return labels.counted(
        count, translate("import", "Import {count} row"), translate("import", "Import {count} rows")
    )
