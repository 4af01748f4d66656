"""The .deb: the folder under /usr/lib, with menu entry, icons, file type, metainfo and manual page."""

from __future__ import annotations

import gzip
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from contents import ROOT
from icons import DRAWINGS, SIZES
from prepare import DRAWING, WINDOW

LINUX = ROOT / "packaging" / "linux"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
#: What goes where below /usr/share.
SHARED = {
    "commission-app.desktop": "applications",
    "commission-app.xml": "mime/packages",
    "commission-app.metainfo.xml": "metainfo",
}
MIME_ICON = "application-x-commission-app"


def version() -> str:
    """The program's version."""
    sys.path.insert(0, str(ROOT))
    from commission_app import __version__

    return __version__


def manual() -> str:
    """The manual page, with the commands that there are."""
    sys.path.insert(0, str(ROOT))
    from commission_app.cli.commands import COMMANDS

    entries = "\n".join(
        f".TP\n.B {name.replace('-', chr(92) + '-')}\n{told}" for name, (_, _, told) in COMMANDS.items()
    )
    return (LINUX / "commission-app.1").read_text(encoding="utf-8").replace("@COMMANDS@", entries)


def control(root: Path) -> str:
    """The description of the package for Debian's tools."""
    size = sum(file.lstat().st_size for file in root.rglob("*") if file.is_file()) // 1024
    libc = f"libc6 (>= {platform.libc_ver()[1]})"  # what comes along was linked with this system's
    needed = ", ".join([libc, *sorted({**DRAWING, **WINDOW})])
    text = (LINUX / "control").read_text(encoding="utf-8")
    told = {
        "@VERSION@": version(),
        "@ARCHITECTURE@": ARCHITECTURES.get(os.uname().machine, os.uname().machine),
        "@SIZE@": str(size),
        "@DEPENDS@": needed,
    }
    for mark, value in told.items():
        text = text.replace(mark, value)
    return text


def lay_out(folder: Path, icons: Path, root: Path) -> None:
    """The tree as it is installed, below `root`."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / "usr/lib/commission-app", symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/commission-app").symlink_to("../lib/commission-app/commission-app")
    share = root / "usr/share"
    for name, place in SHARED.items():
        (share / place).mkdir(parents=True)
        text = (LINUX / name).read_text(encoding="utf-8").replace("@VERSION@", version())
        (share / place / name).write_text(text, encoding="utf-8")
    kinds = {"commission-app": ("apps", "commission-app"), "commission-document": ("mimetypes", MIME_ICON)}
    for name, (kind, installed) in kinds.items():
        for size in SIZES:
            place = share / f"icons/hicolor/{size}x{size}/{kind}"
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(icons / f"{name}-{size}.png", place / f"{installed}.png")
        scalable = share / f"icons/hicolor/scalable/{kind}"
        scalable.mkdir(parents=True, exist_ok=True)
        shutil.copy(DRAWINGS[name], scalable / f"{installed}.svg")
    (share / "man/man1").mkdir(parents=True)
    with gzip.GzipFile(share / "man/man1/commission-app.1.gz", "wb", mtime=0) as page:
        page.write(manual().encode())
    (share / "doc/commission-app").mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", share / "doc/commission-app/copyright")
    for path in root.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if runs else 0o644)


def pack(folder: Path, build: Path, target: Path) -> Path:
    """Make the .deb of a built folder; the package's path."""
    root = build / "debian"
    lay_out(folder, build / "icons", root)
    text = control(root)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN/control").write_text(text, encoding="utf-8")
    architecture = text.split("Architecture: ")[1].split()[0]
    package = target / f"commission-app_{version()}_{architecture}.deb"
    command = ["dpkg-deb", "--build", "--root-owner-group", "-Zxz", str(root), str(package)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return package


def unpack(package: Path, root: Path) -> Path:
    """Unpack a .deb below a folder, as installing does; the program in it."""
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["dpkg-deb", "--extract", str(package), str(root)], check=True)
    return root / "usr/bin/commission-app"
