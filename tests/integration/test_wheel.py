"""The built package, installed apart from the checkout, makes a file and prints an agenda."""

import json
import os
import shutil
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

RECORD = {
    "format": "commission-record/1",
    "commission": {
        "name": "Alder Glen Sister Cities Commission",
        "city": "Alder Glen",
        "state": "CA",
        "zone": "America/Los_Angeles",
        "rules": "milpitas",
    },
    "meetings": [
        {
            "key": "m1",
            "kind": "regular",
            "starts": "2026-09-24T18:00",
            "place": "City Hall",
            "state": "scheduled",
        }
    ],
    "agenda_items": [
        {"meeting": "m1", "section": "new-business", "title": "Letter from Okayama", "kind": "discussion"}
    ],
}


def run(*command: str | Path, folder: Path) -> str:
    """Run a command without the checkout in sight; its output."""
    hidden = {"PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    ended = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, f"{command}\n{ended.stdout}{ended.stderr}"
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built from the checkout with what is installed."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment that holds the package and, behind it, our dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    environment = folder / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", environment, folder=folder)
    below = environment / ("Scripts" if os.name == "nt" else "bin")
    python = below / "python"
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv:
        run(uv, "pip", "install", "--offline", "--no-deps", "--python", python, wheel, folder=folder)
    else:
        pip = (sys.executable, "-m", "pip", "--python", python)
        run(*pip, "install", "--no-index", "--no-deps", wheel, folder=folder)
    packages = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder
    ).strip()
    ours = "\n".join(site.getsitepackages())
    (Path(packages) / "dependencies.pth").write_text(f"{ours}\n", encoding="utf-8")
    return below


def test_wheel_holds_the_program_and_what_it_reads(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "resources/themes/",
        "resources/icons/",
        "resources/fonts/",
        "resources/rules/",
        "db/versions/",
    ):
        assert any(name.startswith(f"commission_app/{wanted}") for name in names), wanted
    assert "commission_app/db/env.py" in names
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"commission_app"}
    assert not [name for name in names if name.endswith(".pyc")]


def test_wheel_is_imported_from_where_it_was_installed(programs: Path, tmp_path: Path) -> None:
    places = "p.__file__, p.migrations(), p.resource('icons')"
    asked = f"from commission_app import paths as p; print({places}, sep='\\n')"
    for place in run(programs / "python", "-c", asked, folder=tmp_path).splitlines():
        assert Path(place).is_relative_to(programs.parent)
        assert Path(place).exists()


def test_wheel_makes_a_file_and_prints_an_agenda(programs: Path, tmp_path: Path) -> None:
    program = programs / "commission-app"
    who = ("--name", "Alder Glen Sister Cities Commission", "--city", "Alder Glen", "--state", "CA")
    run(
        program,
        "new",
        "glen.commission",
        *who,
        "--zone",
        "America/Los_Angeles",
        "--rules",
        "milpitas",
        folder=tmp_path,
    )
    (tmp_path / "record.json").write_text(json.dumps(RECORD), encoding="utf-8")
    run(program, "load", "glen.commission", "record.json", folder=tmp_path)
    agenda = ("agenda", "glen.commission", "--meeting", "next", "--on", "2026-09-01", "-o", "agenda.pdf")
    printed = run(program, *agenda, folder=tmp_path)
    assert printed.splitlines()[-1] == str(tmp_path / "agenda.pdf")
    assert (tmp_path / "agenda.pdf").read_bytes().startswith(b"%PDF-")
