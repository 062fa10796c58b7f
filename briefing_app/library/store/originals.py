"""Original bytes at rest, named by their SHA-256: small ones in the database, large ones as files beside it.

A file is written whole and synchronised before the transaction that names it commits, so a named file is always
there; one that a killed process left behind unnamed is harmless, and is taken over when the same bytes come again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import zlib
from pathlib import Path

from briefing_app.errors import StorageError
from briefing_app.library.store.packing import FILE_FROM
from briefing_app.library.store.syncing import sync_folder


class Originals:
    """The originals of the library in ``folder``. It keeps bytes; which source they belong to, it does not know."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "originals"

    def put(self, connection: sqlite3.Connection, sha256: str, data: bytes, deflated: bytes | None) -> None:
        """Keep ``data`` inside the caller's transaction, or count one more use where it is kept already.

        ``deflated`` is its smaller form, None where it has none.
        """
        known = connection.execute("UPDATE original SET uses = uses + 1 WHERE sha256 = ?", (sha256,))
        if known.rowcount:
            return
        form, kept = "plain", data
        if len(data) >= FILE_FROM:
            self._write_file(sha256, data)
            form, kept = "file", b""
        elif deflated is not None:
            form, kept = "deflated", deflated
        connection.execute(
            "INSERT INTO original (sha256, size, uses, form, data) VALUES (?, ?, 1, ?, ?)",
            (sha256, len(data), form, kept),
        )

    def get(self, connection: sqlite3.Connection, sha256: str) -> bytes:
        """The bytes, checked against their hash. Raises StorageError where they are gone or changed."""
        row = connection.execute("SELECT form, data FROM original WHERE sha256 = ?", (sha256,)).fetchone()
        data = b""
        with contextlib.suppress(OSError, zlib.error):
            if row is not None:
                form, kept = row
                data = self._path(sha256).read_bytes() if form == "file" else bytes(kept)
                data = zlib.decompress(data) if form == "deflated" else data
        if row is None or hashlib.sha256(data).hexdigest() != sha256:
            raise StorageError(
                f"The original file with the SHA-256 {sha256} is missing from the library or was changed.",
                "Its text is still there. Import the original file again, or restore the library from a backup.",
            )
        return data

    def drop(self, connection: sqlite3.Connection, sha256: str) -> Path | None:
        """Count one use less; gives the file to delete once the transaction has committed, if any."""
        connection.execute("UPDATE original SET uses = uses - 1 WHERE sha256 = ?", (sha256,))
        row = connection.execute(
            "DELETE FROM original WHERE sha256 = ? AND uses <= 0 RETURNING form", (sha256,)
        ).fetchone()
        return self._path(sha256) if row is not None and row[0] == "file" else None

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _write_file(self, sha256: str, data: bytes) -> None:
        path = self._path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{sha256}.{os.getpid()}.part")
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        for folder in (path.parent, self._folder, self._folder.parent):
            sync_folder(folder)
