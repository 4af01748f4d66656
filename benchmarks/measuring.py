"""Whole processes side by side: warmed up, taking turns, medians and how far the machine wavers."""

import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_PATIENCE = 60.0  # seconds until a process that says nothing is ended


class Command(NamedTuple):
    """A command, and the word it says when it is there; without one, it is there when it has ended."""

    arguments: Sequence[str]
    word: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of several runs."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """Half the distance of the quartiles, as a share of the median: the machine's noise."""
        low, _, high = statistics.quantiles(self.seconds, n=4)
        return (high - low) / 2 / self.median


def run_once(command: Command, environment: Mapping[str, str]) -> float:
    """Seconds from the start of a process until it is there; RuntimeError when it fails."""
    began = time.perf_counter()
    pipe = subprocess.PIPE
    with subprocess.Popen(command.arguments, env=environment, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        guard = threading.Timer(_PATIENCE, process.kill)
        guard.start()
        said = process.stdout.readline().strip() if command.word else ""
        took = time.perf_counter() - began
        _, complaints = process.communicate()
        if not command.word:
            took = time.perf_counter() - began
        guard.cancel()
    if process.returncode or said != command.word:
        raise RuntimeError(f"{' '.join(command.arguments)} failed:\n{complaints}")
    return took


def take_turns(
    commands: Mapping[str, Command], environment: Mapping[str, str], rounds: int, warm_up: int = 2
) -> dict[str, Times]:
    """Run the commands one after the other, round by round, so that a slow minute slows them all."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(warm_up + rounds):
        for name, command in commands.items():
            took = run_once(command, environment)
            if turn >= warm_up:
                found[name].append(took)
    return {name: Times(tuple(seconds)) for name, seconds in found.items()}
