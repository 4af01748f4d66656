"""What `make run` and `make test` do before anything is installed."""

import platform

import prepare
import pytest


def test_stamp_changes_with_everything_it_depends_on() -> None:
    files = {"pyproject.toml": b"a", "packaging/requirements.lock": b"b"}
    first = prepare.stamp("run", files, "3.11.2")
    assert prepare.stamp("run", dict(reversed(files.items())), "3.11.2") == first
    others = [
        prepare.stamp("dev", files, "3.11.2"),
        prepare.stamp("run", files, "3.12.0"),
        prepare.stamp("run", files | {"pyproject.toml": b"c"}, "3.11.2"),
        prepare.stamp("run", files | {"more": b""}, "3.11.2"),
        prepare.stamp("run", {"pyproject.toml": b"ab", "packaging/requirements.lock": b""}, "3.11.2"),
    ]
    assert len({first, *others}) == 6


def test_stamped_files_are_all_there() -> None:
    assert [name for name in prepare.STAMPED if not (prepare.ROOT / name).is_file()] == []


def test_missing_packages_are_those_whose_library_does_not_load() -> None:
    libraries = prepare.libraries_for("run", display=True)
    assert prepare.missing_packages(libraries, lambda name: True) == []
    without_cursor = prepare.missing_packages(libraries, lambda name: name != "libxcb-cursor.so.0")
    assert without_cursor == ["libxcb-cursor0"]


def test_papers_alone_need_no_library_and_a_window_needs_most() -> None:
    nothing = prepare.libraries_for("run", display=False)
    tests = prepare.libraries_for("dev", display=False)
    window = prepare.libraries_for("run", display=True)
    assert nothing == {}
    assert "libegl1" in tests
    assert "libxcb-cursor0" not in tests
    assert set(tests) < set(window)


def test_a_library_that_is_not_there_does_not_load() -> None:
    assert not prepare.is_loadable("libno-such-library-at-all.so.9")


def test_install_line_can_be_typed() -> None:
    line = prepare.install_line(["libgl1", "python3-venv"])
    assert line == "apt-get install --yes --no-install-recommends libgl1 python3-venv"


@pytest.mark.parametrize(
    ("system", "environment", "expected"),
    [
        ("Linux", {}, False),
        ("Linux", {"DISPLAY": ""}, False),
        ("Linux", {"DISPLAY": ":0"}, True),
        ("Linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("Windows", {}, True),
        ("Darwin", {}, True),
    ],
)
def test_display(
    system: str, environment: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    assert prepare.has_display(environment) is expected


def test_child_processes_may_keep_bytecode_and_see_no_other_environment() -> None:
    kept = prepare.child_environment({"PATH": "/bin", "PYTHONDONTWRITEBYTECODE": "1", "VIRTUAL_ENV": "/x"})
    assert kept == {"PATH": "/bin"}


MIRROR = "https://mirror.example.org/"


def test_uv_is_told_what_pip_is_told() -> None:
    told = prepare.uv_environment({"PIP_CERT": "/certs.pem"}, pip_index=MIRROR, system_certificates=True)
    assert told == {
        "PIP_CERT": "/certs.pem",
        "SSL_CERT_FILE": "/certs.pem",
        "UV_DEFAULT_INDEX": MIRROR,
        "UV_SYSTEM_CERTS": "true",
    }
    assert prepare.uv_environment({}, pip_index=None, system_certificates=False) == {}


def test_what_uv_is_told_itself_goes_before() -> None:
    own = {
        "PIP_CERT": "/certs.pem",
        "SSL_CERT_FILE": "/own.pem",
        "UV_DEFAULT_INDEX": "https://own.example.org/",
        "UV_SYSTEM_CERTS": "false",
    }
    assert prepare.uv_environment(own, pip_index=MIRROR, system_certificates=True) == own


@pytest.mark.parametrize(
    "commands", [prepare.uv_commands("uv", "py", "a.lock"), prepare.pip_commands("py", "a.lock")]
)
def test_installing_checks_hashes_and_compiles(commands: list[list[str]]) -> None:
    locked, program = commands
    assert "--require-hashes" in locked
    assert {"--compile", "--compile-bytecode"} & set(locked)
    assert locked[-2:] == ["--requirement", "a.lock"]
    assert {"--no-deps", "--no-build-isolation", "--editable"} < set(program)


def test_a_failing_step_shows_what_it_said(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(prepare.subprocess.CalledProcessError):
        prepare.call(["sh", "-c", "echo the reason; exit 3"], {"PATH": "/usr/bin:/bin"})
    assert "the reason" in capfd.readouterr().err
    prepare.call(["sh", "-c", "echo chatter"], {"PATH": "/usr/bin:/bin"})
    assert capfd.readouterr() == ("", "")
