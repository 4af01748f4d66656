"""The words of papers to donors: placeholders, what is refused, what is always added."""

import pytest

from commission_app.domain.donor_letters import Wordable
from commission_app.domain.wording import (
    ALWAYS_ADDED,
    OURS,
    PLACEHOLDERS,
    Wording,
    check_wording,
    examples,
    fill,
    names_money,
)


@pytest.mark.parametrize("paper", list(Wordable))
def test_our_own_words_pass_and_can_be_filled_in(paper: Wordable) -> None:
    assert check_wording(paper, OURS[paper]) == []
    filled = fill(OURS[paper].subject + OURS[paper].text, examples(paper))
    assert "{" not in filled
    assert paper in ALWAYS_ADDED


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("ammount", "amount"), ("Name", "name"), ("recieved_on", "received_on"), ("campain", "campaign")],
)
def test_unknown_placeholder_is_refused_with_the_nearest(typed: str, nearest: str) -> None:
    wording = Wording(subject="Thanks", text=f"Dear {{name}}, thank you: {{{typed}}}.")
    (problem,) = check_wording(Wordable.RECEIPT, wording)
    assert problem.path == "text"
    assert problem.message == f"There is no {{{typed}}} for this paper. The nearest is {{{nearest}}}."


def test_placeholder_of_another_paper_is_refused_in_the_subject() -> None:
    (problem,) = check_wording(Wordable.STATEMENT, Wording(subject="{number}", text="Dear {name}"))
    assert problem.path == "subject"


@pytest.mark.parametrize("name", ["amount", "total", "value", "estimate"])
def test_in_kind_wording_knows_no_amount(name: str) -> None:
    (problem,) = check_wording(Wordable.IN_KIND, Wording(subject="Thanks", text=f"It is {{{name}}}."))
    assert problem.message == f"A receipt in kind names no amount: take out {{{name}}}."
    names = {placeholder.name for placeholder in PLACEHOLDERS[Wordable.IN_KIND]}
    assert not names & {"amount", "total", "value", "estimate"}


@pytest.mark.parametrize(
    "text",
    [
        *("worth $300", "worth 300 USD", "about two hundred dollars", "12.50", "1,250.00", "＄300", "€ 20"),
        *("300 TWD", "EUR 20", "12,50", "50 cents", "１２.５０"),
        *("worth 500", "of an estimated fair market value of 300", "1,250", "worth 1.000", "500 pesos"),
        *("5 zł", "20 Kč", "500 Baht", "20 pounds", "300 in value"),
    ],
)
def test_in_kind_wording_with_a_figure_of_money_is_refused(text: str) -> None:
    (problem,) = check_wording(Wordable.IN_KIND, Wording(subject="Thanks", text=f"Your gift, {text}, came."))
    assert problem.message.startswith("A receipt in kind names no amount: take out")
    assert check_wording(Wordable.RECEIPT, Wording(subject="Thanks", text=text)) == []


@pytest.mark.parametrize(
    "text",
    [
        *("12 nights", "1.5 kg of tea", "2026-0012", "the 60th year", "they won the cup", "10:30"),
        *("1,200 cranes", "20 pounds of rice", "a valued gift, call 555-0142"),
        "We value your help. In 2027 we travel",
    ],
)
def test_other_figures_are_no_money(text: str) -> None:
    assert names_money(text) is None


def test_values_are_filled_in_once() -> None:
    assert fill("Dear {name}: {amount}", {"name": "{amount}", "amount": "$5.00"}) == "Dear {amount}: $5.00"


@pytest.mark.parametrize(("subject", "text", "path"), [(" ", "x", "subject"), ("x", "\n", "text")])
def test_empty_words_are_refused(subject: str, text: str, path: str) -> None:
    (problem,) = check_wording(Wordable.FULL, Wording(subject=subject, text=text))
    assert problem.path == path


def test_too_long_a_text_is_refused_never_cut() -> None:
    (problem,) = check_wording(Wordable.FULL, Wording(subject="x", text="x" * 5_001))
    assert "5,000" in problem.message
