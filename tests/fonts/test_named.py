"""What authors name under `fonts:`, what is told of it, and what is told where no font has a sign."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from reportgen.diagnostics import Diagnostic
from reportgen.fonts import typefaces
from reportgen.fonts.boxes import box_font
from reportgen.fonts.coverage import fact_glyph_problems
from reportgen.fonts.setting import missing, page_fonts
from reportgen.fonts.typefaces import Shelf
from reportgen.load.files import DiskFiles
from reportgen.load.project import load
from tests.driver import BuildResult, Project
from tests.fonts.made import collected, font, packed

SITE = "content/site.yaml"
BRIEF = "content/briefs/tea.md"
TIBETAN = "ཇ"


@pytest.fixture
def tea(tmp_path: Path) -> Project:
    """A brief that holds a sign which no font has."""
    project = Project.from_folder(tmp_path / "tea", "tea")
    project.append(BRIEF, f"\nIn Tibetan, tea is {TIBETAN}.\n")
    return project


def named(project: Project, name: str, data: bytes | None = None) -> Shelf:
    """The project's typefaces once the font is named."""
    project.append(SITE, f'fonts: ["{name}"]\n')
    if data is not None:
        path = project.path(f"content/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return opened(project)


def opened(project: Project) -> Shelf:
    loaded, found = load(DiskFiles(project.root))
    assert [each.code for each in found if each.severity == "error"] == ["unknown-style"] * bool(found)
    return Shelf(loaded)


def told(done: BuildResult) -> list[Diagnostic]:
    """What is told of fonts and signs."""
    assert not done.faults
    return [found for found in done.diagnostics if found.code in ("no-glyph", "unknown-font", "unusable-font")]


def carried(project: Project) -> set[str]:
    """The signs of the fonts that the brief's page brings."""
    fonts = [data for path, data in project.site.items() if path.startswith("briefs/tea/") and path.endswith(".woff2")]
    return {chr(code) for data in fonts for code in TTFont(BytesIO(data)).getBestCmap()}


PLAIN = font(TIBETAN)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("fonts/made.ttf", PLAIN),
        ("fonts/made.woff", packed(PLAIN, "woff")),
        ("fonts/made.woff2", packed(PLAIN, "woff2")),
        ("fonts/made.ttc", collected(font("ཀ", "Other"), PLAIN)),
    ],
)
def test_a_file_has_what_ours_lack(tea: Project, name: str, data: bytes) -> None:
    shelf = named(tea, name, data)
    assert shelf.problems == ()
    assert missing(TIBETAN, shelf) == frozenset()
    _, files = page_fonts(TIBETAN, "index", shelf)
    assert all(TIBETAN in map(chr, TTFont(BytesIO(cut)).getBestCmap()) for cut in files.values())


def test_it_prints_the_page(tea: Project) -> None:
    named(tea, "fonts/made.ttf", PLAIN)
    assert told(tea.build()) == []
    assert TIBETAN in carried(tea)


DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="99">
<style>.a { font-family: Times }</style><text y="9">No family, {}</text><text y="30" font-family="Arial">Arial</text>
<text y="50" class="a">Style 北</text><text y="70" style="font: 9px Courier New">Courier</text>
</svg>"""


def test_the_words_of_an_authors_drawing_are_set_in_the_fonts_of_the_document(tmp_path: Path) -> None:
    """What the machine has besides would make other bytes on another one."""
    project = Project.from_folder(tmp_path / "tea", "tea")
    project.append(BRIEF, "\n![A plan](<images/a plan.svg>)\n")
    project.write("content/images/a plan.svg", DRAWING.replace("{}", TIBETAN))
    (found,) = told(project.build(formats="pdf"))
    assert (found.severity, TIBETAN in found.message) == ("notice", True)
    pages = PdfReader(BytesIO(project.site["briefs/tea/tea.pdf"])).pages
    fonts = {str(font["/BaseFont"]).split("+")[1] for page in pages for font in fonts_of(page)}
    assert [name for name in fonts if not name.startswith(("IBM-Plex-", "Script-", "No-font"))] == []
    assert {"IBM-Plex-Sans", "IBM-Plex-Serif", "IBM-Plex-Mono"} <= fonts
    assert "北" in "".join(page.extract_text() for page in pages)


def fonts_of(page: PageObject) -> list[DictionaryObject]:
    """Those of a page and of the drawings on it."""
    resources = [page["/Resources"].get_object()]
    for each in resources:  # grows
        resources += [form["/Resources"] for form in each.get("/XObject", {}).values() if "/Resources" in form]
    return [font.get_object() for each in resources for font in each.get("/Font", {}).values()]


def test_a_variable_font_prints_bold_too(tea: Project) -> None:
    """Noto Sans Tamil, named by its file."""
    folder = typefaces._folder("manimgx_fonts")
    assert folder is not None
    shelf = named(tea, "fonts/tamil.ttf", (folder / "NotoSansTamil[wght].ttf").read_bytes())
    rules, files = page_fonts("தேநீர்", "index", shelf)
    assert [("-bold" in name) for name in sorted(files)] == [True, False]
    assert rules.count("font-weight: 551 900") == 4  # two families, upright and italic


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("fonts/none.ttf", None, "unknown-font", "there is no file content/fonts/none.ttf"),
        ("../made.ttf", None, "unknown-font", "there is no file content/../made.ttf"),
        ("Neverland Sans", None, "unknown-font", 'no font family is called "Neverland Sans" on this machine'),
        ("fonts/a.ttf", b"<html>", "unusable-font", 'the font "fonts/a.ttf" cannot be read: its file is broken'),
        ("fonts/a.woff2", packed(PLAIN, "woff2")[:200], "unusable-font", "cannot be read"),
        ("fonts/a.ttf", PLAIN[:300], "unusable-font", "cannot be read"),
        ("fonts/a.ttc", collected(PLAIN)[:120], "unusable-font", "cannot be read"),
        ("fonts/a.ttf", b"", "unusable-font", "cannot be read"),
        ("fonts/a.ttf", font(TIBETAN, fs_type=2), "unusable-font", "forbids to be embedded in a document"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_line(
    tea: Project, name: str, data: bytes | None, code: str, words: str
) -> None:
    (found,) = named(tea, name, data).problems
    assert (found.code, found.severity, found.span.file, found.hint is not None) == (code, "error", SITE, True)
    assert words in found.message
    assert tea.read(SITE).splitlines()[found.span.line - 1].startswith("fonts:")


def test_a_font_that_is_not_named_is_told(tea: Project) -> None:
    tea.path("content/fonts").mkdir()
    tea.path("content/fonts/made.ttf").write_bytes(PLAIN)
    _, told = load(DiskFiles(tea.root))
    assert [(each.span.file, each.hint) for each in told if each.code == "unknown-file"] == [
        ("content/fonts/made.ttf", "name it in content/site.yaml: fonts: [fonts/made.ttf]")
    ]


def test_a_family_of_this_machine(tea: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """fontconfig is shown a folder with one font; what it prints is made again when the font is another."""
    folder = tmp_path / "machine"
    folder.mkdir()
    (folder / "fonts.conf").write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>")
    (folder / "made.ttf").write_bytes(font(TIBETAN, "Tea Sans"))
    monkeypatch.setenv("FONTCONFIG_FILE", str(folder / "fonts.conf"))
    typefaces._family.cache_clear()
    assert named(tea, "Tea Sans").problems == ()
    assert told(tea.build()) == []
    before = tea.site
    assert tea.build().made == frozenset()
    (folder / "made.ttf").write_bytes(font(TIBETAN + "ཀ", "Tea Sans"))
    typefaces._family.cache_clear()
    again = tea.build()
    assert "page tea" in again.made
    assert "fact tea-c" not in again.made
    assert {path for path in again.site if before.get(path) != again.site[path]} == set()  # the sign itself is the same
    typefaces._family.cache_clear()


def test_one_message_a_script(tea: Project) -> None:
    tea.append(BRIEF, "\nམ ང ᠴᠠᠢ 茶\n")
    found = told(tea.build())
    lines = tea.read(BRIEF).splitlines()
    assert [(each.message, each.severity, lines[each.span.line - 1][each.span.column - 1]) for each in found] == [
        ("no font has the Tibetan script: ང ཇ མ", "error", TIBETAN),
        ("no font has the Mongolian script: ᠠ ᠢ ᠴ", "error", "ᠴ"),
    ]
    assert all(each.hint and "fonts:" in each.hint for each in found)
    assert not tea.site


def test_without_the_package_the_message_names_it(tea: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    without = tuple(
        face for face in typefaces.packaged() if not face.name.endswith((" SC", " JP", " KR", " TC", " HK"))
    )
    monkeypatch.setattr(typefaces, "packaged", lambda: without)
    tea.change("content/facts/base.yaml", "The gap was", "茶, お茶, 차: the gap was")
    shelf = opened(tea)
    found = fact_glyph_problems(shelf.project.facts["tea-c"], shelf)
    assert [each.message.partition(":")[0] for each in found] == [
        "no font has the Chinese and Japanese script",
        "no font has the Korean script",
    ]
    assert all(each.hint and "-m pip install manimgx-fonts-cjk, or" in each.hint for each in found)


def test_in_a_source_it_is_a_notice_and_a_box(tea: Project) -> None:
    tea.change(BRIEF, TIBETAN, "tea [@tea-2021]")
    tea.change("content/sources/sources.yaml", "title: On tea", f"title: On tea {TIBETAN}")
    done = tea.build(formats="all")
    (found,) = told(done)
    assert (found.severity, found.span.file) == ("notice", "content/sources/sources.yaml")
    assert "a PDF shows a box" in found.message
    assert done.ok
    assert TIBETAN in done.site["briefs/tea/index.html"].decode()
    assert told(tea.build(formats="all")) == [found]


def test_a_claim_that_no_brief_prints_is_looked_at_too(tea: Project) -> None:
    tea.change(BRIEF, TIBETAN, "tea")
    tea.change("content/facts/base.yaml", "The gap was {value}.", f"The gap {TIBETAN} was {{value}}.")
    (found,) = told(tea.build())
    assert (found.severity, found.span.file, found.span.line) == ("error", "content/facts/base.yaml", 13)
    assert "error[no-glyph]" in tea.run("check").told


def test_a_box_for_each_sign() -> None:
    made = TTFont(BytesIO(box_font("ཇམ")))
    assert sorted(made.getBestCmap()) == [0xF47, 0xF58]
    assert len(set(made.getBestCmap().values())) == 2
    assert box_font("ཇམ") == box_font("ཇམ")
