"""The words of receipts on the screen: which paper it is, and how it stands."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from commission_app.domain.receipts import ReceiptKind
from commission_app.gui.widgets.chips import ChipKind, ChipSpec


def kind(value: ReceiptKind) -> str:
    """Receipt, Acknowledgement, Thanks for a fund's payment, In kind, Lost number."""
    translate = QCoreApplication.translate
    return {
        ReceiptKind.SHORT: translate("receipts", "Receipt"),
        ReceiptKind.FULL: translate("receipts", "Full acknowledgement"),
        ReceiptKind.ACKNOWLEDGEMENT: translate("receipts", "Thanks, no tax receipt"),
        ReceiptKind.FUND: translate("receipts", "Thanks, paid by a fund"),
        ReceiptKind.IN_KIND: translate("receipts", "In kind"),
        ReceiptKind.LOST: translate("receipts", "Lost number"),
    }[value]


def state(value: ReceiptKind, voided_on: date | None) -> ChipSpec:
    """Issued, Void, Lost."""
    translate = QCoreApplication.translate
    if value is ReceiptKind.LOST:
        return ChipSpec(translate("receipts", "Lost"), ChipKind.OUTLINE, "void")
    if voided_on is not None:
        return ChipSpec(translate("receipts", "Void"), ChipKind.OUTLINE, "void")
    return ChipSpec(translate("receipts", "Issued"), ChipKind.QUIET, "ok")


def parted(receivers: Sequence[str]) -> str:
    """That a payment with several receivers gets no receipt, and what to do; empty where it has one."""
    if len(receivers) < 2:
        return ""
    translate = QCoreApplication.translate
    text = translate(
        "receipts", "Parts of it go to {names}. A receipt names one receiver: record it as two payments."
    )
    both = translate("receipts", "{first} and {last}")
    return text.format(names=both.format(first=", ".join(receivers[:-1]), last=receivers[-1]))
