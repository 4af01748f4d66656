"""The repository holds the product alone: no address of a package registry, no path of a machine."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Put together from pieces so that this file does not hold what it looks for.
ADDRESSES = (
    "pypi" + r"\.org",
    "python" + r"hosted\.org",
    "registry" + r"\.npmjs",
    r"https?://[^\s\"']*/" + "simple",
    r"--(extra-)?" + "index-url",
    r"--find-" + "links",
)
MACHINE_PATHS = (
    r"(?<![\w.*)}\]>-])/" + "work/",
    r"(?<![\w.*)}\]>-])/" + "root/",
    r"(?<![\w.*)}\]>-])/opt/" + "(wheels|venv)",
    r"/tmp/" + "team",
    r"[A-Z]:\\\\?" + r"Users\\\\?(?!Ana|ana)",
)
# Invented homes stand in tests of folders that a sync client watches.
HOMES = r"(?<![\w.*)}\]>-])/(home|Users)/" + r"\w"
# `make lock` asks for a lock file without the address.
ALLOWED = {"Makefile": "--no-emit-" + "index-url"}


def tracked() -> list[Path]:
    """The files under version control; all files where there is no version control."""
    asked = ["git", "ls-files", "-z", "--cached"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        return [
            ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()
        ]
    ignored = {".venv", "build", "dist", ".git"}
    return [
        path for path in ROOT.rglob("*") if path.is_file() and not ignored & set(path.relative_to(ROOT).parts)
    ]


def unwanted(text: str, patterns: tuple[str, ...]) -> list[str]:
    """Each line of the text that holds one of the patterns, with its number."""
    looked_for = re.compile("|".join(patterns))
    return [
        f"{number}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        if looked_for.search(line)
    ]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The tracked text files by their path in the repository."""
    found = {}
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            found[path.relative_to(ROOT).as_posix()] = content.decode("utf-8", errors="replace")
    return found


def test_files_hold_no_registry_address(texts: dict[str, str]) -> None:
    wrong = []
    for path, text in texts.items():
        allowed = ALLOWED.get(path)
        wrong += [
            f"{path}:{line}" for line in unwanted(text.replace(allowed, "") if allowed else text, ADDRESSES)
        ]
    assert not wrong, "\n".join(wrong)


def test_files_hold_no_machine_path(texts: dict[str, str]) -> None:
    own = (re.escape(str(ROOT)),)
    wrong = []
    for path, text in texts.items():
        patterns = MACHINE_PATHS + own if path.startswith("tests/") else (*MACHINE_PATHS, *own, HOMES)
        wrong += [f"{path}:{line}" for line in unwanted(text, patterns)]
    assert not wrong, "\n".join(wrong)


def test_locks_are_plain_requirements_with_hashes(texts: dict[str, str]) -> None:
    assert not [path for path in texts if Path(path).name in {"uv.lock", "poetry.lock", "Pipfile.lock"}]
    for name in ("", "-dev", "-package", "-installer"):
        path = f"requirements{name}.lock"
        entries = re.split(r"\n(?=\S)", texts[f"packaging/{path}"].strip())
        assert [entry for entry in entries if "==" in entry and "--hash=sha256:" in entry] == entries


@pytest.mark.parametrize(
    "line",
    [
        "https://" + "pypi" + ".org/simple/click",
        "url = https://files." + "python" + "hosted.org/packages/x.whl",
        "--" + "index-url https://example.org",
        "https://mirror.example.org/" + "simple",
    ],
)
def test_an_address_is_found(line: str) -> None:
    assert unwanted(f"a\n{line}", ADDRESSES)


@pytest.mark.parametrize("path", ["/" + "work/main", "see /" + "root/notes", "'/" + "work/x'"])
def test_a_machine_path_is_found(path: str) -> None:
    assert unwanted(path, MACHINE_PATHS)


@pytest.mark.parametrize("path", ["docs/" + "work/notes", "~/" + "work/x", "a network/" + "root/x"])
def test_a_relative_path_passes(path: str) -> None:
    assert not unwanted(path.replace("~", "${HOME}"), MACHINE_PATHS)
