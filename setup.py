"""The default theme travels in the package as reportgen/templates. All else stands in pyproject.toml."""

from pathlib import Path
from shutil import copytree, ignore_patterns

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTheme(build_py):
    """Copies templates/; an editable install finds it where it stands."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            theme = Path(self.build_lib, "reportgen", "templates")
            copytree("templates", theme, ignore=ignore_patterns(".*"), dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithTheme})
