"""Every fenced block of README.md, CONTRIBUTING.md and docs/ is run, built or checked, from the document itself."""

from __future__ import annotations

import io
import os
import posixpath
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import click
import pytest
import yaml
from PIL import Image

from reportgen import pipeline
from reportgen.citing.pandoc import Citeproc
from reportgen.cli import add as cli_add
from reportgen.cli.main import cli
from reportgen.cli.show import show_text
from reportgen.load import project as loader
from reportgen.messages.pages import codes, page
from reportgen.preview import Preview
from reportgen.targets import briefs
from tests.docs.blocks import CONTEXT, DOCUMENTS, GENERATED, ROOT, Block, blocks, files, of_kind
from tests.driver import command, read_tree
from tests.messages.examples import Listener, blank, put
from tests.workbooks import Cell, xlsx

KINDS = ("file", "commands", "messages", "folder", "session", "stages", "workflow")
PROJECTS = tuple(document for document in DOCUMENTS if any(block.kind == "file" for block in blocks(document)))


@pytest.fixture(scope="module")
def citeproc() -> Iterator[Citeproc]:
    with Citeproc() as one:
        yield one


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch, citeproc: Citeproc) -> Listener:
    return Listener(monkeypatch, citeproc)


def per_block(kind: str) -> pytest.MarkDecorator:
    found = of_kind(kind)
    return pytest.mark.parametrize("block", found, ids=map(str, found))


# Nothing is passed over


def test_there_are_documents_and_every_block_says_what_it_is() -> None:
    written = [document for document in DOCUMENTS if document not in GENERATED]
    assert {"README.md", "CONTRIBUTING.md", "docs/writing.md"} <= set(written)
    unsaid = [str(block) for document in written for block in blocks(document) if block.kind not in KINDS]
    assert not unsaid, f"before each block stands <!-- example: KIND -->, one of {', '.join(KINDS)}: {unsaid}"
    assert {block.kind for document in written for block in blocks(document)} == set(KINDS)


def test_every_fence_is_read() -> None:
    """A fence that is indented, or not closed, would be no block for the tests."""
    for document in DOCUMENTS:
        text = (ROOT / document).read_text("utf-8")
        inside = sum(len(re.findall(r"^\s*(?:```|~~~)", block.text, re.M)) for block in blocks(document))
        assert len(re.findall(r"^\s*(?:```|~~~)", text, re.M)) == 2 * len(blocks(document)) + inside, document


def test_blocks_of_generated_documents_are_examples_of_their_pages() -> None:
    shown = [block.text for block in blocks("docs/messages.md")]
    assert shown == [text for code in codes() for text in _fenced(page(code).text)]


def _fenced(text: str) -> list[str]:
    return re.findall(r"^`{3,}\w+\n(.*?)^`{3,}$", text, re.M | re.S)


# Files


@pytest.mark.parametrize("document", PROJECTS)
def test_the_files_of_a_document_are_a_project_without_a_problem(
    document: str, tmp_path: Path, listener: Listener
) -> None:
    for path, text in files(document).items():
        put(tmp_path / path, text)
        if path.endswith(".xlsx"):
            (tmp_path / path).write_bytes(workbook(text))
    assert listener.told(tmp_path, ["build"]) == []
    if document == "docs/data.md":
        said = re.search(r'The page then reads "(.+?)", and .+ says "(.+?)"', (ROOT / document).read_text("utf-8"))
        page = (tmp_path / "build/site/briefs/clinics/index.html").read_text("utf-8")
        shown = re.sub(r"<sup.*?</sup>|<[^>]+>", "", page).replace("\u00a0", " ").replace("\n", " ")
        assert said
        assert said[1] in shown
        assert said[2] in shown
    assert (tmp_path / "build/site/index.html").is_file()


def workbook(shown: str) -> bytes:
    """A workbook as a document shows it: the name of its sheet, the letters of its columns, and its rows."""
    name, _, *lines = shown.splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:]] for line in lines]
    cells: list[list[Cell]] = [[int(cell) if cell.isdigit() else cell or None for cell in row] for row in rows]
    return xlsx({"About": [["An office"]], name: cells})


def test_every_context_is_a_documents() -> None:
    assert {path.stem for path in CONTEXT.iterdir()} == {Path(document).stem for document in PROJECTS}


