"""Forms for campaigns: a new one, and the details of one that is there."""

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from commission_app.domain.campaigns import Campaign, CampaignDraft
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.fundraising.words import money_field
from commission_app.gui.members.days import day_field
from commission_app.gui.members.person import contact_row
from commission_app.gui.members.seat_details import LiveForm
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow

_MOST_OFFERED = 60


class _Receivers(QObject):
    """Who may receive the money: any contact, by what is typed; an organization that is missing is added."""

    def __init__(self, desk: Desk, form: Form) -> None:
        super().__init__(form)
        self._desk, self._contacts, self._form = desk, desk.session.contacts, form

    def find(self, text: str) -> list[LookupRow]:
        return [contact_row(contact) for contact in self._contacts.all(None, text)[:_MOST_OFFERED]]

    @Slot(str)
    def add(self, name: str) -> None:
        """Add an organization to the contacts and choose it."""
        field = self._form.fields["receiver_id"]
        draft = ContactDraft(name=name, kind=ContactKind.ORGANIZATION)
        done = self._desk.operations.run(self._contacts.add, draft)
        if done is not None and isinstance(field, LookupField):
            field.choose(LookupRow(done.value, name))

    def row(self, contact_id: str | None) -> LookupRow | None:
        return contact_row(self._contacts.get(contact_id)) if contact_id else None


def _add_fields(form: Form, desk: Desk, currency: str) -> _Receivers:
    today, receivers = labels.today(), _Receivers(desk, form)
    form.add("name", TextField(form.tr("Name"), required=True))
    form.add("goal_cents", money_field(form.tr("Goal"), currency, help_text=form.tr("Empty: no goal.")))
    form.add("purpose", TextAreaField(form.tr("Purpose"), least=2, most=4))
    default_id = desk.session.campaigns.default_receiver()
    default = desk.session.contacts.get(default_id).name if default_id else ""
    help_text = form.tr("Empty: {name}, by the rule book.").format(name=default) if default else ""
    receiver = LookupField(
        form.tr("Who receives the money"), receivers.find, create=True, help_text=help_text
    )
    form.add("receiver_id", receiver).create_requested.connect(receivers.add)
    form.add_row(("from_on", day_field(form.tr("From"), today)), ("to_on", day_field(form.tr("To"), today)))
    return receivers


def _draft(form: Form) -> CampaignDraft:
    values: dict[str, Any] = {name: None if value == "" else value for name, value in form.values().items()}
    values["name"] = values["name"] or ""
    return CampaignDraft(**values)


class CampaignForm(Form):
    """Add a campaign. `added` sends its id."""

    added = Signal(str)

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        _add_fields(self, desk, currency)
        self.set_actions(self.tr("Add the campaign"), self.tr("Cancel"))
        self.submitted.connect(self._add)
        place = Place(page="fundraising", tab="overview", action="new-campaign")
        keep_drafts(desk, self, "campaign:new", self.tr("a new campaign"), place)

    @Slot()
    def _add(self) -> None:
        done = self._desk.operations.run(self._desk.session.campaigns.add, _draft(self), form=self)
        if done is not None:
            self.added.emit(done.value)


class CampaignDetails(QWidget):
    """A campaign, saved as it is changed; removed while nothing refers to it."""

    gone = Signal()

    def __init__(self, desk: Desk, campaign: Campaign, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._campaigns = desk, desk.session.campaigns
        self.campaign = campaign
        self.form = LiveForm(parent=self)
        self._receivers = _add_fields(self.form, desk, currency)
        self.form.watch()
        self.form.left.connect(self._save)
        self.remove = Button(self.tr("Remove this campaign"), "link", parent=self)
        self.remove.clicked.connect(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.form)
        column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_campaign(campaign)
        place = Place(page="fundraising", tab="overview", record_id=campaign.id)
        what = self.tr("the campaign {name}").format(name=campaign.name)
        keep_drafts(desk, self.form, f"campaign:{campaign.id}", what, place)

    def show_campaign(self, campaign: Campaign) -> None:
        """Show the campaign as it is now."""
        self.campaign = campaign
        names = ("name", "goal_cents", "purpose", "from_on", "to_on")
        values = {name: getattr(campaign, name) for name in names}
        self.form.show_values({**values, "purpose": campaign.purpose or ""})
        receiver = self.form.fields["receiver_id"]
        if receiver.value() != campaign.receiver_id and not receiver.is_changed():
            receiver.set_value(self._receivers.row(campaign.receiver_id))

    @Slot()
    def _save(self) -> None:
        if not self.form.problems():
            change = self._campaigns.change
            self._desk.operations.run(change, self.campaign.id, _draft(self.form), form=self.form)

    @Slot()
    def _remove(self) -> None:
        if self._desk.operations.run(self._campaigns.remove, self.campaign.id) is not None:
            self.gone.emit()
