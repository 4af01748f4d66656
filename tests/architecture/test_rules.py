"""Each rule finds what it is there to find, and lets pass what it must."""

import ast

import pytest

from tests.architecture import rules
from tests.architecture.rules import Rule

BAD = [
    (
        rules.domain_imports_only_domain_and_errors,
        "domain/money.py",
        "from commission_app.storage import rows",
    ),
    (rules.domain_imports_only_domain_and_errors, "domain/money.py", "from commission_app import clock"),
    (
        rules.domain_imports_only_domain_and_errors,
        "domain/money.py",
        "def f():\n import commission_app.paths",
    ),
    (
        rules.services_import_papers_when_used,
        "services/meetings.py",
        "from commission_app.documents import agenda",
    ),
    (rules.services_import_papers_when_used, "services/meetings.py", "from commission_app import exchange"),
    (
        rules.services_import_papers_when_used,
        "services/a.py",
        "try:\n import commission_app.exchange.csv\nfinally: 0",
    ),
    (
        rules.window_starts_with_qt_alone,
        "gui/main_window.py",
        "from commission_app.services.files import Files",
    ),
    (rules.window_starts_with_qt_alone, "gui/application.py", "from commission_app import bootstrap"),
    (rules.entry_point_imports_nothing_heavy, "__main__.py", "from commission_app.cli import main"),
    (rules.only_the_writer_changes_rows, "services/a.py", "from sqlalchemy import insert"),
    (rules.only_the_writer_changes_rows, "storage/a.py", "from sqlalchemy.dialects.sqlite import insert"),
    (rules.only_the_writer_changes_rows, "storage/a.py", "import sqlalchemy as sa\nsa.update(table)"),
    (rules.only_the_writer_changes_rows, "storage/a.py", "connection.execute(table.delete())"),
    (rules.only_the_writer_changes_rows, "storage/a.py", "text('insert or replace into t values (1)')"),
    (rules.only_the_writer_changes_rows, "storage/a.py", "text(f'UPDATE {name} SET a = 1')"),
    (rules.only_the_writer_changes_rows, "storage/a.py", "text('DELETE\\n FROM t')"),
    (rules.only_the_clock_asks_the_time, "services/a.py", "datetime.now(UTC)"),
    (rules.only_the_clock_asks_the_time, "gui/a.py", "day = datetime.date.today()"),
    (rules.only_the_clock_asks_the_time, "gui/a.py", "QDate.currentDate()"),
    (rules.only_the_clock_asks_the_time, "storage/a.py", "from time import time"),
    (rules.texts_can_be_translated, "gui/a.py", "self.tr(f'{count} members')"),
    (rules.texts_can_be_translated, "gui/a.py", "self.tr('%d members' % count)"),
    (rules.texts_can_be_translated, "gui/a.py", "tr('{} members'.format(count))"),
    (rules.texts_can_be_translated, "gui/a.py", "QCoreApplication.translate('Page', 'a' + b)"),
    (rules.only_the_theme_styles, "gui/home/page.py", "self.setStyleSheet('color: red')"),
    (rules.slots_are_bound_methods, "gui/a.py", "button.clicked.connect(lambda: self.go())"),
    (rules.slots_are_bound_methods, "gui/a.py", "button.clicked.connect(partial(self.go, 1))"),
    (rules.slots_are_bound_methods, "gui/a.py", "button.clicked.connect(functools.partial(self.go, 1))"),
    (rules.slots_are_bound_methods, "gui/a.py", "def f(self):\n def go(): ...\n b.clicked.connect(go)"),
    (rules.boxes_come_from_messages, "gui/a.py", "from PySide6.QtWidgets import QLabel, QMessageBox"),
    (rules.boxes_come_from_messages, "gui/a.py", "QtWidgets.QMessageBox.question(None, 'a', 'b')"),
    (rules.modules_are_named_for_what_they_hold, "services/utils.py", ""),
    (rules.modules_are_named_for_what_they_hold, "gui/common/page.py", ""),
    (rules.tests_wait_for_what_happens, "tests/gui/test_a.py", "qtbot.wait(100)"),
    (rules.tests_wait_for_what_happens, "tests/unit/test_a.py", "def f():\n time.sleep(0.1)"),
]

