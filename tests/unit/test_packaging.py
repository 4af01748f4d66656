"""What the packed program is made of: no PyInstaller is needed to see that nothing is forgotten."""

import ast
import importlib.util
import plistlib
import re
import subprocess
import xml.etree.ElementTree as ET
from configparser import ConfigParser
from pathlib import Path

import contents
import debian
import package
import pytest

from commission_app.cli.commands import COMMANDS

ROOT = contents.ROOT
LINUX = ROOT / "packaging/linux"


def by_name(module: str) -> bool:
    """Whether a module is taken along though nothing imports it in so many words."""
    return module.split(".", maxsplit=1)[0] in contents.BY_NAME and contents.is_wanted(module)


def test_every_file_that_the_program_reads_is_taken_along() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *contents.FOLDERS], cwd=ROOT, capture_output=True, check=False
    )
    tracked = {name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()}
    taken = {Path(source).relative_to(ROOT).as_posix() for source, _ in contents.data()}
    assert tracked <= taken
    assert {"resources/icon.svg", "db/env.py"} <= taken
    assert not [name for name in taken if name.endswith(".pyc")]


def test_each_file_goes_where_the_program_looks_for_it() -> None:
    for source, folder in contents.data():
        assert (Path(folder) / Path(source).name) == Path(source).relative_to(ROOT)


def test_the_wheel_and_the_packed_program_hold_the_same_folders() -> None:
    wheel = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for folder in contents.FOLDERS:
        assert f'{folder} = "commission_app/{folder}"' in wheel


def test_modules_that_are_imported_by_name_are_taken_along() -> None:
    named = [f"commission_app.cli.{module}" for module, _, _ in COMMANDS.values()]
    named += [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "commission_app/gui").glob("*/page.py")
    ]
    named += ["alembic.op", "holidays.countries.united_states"]
    assert [name for name in named if not by_name(name)] == []
    assert [name for name in named if importlib.util.find_spec(name) is None] == []
    assert not by_name("alembic.testing.suite")


def test_migrations_need_nothing_that_is_left_out() -> None:
    for path in (ROOT / "db").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for name in names:
                assert not name.startswith(contents.LEFT_OUT), f"{path.name} imports {name}"


def self_test(*, without: int | None = None, more: str = "") -> str:
    """What a good self-test prints, or one that lacks a step or says more."""
    steps = [
        "Created self-test.commission from the rule pack milpitas.",
        "Wrote: loaded a record: 1 contact, 1 term, 1 meeting, 1 agenda item.",
        "Killed process 4711 after 12 acknowledged changes, in the middle of a change.",
        "Reopened it for writing: all 12 acknowledged changes are there.",
        "Checked it: schema, pages, references, change log, attachments and rules are in order.",
        "Printed the agenda of 2026-11-28 (2 pages) and read it back.",
        "Backed it up and restored the backup: the same record.",
        "Printed the agenda from the window (2 pages).",
        "Opened the window: all 7 pages were drawn, in both themes.",
        "Everything is in order.",
    ]
    if without is not None:
        del steps[without]
    return "".join(f"{step}\n" for step in steps) + more


def test_a_good_self_test_passes_and_every_missing_or_other_line_is_seen() -> None:
    assert package.unexpected(self_test()) is None
    assert all(package.unexpected(self_test(without=step)) for step in range(10))
    assert package.unexpected(self_test(more="QFont: no such font\n")) == "QFont: no such font"
    assert package.unexpected("") is not None


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="the program here is a shell script")
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("cat said", None),
        ("cat said; echo 'DeprecationWarning: old' >&2", "DeprecationWarning"),
        ("cat said; exit 3", "status 3"),
        ("head -3 said", "after 3 of 10"),
    ],
)
def test_a_program_that_warns_or_fails_is_not_packed(tmp_path: Path, script: str, told: str | None) -> None:
    (tmp_path / "said").write_text(self_test(), encoding="utf-8")
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ncd {tmp_path}\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    if told is None:
        package.try_program(program)
        return
    with pytest.raises(package.NotGoodError, match=told):
        package.try_program(program)


def test_the_menu_entry_the_file_type_and_the_metainfo_name_the_same_things() -> None:
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(LINUX / "commission-app.desktop", encoding="utf-8")
    desktop = entry["Desktop Entry"]
    kind = desktop["MimeType"].rstrip(";")
    mime = ET.parse(LINUX / "commission-app.xml").getroot()
    assert mime[0].get("type") == kind
    assert kind.replace("/", "-") == debian.MIME_ICON
    metainfo = ET.parse(LINUX / "commission-app.metainfo.xml").getroot()
    assert metainfo.findtext("launchable") == "commission-app.desktop"
    assert metainfo.findtext("provides/mediatype") == kind
    assert desktop["Exec"] == "commission-app %f"
    assert desktop["Icon"] == "commission-app"


def test_the_file_type_is_told_by_the_mark_in_our_files() -> None:
    from commission_app.storage.inspection import APPLICATION_ID

    text = (LINUX / "commission-app.xml").read_text(encoding="utf-8")
    assert f'value="{APPLICATION_ID.to_bytes(4, "big").decode("ascii")}" offset="68"' in text


def test_the_manual_page_has_every_command() -> None:
    page = debian.manual().replace("\\-", "-")
    assert all(re.search(rf"^\.B {name}$", page, re.M) for name in COMMANDS)
    assert "@" not in page.replace("@example", "")


def test_the_package_s_description_is_filled_in(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(4096))
    told = debian.control(tmp_path)
    assert f"Version: {debian.version()}\n" in told
    assert "Installed-Size: 4\n" in told
    assert "libegl1" in told
    assert "@" not in told.replace("@example.org", "")


def test_macos_and_windows_are_told_of_the_same_file_type() -> None:
    properties = plistlib.loads((ROOT / "packaging/macos/Info.plist").read_bytes())
    [document] = properties["CFBundleDocumentTypes"]
    [exported] = properties["UTExportedTypeDeclarations"]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == ["commission"]
    assert document["LSItemContentTypes"] == [exported["UTTypeIdentifier"]]
    setup = (ROOT / "packaging/windows/commission-app.iss").read_text(encoding="utf-8")
    assert r"Software\Classes\.commission" in setup
    assert "commission-app.exe" in setup
