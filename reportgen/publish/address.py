"""Any address that fsspec knows (s3://, gs://, sftp://, …) as a place to publish to.

Effects: those of the address. Keys and passwords come from the environment, as each service's own programs take them,
or as fsspec does (`FSSPEC_S3_KEY`); never from the address, which stands in logs.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reportgen.installing import command_for
from reportgen.publish.targets import TargetError

WHOLE = frozenset(("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "oss", "obs", "tos", "b2", "memory"))
"""Stores in which a file that is sent appears once it is whole. Everywhere else it is written beside and moved."""


class Address:
    """A folder of a file system that fsspec opens. Raises TargetError."""

    is_switched = False

    def __init__(self, url: str) -> None:
        with suppress(ValueError):
            if urlsplit(url).password or (urlsplit(url).username and urlsplit(url).scheme not in ("sftp", "ssh")):
                raise TargetError("the address holds a user name or a password", "give them in the environment")
        import fsspec

        # Services that keep a type with a file ask for it by name.
        mimetypes.add_type("font/woff2", ".woff2")
        try:
            self._fs: Any
            self._fs, root = fsspec.core.url_to_fs(url)
        except ImportError as error:
            raise TargetError(str(error), f"for example with: {command_for('s3fs')}") from error
        except (OSError, ValueError) as error:
            raise TargetError(f"{url} cannot be opened: {error}", None) from error
        self._root = str(root).rstrip("/")
        protocol = self._fs.protocol
        self._is_whole = not WHOLE.isdisjoint((protocol,) if isinstance(protocol, str) else protocol)

    def standing(self) -> frozenset[str]:
        try:
            found = self._fs.find(self._root)
        except FileNotFoundError:
            return frozenset()
        return frozenset(str(path).removeprefix(self._root).lstrip("/") for path in found)

    def read(self, path: str) -> bytes | None:
        try:
            return bytes(self._fs.cat_file(self._at(path)))
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    def put(self, path: str, local: Path) -> None:
        self._place(path, lambda at: self._fs.put_file(str(local), at))

    def write(self, path: str, data: bytes) -> None:
        self._place(path, lambda at: self._fs.pipe_file(at, data))

    def _place(self, path: str, send: Callable[[str], object]) -> None:
        self._make_folder(path)
        if self._is_whole:
            send(self._at(path))
            return
        folder, slash, name = path.rpartition("/")
        new = self._at(f"{folder}{slash}.{name}.new")
        send(new)
        try:
            self._fs.mv(new, self._at(path))
        except (OSError, NotImplementedError):
            # Some services move over nothing that stands there.
            if not self._fs.exists(new):
                raise
            with suppress(FileNotFoundError):
                self._fs.rm_file(self._at(path))
            self._fs.mv(new, self._at(path))

    def remove(self, path: str) -> None:
        with suppress(FileNotFoundError, NotADirectoryError):
            self._fs.rm_file(self._at(path))
        while "/" in path:
            path = path.rpartition("/")[0]
            try:
                self._fs.rmdir(self._at(path))
            except (OSError, NotImplementedError):  # Not empty, or no folder but a part of names.
                return

    def finish(self) -> None:
        pass

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _make_folder(self, path: str) -> None:
        # Object stores have none, and may not be asked to make a bucket of the first part of a name.
        if "/" in path or not self._fs.exists(self._root):
            self._fs.makedirs(self._at(path).rpartition("/")[0], exist_ok=True)
