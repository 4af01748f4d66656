"""What can go wrong and is not a bug: each error carries a sentence for the person at the keyboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class CommissionError(Exception):
    """Base of every error that is told to the user in words."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was entered: the field or path it stands in, and a sentence."""

    path: str
    message: str


class ValidationError(CommissionError):
    """What was entered breaks rules; carries all problems at once, in the order of the fields."""

    def __init__(self, problems: Sequence[Problem] | Mapping[str, str]) -> None:
        if isinstance(problems, Mapping):
            problems = [Problem(path, message) for path, message in problems.items()]
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{p.path}: {p.message}" if p.path else p.message for p in self.problems))

    def by_field(self) -> dict[str, str]:
        """The first message of each field."""
        found: dict[str, str] = {}
        for problem in self.problems:
            found.setdefault(problem.path, problem.message)
        return found


class NotFoundError(CommissionError):
    """A record that was asked for is not in the file (any more)."""


class ConflictError(CommissionError):
    """A record has changed or is final, so that the use case cannot be carried out."""


class StorageError(CommissionError):
    """The file cannot be used; `advice` says what is safe and what to do."""

    advice = "Nothing was changed."

    def __init__(self, message: str, advice: str | None = None) -> None:
        super().__init__(message)
        if advice is not None:
            self.advice = advice


class FileMissingError(StorageError):
    """There is no such file."""


class FileExistsAlreadyError(StorageError):
    """A file would have been overwritten."""


class NotOursError(StorageError):
    """The file was not made by this program, or is no database at all."""


class DamagedError(StorageError):
    """The file is ours and its contents are damaged."""

    advice = "The file was left as it is. Restore the last good backup."


class NewerVersionError(StorageError):
    """The file was written by a later version of the program."""

    advice = "The file was left as it is. Install the newer version of the program to open it."


class InUseError(StorageError):
    """Another program has the file open for writing; `is_elsewhere`: on another computer."""

    is_elsewhere = False


class ReadOnlyError(StorageError):
    """The file, its folder or its disk may not be written."""


class NotReceivedError(ReadOnlyError):
    """The file of a hand-over, which its new keeper has not received yet."""

    advice = (
        "Receive the hand-over, which checks the file and shows the code. Until then it can only be read."
    )


class DiskFullError(StorageError):
    """The disk is full."""

    advice = "Nothing was changed. Free some space on the disk and try again."


class ReplacedError(StorageError):
    """Another file was put in the place of the one that is open."""

    advice = "Nothing was changed. Close the file and open it again, or restore the last good backup."


class UnreachableError(StorageError):
    """The disk or folder of the file went away."""
