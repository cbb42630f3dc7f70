"""A target in, the place to send to out. Effects: opens it, for which git or a service may be asked."""

from __future__ import annotations

import subprocess
from pathlib import Path

from reportgen.publish.sending import Destination
from reportgen.publish.targets import AddressTarget, BranchTarget, FolderTarget


def open_place(target: FolderTarget | BranchTarget | AddressTarget, root: Path, site: Path) -> Destination:
    """`root` is the project's folder, whose repository is meant; `site` is what will be sent. Raises TargetError."""
    match target:
        case FolderTarget(path=path):
            from reportgen.publish.folder import Folder
            from reportgen.publish.targets import TargetError

            there, here = Path(path).resolve(), site.resolve()
            if there == here or here in there.parents or there in here.parents:
                raise TargetError(f"{path} and the built site {site} lie one inside the other", "name another folder")
            return Folder(Path(path))
        case BranchTarget(branch=branch, remote=remote):
            from reportgen.publish.branch import Branch

            return Branch(root, branch, _origin(root) if remote is None else remote)
        case AddressTarget(url=url):
            from reportgen.publish.address import Address

            return Address(url)


def _origin(root: Path) -> str:
    done = subprocess.run(["git", "remote"], cwd=root, capture_output=True, text=True, check=False)
    return "origin" if "origin" in done.stdout.split() else ""
