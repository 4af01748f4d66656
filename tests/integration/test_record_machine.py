"""Everybody at random: the replayed log gives the file after every step, a refused undo has its reason."""

import os
import shutil
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from commission_app.bootstrap import CommissionProgram
from commission_app.errors import ConflictError
from commission_app.storage.replay import differences
from tests.factories import make_session
from tests.integration.record_steps import NAMES, TODAY, Clerk, draft_of, drawn

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


class Everybody(RuleBasedStateMachine):
    """Use cases of all services on a real file."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clerk = Clerk(make_session(self.folder, on=TODAY), self.folder)

    @initialize()
    def some_people(self) -> None:
        """Nobody can do anything in a file without people."""
        for which in range(len(NAMES)):
            self.clerk.session.contacts.add(draft_of(which))

    @rule(one=drawn)
    def act(self, one: tuple[str, int, date]) -> None:
        """Anything that anybody does."""
        self.clerk.take(*one)

    @rule(one=drawn, other=drawn)
    def act_twice(self, one: tuple[str, int, date], other: tuple[str, int, date]) -> None:
        """One thing after another, so that files fill."""
        self.clerk.take(*one)
        self.clerk.take(*other)

    @rule(back=st.integers(0, 12))
    def undo(self, back: int) -> None:
        """Take one of the last actions back: it succeeds exactly where no reason stands against it."""
        history = self.clerk.session.history
        for action in history.recent(13)[back : back + 1]:
            before = self.clerk.session.record.text()
            reason = history.entry(action.id).reason_not_to_undo
            assert self.clerk.session.record.text() == before
            try:
                history.undo(action.id)
            except ConflictError as error:
                assert reason == str(error)
                assert self.clerk.session.record.text() == before
            else:
                assert reason is None

    @rule()
    def redo(self) -> None:
        """Bring back what was undone last."""
        if self.clerk.session.history.redoable():
            self.clerk.session.history.redo()

    @rule()
    def close_and_reopen(self) -> None:
        """Put the file away and take it up again."""
        path = self.clerk.session.path
        before = self.clerk.session.record.text()
        self.clerk.session.close()
        self.clerk.session = CommissionProgram().open_writing(path, who="Ana Ruiz", on=TODAY)
        assert self.clerk.session.record.text() == before

    @invariant()
    def replay_equals_the_file(self) -> None:
        """The log tells how every row came about."""
        with self.clerk.session.context.database.reading() as connection:
            assert list(differences(connection)) == []

    def teardown(self) -> None:
        """The file checks itself."""
        found = self.clerk.session.verification.run()
        assert [(check.name, check.problems) for check in found if not check.is_good] == []
        self.clerk.session.close()
        shutil.rmtree(self.folder)


TestEverybody = Everybody.TestCase
TestEverybody.settings = settings(
    max_examples=150 if IS_LONG else 5,
    stateful_step_count=60 if IS_LONG else 20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
