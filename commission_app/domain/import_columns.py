"""The names under which lists of money have their columns, folded, without punctuation."""

from collections.abc import Mapping
from typing import Final

#: The encodings of CSV files that can be chosen.
ENCODINGS: Final = ("utf-8", "utf-16", "utf-32", "cp1252", "cp1250", "iso8859-2", "mac-roman", "cp437")

_WHO: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "full name", "contact", "contact name", "donor", "donor name", "given by"),
    "first_name": ("first name", "first", "given name", "forename", "firstname"),
    "last_name": ("last name", "last", "surname", "family name", "lastname"),
    "email": ("email", "e mail", "mail", "email address", "e mail address"),
    "phone": ("phone", "telephone", "tel", "mobile", "cell", "phone number"),
    "address": ("address", "street", "street address", "mailing address", "address line 1"),
    "campaign": ("campaign", "fund", "purpose", "appeal", "for", "project"),
    "amount_cents": ("amount cents",),
    "currency": ("currency", "currency code"),
}

PLEDGE_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    **_WHO,
    "key": ("key", "pledge key"),
    "pledged_on": ("pledged on", "pledge date", "date pledged", "date", "pledged"),
    "amount": ("amount", "pledge", "pledge amount", "amount pledged", "pledged amount", "total"),
    "every": ("schedule", "frequency", "every", "schedule every", "paid every"),
    "count": ("count", "schedule count", "instalments", "installments", "number of payments", "times"),
    "first_on": ("first on", "schedule first on", "first due", "first due on", "due", "due on", "due date"),
    "paid": ("paid", "paid before", "paid so far", "amount paid", "received"),
    "paid_on": ("paid on", "last paid", "last payment", "last paid on"),
    "description": ("description", "what", "in kind", "goods"),
    "unit": ("unit", "units"),
    "quantity": ("quantity", "qty", "how many"),
}

PAYMENT_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    **_WHO,
    "name": (*_WHO["name"], "payer", "payer name", "paid by", "from", "received from"),
    "key": ("key", "payment key"),
    "received_on": (
        "received on",
        "date",
        "received",
        "payment date",
        "date received",
        "deposit date",
        "paid on",
    ),
    "amount": ("amount", "payment", "payment amount", "amount paid", "paid", "total"),
    "method": ("method", "payment method", "how", "paid with"),
    "reference": ("reference", "check", "check number", "check no", "check ref", "number", "transaction"),
    "pledge": ("pledge", "pledge key"),
}

#: Of a bank's or payment service's list: what came in, with who or what it came from.
BANK_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "received_on": (
        *("date", "transaction date", "posting date", "posted date", "post date", "date posted"),
        *(
            "created",
            "created utc",
            "created date utc",
            "datetime",
            "date time",
            "value date",
            "booking date",
        ),
        *("received on", "effective date", "process date"),
    ),
    "amount": (
        *("gross", "gross amount", "total collected", "gross sales", "amount", "amount total"),
        *("transaction amount", "amount usd", "total"),
    ),
    "money_in": (
        *("credit", "credits", "deposit", "deposits", "money in", "paid in", "credit amount"),
        *("amount credit", "deposit amount"),
    ),
    "money_out": (
        *("debit", "debits", "withdrawal", "withdrawals", "money out", "paid out", "debit amount"),
        *("amount debit", "withdrawal amount"),
    ),
    "fee": ("fee", "fees", "processing fee", "processing fees", "fee amount", "total fee", "amount fee"),
    "currency": _WHO["currency"],
    "name": (
        *(*_WHO["name"], "payer", "payer name", "from", "from name", "sender", "sender name", "customer"),
        *("customer name", "card name", "billing name", "cardholder", "payee"),
    ),
    "email": (*_WHO["email"], "from email address", "customer email", "payer email", "buyer email"),
    "details": (
        *("description", "transaction description", "narrative", "particulars", "memo", "note", "text"),
        *("statement descriptor", "details", "transaction"),
    ),
    "note": ("memo", "note", "notes", "message", "subject", "extended description"),
    "type": (
        *("type", "transaction type", "event type", "transaction event", "credit or debit", "details"),
        *("debit credit", "credit debit", "dr cr"),
    ),
    "reference": (
        *("check number", "checknumber", "check no", "check", "check or slip", "transaction id"),
        *("payment id", "reference", "reference number", "ref", "number", "num", "id"),
        *("transaction number", "confirmation"),
    ),
    "status": ("status", "payment status", "transaction status", "state"),
}

_PERSON: Final = ("name", "first_name", "last_name")
#: What a list of each noun must have, in words, and the fields of which one is enough.
NEEDED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "contacts": {"name": _PERSON},
    "memberships": {"name": _PERSON},
    "pledges": {
        "name": _PERSON,
        "amount": ("amount", "amount_cents", "quantity"),
        "day of the pledge": ("pledged_on",),
    },
    "payments": {"name": _PERSON, "amount": ("amount", "amount_cents"), "day": ("received_on",)},
    "bank": {"amount": ("amount", "money_in"), "day": ("received_on",)},
}


_IN_WORDS: Final[Mapping[str, str]] = {
    "amount_cents": "amount in whole cents",
    "pledged_on": "day of the pledge",
    "received_on": "day of the payment",
    "every": "schedule",
    "count": "number of installments",
    "first_on": "first day due",
    "paid": "paid before",
    "paid_on": "day of what was paid before",
    "details": "what the bank says",
    "minor": "whether under 18",
    "from": "joined",
    "to": "ends",
    "town": "city",
    "region": "state",
    "type": "kind of row",
}


def field_in_words(field: str) -> str:
    """What a field of a list is called in a sentence: first day due."""
    return _IN_WORDS.get(field, field.replace("_", " "))


def lacking(noun: str, columns: Mapping[str, int]) -> list[str]:
    """In words, what no column of a list holds and one must."""
    return [what for what, fields in NEEDED[noun].items() if not any(field in columns for field in fields)]


#: Every name that a list of money may have in its first row.
MONEY_HEADERS: Final = frozenset(
    name
    for columns in (PLEDGE_COLUMNS, PAYMENT_COLUMNS, BANK_COLUMNS)
    for names in columns.values()
    for name in names
)
