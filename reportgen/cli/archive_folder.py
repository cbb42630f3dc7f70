"""`--archive`, for all commands that look into the folder of saved sources."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reportgen.model.project import Project

archive_option = click.option(
    "--archive",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder of saved sources. Without it: REPORTGEN_ARCHIVE, else `archive` in site.yaml, else saved/.",
)


def archive_folder(root: Path, named: Path | None, project: Project, *, must_exist: bool = True) -> Path:
    """As named, else as the environment or site.yaml says, else saved/. UsageError where it is not there."""
    environment = os.environ.get("REPORTGEN_ARCHIVE", "")
    folder = named or (Path(environment) if environment else root / (project.settings.archive or "saved"))
    if must_exist and not folder.is_dir():
        raise click.UsageError(
            f"there is no folder of saved sources at {folder}: name it with --archive DIR, or in site.yaml as archive:"
        )
    return folder
