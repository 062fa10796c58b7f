"""Whether a folder lies on a drive of another machine, where programs cannot share memory over a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NETWORK = frozenset(
    "9p acfs afpfs afs beegfs ceph cifs coda davfs davfs2 fuse.davfs2 fuse.glusterfs fuse.rclone fuse.s3fs"
    " fuse.smbnetfs fuse.sshfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 prl_fs smb2 smb3 smbfs vboxsf vmhgfs"
    " fuse.vmhgfs-fuse webdav".split()
)


def is_on_network(folder: Path) -> bool:
    """True where the folder's drive is known to be another machine's; false where the system does not say."""
    if sys.platform == "win32":
        return _is_remote_on_windows(folder)
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return kind_of_drive(folder.resolve(), mounts) in _NETWORK


def kind_of_drive(folder: Path, mounts: str) -> str:
    """The kind of file system that holds ``folder``, by the system's list of mounts; empty where none does."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        place = Path(_unescaped(parts[1]))
        if len(place.parts) >= best and (place == folder or place in folder.parents):  # the last of equals lies on top
            best, kind = len(place.parts), parts[2]
    return kind


def _unescaped(place: str) -> str:
    """A place as it is called; spaces and the like are written as octal numbers in the list."""
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(code, sign)
    return place


if sys.platform == "win32":
    import ctypes

    _REMOTE = 4

    def _is_remote_on_windows(folder: Path) -> bool:
        root = os.path.splitdrive(folder.absolute())[0]
        return root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root + "\\") == _REMOTE

else:

    def _is_remote_on_windows(folder: Path) -> bool:
        return False