GOOD = [
    (
        rules.domain_imports_only_domain_and_errors,
        "domain/money.py",
        "from commission_app.errors import Problem",
    ),
    (
        rules.domain_imports_only_domain_and_errors,
        "domain/money.py",
        "from commission_app.domain import members",
    ),
    (
        rules.services_import_papers_when_used,
        "services/a.py",
        "def f():\n from commission_app.documents import agenda",
    ),
    (
        rules.services_import_papers_when_used,
        "services/a.py",
        "if TYPE_CHECKING:\n from commission_app.documents import agenda",
    ),
    (rules.window_starts_with_qt_alone, "gui/main_window.py", "from commission_app.gui.theme import Theme"),
    (
        rules.window_starts_with_qt_alone,
        "gui/main_window.py",
        "def f():\n from commission_app import bootstrap",
    ),
    (rules.entry_point_imports_nothing_heavy, "__main__.py", "import sys\ndef main():\n import click"),
    (
        rules.only_the_writer_changes_rows,
        "storage/writer.py",
        "from sqlalchemy import insert, update, delete",
    ),
    (rules.only_the_writer_changes_rows, "storage/a.py", "names.update(found); rows.insert(0, row)"),
    (rules.only_the_writer_changes_rows, "storage/a.py", "'CREATE TRIGGER t BEFORE UPDATE ON a'"),
    (rules.only_the_writer_changes_rows, "services/a.py", "from sqlalchemy import select"),
    (rules.only_the_writer_changes_rows, "gui/gauge.py", "self.update()"),
    (rules.only_the_clock_asks_the_time, "clock.py", "datetime.now(UTC)"),
    (rules.only_the_clock_asks_the_time, "services/a.py", "clock.now(); time.monotonic()"),
    (rules.texts_can_be_translated, "gui/a.py", "self.tr('%n members', '', count).format(count=count)"),
    (rules.texts_can_be_translated, "gui/a.py", "self.tr('a long ' 'text')"),
    (rules.texts_can_be_translated, "gui/a.py", "painter.translate(a + b, c)"),
    (rules.texts_can_be_translated, "domain/a.py", "name.translate(A | B)"),
    (rules.only_the_theme_styles, "gui/theme.py", "application.setStyleSheet(text)"),
    (rules.slots_are_bound_methods, "gui/a.py", "button.clicked.connect(self.go)"),
    (rules.boxes_come_from_messages, "gui/messages.py", "from PySide6.QtWidgets import QMessageBox"),
    (rules.modules_are_named_for_what_they_hold, "services/members.py", ""),
    (rules.tests_wait_for_what_happens, "tests/gui/test_a.py", "qtbot.waitUntil(shown, timeout=500)"),
]


def found(rule: Rule, module: str, source: str) -> list[tuple[int, str]]:
    path = module if module.startswith("tests/") else f"commission_app/{module}"
    return list(rule(path, ast.parse(source)))


@pytest.mark.parametrize(("rule", "module", "source"), BAD)
def test_rule_finds_what_is_wrong(rule: Rule, module: str, source: str) -> None:
    assert found(rule, module, source)


@pytest.mark.parametrize(("rule", "module", "source"), GOOD)
def test_rule_passes_what_is_right(rule: Rule, module: str, source: str) -> None:
    assert found(rule, module, source) == []


def test_every_rule_is_shown_both_ways() -> None:
    assert (
        {rule for rule, _, _ in BAD}
        == {rule for rule, _, _ in GOOD}
        == {*rules.PROGRAM_RULES, *rules.TEST_RULES}
    )
