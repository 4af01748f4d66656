"""What donors gave in a period, and what was given back of it: what a statement of gifts tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from commission_app.domain.payments import PaymentMethod

METHODS: Mapping[PaymentMethod, str] = {
    PaymentMethod.CHECK: "Check",
    PaymentMethod.CASH: "Cash",
    PaymentMethod.CARD: "Card",
    PaymentMethod.BANK_TRANSFER: "Bank transfer",
    PaymentMethod.DONOR_ADVISED_FUND: "Donor-advised fund",
    PaymentMethod.OTHER: "Other",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """A refund of a payment, on a day; or, `is_void`, what was taken back of a payment that was voided."""

    on: date
    amount_cents: int
    reason: str
    is_void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """A payment as a statement lists it, or the part of it that one receiver got; `fund` is the
    donor-advised fund that paid it.
    """

    on: date
    method: PaymentMethod | None = None
    reference: str | None = None
    amount_cents: int
    receipt: str = ""
    receiver: str | None = None
    fund: str = ""
    goods: str = ""
    goods_cents: int | None = None
    returned: tuple[GivenBack, ...] = ()

    @property
    def kept_cents(self) -> int:
        """What stayed."""
        return self.amount_cents - sum(one.amount_cents for one in self.returned)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBackLater:
    """A refund in a period of a gift that came in before it, or its void. `stated_on` is the day of the last
    statement that lists the gift and not the refund; where there is none, `taken_off_on` that of the first
    one that takes it off.
    """

    gift: Gift
    refund: GivenBack
    stated_on: date | None = None
    taken_off_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftInKind:
    """Something delivered on a day, described without a value."""

    on: date
    description: str
    quantity: int
    unit: str = ""


@dataclass(slots=True, kw_only=True)
class Giving:
    """What one contact gave in a period. What a donor-advised fund paid on somebody's advice stands by
    itself: it is no contribution of the adviser, and in no total. So does what was given back of earlier
    gifts.
    """

    contact_id: str
    gifts: list[Gift] = field(default_factory=list)
    advised: list[Gift] = field(default_factory=list)
    in_kind: list[GiftInKind] = field(default_factory=list)
    given_back_later: list[GivenBackLater] = field(default_factory=list)

    @property
    def amount_cents(self) -> int:
        """The contributions less what was given back of them."""
        return sum(gift.kept_cents for gift in self.gifts)

    @property
    def total_words(self) -> tuple[str, ...]:
        """What there is besides money, in words."""
        return tuple(
            words
            for words, found in (
                ("gifts through a donor-advised fund", self.advised),
                ("gifts in kind", self.in_kind),
            )
            if found
        )