def test_a_documented_picture_is_shown(tmp_path: Path, listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line that docs/writing.md gives, in a brief: on the finished page, in its PDF and in `reportgen serve`."""
    shown = re.search(r"!\[[^\]]+\]\((images/[^)]+)\)", (ROOT / "docs/writing.md").read_text("utf-8"))
    assert shown
    for path, text in files("docs/writing.md").items():
        put(tmp_path / path, text)
    put(tmp_path / "content/briefs/picture.md", f"---\ntitle: A dam\ndate: 2026-01-05\n---\n{shown[0]}\n")
    put(tmp_path / "content" / shown[1], "")
    drawn = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(drawn, "JPEG")
    (tmp_path / "content" / shown[1]).write_bytes(drawn.getvalue())
    printed: list[object] = []
    monkeypatch.setattr(briefs, "pdf_made", lambda slug, *given: printed.append(given[4]) or blank(slug))
    assert listener.told(tmp_path, ["build"]) == []
    assert printed == [{Path(shown[1]).name: drawn.getvalue()}]
    written = tmp_path / "build/site/briefs/picture/index.html"
    (address,) = re.findall(r'<img [^>]*src="([^"]+)"', written.read_text("utf-8"))
    assert (written.parent / address).read_bytes() == drawn.getvalue()
    with Preview(tmp_path, tmp_path / "build") as preview:
        answer = preview.page(posixpath.normpath(f"briefs/picture/{address}"))
        assert answer is not None
        assert answer.data == drawn.getvalue()


# Messages


@per_block("messages")
def test_messages_are_those_of_the_mistake(block: Block, tmp_path: Path) -> None:
    """A mistake is made in a copy of the shipped content: `file: what stands there => what is written instead`."""
    copytree(ROOT / "content", tmp_path / "content")
    for line in block.rest.strip().splitlines():
        path, _, change = line.partition(": ")
        old, _, new = change.partition(" => ")
        text = (tmp_path / path).read_text("utf-8")
        assert old in text, line
        (tmp_path / path).write_text(text.replace(old, new, 1), "utf-8")
    shown = io.StringIO()
    found = pipeline.check(tmp_path).diagnostics
    show_text([told for told in found if told.severity == "error"], tmp_path, shown)
    if os.environ.get("UPDATE_EXPECTED"):
        text, (start, end) = (ROOT / block.document).read_text("utf-8"), block.span
        (ROOT / block.document).write_text(text[:start] + shown.getvalue() + text[end:], "utf-8")
        return
    assert block.text == shown.getvalue()


# Sessions


@per_block("session")
def test_a_session_goes_as_it_is_shown(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its commands, one after another in a new project, with the pages that the document's context holds beside it."""
    monkeypatch.setattr(cli_add, "today", lambda: date(2026, 11, 22))
    monkeypatch.chdir(tmp_path)
    put_pages(block, tmp_path)
    given = [line.removeprefix("$ ") for line in block.text.splitlines() if line.startswith("$ ")]
    assert given
    shown = []
    for line in given:
        done = command(*shlex.split(line)[1:])
        assert done.code == 0, done.told
        shown += [f"$ {line}", *(each.rstrip() for each in done.told.splitlines())]
    session = "\n".join(shown) + "\n"
    if os.environ.get("UPDATE_EXPECTED"):
        text, (start, end) = (ROOT / block.document).read_text("utf-8"), block.span
        (ROOT / block.document).write_text(text[:start] + session + text[end:], "utf-8")
        return
    assert block.text == session


def test_what_a_session_took_is_printed(tmp_path: Path, listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first session of README.md, and its call in a brief."""
    block = of_kind("session")[0]
    test_a_session_goes_as_it_is_shown(block, tmp_path, monkeypatch)
    put(
        tmp_path / "content/briefs/rents.md",
        '---\ntitle: Rents\ndate: 2026-11-22\n---\nIt was {{ fact("rent-2025") }}.\n',
    )
    assert listener.told(tmp_path, ["verify"], ["build"]) == []
    page = (tmp_path / "build/site/briefs/rents/index.html").read_text("utf-8")
    assert "620" in page
    assert "cost 620 euros a month" in page


def put_pages(block: Block, root: Path) -> None:
    """A new project, and the pages of a document's context."""
    assert command("new", str(root)).code == 0
    for path, text in files(block.document).items():
        if path.endswith(".html"):
            put(root / path, text)


# Commands


@per_block("commands")
def test_commands_can_be_given(block: Block) -> None:
    lines = block.text.replace("\\\n", " ").splitlines()
    assert lines
    for line in lines:
        check_command(shlex.split(line, comments=True))


def check_command(words: list[str]) -> None:
    """That a command, its options and what it names are there."""
    program, *rest = words
    if program == "reportgen":
        check_ours(rest)
    elif program == "make":
        assert {word for word in rest if "=" not in word} <= make_targets()
    elif words[:-1] in (["uv", "tool", "install"], ["pipx", "install"]):
        named = re.fullmatch(r"\.(?:\[(\w+)\])?|(git\+https://\S+@v[\d.]+)", rest[-1])
        assert named, rest[-1]
        assert named[1] in (None, *extras())
        assert "reportgen" in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    elif re.match(r"\w+=", program):
        check_command(rest)
    elif words in (["pip", "install", "$PROGRAM"], ["git", "pull", "--ff-only"]):
        pass  # test_a_new_project_is_published_by_the_lines_of_the_documents gives them
    elif (program, *rest[:2]) == ("uv", "pip", "compile"):
        described = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
        named = {"--extra": extras(), "--group": described["dependency-groups"]}
        (asked,) = named.keys() & set(rest)
        assert rest[rest.index(asked) + 1] in named[asked]
        assert "pyproject.toml" in rest
        assert all((ROOT / word).is_file() for word in rest if word.endswith(".lock"))
    else:
        raise AssertionError(f"nothing here knows how to check {program}")


def check_ours(arguments: list[str]) -> None:
    """That there is such a command with such options and so many arguments; nothing is run."""
    name, *rest = arguments
    command = cli.commands[name]
    context = click.Context(command, info_name=name)
    _, left, _ = command.make_parser(context).parse_args(rest)
    assert not left, f"reportgen {shlex.join(arguments)}: {left} is too much"


def make_targets() -> set[str]:
    text = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^\.PHONY: (.+)$", text, re.M)[0].split())


def extras() -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return dict(read["project"]["optional-dependencies"])


def test_commands_in_the_text_can_be_given() -> None:
    """`reportgen …` and `make …` between backquotes, in every document and on every page of a message."""
    texts = {document: (ROOT / document).read_text("utf-8") for document in DOCUMENTS}
    given = 0
    for document, text in texts.items():
        unfenced = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
        for found in re.findall(r"`((?:reportgen|make|uv tool|pipx) [^`]+)`", unfenced):
            words = shlex.split(found.replace("…", "WORD"))
            try:
                check_command(words)
            except (AssertionError, KeyError, click.UsageError) as error:
                raise AssertionError(f"{document}: `{found}`: {error}") from error
            given += 1
    assert given > 50


# All else


@per_block("folder")
def test_a_folder_is_as_the_loader_reads_it(block: Block) -> None:
    """Each name in it is one that the program reads, and none is left out."""
    named = set(re.findall(r"(?<![\w./])[a-z.]+(?:/[a-z.]*)*(?:\.yaml|\.lock|/)", block.text))
    read = {Path(path).name for path in loader._YAML} | {f"{folder}/" for folder in loader._FOLDERS}
    assert named == read | {
        "content/",
        "templates/",
        "images/",
        "fonts/",
        "evidence.lock",
        "sources/archive.yaml",
        "sources/keys.yaml",
    }


@per_block("stages")
def test_the_stages_are_the_programs(block: Block) -> None:
    """Each type that the drawing names is a class of the model, and each step a word of the text below it."""
    text = (ROOT / block.document).read_text("utf-8")
    model = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "reportgen/model").glob("*.py")))
    types, steps = re.findall(r"\b[A-Z][a-z]+[A-Za-z]*\b", block.text), re.findall(r"--(\w+)-->", block.text)
    assert "EvaluatedBrief" in types
    assert steps
    assert all(re.search(rf"^class {name}\b", model, re.M) for name in types)
    assert all(f"**{step}**" in text or step == "commit" for step in steps)


