"""Prepare a checkout so that the program (`run`), its tests (`dev`) or its packaging (`package`) can start.

Needs nothing but Python 3.11 and its standard library. Installs the missing system packages where it
may (root on Debian or Ubuntu), else prints the one line to type; makes `.venv` from the lock files
with uv, or with pip where uv cannot be had; compiles the bytecode; installs the program itself as
editable. A second call with nothing changed is done at once.
"""

from __future__ import annotations  # so that an older Python gets as far as the message about its age

import argparse
import compileall
import ctypes
import hashlib
import importlib.util
import os
import platform
import shlex
import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
LOCKS = {
    "run": "packaging/requirements.lock",
    "dev": "packaging/requirements-dev.lock",
    "package": "packaging/requirements-package.lock",
}
INSTALLER_LOCK = "packaging/requirements-installer.lock"
STAMPED = (*LOCKS.values(), INSTALLER_LOCK, "pyproject.toml", "packaging/prepare.py")

# Debian package -> the library it brings, by the name the loader asks for.
DRAWING = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
}
WINDOW = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
}


class NotReadyError(Exception):
    """Something is missing that this script may not or cannot install; the text says what to do."""


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a window can be opened: always outside Linux, there with an X or Wayland display."""
    if platform.system() != "Linux":
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def is_loadable(library: str) -> bool:
    """Whether the loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def libraries_for(kind: str, *, display: bool) -> dict[str, str]:
    """What Qt loads from the system: nothing for papers alone, more for a window on a screen."""
    if kind != "run":
        return DRAWING
    return DRAWING | WINDOW if display else {}


def missing_packages(libraries: Mapping[str, str], is_loadable: Callable[[str], bool]) -> list[str]:
    """The Debian packages whose library the loader does not find."""
    return [package for package, library in libraries.items() if not is_loadable(library)]


def install_line(packages: Iterable[str]) -> str:
    """The line that installs the packages on Debian or Ubuntu."""
    return "apt-get install --yes --no-install-recommends " + " ".join(packages)


def stamp(kind: str, files: Mapping[str, bytes], python: str) -> str:
    """A fingerprint of all that the environment depends on: changes whenever one of them does."""
    digest = hashlib.sha256(f"{kind}\0{python}\0".encode())
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def uv_environment(
    environment: Mapping[str, str], *, pip_index: str | None, system_certificates: bool
) -> dict[str, str]:
    """The variables for uv: it is told the package index and the certificates that pip is told."""
    told = child_environment(environment)
    if system_certificates:
        told.setdefault("UV_SYSTEM_CERTS", "true")
    certificates = environment.get("PIP_CERT")
    if certificates and "SSL_CERT_FILE" not in told:
        told["SSL_CERT_FILE"] = certificates
    if pip_index and not told.keys() & {"UV_INDEX_URL", "UV_DEFAULT_INDEX"}:
        told["UV_DEFAULT_INDEX"] = pip_index
    return told


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables for a child process: without those that keep bytecode or another environment."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    return {name: value for name, value in environment.items() if name not in unwanted}


def uv_commands(uv: str, python: str, lock: str) -> list[list[str]]:
    """What uv is asked to do once the environment exists."""
    install = [uv, "pip", "install", "--quiet", "--python", python]
    return [
        [*install, "--compile-bytecode", "--require-hashes", "--requirement", lock],
        [*install, "--no-deps", "--no-build-isolation", "--editable", "."],
    ]


def pip_commands(python: str, lock: str) -> list[list[str]]:
    """What pip is asked to do once the environment exists."""
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return [
        [*install, "--compile", "--require-hashes", "--requirement", lock],
        [*install, "--no-deps", "--no-build-isolation", "--editable", "."],
    ]


def venv_program(name: str) -> Path:
    """A program of the environment."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def say(text: str) -> None:
    """Tell what is being done, apart from what the program prints."""
    print(text, file=sys.stderr, flush=True)


def call(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run a command in the checkout; its output is shown, with an error, only when it fails."""
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if ended.returncode != 0:
        say(ended.stdout.rstrip())
        raise subprocess.CalledProcessError(ended.returncode, command)


