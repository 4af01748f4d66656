"""Commands, called within this process."""

from collections.abc import Callable

from click.testing import CliRunner, Result

from commission_app.bootstrap import CommissionProgram
from commission_app.cli.calls import Call
from commission_app.cli.main import commission_app

Run = Callable[..., Result]


def run(*arguments: object, program: CommissionProgram | None = None) -> Result:
    """What a command answers; what it raises, an exit apart, comes through."""
    call = Call(program or CommissionProgram())
    result = CliRunner().invoke(commission_app, [str(one) for one in arguments], obj=call)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
