"""Whether anything changed since the last build. Reads one file and looks at others; imports next to nothing, since it
answers before the rest of the program is loaded.

`<build>/stamp`: lines of fields with tabs between them, all text with Python's `unicode_escape`:
`reportgen-stamp 2`, `version <text>`, `option <text>`…, `since <ns>`, `also <path>`…,
`in <size> <mtime_ns> <sha256> <path>`…, `out <size> <mtime_ns> <path>`…, `engine <size> <mtime_ns> <path>`….
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # `typing` takes longer to import than the question to answer.
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Inputs = Mapping[str, tuple[int, int, str]]
    """Path from the project's root -> size, mtime_ns, SHA-256."""
    PathText = str | os.PathLike[str]

FORMAT = "reportgen-stamp 2"
FOLDERS = ("content", "templates")
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHECKOUT_THEME = os.path.join(os.path.dirname(PACKAGE), "templates")
"""Where the default theme stands in a checkout; in an installed package it is a folder of the package."""
COARSE = 2_000_000_000
"""The coarsest step of a file system's clock, in nanoseconds (FAT's): a file as new as the look at it may have changed
since without a change of its mtime."""


class Look:
    """The inputs as they were at one moment: taken before loading, written down after success."""

    __slots__ = ("also", "inputs", "since")

    def __init__(self, inputs: Inputs, also: Sequence[str], since: int) -> None:
        self.inputs = inputs
        self.also = tuple(also)
        """Files and folders outside content/ and templates/, from the project's root; they may be missing."""
        self.since = since
        """When, in ns of the system's clock."""

    def together(self, other: Look) -> Look:
        """With what a later look found."""
        return Look({**self.inputs, **other.inputs}, (*self.also, *other.also), self.since)


class _Stamp:
    """What the last build wrote down."""

    __slots__ = ("engines", "look", "options", "outputs", "version")

    def __init__(
        self,
        look: Look,
        version: str,
        options: Sequence[str],
        outputs: Sequence[str],
        engines: Mapping[str, tuple[int, int]],
    ) -> None:
        self.look = look
        self.version = version
        self.options = tuple(options)
        self.outputs = outputs
        """A line each: they are most of it, and read only where all else is the same."""
        self.engines = engines


def unchanged(
    root: PathText, build: PathText, version: str, options: Sequence[str] = (), site: PathText | None = None
) -> bool:
    """Whether all inputs and outputs are as after the last successful build by this version with these options.

    `version` is any text that differs when the program does, e.g. `installed(…)`. `site`: `<build>/site` if not given.
    """
    try:
        stamp = _read(build)
        if stamp is None or stamp.version != version or stamp.options != tuple(options):
            return False
        known = stamp.look
        found = dict(_files(root, known.also))
        if found.keys() != known.inputs.keys():
            return False
        for path, stat in found.items():
            size, mtime, sha = known.inputs[path]
            if stat.st_size != size:
                return False
            if not _settled(stat, mtime, known.since) and _sha256(os.path.join(root, path)) != sha:
                return False
        below = os.path.join(os.path.join(build, "site") if site is None else site, "")
        for line in stamp.outputs:
            _, size_then, mtime_then, path = line.split("\t")
            stat = os.lstat(below + _unescape(path))
            if (stat.st_size, stat.st_mtime_ns) != (int(size_then), int(mtime_then)):
                return False
        for path, expected in stamp.engines.items():
            stat = os.stat(path)
            if (stat.st_size, stat.st_mtime_ns) != expected:
                return False
    except (OSError, ValueError):
        return False
    return True


def look(root: PathText, build: PathText, also: Sequence[str] = (), folders: Sequence[str] = FOLDERS) -> Look:
    """The inputs as they are, with their digests: of the last stamp where they cannot have changed since."""
    import time

    since = time.time_ns()
    files = [*_files(root, also, folders)]
    stamp = _read(build) if files else None
    inputs = {}
    for path, stat in files:
        size, mtime, sha = stamp.look.inputs.get(path, (-1, -1, "")) if stamp else (-1, -1, "")
        if stamp is None or size != stat.st_size or not _settled(stat, mtime, stamp.look.since):
            sha = _sha256(os.path.join(root, path))
        inputs[path] = (stat.st_size, stat.st_mtime_ns, sha)
    return Look(inputs, also, since)


def write_stamp(
    build: PathText,
    seen: Look,
    version: str,
    options: Sequence[str],
    outputs: Mapping[str, tuple[int, int]],
    engines: Iterable[PathText] = (),
) -> None:
    """After a build that succeeded. `outputs`: path below the site -> size, mtime_ns: `SiteOutput.standing()`.

    `engines`: files of other programs that decide what was made; with another size or mtime they are another version.
    """
    from reportgen.rebuild.world import naming

    lines = [FORMAT, f"version\t{_escape(version)}", f"since\t{seen.since}"]
    lines += [f"option\t{_escape(option)}" for option in options]
    lines += [f"also\t{_escape(path)}" for path in seen.also]
    lines += [f"in\t{size}\t{mtime}\t{sha}\t{_escape(p)}" for p, (size, mtime, sha) in sorted(seen.inputs.items())]
    lines += [f"out\t{size}\t{mtime}\t{_escape(path)}" for path, (size, mtime) in sorted(outputs.items())]
    for engine in sorted({os.path.realpath(path) for path in engines}):
        stat = os.stat(engine)
        lines.append(f"engine\t{stat.st_size}\t{stat.st_mtime_ns}\t{_escape(engine)}")
    os.makedirs(build, exist_ok=True)
    path = os.path.join(build, "stamp")
    with naming(path), open(path + ".tmp", "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\nend\n")
    os.replace(path + ".tmp", path)


