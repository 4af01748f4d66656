"""Looking where a file lives, and moving one to this computer."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from commission_app import paths
from commission_app.domain import whereabouts
from commission_app.domain.whereabouts import Mount, Moved, RiskyPlace, Whereabouts
from commission_app.errors import DamagedError, DiskFullError, FileExistsAlreadyError
from commission_app.storage import backup, inspection
from commission_app.storage.lock import WriterLock

#: What sync clients leave in the top folder that they watch.
_MARKS: Final = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
}
_MARK_PATTERNS: Final = {".sync_*.db": "Nextcloud", "._sync_*.db": "Nextcloud"}
#: What the icon of such a folder on Windows is taken from.
_DESKTOP_INI: Final = {
    "onedrive": "OneDrive",
    "googledrivefs": "Google Drive",
    "icloud": "iCloud",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
}
_REMOTE_DRIVE: Final = 4
_HEADER_SIZE: Final = 100
#: What SQLite says of a copy that does not fit: of a full disk, and of one with a quota.
_UNWRITTEN: Final = ("SQLITE_FULL", "SQLITE_IOERR_WRITE")


def risk_of(path: Path, environment: Mapping[str, str] = os.environ) -> RiskyPlace | None:
    """Why a file should not live where it is; None where it is safe.

    Looks at the names of folders, at what sync clients leave there, and at the kind of disk. May be slow
    on a network.
    """
    path = path.resolve()
    return (
        whereabouts.network_of(path, _mounts())
        or _network_drive(path)
        or whereabouts.synced_by_variable(path, environment)
        or whereabouts.synced_by_name(path)
        or synced_by_marks(path)
    )


def folder_for_records() -> Path:
    """Where a new file goes by itself: a folder of its own among the user's documents, in sight; where those
    are synced or on a network, or there are none, the program's own folder on this computer's disk.
    """
    import platformdirs

    documents = Path(platformdirs.user_documents_dir())
    in_sight = documents / "Commission App"
    icloud = Path.home() / "Library/Mobile Documents/com~apple~CloudDocs/Documents"
    if not documents.is_dir() or icloud.exists() or risk_of(in_sight) is not None:
        return paths.user_records()
    return in_sight


def synced_by_marks(path: Path) -> RiskyPlace | None:
    """The sync client whose marks stand in a folder above a file."""
    for folder in path.parents:
        client = _mark_in(folder)
        if client is not None:
            return RiskyPlace(Whereabouts.SYNCED, client, folder)
    return None


def _mark_in(folder: Path) -> str | None:
    try:
        for name, client in _MARKS.items():
            is_settings = name == ".dropbox" and (folder / name).is_dir()  # as in one's home folder
            if (folder / name).exists() and not is_settings:
                return client
        for pattern, client in _MARK_PATTERNS.items():
            if next(folder.glob(pattern), None) is not None:
                return client
        return _icon_of(folder / "desktop.ini")
    except OSError:
        return None


def _icon_of(file: Path) -> str | None:
    if not file.is_file():
        return None
    text = file.read_bytes()[:4096].replace(b"\0", b"").decode("latin-1").casefold()
    return next((client for word, client in _DESKTOP_INI.items() if word in text), None)


def _mounts() -> list[Mount]:
    try:
        if sys.platform == "linux":
            return whereabouts.linux_mounts(Path("/proc/mounts").read_text(encoding="utf-8"))
        if sys.platform == "darwin":
            told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False)
            return whereabouts.macos_mounts(told.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return []
    return []


def _network_drive(path: Path) -> RiskyPlace | None:
    """A letter of Windows that stands for a share."""
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _REMOTE_DRIVE:
            return RiskyPlace(Whereabouts.NETWORK, "SMB", Path(path.anchor))
    return None


def move(path: Path, folder: Path, who: str, at: datetime) -> Moved:
    """Move a file that is not open into a folder.

    The copy is verified and compared before it gets its name, and never takes the place of another file.
    The old file is only renamed, so that nobody goes on in it by mistake; where even that may not be, it
    stays as it is.
    """
    inspection.inspect_header(path)
    path = path.resolve()
    target = folder / path.name
    lock = WriterLock(path)
    lock.take(who)
    try:
        _copy_verified(path, target)
    finally:
        lock.give_back()
    aside = path.with_name(f"{path.stem} moved {at.astimezone():%Y-%m-%d %H.%M.%S}{path.suffix}-old")
    try:
        path.rename(aside)
    except OSError:
        return Moved(target, None)
    return Moved(target, aside)


def _copy_verified(path: Path, target: Path) -> None:
    if target.exists():
        raise FileExistsAlreadyError(
            f"There is already a file {target}.", "Nothing was changed. Move or rename that one first."
        )
    partial = target.with_name(f".{target.name}.moving")
    with _folder_for(target):
        try:
            partial.unlink(missing_ok=True)
            partial.touch(mode=0o600)
            backup.copy(path, partial)
            backup.verify(partial)
            if _digest(partial) != _digest(path):
                raise DamagedError(
                    f"The copy of {path.name} differs from it.", "Nothing was changed. Try again."
                )
            partial.replace(target)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "") in _UNWRITTEN:
                raise DiskFullError(
                    f"The disk of {target.parent} takes no more: it is full, or has a limit."
                ) from error
            raise inspection.translated(error, path) from error
        except OSError as error:
            raise inspection.unwritable(error, target) from error
        finally:
            partial.unlink(missing_ok=True)


@contextmanager
def _folder_for(target: Path) -> Iterator[None]:
    """The folder of a new file, made where it is missing; what was made goes again when the block fails."""
    missing = [folder for folder in target.parents if not folder.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise FileExistsAlreadyError(
            f"There is a file where the folder {target.parent} would be.",
            "Nothing was changed. Move or rename that file first.",
        ) from error
    except OSError as error:
        raise inspection.unwritable(error, target) from error
    finally:
        for folder in missing if not target.exists() else ():
            with suppress(OSError):
                folder.rmdir()


def _digest(path: Path) -> str:
    """Of all pages; the header is left out, in which SQLite counts how often a file was written."""
    with path.open("rb") as file:
        file.seek(_HEADER_SIZE)
        digest = sha256()
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
