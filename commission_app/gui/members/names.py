"""Names on the screen: native spellings after Latin ones, long ones shortened; small numbers in words."""

import unicodedata

from PySide6.QtCore import QCoreApplication, QLocale

from commission_app.domain.contacts import Contact
from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.name_forms import name_forms
from commission_app.gui.widgets.text import Run


def is_latin(word: str) -> bool:
    """Whether a word is written in Latin letters; a word without any letter counts as such."""
    return all(
        "LATIN" in unicodedata.name(c, "") for c in word if c.isalpha() and unicodedata.category(c) != "Lm"
    )


def split_name(name: str) -> tuple[str, str]:
    """A name and its native spelling: Yuki Hashimoto, 橋本有紀. A name in one script has none."""
    words = name.split()
    at = next((index for index, word in enumerate(words) if not is_latin(word)), len(words))
    if at == 0 or any(is_latin(word) for word in words[at:]):
        return name, ""
    return " ".join(words[:at]), " ".join(words[at:])


def latin_part(contact: Contact) -> str:
    """The first part of a contact's name."""
    return split_name(contact.name)[0]


def native_part(contact: Contact) -> str:
    """The native spelling in a contact's name, if there is one."""
    return split_name(contact.name)[1]


def shortened(name: str, width: int, role: str = "medium") -> str:
    """A name that fits a width: given names become initials, then the title goes."""
    forms = name_forms(name)
    return next((form for form in forms if painting.text_width(role, form) <= width), forms[-1])


def column_name(name: str) -> str:
    """A name as it stands in the first column of a table."""
    return shortened(name, theme.scaled(270))


def name_runs(name: str, role: str) -> list[Run]:
    """A name with its native spelling in the second ink."""
    latin, native = split_name(name)
    second = f"native-{role}" if role in ("title", "heading", "row-title") else "body"
    return [Run(latin, role), Run(native, second, "ink-2")]


def number_word(count: int) -> str:
    """A small number in words, others in figures: two, 31."""
    translate = QCoreApplication.translate
    words = (
        translate("numbers", "no"),
        translate("numbers", "one"),
        translate("numbers", "two"),
        translate("numbers", "three"),
        translate("numbers", "four"),
        translate("numbers", "five"),
        translate("numbers", "six"),
        translate("numbers", "seven"),
        translate("numbers", "eight"),
        translate("numbers", "nine"),
        translate("numbers", "ten"),
        translate("numbers", "eleven"),
        translate("numbers", "twelve"),
    )
    if count == 20:
        return translate("numbers", "twenty")
    return words[count] if 0 <= count < len(words) else QLocale().toString(count)


def begin(sentence: str) -> str:
    """A sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]
