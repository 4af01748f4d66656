"""Search and do: opens the search, finds for each letter typed, and goes where the choice leads."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.near_words import corrections
from commission_app.domain.text import fold, search_words
from commission_app.errors import CommissionError
from commission_app.gui.actions import Name, WindowActions
from commission_app.gui.keeping import why_not_begin
from commission_app.gui.page import Place
from commission_app.gui.preferences import Preferences
from commission_app.gui.search import begun, entries, ranking
from commission_app.gui.search.entries import MOST, SearchEntry, Topic
from commission_app.gui.search.popover import SearchPopover
from commission_app.gui.search.settled import setting_entries

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

_RECENT_SHOWN: Final = 4


class Search(QObject):
    """The search of one open file; what was chosen is sent as a place, a help page’s name or an action’s."""

    place_wanted = Signal(object)
    topic_wanted = Signal(str)
    action_wanted = Signal(str)

    def __init__(
        self, desk: "Desk", actions: WindowActions, preferences: Preferences, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._actions, self._preferences = desk, actions, preferences
        self.popover = SearchPopover(window)
        self.popover.chosen.connect(self._choose)
        self._known: list[SearchEntry] = []
        self._offered: list[SearchEntry] = []
        self._recent: list[str] = []
        self._vocabulary: frozenset[str] = frozenset()

    def open(self, at: QPoint) -> None:
        """Open the search under a place with everything that can be found now; raises what the file says."""
        session = self._desk.session
        self._recent = self._preferences.found(session.path)
        may_begin = [entry for entry in begun.action_entries(session) if self._may_begin(entry)]
        doing = [*may_begin, *self._own_actions()]
        meetings = entries.meeting_entries(session)
        self._known = [
            *meetings,
            *entries.paper_entries(),
            *doing,
            *setting_entries(),
            *entries.help_entries(),
        ]
        recalled = entries.recalled_entries(session, self._recent)
        before = {entry.key: entry for entry in (*self._known, *recalled)}
        again = [before[key] for key in self._recent if key in before][:_RECENT_SHOWN]
        self._offered = list(dict.fromkeys([*again, *doing]))[:MOST]
        self.popover.open(at, self._find)
        self._desk.operations.in_background(session.search.vocabulary, self._learn, self._not_learned)

    def _may_begin(self, entry: SearchEntry) -> bool:
        """Whether this file takes what an entry begins."""
        target = entry.target
        return not isinstance(target, Place) or why_not_begin(self._desk.operations, target) is None

    def _own_actions(self) -> list[SearchEntry]:
        others = begun.synonyms()
        return [
            SearchEntry(
                spec.icon,
                spec.text,
                self.tr("Action"),
                spec.name.value,
                others.get(spec.name.value, ""),
                f"do:{spec.name.value}",
                does=True,
            )
            for spec in self._actions.available()
            if spec.name is not Name.SEARCH
        ]

    def _learn(self, words: frozenset[str]) -> None:
        own = {word for entry in self._known for word in fold(f"{entry.text} {entry.words}").split()}
        self._vocabulary = words | own
        self.popover.search_again()

    def _not_learned(self, error: Exception) -> None:
        """Without the words of the record nothing is guessed; what is typed is still looked for."""
        if not isinstance(error, CommissionError):
            raise error

    def _find(self, typed: str) -> list[SearchEntry]:
        if not typed:
            return self._offered
        try:
            return self._matching(typed)
        except CommissionError as error:
            self.popover.close()
            self._desk.operations.tell(error)
            return []

    def _matching(self, typed: str) -> list[SearchEntry]:
        """What has the words; where the record has one of them nowhere, what they may have meant."""
        session = self._desk.session
        rank = partial(ranking.found_in, recent=self._recent)
        meant = corrections(search_words(typed), self._vocabulary) if self._vocabulary else []
        records = entries.record_entries(session, " ".join(meant[0]) if meant else typed)
        return rank([*records, *self._known], typed, meant=meant) or entries.told_entries(typed)[:MOST]

    @Slot(object)
    def _choose(self, entry: SearchEntry) -> None:
        self._preferences.note_found(self._desk.session.path, entry.key)
        if isinstance(entry.target, Place):
            self.place_wanted.emit(entry.target)
        elif isinstance(entry.target, Topic):
            self.topic_wanted.emit(entry.target.slug)
        else:
            self.action_wanted.emit(entry.target)