@per_block("workflow")
def test_a_workflow_is_yaml_whose_commands_can_be_given(block: Block) -> None:
    read = yaml.safe_load(block.text)
    jobs = read["jobs"].values() if "jobs" in read else [read["pages"]]
    ours = [words for words in given_lines(block) if words[0] in ("pip", "reportgen")]
    assert [words[0] for words in ours[:2]] == ["pip", "reportgen"]
    for words in ours:
        check_command(words[: words.index(">")] if ">" in words else words)
    known = read.get("env") or next(iter(jobs))["variables"]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert known["PROGRAM"].endswith(f"@v{version}")
    least = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    versions = re.findall(r"python(?:-version)?:\s*\"?3\.(\d+)", block.text)
    assert versions
    assert min(map(int, versions)) >= int(least.rpartition(".")[2])


def given_lines(block: Block) -> list[list[str]]:
    """The commands that a block gives to a shell, a workflow's or a person's."""
    if block.kind == "workflow":
        read = yaml.safe_load(block.text)
        jobs = read["jobs"].values() if "jobs" in read else [read["pages"]]
        runs = [step.get("run", "") for job in jobs for step in job.get("steps", [])]
        text = "\n".join([*runs, *(line for job in jobs for line in job.get("script", []))])
    else:
        text = block.text
    return [words for line in text.replace("\\\n", " ").splitlines() if (words := shlex.split(line, comments=True))]


