"""What becomes of an item: its outcome, the consent calendar, action items, what is taken up beside it."""

from PySide6.QtCore import Slot

from commission_app.domain.action_items import ActionItemDraft, corrected
from commission_app.domain.agendas import AgendaItemDraft, ItemKind, Outcome
from commission_app.gui import labels
from commission_app.gui.run.choice_panel import Choice, ChoicePanel
from commission_app.gui.run.entering import Entry
from commission_app.gui.run.forms import (
    ActionForm,
    AddItemForm,
)
from commission_app.gui.run.person_field import Candidate
from commission_app.gui.run.shown import ResultShown, Said


class ItemEntry(Entry):
    """What belongs to the current item."""

    @Slot()
    def outcome(self) -> None:
        """What became of the current item."""
        current = self._view.current
        if current is None:
            self._screen.desk.messages.warn(self.tr("An outcome belongs to an item. Go to the item first."))
            return
        keys = {
            Outcome.DISCUSSED: "D",
            Outcome.CONTINUED: "C",
            Outcome.REFERRED: "R",
            Outcome.WITHDRAWN: "W",
            Outcome.APPROVED: "P",
            Outcome.FAILED: "F",
        }
        choices = [
            Choice(value, key, labels.outcome(value).text, labels.outcome(value).icon)
            for value, key in keys.items()
        ]
        if current.item.outcome is not None:
            choices.append(Choice(None, "O", self.tr("None yet"), "undo"))
        state = labels.outcome(current.item.outcome).text if current.item.outcome else self.tr("none yet")
        sentence = self.tr("Outcome: {outcome}").format(outcome=state)
        panel = ChoicePanel(current.item.title[:200], sentence, choices, asks=self.tr("Referred to"))
        panel.chosen.connect(self._set_outcome)
        self._about = current.item.id
        self._host.show(panel)

    @Slot(object)
    def _set_outcome(self, outcome: Outcome | None) -> None:
        panel = self._host.open
        if isinstance(panel, ChoicePanel):
            steps, to = self._steps, panel.words.value() or None
            self._host.close()
            referred = to if outcome is Outcome.REFERRED else None
            steps.plain(steps.service.set_outcome, self._about, outcome, referred_to=referred)

    @Slot()
    def pull(self) -> None:
        """Take the item from the consent calendar, or put it back."""
        current, steps = self._view.current, self._steps
        if current is None or not (current.is_consent or current.is_pulled):
            self._screen.desk.messages.warn(self.tr("This item is not on the consent calendar."))
        elif current.is_pulled:
            if steps.plain(steps.service.put_back_on_consent, current.item.id) is not None:
                self._tell(self.tr("{item} is on the consent calendar again").format(item=current.label))
        elif steps.plain(steps.service.pull_from_consent, current.item.id) is not None:
            text = self.tr("{item} is taken from the consent calendar").format(item=current.label)
            self._tell(text, self.tr("It is voted on by itself."))

    def _tell(self, text: str, rule: str = "") -> None:
        self._screen.announce(ResultShown(said=Said(text, "info", "ink"), rule=rule))

    @Slot()
    def add_item(self) -> None:
        """The form of an item that is not on the agenda."""
        form = AddItemForm(self._candidates())
        form.submitted.connect(self._add_item)
        self._host.show(form)

    @Slot()
    def _add_item(self) -> None:
        form, steps = self._host.open, self._steps
        if not isinstance(form, AddItemForm):
            return
        values = form.values()
        sections = [section.slug for section in self._view.sections]
        wanted = [slug for slug in ("new-business", "business") if slug in sections]
        draft = AgendaItemDraft(
            meeting_id=steps.meeting_id,
            section=(wanted or sections)[0],
            title=values["title"],
            kind=ItemKind.ACTION,
        )
        movers = values["mover_id"], values["seconder_id"]
        done = steps.run(steps.service.take_up, steps.meeting_id, draft, values["ground"], *movers, form=form)
        if done is not None:
            steps.go_to(done.value.item_id)
            self._host.to_the_vote()

    @Slot()
    def action(self) -> None:
        """The form of an action item."""
        form = ActionForm(self._candidates(voting=False), self._view.meeting.on, self.tr("Record it"))
        form.submitted.connect(self._add_action)
        self._host.show(form)

    @Slot()
    def _add_action(self) -> None:
        form, steps = self._host.open, self._steps
        if isinstance(form, ActionForm):
            current, values = self._view.current, form.values()
            draft = ActionItemDraft(
                meeting_id=steps.meeting_id,
                item_id=current.item.id if current is not None else None,
                due_next_meeting=values["due_on"] is None,
                **values,
            )
            if steps.plain(steps.service.add_action_item, draft, form=form) is not None:
                self._host.close()

    @Slot(str)
    def change_action(self, key: str) -> None:
        """The form of an action item that is on record, to put it right."""
        known = next((each for each in self._view.action_items if each.row.id == key), None)
        if known is None:
            return
        row, people = known.row, self._candidates(voting=False)
        if row.contact_id is not None and row.contact_id not in {one.contact_id for one in people}:
            people = (*people, Candidate(row.contact_id, known.who, ""))
        form = ActionForm(people, self._view.meeting.on, self.tr("Change it"))
        form.set_values({"text": row.text, "contact_id": row.contact_id, "due_on": row.due_on})
        form.submitted.connect(self._change_action)
        self._about = row
        self._host.show(form)

    @Slot()
    def _change_action(self) -> None:
        form, steps, row = self._host.open, self._steps, self._about
        if isinstance(form, ActionForm):
            draft = corrected(row, **form.values())
            if steps.plain(steps.service.change_action_item, row.id, draft, form=form) is not None:
                self._host.close()

    @Slot(str)
    def remove_action(self, key: str) -> None:
        """Take an action item away."""
        self._steps.plain(self._steps.service.remove_action_item, key)
