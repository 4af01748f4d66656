"""The JSON Schema of the open record, and the table of its help page."""

from typing import Any

from commission_app.domain.open_record.fields import Field, object_schema
from commission_app.domain.open_record.form import FORMAT
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.nouns import NOUNS
from commission_app.domain.parcels import header_schema


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that `load` checks, before keys and rules."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Open record of a sister cities commission, {FORMAT}",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "parcel": header_schema(),
            **{noun.name: _noun(noun) for noun in NOUNS},
        },
        "additionalProperties": False,
    }


def _noun(noun: Noun) -> dict[str, Any]:
    entry = object_schema(noun.fields)
    return entry if noun.is_single else {"type": "array", "items": entry}


def help_table() -> str:
    """Every noun with its fields as a Markdown table; a star marks what is required."""
    lines = ["| noun | fields (* required) |", "|---|---|"]
    lines += [
        f"| `{noun.name}` | {', '.join(_described(field) for field in noun.fields)} |" for noun in NOUNS
    ]
    return "\n".join(lines)


def _described(field: Field) -> str:
    words = [word for word in (field.kind.words, field.note) if word and word not in ("text", "day")]
    name = f"{field.name}{'*' * field.required}"
    return f"{name} ({'; '.join(words)})" if words else name
