"""The help says what is so: pages are reached, no link is dead, buttons, keys, rules and findings exist."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

import commission_app
from commission_app import gui, paths
from commission_app.domain.agendas import Outcome
from commission_app.domain.setting_registry import SPECS
from commission_app.gui import shortcuts
from commission_app.gui.help import finding, keys, roles, topics
from commission_app.gui.page import Page
from commission_app.gui.widgets.dialog import Dialog

PACKAGE = Path(commission_app.__file__).parent
SLUGS = [slug for slug, _, _ in topics.help_topics()]
GUIDES = {role: paths.resource("help", "guides", f"{role}.md").read_text("utf-8") for role in roles.ROLES}
TEXTS = {slug: topics.topic(slug).text for slug in SLUGS} | GUIDES
#: Keys that a list, a form or a dialog of the system understands by itself, beside the list of all keys.
_KEYS_OF_WIDGETS = {"D", "Tab", "P", "R", "E", "A", "Alt+Left", "Alt+Right"}
_KEY = re.compile(
    r"`((?:(?:Ctrl|Shift|Alt|Cmd)\+)*(?:[A-Z]|F\d+|Tab|Enter|Esc|Del|Up|Down|Left|Right|[0-9=/,-]))`"
)


@cache
def _strings() -> frozenset[str]:
    """Every literal of the program's source, as buttons have them."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)


def _classes(base: type) -> Iterator[type]:
    """The classes of the window that are of a kind, all of its modules imported."""
    for module in pkgutil.walk_packages(gui.__path__, "commission_app.gui."):
        found = importlib.import_module(module.name)
        for _, kind in inspect.getmembers(found, inspect.isclass):
            if kind.__module__ == module.name and issubclass(kind, base) and kind is not base:
                yield kind


def test_every_page_and_dialog_has_its_help() -> None:
    pages = (kind for kind in _classes(Page) if hasattr(kind, "name"))  # what others are made from has none
    dialogs = (kind for kind in _classes(Dialog) if ".widgets." not in kind.__module__)  # as above
    shown = chain(pages, dialogs)
    assert [topics.screen_of(kind) for kind in shown if not topics.topic_of_kind(kind)] == []


def test_every_tab_has_its_help() -> None:
    from PySide6.QtWidgets import QWidget

    shown = (kind for kind in _classes(QWidget) if kind.__name__.endswith(("Tab", "Pane")))
    bases = {"MoneyTab", "_Tab", "Tab", "Pane", "ListPane", "MeetingsPane", "InquiriesPane", "PreviewPane"}
    without = [
        topics.screen_of(kind)
        for kind in shown
        if kind.__name__ not in bases and not topics.topic_of_kind(kind)
    ]
    assert without == []


def test_the_table_of_screens_names_classes_and_pages_that_exist() -> None:
    from PySide6.QtWidgets import QWidget

    there = {topics.screen_of(kind) for kind in _classes(QWidget)}
    assert set(topics.SCREENS) <= there
    assert {*topics.SCREENS.values(), *topics.FOLDERS.values()} <= set(SLUGS)
    assert set(topics.FOLDERS) <= {name.split(".")[0] for name in there}


def test_every_file_is_a_page_of_the_list() -> None:
    files = {path.stem for path in paths.resource("help").glob("*.md")}
    assert set(SLUGS) == {*files, keys.SLUG}
    assert len(SLUGS) == len(set(SLUGS))


@pytest.mark.parametrize("slug", SLUGS)
def test_no_link_is_dead(slug: str) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", TEXTS[slug]):
        page, _, heading = link.partition("#")
        name = page.removesuffix(".md")
        assert name in {*SLUGS, *roles.ROLES}, link
        if heading:
            assert heading in {topics.anchor(words) for words in topics.topic(name).headings}, link