def installed(package: PathText) -> str:
    """A text that differs once the program's own files, Python, or the installed packages do."""
    import sys

    stats = [stat for _, stat in _walk(package, "", passed_over="__pycache__")]
    parts = [len(stats), sum(hash((s.st_size, s.st_mtime_ns)) for s in stats)]  # of numbers, it is the same each time
    # Installing or removing a package changes its folder's entry in site-packages.
    parts += [os.stat(path).st_mtime_ns for path in sys.path if path.endswith("-packages") and os.path.isdir(path)]
    return f"{sys.version} {' '.join(map(str, parts))}"


def stamp_options(
    only: tuple[str, ...] = (), formats: str = "all", as_of: object = None, strict: bool = False
) -> tuple[str, ...]:
    """The options that decide what a build makes, in one order. `as_of` is a date, its ISO text, or None."""
    options = [f"only={slug}" for slug in sorted(set(only))]
    options.append(f"format={formats}")
    if as_of:
        options.append(f"as-of={as_of}")
    if strict:
        options.append("strict")
    return tuple(options)


def program_digest() -> str:
    """A text that differs once the program or an installed package does, wherever and whenever they were installed:
    what traces depend on. The command line has no part in what is made."""
    import hashlib
    import sys

    found = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for name in sorted(name for name, _ in _walk(PACKAGE, "", passed_over="__pycache__")):
        if name.endswith((".py", ".js", ".lua", ".json")) and not name.startswith(("cli/", "serve")):
            found.update(f"{name}\n".encode())
            with open(os.path.join(PACKAGE, name), "rb", buffering=0) as file:
                found.update(file.read())
    for folder in sys.path:
        if folder.endswith("-packages") and os.path.isdir(folder):
            found.update("\n".join(sorted(n for n in os.listdir(folder) if n.endswith(".dist-info"))).encode())
    return found.hexdigest()


_VERSION: list[str] = []


def program_version() -> str:
    """A text that differs once the program, its theme, Python or an installed package does: as they were when this
    process first asked."""
    if not _VERSION:
        version = installed(PACKAGE)
        if not os.path.isdir(os.path.join(PACKAGE, "templates")) and os.path.isdir(CHECKOUT_THEME):
            version += f" {installed(CHECKOUT_THEME)}"
        _VERSION.append(version)
    return _VERSION[0]


def _settled(stat: os.stat_result, mtime: int, since: int) -> bool:
    """Whether the clock alone proves that a file is the same, and may be read as before: a change of its owner or its
    permissions has a time of its own."""
    return stat.st_mtime_ns == mtime and mtime < since - COARSE and stat.st_ctime_ns <= since


def _files(
    root: PathText, also: Sequence[str], folders: Sequence[str] = FOLDERS
) -> Iterator[tuple[str, os.stat_result]]:
    for folder in folders:
        if os.path.isdir(os.path.join(root, folder)):
            yield from _walk(os.path.join(root, folder), folder + "/")
    for path in also:
        if os.path.isdir(os.path.join(root, path)):
            yield from _walk(os.path.join(root, path), path + "/")
        elif os.path.isfile(os.path.join(root, path)):
            yield path, os.stat(os.path.join(root, path))


def _walk(folder: PathText, name: str, passed_over: str = "") -> Iterator[tuple[str, os.stat_result]]:
    """As `load.files` looks: no hidden files, no editors' leavings, no folders behind links."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name.endswith("~") or entry.name == passed_over:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{name}{entry.name}/", passed_over)
            elif entry.is_file(follow_symlinks=False) or os.path.isfile(entry.path):  # a link may lead nowhere
                yield name + entry.name, entry.stat()


def _sha256(path: str) -> str:
    import hashlib

    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _escape(text: str) -> str:
    return text.encode("unicode_escape").decode("ascii")


def _unescape(text: str) -> str:
    return text.encode("ascii").decode("unicode_escape") if "\\" in text else text


def _read(build: PathText) -> _Stamp | None:
    try:
        with open(os.path.join(build, "stamp"), encoding="ascii") as file:
            head, *lines = file.read().split("\n")
        if head != FORMAT or lines[-2:] != ["end", ""]:
            return None
        version, since = "", 0
        options: list[str] = []
        also: list[str] = []
        inputs: dict[str, tuple[int, int, str]] = {}
        outputs: list[str] = []
        engines: dict[str, tuple[int, int]] = {}
        for line in lines[:-2]:
            if line.startswith("out\t"):
                outputs.append(line)
                continue
            kind, *fields = line.split("\t")
            text = _unescape(fields.pop())
            if kind == "in":
                inputs[text] = (int(fields[0]), int(fields[1]), fields[2])
            elif kind == "engine":
                engines[text] = (int(fields[0]), int(fields[1]))
            elif kind == "option":
                options.append(text)
            elif kind == "also":
                also.append(text)
            elif kind == "since":
                since = int(text)
            else:
                version = text
        return _Stamp(Look(inputs, also, since), version, options, outputs, engines)
    except (OSError, ValueError, IndexError):
        return None
