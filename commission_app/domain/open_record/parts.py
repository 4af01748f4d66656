"""Objects within entries that several nouns of the open record share."""

from commission_app.domain.open_record.kinds import Day, Field, Nested, Text
from commission_app.domain.validation import RECOMMENDED

_REQUIRED = True

VOIDED = Nested(
    (
        Field("on", Day(), _REQUIRED, column="voided_on"),
        Field("reason", Text(RECOMMENDED), _REQUIRED, column="void_reason"),
    )
)
