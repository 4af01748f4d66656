"""`.ci/run` asks for every gate and fails when one of them does."""

import shutil
import subprocess
from pathlib import Path

import pytest

GATES = Path(__file__).resolve().parents[2] / ".ci/run"


def run_gates(folder: Path, failing: str) -> subprocess.CompletedProcess[str]:
    (folder / ".ci").mkdir()
    shutil.copy(GATES, folder / ".ci")
    make = folder / "make"
    make.write_text(f'#!/bin/sh\necho "made $1 in $PWD, CI=$CI"\n[ "$1" != "{failing}" ]\n', encoding="ascii")
    make.chmod(0o755)
    return subprocess.run(
        [str(folder / ".ci/run")],
        cwd="/",
        env={"PATH": f"{folder}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("failing", "status"), [("nothing", 0), ("lint", 1), ("test", 1)])
def test_every_gate_is_asked_and_none_may_fail(tmp_path: Path, failing: str, status: int) -> None:
    ended = run_gates(tmp_path, failing)
    assert ended.returncode == status
    assert f"made lint in {tmp_path}, CI=true" in ended.stdout
    assert f"made test in {tmp_path}, CI=true" in ended.stdout
    assert ("All gates passed." in ended.stdout) is (status == 0)