def test_a_new_project_is_published_by_the_lines_of_the_documents(
    tmp_path: Path, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each way of docs/publishing.md, on what a server checks out of a project of `reportgen new`: it has neither a
    Makefile nor the saved copies, and what was released at home is sent. That a program is installed so, the package's
    own tests show."""
    home, server, www = tmp_path / "home", tmp_path / "server", tmp_path / "www"
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))
    (tmp_path / "settings").write_text("[user]\nname = A\nemail = a@b.example\n[init]\ndefaultBranch = main\n")

    def git(folder: Path, *words: str) -> str:
        return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout

    assert command("new", str(home)).code == 0
    assert listener.told(home, ["verify"], ["release"]) == []
    (home / ".gitignore").write_text(f"{(home / '.gitignore').read_text()}\nsaved/\n")
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["remote", "add", "origin", "../bare.git"]):
        git(home, *words)
    git(home, "push", "-q", "-u", "origin", "main")
    git(tmp_path, "clone", "-q", "--depth", "1", (tmp_path / "bare.git").as_uri(), "server")
    git(server, "checkout", "-q", "main")
    monkeypatch.setenv("CI", "true")
    monkeypatch.chdir(server)
    sent: list[str] = []
    known: list[list[str]] = []
    for block in of_kind("workflow") + of_kind("commands"):
        for words in given_lines(block) if block.document == "docs/publishing.md" else []:
            ours = words[words.index("reportgen") + 1 :] if "reportgen" in words else []
            sent += ours[-1:] if "publish" in ours else []
            if ours and ">" not in ours and ours not in known:
                known.append(ours)
                done = command(*(str(www) if word == "/srv/www" else word for word in ours))
                assert done.code == 0, done.told
            elif words[0] == "git":
                git(server, *words[1:])
    assert sent == ["git:gh-pages", "public", "/srv/www"]
    branch = set(git(tmp_path / "bare.git", "ls-tree", "-r", "--name-only", "gh-pages").splitlines())
    for there in (branch, *(set(read_tree(folder)) for folder in (server / "public", www))):
        assert "briefs/first-brief/index.html" in there
        assert "briefs/first-brief/first-brief.pdf" in there


# Pictures and links


@pytest.mark.parametrize("document", DOCUMENTS)
def test_pictures_and_links_lead_somewhere(document: str) -> None:
    text = re.sub(r"^(`{3,}).*?^\1$|`[^`\n]*`", "", (ROOT / document).read_text("utf-8"), flags=re.M | re.S)
    for mark, address in re.findall(r"(!?)\[[^\]]*\]\(([^)\s]+)\)", text):
        path, _, anchor = address.partition("#")
        if re.match(r"https?:", path):
            continue
        target = (ROOT / document).parent / path if path else ROOT / document
        assert target.exists(), f"{document}: {address} is not there"
        if mark:
            with Image.open(target) as picture:
                picture.verify()
        if anchor:
            assert anchor in _anchors(target), f"{document}: {address} has no such heading"


def _anchors(document: Path) -> set[str]:
    """Headings' ids, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
