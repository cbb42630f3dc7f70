"""Pages of the stress document as pictures, held against approved ones: what no rule says, an eye has seen.

`UPDATE_EXPECTED=1 pytest tests/pdf/test_pictures.py` approves what is made now: look at approved/ before you keep it. A
page that differs is drawn beside the approved one in `reportgen-pictures`, in the folder for temporary files.

Pages are drawn three times as large as they are kept, then made smaller, and cells of 16 dots by 2 and of 2 by 16 are
compared: what letters look like dot by dot is the drawing program's own affair. The version that the approved pictures
were drawn with may differ by SAME_HAND; another one by OTHER_HAND, which a quite different program (cairo) keeps to.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from reportgen.pdf.render import render_pdf
from tests.no_skips import UNDER_CI
from tests.pdf.stress import Stress

APPROVED = Path(__file__).parent / "approved"
DIFFERENT = Path(tempfile.gettempdir()) / "reportgen-pictures"
PAGES = (1, 2, 3, 4, 5, 6, 12, 13, 14, 15, 16)
"""All but the middle of the long table."""
DPI = 48
LARGER = 3
CELLS = ((16, 2), (2, 16))
SAME_HAND = 4
"""Of 255: a lost hairline makes 5 to 8."""
OTHER_HAND = 20
"""A lost bar, a block moved by a millimetre, another font make more."""

pytestmark = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="no poppler here")


def drawn(pdf: bytes, folder: Path, pages: tuple[int, ...], program: str = "pdftoppm") -> dict[int, Image.Image]:
    """Pages in grey."""
    (folder / "a.pdf").write_bytes(pdf)
    kind = {"pdftocairo": "png"}.get(program, "pgm")  # as it is in memory, where the program can write it so
    found = {}
    for page in pages:
        size = ["-r", str(DPI * LARGER), "-f", str(page), "-l", str(page), "-singlefile"]
        as_png = ["-png"] if kind == "png" else []
        subprocess.run([program, "-gray", *as_png, *size, folder / "a.pdf", folder / "page"], check=True)
        with Image.open(folder / f"page.{kind}") as picture:
            found[page] = picture.convert("L").reduce(LARGER)
    return found


def difference(one: Image.Image, other: Image.Image) -> int:
    """Of the cells that differ most, 0 to 255."""
    if one.size != other.size:
        return 255
    blurred = [picture.filter(ImageFilter.GaussianBlur(1)) for picture in (one, other)]
    worst = 0
    for across, down in CELLS:
        size = (one.width // across, one.height // down)
        cells = [picture.resize(size, Image.Resampling.BOX) for picture in blurred]
        worst = max(worst, int(ImageChops.difference(*cells).getextrema()[1]))  # type: ignore[arg-type]
    return worst


def show(approved: Image.Image, found: Image.Image, name: str) -> Path:
    """Both, and where they differ in black."""
    DIFFERENT.mkdir(exist_ok=True)
    apart = ImageChops.invert(ImageChops.difference(approved, found.crop((0, 0, *approved.size))))
    beside = Image.new("L", (approved.width * 3, max(approved.height, found.height)), 128)
    for place, picture in enumerate((approved, found, apart)):
        beside.paste(picture, (place * approved.width, 0))
    beside.save(DIFFERENT / name)
    return DIFFERENT / name


def poppler() -> str:
    told = subprocess.run(["pdftoppm", "-v"], capture_output=True, text=True, check=True)
    return (told.stderr or told.stdout).splitlines()[0].split()[-1]


def test_pages_look_as_approved(stress: Stress, tmp_path: Path) -> None:
    pages = drawn(stress.pdf, tmp_path, PAGES)
    if os.environ.get("UPDATE_EXPECTED"):
        assert not UNDER_CI, "nobody looks at pictures there"
        shutil.rmtree(APPROVED, ignore_errors=True)
        APPROVED.mkdir()
        (APPROVED / "poppler.txt").write_text(poppler() + "\n")
        for number, picture in pages.items():
            picture.save(APPROVED / f"page-{number:02}.png", optimize=True)
    allowed = SAME_HAND if (APPROVED / "poppler.txt").read_text().strip() == poppler() else OTHER_HAND
    wrong = []
    for number, picture in pages.items():
        name = f"page-{number:02}.png"
        with Image.open(APPROVED / name) as approved:
            if difference(approved, picture) > allowed:
                wrong.append(str(show(approved, picture, name)))
    assert wrong == [], "another look: see these, and approve them if they are right"


CHANGES = {
    "a block moved sideways": (".title { position: relative; left: 1mm }", OTHER_HAND),
    "a block moved by a millimetre": (".key { position: relative; top: 1mm }", OTHER_HAND),
    "a lost bar": (".key { border-top-color: transparent }", OTHER_HAND),
    "another font": ("body, .standfirst { font-family: var(--sans) }", OTHER_HAND),
    "a lost hairline": (".ledger { border-color: transparent }", SAME_HAND),
}


def test_what_changes_is_seen_and_what_another_hand_draws_is_not(stress: Stress, tmp_path: Path) -> None:
    start, end = stress.html.index('<section class="contents'), stress.html.index("</main>")
    html, css = stress.html[:start] + stress.html[end:], str(stress.job["css"])

    def first_page(more: str) -> bytes:
        return render_pdf(html, f"{css}\n{more}", str(stress.job["address"]), 0, {})

    def picture(pdf: bytes, program: str = "pdftoppm") -> Image.Image:
        return drawn(pdf, tmp_path, (1,), program)[1]

    pdf = first_page("")
    plain = picture(pdf)
    assert difference(plain, picture(pdf)) == 0
    assert difference(plain, picture(pdf, "pdftocairo")) <= OTHER_HAND
    for what, (rule, allowed) in CHANGES.items():
        changed = picture(first_page(rule))
        assert difference(plain, changed) > allowed, what
    with Image.open(show(plain, changed, "test.png")) as seen:
        assert seen.size == (plain.width * 3, plain.height)


def test_what_a_gradient_fills_is_there_at_any_size(tmp_path: Path) -> None:
    gradient = '<linearGradient id="g"><stop offset="0" stop-color="#8ab"/><stop offset="1" stop-color="#245"/>'
    svg = f'<svg viewBox="0 0 400 260"><defs>{gradient}</linearGradient></defs><rect y="160" width="400" height="100"'
    sheets = "".join(
        f'<div style="break-after: page"><div style="width: {width}mm">{svg} fill="url(#g)"/></svg></div>words</div>'
        for width in (90, 107.3, 120.37, 140)
    )
    pdf = render_pdf(f"<title>A</title>{sheets}", "@page { size: 170mm 220mm; margin: 5mm }", "", 0, {})
    for page, picture in drawn(pdf, tmp_path, (1, 2, 3, 4)).items():
        assert min(picture.get_flattened_data()) < 110, page
