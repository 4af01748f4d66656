"""Turning what a check found into one error."""

from collections.abc import Sequence

from commission_app.errors import Problem, ValidationError


def require(problems: Sequence[Problem]) -> None:
    """Raise ValidationError with all problems at once, if there are any."""
    if problems:
        raise ValidationError(problems)
