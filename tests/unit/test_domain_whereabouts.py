"""Folders of sync clients and networks are recognized by path, on all three systems."""

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from commission_app.domain.whereabouts import (
    Mount,
    Whereabouts,
    linux_mounts,
    macos_mounts,
    network_of,
    synced_by_name,
    synced_by_variable,
)

FILE = "Alder Glen.commission"


@pytest.mark.parametrize(
    ("path", "client"),
    [
        (PureWindowsPath(r"C:\Homes\ana\OneDrive") / FILE, "OneDrive"),
        (PureWindowsPath(r"C:\Homes\ana\OneDrive - City of Alder Glen\Documents") / FILE, "OneDrive"),
        (PureWindowsPath(r"C:\Homes\ana\iCloudDrive\Commission") / FILE, "iCloud"),
        (PureWindowsPath(r"D:\Dropbox (Personal)") / FILE, "Dropbox"),
        (PurePosixPath("/home/ana/Dropbox/commission") / FILE, "Dropbox"),
        (PurePosixPath("/home/ana/Nextcloud") / FILE, "Nextcloud"),
        (PurePosixPath("/home/ana/Nextcloud2") / FILE, None),
        (PurePosixPath("/home/ana/Google Drive/My Drive") / FILE, "Google Drive"),
        (PurePosixPath("/Users/ana/Library/Mobile Documents/com~apple~CloudDocs") / FILE, "iCloud"),
        (PurePosixPath("/Users/ana/Library/CloudStorage/OneDrive-Personal") / FILE, "OneDrive"),
        (
            PurePosixPath("/Users/ana/Library/CloudStorage/GoogleDrive-ana@example.org/My Drive") / FILE,
            "Google Drive",
        ),
        (PurePosixPath("/Users/ana/Library/CloudStorage/Egnyte-alderglen") / FILE, "Egnyte"),
        (PurePosixPath("/home/ana/.local/share/commission-app/records") / FILE, None),
        (PurePosixPath("/home/ana/Documents/Dropbox.commission"), None),
        (PurePosixPath("/home/ana/dropboxes") / FILE, None),
        (PureWindowsPath(r"C:\Homes\ana\Documents") / FILE, None),
    ],
)
def test_a_sync_client_is_known_by_its_folders(path: PurePath, client: str | None) -> None:
    found = synced_by_name(path)
    assert (found.name if found else None) == client
    if found:
        assert found.kind is Whereabouts.SYNCED
        assert path.is_relative_to(found.root)


def test_onedrive_says_itself_where_it_is() -> None:
    told = {"OneDriveCommercial": r"E:\Shared City Files"}
    inside = PureWindowsPath(r"E:\Shared City Files\Sister cities") / FILE
    assert synced_by_variable(inside, told) is not None
    assert synced_by_variable(PureWindowsPath(r"E:\Other") / FILE, told) is None
    assert synced_by_variable(inside, {"OneDrive": ""}) is None


PROC_MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
//city/commissions /mnt/city\\040share cifs rw,vers=3.1.1 0 0
server:/export /srv/nfs nfs4 rw 0 0
ana@host:/home/ana /home/ana/remote fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
/dev/sdb1 /srv/nfs/disk ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/mnt/city share/sister/x.commission", "SMB"),
        ("/srv/nfs/x.commission", "NFS"),
        ("/srv/nfs/disk/x.commission", None),
        ("/home/ana/remote/x.commission", "SSH"),
        ("/run/user/1000/gvfs/smb-share:server=city/x.commission", "a network folder"),
        ("/home/ana/x.commission", None),
        ("/srv/nfs-like/x.commission", None),
    ],
)
def test_a_network_is_known_by_its_mount(path: str, network: str | None) -> None:
    found = network_of(PurePosixPath(path), linux_mounts(PROC_MOUNTS))
    assert (found.name if found else None) == network


def test_a_network_of_macos_is_known_by_its_mount() -> None:
    told = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only)\n"
        "//ana@city._smb._tcp.local/commissions on /Volumes/commissions (smbfs, nodev, nosuid)\n"
        "/dev/disk4s1 on /Volumes/STICK on top (msdos, local)\n"
    )
    mounts = macos_mounts(told)
    found = network_of(PurePosixPath("/Volumes/commissions/x.commission"), mounts)
    assert found is not None
    assert (found.kind, found.name) == (Whereabouts.NETWORK, "SMB")
    assert network_of(PurePosixPath("/Volumes/STICK/x.commission"), mounts) is None
    assert Mount(PurePosixPath("/"), "apfs") in mounts


@pytest.mark.parametrize(
    ("path", "is_share"),
    [
        (r"\\city-server\commissions\x.commission", True),
        (r"C:\Homes\ana\x.commission", False),
        (r"\\?\C:\Homes\ana\x.commission", False),
    ],
)
def test_a_share_of_windows_is_known_by_its_name(path: str, is_share: bool) -> None:
    assert (network_of(PureWindowsPath(path), []) is not None) is is_share
