"""What is drawn of imports and of the first run: every step, long and foreign values, questions, an end."""

from pathlib import Path

from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.imports.dialog import ImportDialog
from commission_app.gui.members.page import MembersPage
from commission_app.gui.welcome.seats_step import SeatsStep
from commission_app.gui.welcome.setup_page import SetupPage
from tests.screens.scenes import scene
from tests.screens.stage import Stage

LONG = "Dr. Anneliese Montgomery-Featherstonehaugh-Württembergisch"
PEOPLE = (
    "Full name;E-mail address;Mobile;Joined;Favorite color\n"
    "Ana Ruiz;ana.ruiz@example.org;(408) 555-0101;2024-05-01;blue\n"
    "Amina Dialo;amina@example.org;;2024-05-01;\n"
    f"{LONG};anneliese.montgomery-featherstonehaugh@example.org;;2024-05-01;\n"
    "Đặng Thị Minh Khai;khai@example.org;;2025-01-01;\n王小明 Wang Xiaoming;;;2025-01-01;\n"
    "Li Wei;li@@example;;2025-01-01;\nבן דוד;;;2025-13-01;\n"
)
PLEDGES = (
    "Donor,Fund,Date,Amount,Schedule,Paid so far\n"
    'Ana Ruiz,{campaign},03/04/2026,"1.200,00","monthly, 12","250,00"\n'
    '王小明,{campaign},05/06/2026,"500,00",once,\n'
    'Nobody Known,Not a campaign,05/06/2026,"12,50",once,\n'
)


def _people(stage: Stage, text: str = PEOPLE) -> ImportDialog:
    stage.go(MembersPage, tab="contacts", action="import")
    dialog = stage.window.findChildren(ImportDialog)[-1]
    dialog.read_file(_file(stage, "people.csv", text))
    stage.settle()
    return dialog


def _file(stage: Stage, name: str, text: str) -> Path:
    path = stage.window.preferences.recent()[0].path.with_name(name)
    path.write_text(text, "utf-8")
    return path


def _pledges(stage: Stage) -> ImportDialog:
    stage.go(FundraisingPage, tab="pledges", action="import")
    dialog = stage.window.findChildren(ImportDialog)[-1]
    campaign = stage.desk.session.campaigns.all()[0].name
    dialog.read_file(_file(stage, "pledges.csv", PLEDGES.format(campaign=campaign)))
    stage.settle()
    return dialog


@scene("import-source", large=True)
def _source(stage: Stage) -> None:
    stage.go(MembersPage, tab="contacts", action="import")


@scene("import-rows", large=True)
def _rows(stage: Stage) -> None:
    _people(stage)


@scene("import-columns", large=True)
def _columns(stage: Stage) -> None:
    _people(stage).show_columns()


@scene("import-needed")
def _needed(stage: Stage) -> None:
    _people(stage, PEOPLE.replace("Full name", "Wer"))


@scene("import-pledges-question", large=True)
def _question(stage: Stage) -> None:
    _pledges(stage)


@scene("import-pledges-rows")
def _pledge_rows(stage: Stage) -> None:
    dialog = _pledges(stage)
    dialog.columns.day_order.set_value(False)
    dialog.go_on()
    stage.settle()
    dialog.columns.cents.set_value(True)
    dialog.go_on()
    stage.settle()


@scene("import-summary", large=True)
def _summary(stage: Stage) -> None:
    dialog = _people(stage)
    dialog.go_on()
    stage.settle()


def _setup(stage: Stage, step: int) -> SetupPage:
    stage.window.setup.begin()
    page = stage.window.setup.page
    assert page is not None
    page.show_step(step)
    stage.settle()
    return page


@scene("setup-commission", file="empty")
def _setup_commission(stage: Stage) -> None:
    _setup(stage, 0)


@scene("setup-letterhead", file="empty", large=True)
def _setup_letterhead(stage: Stage) -> None:
    _setup(stage, 1)


@scene("setup-seats", file="empty", large=True)
def _setup_seats(stage: Stage) -> None:
    step = _setup(stage, 2).steps[2]
    assert isinstance(step, SeatsStep)
    text = f"Name,Until\nAna Ruiz,2027-12-31\nĐặng Thị Minh Khai,2027-12-31\n{LONG},2026-12-31\n王小明,\n"
    step.read_file(_file(stage, "members.csv", text))


@scene("setup-organization", file="empty")
def _setup_organization(stage: Stage) -> None:
    _setup(stage, 3)


@scene("setup-meetings", file="empty", large=True)
def _setup_meetings(stage: Stage) -> None:
    _setup(stage, 4)