@pytest.mark.parametrize("slug", sorted(TEXTS))
def test_every_button_in_bold_is_one_of_the_program(slug: str) -> None:
    named = re.findall(r"\*\*(.+?)\*\*", TEXTS[slug]) if slug != "open-record" else []  # it has none
    assert [words for words in named if not _is_said(words)] == []


def _is_said(words: str) -> bool:
    """Whether the program has a button of these words; a number in them stands for a placeholder."""
    wanted = re.sub(r"\d+", "{}", words)
    return words in _strings() or any(wanted == re.sub(r"\{\w+\}", "{}", text) for text in _strings())


@pytest.mark.parametrize("slug", sorted(TEXTS))
def test_every_key_is_one_of_the_program(slug: str) -> None:
    known = {key for group in shortcuts.groups() for key, _ in group.keys}
    known |= _KEYS_OF_WIDGETS
    for key in _KEY.findall(TEXTS[slug]):
        assert key in known, key
        assert not QKeySequence(key).isEmpty()


def test_every_setting_is_explained_under_its_name_with_its_source() -> None:
    rules = topics.topic("rules")
    sections = dict(
        part.partition("\n")[::2] for part in re.split(r"^### ", rules.text, flags=re.MULTILINE)[1:]
    )
    for spec in SPECS:
        assert spec.help in sections[spec.label]
        assert f"`{spec.name}`" in sections[spec.label]
        assert spec.source in sections[spec.label]


def test_every_finding_is_explained() -> None:
    source = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if "gui" not in path.parts)
    rules = set(re.findall(r'\brule="([a-z-]+)"', source))
    assert "three-meetings" in rules
    told = set(re.findall(r"^## .*`([a-z-]+)`$", TEXTS["findings"], flags=re.MULTILINE))
    assert told == rules


def test_every_outcome_of_an_item_is_named() -> None:
    assert [each.value for each in Outcome if each.value not in TEXTS["roll"]] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_begins_with_its_title_and_is_short(slug: str) -> None:
    assert TEXTS[slug].startswith("# ")
    if slug not in {"open-record", "glossary", "rules", "run", keys.SLUG}:
        assert len(TEXTS[slug].split()) < 420
    assert "!" not in TEXTS[slug].replace("](", "")


def test_the_page_of_keys_has_every_key_under_the_place_where_it_works() -> None:
    parts = re.split(r"^## ", topics.topic(keys.SLUG).text, flags=re.MULTILINE)[1:]
    told = {
        part.partition("\n")[0]: re.findall(r"^\| `(.+?)` \| (.+) \|$", part, re.MULTILINE) for part in parts
    }
    assert told == {group.title: list(group.keys) for group in shortcuts.groups()}
    assert "F1" in dict(told["Everywhere"])


# Finding


def test_finding_folds_accents_and_capitals() -> None:
    assert finding.find("MEMORÁNDUM") == finding.find("memorandum") != []


def test_all_words_have_to_be_there_and_a_heading_counts_most() -> None:
    hits = finding.find("twelve checks")
    assert (hits[0].slug, hits[0].heading) == ("batches", "Enter twelve checks")
    assert finding.find("twelve unicorns") == []
    assert finding.find("   ") == []


def test_a_page_is_found_by_its_title_first() -> None:
    assert finding.find("backups")[0].slug == "backups"


def test_a_hit_shows_the_words_around_it() -> None:
    hit = finding.find("real hours")[0]
    assert "real hours" in hit.context.casefold()
    assert "`" not in hit.context
    assert "**" not in hit.context


def test_what_people_ask_is_found() -> None:
    for asked, slug in (
        ("post agenda", "posting"),
        ("undo", "history"),
        ("twenty members", "findings"),
        ("alternate", "glossary"),
        ("cut-off", "glossary"),
        ("mid-year", "start"),
        ("large text", "appearance"),
        ("write off", "pledges"),
        ("ctrl+shift+z", "keys"),
    ):
        assert slug in [hit.slug for hit in finding.find(asked)[:4]], asked
