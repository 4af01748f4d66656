"""Address labels for contacts."""

from collections.abc import Sequence
from dataclasses import dataclass

from commission_app.domain.labels import Labelled, labels_of
from commission_app.services.contacts import names
from commission_app.services.context import Context


@dataclass(frozen=True, slots=True)
class LabelService:
    """Labels of the size that the commission prints on."""

    context: Context

    def labels(self, contact_ids: Sequence[str], *, start: int = 1, size: str | None = None) -> Labelled:
        """A label for each contact with an address, in this order; `size` is letter (Avery 5160) or a4
        (L7160). Raises ValidationError where the sheet has no such first label, or nobody an address.
        """
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            page_size = size or self.context.rule_book(connection).text("paper.size", today)
            found = names(connection, contact_ids)
        known = [found[one] for one in contact_ids if one in found]
        return labels_of(known, start=start, page_size=page_size)