def install_packages(missing: Sequence[str], libraries: Mapping[str, str]) -> None:
    """Install system packages, or say which line does it."""
    if not missing:
        return
    line = install_line(missing)
    if shutil.which("apt-get") is None:
        names = [libraries.get(package, "Python's venv module") for package in missing]
        raise NotReadyError(f"These are missing on this system; install them first: {', '.join(names)}")
    if os.geteuid() != 0:
        raise NotReadyError(
            f"Some system packages are missing. Type this line, then try again:\n  sudo {line}"
        )
    say(f"Installing system packages: {' '.join(missing)}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        call(["apt-get", "update", "--quiet", "--quiet"], environment)
    except subprocess.CalledProcessError:
        say("The list of packages could not be brought up to date; trying with the present one.")
    try:
        call([*shlex.split(line), "--quiet", "--quiet"], environment)
    except subprocess.CalledProcessError as error:
        raise NotReadyError(f"Installing failed. Type this line, then try again:\n  {line}") from error
    importlib.invalidate_caches()


def working_uv() -> str | None:
    """The uv on the path, if it runs."""
    uv = shutil.which("uv")
    if uv and subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0:
        return uv
    return None


def environment_works() -> bool:
    """Whether `.venv` holds a Python of the version that runs this script."""
    python = venv_program("python")
    if not python.exists():
        return False
    asked = [str(python), "-c", "import platform; print(platform.python_version())"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answer.stdout.strip() == platform.python_version()


def pip_index() -> str | None:
    """The package index that pip is set to use, if any."""
    asked = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return os.environ.get("PIP_INDEX_URL") or answer.stdout.strip() or None


def has_ensurepip() -> bool:
    """Whether Python can make an environment with pip: Debian packs that part apart."""
    return importlib.util.find_spec("ensurepip") is not None


def has_system_certificates() -> bool:
    """Whether the system knows whom to trust on the network."""
    known = ssl.get_default_verify_paths()
    return bool(known.cafile) or bool(known.capath and any(Path(known.capath).iterdir()))


def has_pip() -> bool:
    """Whether `.venv` has pip."""
    asked = [str(venv_program("python")), "-m", "pip", "--version"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def make_with_uv(uv: str, lock: str) -> None:
    """Make or update `.venv` with uv."""
    environment = uv_environment(
        os.environ, pip_index=pip_index(), system_certificates=has_system_certificates()
    )
    if not environment_works():
        shutil.rmtree(VENV, ignore_errors=True)
        call([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)], environment)
    for command in uv_commands(uv, str(venv_program("python")), lock):
        call(command, environment)


def made_with(uv: str, lock: str) -> bool:
    """Make or update `.venv` with uv; False when uv could not and pip may try."""
    try:
        make_with_uv(uv, lock)
    except (subprocess.CalledProcessError, OSError):
        if not has_ensurepip():
            raise
        say("uv could not do it; trying with pip.")
        return False
    return True


def make_with_pip(lock: str) -> None:
    """Make or update `.venv` with pip, which first tries to fetch uv."""
    environment = child_environment(os.environ)
    python = str(venv_program("python"))
    if not environment_works():
        shutil.rmtree(VENV, ignore_errors=True)
        call([sys.executable, "-m", "venv", str(VENV)], environment)
    elif not has_pip():
        call([python, "-m", "ensurepip"], environment)
    try:
        call(pip_commands(python, INSTALLER_LOCK)[0], environment)
    except subprocess.CalledProcessError:
        say("uv could not be fetched; going on with pip alone.")
    else:
        if made_with(str(venv_program("uv")), lock):
            return
    for command in pip_commands(python, lock):
        call(command, environment)


def fingerprint(kind: str) -> str:
    """The stamp of this checkout and this Python."""
    files = {name: (ROOT / name).read_bytes() for name in STAMPED}
    return stamp(kind, files, f"{sys.base_prefix} {sys.version}")


def is_prepared(kind: str) -> bool:
    """Whether `.venv` was made from the files as they are."""
    mark = VENV / f"prepared-{kind}"
    if not (mark.is_file() and venv_program("python").exists()):
        return False
    return mark.read_text(encoding="ascii") == fingerprint(kind)


def make_environment(kind: str, uv: str | None) -> None:
    """Bring `.venv` to what the lock file says."""
    say("Preparing .venv: the first time takes a minute.")
    mark = VENV / f"prepared-{kind}"
    mark.unlink(missing_ok=True)
    try:
        if uv is None or not made_with(uv, LOCKS[kind]):
            make_with_pip(LOCKS[kind])
    except subprocess.CalledProcessError as error:
        raise NotReadyError(
            "The Python packages could not be installed. Is the package index reachable?\n"
            f"The step that failed: {shlex.join(map(str, error.cmd))}"
        ) from error
    compileall.compile_dir(ROOT / "commission_app", quiet=2)
    mark.write_text(fingerprint(kind), encoding="ascii")


def prepare(kind: str) -> None:
    """Install what the system lacks, then make `.venv`, unless all is there."""
    is_linux = platform.system() == "Linux"
    libraries = libraries_for(kind, display=has_display(os.environ)) if is_linux else {}
    missing = missing_packages(libraries, is_loadable)
    is_ready = is_prepared(kind)
    uv = None if is_ready else working_uv()
    if is_linux and not is_ready and uv is None and not has_ensurepip():
        missing.append("python3-venv")
    install_packages(missing, libraries)
    if not is_ready:
        make_environment(kind, uv)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prepare for running, developing or packaging; 1 when something is missing, with the reason."""
    parser = argparse.ArgumentParser(description="Prepare .venv to run the program or to develop it.")
    kinds = "run: the program alone; dev: its tests too; package: what builds it"
    parser.add_argument("kind", choices=sorted(LOCKS), help=kinds)
    kind: str = parser.parse_args(arguments).kind
    if sys.version_info < OLDEST_PYTHON:
        say(f"Python 3.11 or later is needed; this is {platform.python_version()} ({sys.executable}).")
        return 1
    try:
        prepare(kind)
    except NotReadyError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
