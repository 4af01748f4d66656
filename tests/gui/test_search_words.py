"""The search by what people say: other words, a person with a noun, words of the help, what can be set."""

from collections.abc import Callable

import pytest

from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.gui.search.entries import SearchEntry
from commission_app.gui.search.ranking import fit
from commission_app.gui.search.wording import help_words, nouns_in, paper_words
from commission_app.services.search import Noun
from tests.gui.conftest import settle


@pytest.fixture
def find(main_window: MainWindow, qtbot: object) -> Callable[[str], list[SearchEntry]]:
    main_window.searching.open()
    settle(main_window, qtbot)  # type: ignore[arg-type] # the robot of the test
    search = main_window.searching.popover()
    assert search is not None

    def typed(text: str) -> list[SearchEntry]:
        search.edit.setText(text)
        return search.found()

    return typed


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("yuki pledge", "Yuki Hashimoto", "Pledge"),
        ("pledge of yuki", "Yuki Hashimoto", "Pledge"),
        ("harold payments", "Harold Lindqvist", "Payment"),
        ("huế inquiry", "Huế", "Inquiry"),
        ("brown act", "Rule book", "Setting"),
        ("brown act", "", "Help"),
        ("54954.2", "", "Rule"),
        ("bigger text", "Larger text", "Action"),
        ("make the font bigger", "Larger text", "Action"),
        ("treasurer report", "Aging of open pledges", "Paper"),
        ("treasurer report", "Open pledges by campaign", "Paper"),
        ("delete member", "End a member’s term", "Action"),
        ("delete member", "End or remove a membership", "Action"),
        ("copy for the treasurer", "Give a reading copy", "Action"),
        ("how do i cancel a meeting", "", "Help"),
        ("quorum", "", "Rule"),
        ("2026-0001", "2026-0001, ", "Receipt"),
        ("receipt 1", "2026-0001, ", "Receipt"),
        ("deposit checking", "Checking, $", "Deposit"),
        ("rotary reminder", "", "Letter to a donor"),
        ("write reminders", "Write reminders", "Action"),
        ("close the year", "Close the year", "Action"),
        ("journal", "Journal for the accountant", "Action"),
        ("accountant", "Journal for the accountant", "Action"),
        ("books", "Journal for the accountant", "Action"),
        ("gnucash", "Journal for the accountant", "Action"),
        ("journal for the accountant", "Journal for the accountant", "Action"),
        ("match a bank's list", "Match a bank’s list", "Action"),
        ("merge contacts", "Merge two contacts", "Action"),
        ("duplicate", "Merge two contacts", "Action"),
        ("enter a batch", "Enter a batch of payments", "Action"),
        ("issue receipts", "Issue receipts", "Action"),
        ("statements", "Issue statements of gifts", "Action"),
    ],
)
def test_search_finds_by_the_words_of_people(
    find: Callable[[str], list[SearchEntry]], typed: str, text: str, kind: str
) -> None:
    found = [(entry.text, entry.kind) for entry in find(typed)]
    assert any(shown.startswith(text) and what.startswith(kind) for shown, what in found), found


def test_what_belongs_to_a_person_comes_first(find: Callable[[str], list[SearchEntry]]) -> None:
    first = find("yuki pledge")[0]
    assert first.kind.startswith("Pledge")
    assert isinstance(first.target, Place)
    assert (first.target.page, first.target.tab) == ("fundraising", "pledges")


def test_words_of_the_help_are_found_where_nothing_is_called_so(
    find: Callable[[str], list[SearchEntry]],
) -> None:
    assert {entry.kind for entry in find("blue ring")} == {"Help"}


def test_the_work_that_is_meant_comes_before_what_only_sounds_like_it(
    find: Callable[[str], list[SearchEntry]],
) -> None:
    assert find("delete member")[0].text == "End a member’s term"
    assert find("brown act")[0].text == "Rule book"
    assert {entry.text for entry in find("deposits")[:2]} >= {"Deposits"}
    assert "Make a deposit" in [entry.text for entry in find("deposits") if entry.kind == "Action"]
    assert find("bigger text")[0].text == "Larger text"


@pytest.mark.parametrize("typed", ["journal", "accountant", "gnucash"])
def test_the_journal_comes_before_the_rules_about_it(
    find: Callable[[str], list[SearchEntry]], typed: str
) -> None:
    assert find(typed)[0].text == "Journal for the accountant"


def test_a_noun_alone_names_nobody() -> None:
    assert nouns_in(["pledges"]) == []
    assert (Noun.PLEDGE, ["yuki"]) in nouns_in(["yuki", "pledge"])


def test_words_that_mean_the_same_are_not_those_of_records() -> None:
    person = SearchEntry("person", "Ann Delete", "Person", Place(page="members"))
    action = SearchEntry("close", "Remove a row", "Action", "remove", does=True)
    assert fit(action, ["delete", "row"]) is not None
    assert fit(person, ["remove", "ann"]) is None


def test_further_words_are_of_what_there_is(look: None) -> None:
    from commission_app.domain.papers import KINDS
    from commission_app.gui.help.topics import help_topics

    assert set(paper_words()) <= {kind.slug for kind in KINDS}
    assert set(help_words()) <= {slug for slug, _, _ in help_topics()}


@pytest.mark.parametrize(
    ("typed", "kind", "place"),
    [
        ("2026-0001", "Receipt", ("receipts", "")),
        ("deposit checking", "Deposit", ("payments", "deposits")),
        ("rotary reminder", "Letter to a donor", ("donor", "")),
    ],
)
def test_papers_and_books_of_the_treasurer_open(
    find: Callable[[str], list[SearchEntry]],
    main_window: MainWindow,
    typed: str,
    kind: str,
    place: tuple[str, str],
) -> None:
    entry = next(entry for entry in find(typed) if entry.kind.startswith(kind))
    assert isinstance(entry.target, Place)
    assert (entry.target.tab, entry.target.action) == place
    main_window.navigate(entry.target)
    assert main_window.desk is not None
    hits = main_window.desk.session.search.recall({Noun(entry.key.split(":")[0]): [entry.key.split(":")[1]]})
    assert [(hit.opens, hit.key) for hit in hits] == [(entry.target.record_id, entry.key.split(":")[1])]
