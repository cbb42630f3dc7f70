"""A drawing's picture: its size, its ground, its letters, and whoever draws it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from PIL import Image

from reportgen.drawing.png import svg_to_png

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="688" height="389"><rect x="40" y="300" width="600" height="80"'
    ' style="fill: #00546F"/><text x="10" y="40" style="font-family: \'IBM Plex Sans\', Arial, sans-serif;'
    ' font-size: 20px; font-weight: {}">{}</text></svg>'
)


def picture(weight: int, words: str) -> Image.Image:
    return Image.open(BytesIO(svg_to_png(DRAWING.format(weight, words), 1200)))


def test_a_picture_is_as_wide_as_asked_and_keeps_the_drawing_s_shape() -> None:
    drawn = picture(400, "")
    assert drawn.size == (1200, 679)  # 678.5 rounded up
    assert drawn.getpixel((0, 678)) == (255, 255, 255, 255)
    assert drawn.getpixel((600, 600)) == (0, 84, 111, 255)
    ink = drawn.convert("L").point(lambda value: 255 * (value < 128)).getbbox()
    assert ink == (70, 524, 1116, 663)


def test_letters_are_our_own_at_each_weight() -> None:
    drawn = [picture(weight, words) for words in ("Қазақстан", "₸₿№") for weight in (400, 600, 700)]
    above = [one.convert("L").crop((0, 0, 1200, 200)) for one in drawn]
    assert all(one.getextrema()[0] < 40 for one in above)
    assert len({one.tobytes() for one in above}) == len(above)
    widths = [box[2] - box[0] for box in (one.point(lambda value: 255 - value).getbbox() for one in above[:3]) if box]
    assert widths == sorted(set(widths))


def test_any_thread_may_draw() -> None:
    here = svg_to_png(DRAWING.format(400, "A"), 300)
    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(lambda _: svg_to_png(DRAWING.format(400, "A"), 300), range(4))) == {here}
