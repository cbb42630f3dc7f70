"""Templates and stylesheets of an author's own: what is wrong in them is told before a page needs it, at its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.load.files import MemoryFiles
from reportgen.pages import template_faults
from reportgen.pages.default_theme import default_templates
from reportgen.pages.theme import Theme
from reportgen.targets.contexts import names_given
from tests.driver import PROJECTS, Project, read_tree

ABOUT = '{% extends "base.html" %}\n{% block main %}\n<h1>About</h1>\nHERE\n{% endblock %}\n'
MACRO = "{% macro card(title, n=1) %}\n<p>{{ title | typeset }}</p>\n{% endmacro %}\n"
FOOT = "<p>{{ shell.root }}</p>\n"
USE = '{% from "own.html" import card with context %}{{ card("x") }}{% include "foot.html" %}'


def told(written: Mapping[str, str]) -> list[str]:
    """`file:line:column message (hint)` of each problem."""
    found = Theme({**default_templates(), **written}).problems(names_given())
    return [
        f"{one.span.file.removeprefix('templates/')}:{one.span.line}:{one.span.column} {one.message} ({one.hint})"
        for one in found
    ]


def with_about(here: str) -> list[str]:
    return told({"about.html": ABOUT.replace("HERE", here), "own.html": MACRO, "foot.html": FOOT})


RIGHT = (
    *(USE, USE + "{% if nobody is defined %}{{ nobody }}{% endif %}", USE + "{{ nobody | default('x') }}"),
    USE + "{% set x = 1 %}{{ x }}",
    USE + "{% for ruling in rulings %}{{ ruling.sides }}{{ loop.index }}{% endfor %}",
    *(USE + "{% macro m(a) %}{{ a.b }}{{ caller() }}{% endmacro %}", USE + "{{ site.title }}{{ lang }}{{ range(3) }}"),
    USE + "{% for a in rulings %}{% endfor %}{% for a in [1] %}{{ a.b }}{% endfor %}",
)  # fmt: skip


@pytest.mark.parametrize("here", RIGHT)
def test_what_a_page_is_given_or_sets_is_known(here: str) -> None:
    assert with_about(here) == []


def test_our_own_templates_have_no_unknown_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_faults, "own_templates", dict)
    assert told({}) == []


WRONG = {
    "{% if rulings %}{{ nobody }}{% endif %}": "about.html:5:20 nothing here is called",
    "{% if false %}{{ sitte.title }}{% endif %}": '(did you mean "site"?)',
    "{% if false %}{{ site.titel }}{% endif %}": '(did you mean "title"?)',
    "{% for ruling in rulings %}{{ ruling.title }}\n{{ ruling.reasn }}{% endfor %}": '(did you mean "reason"?)',
    "{% for r in rulings %}{% for s in r.sides %}{% for a in s %}{{ a.vallue }}{% endfor %}{% endfor %}{% endfor %}": (
        '(did you mean "value"?)'
    ),
    "{{ brief.title }}": 'nothing here is called "brief"',
    "{{ site.title | typset }}": "(docs/templates.md lists the filters",
    "{% block main %}x{% endblock %}": "(give each block of a file a name of its own)",
    '{% include "fot.html" %}': '(did you mean "foot.html"?)',
}


@pytest.mark.parametrize("here", WRONG)
def test_what_no_page_has_is_told_in_branches_that_none_takes_too(here: str) -> None:
    (found,) = with_about(f"{USE}\n{here}")
    assert WRONG[here] in found


def test_a_template_that_nothing_takes_in_is_told() -> None:
    misnamed = {
        "abuot.html": FOOT,
        "extra.css": "a { }",
        "custom.css": '@import "css/more.css";',
        "css/more.css": "b { }",
    }
    assert [one.partition(" ")[2] for one in told(misnamed)] == [
        'nothing reads templates/abuot.html (did you mean "about.html"?)',
        "nothing reads templates/extra.css (give it the name of one of ours, or take it in by a file that has one)",
    ]
    by_a_value = {"foot.html": FOOT, "about.html": ABOUT.replace("HERE", '{% include "foo" ~ "t.html" %}')}
    assert told(by_a_value) == []


def checked(written: Mapping[str, str | bytes]) -> list[str]:
    files = {
        **read_tree(PROJECTS / "bees"),
        **{name: text.encode() if isinstance(text, str) else text for name, text in written.items()},
    }
    found = pipeline.check(Path("/nowhere"), files=MemoryFiles(files)).diagnostics
    return [f"{one.span.file}:{one.span.line} {one.message}" for one in found if one.span.file.startswith("templates/")]


def test_a_stylesheet_is_read_as_the_site_has_it(tmp_path: Path) -> None:
    """Addresses lead from the file in which they stand, and what the site does not have is told."""
    right = {
        "templates/custom.css": '@import url("css/more.css");\nmain { background: url(images/hive.png) }\n',
        "templates/css/more.css": "b { background: url('../images/hive.png'), url(data:,x), url(#a) }\n",
    }
    assert checked(right) == []
    sheet, _ = Theme({**default_templates(), **{n.removeprefix("templates/"): t for n, t in right.items()}}).stylesheet(
        "screen"
    )
    assert sheet.count('url("images/hive.png")') + sheet.count("url(images/hive.png)") == 2
    face = "@font-face { font-family: X; src: url(fonts/x.woff2) }"
    shown = 'main { background: image-set("images/gone.png" 1x) }'
    wrong = {
        "templates/custom.css": f'@import "css/more.css" print;\n{face}\n{shown}\n',
        "templates/tokens.css": "\n:root { --x: url(images/gone.png) }\n",
    }
    assert [re.sub(r"css:(\d+) (\S+) .*", r"css:\1 \2", one) for one in checked(wrong)] == [
        "templates/custom.css:1 css/more.css",
        "templates/custom.css:2 fonts/x.woff2",
        "templates/custom.css:3 images/gone.png",
        "templates/tokens.css:2 images/gone.png",
    ]


def test_pages_in_another_language_and_of_earlier_addresses_are_set_by_check(tmp_path: Path) -> None:
    files = read_tree(PROJECTS / "bees")
    project = Project.of(tmp_path, files)
    project.change("content/site.yaml", "lang: en\n", "lang: en\nlanguages: [en, ru]\n")
    project.write("content/briefs/plain.md", "---\ntitle: More\ndate: 2024-04-01\naliases: [earlier]\n---\nWords.\n")
    project.write("content/briefs/plain.ru.md", "---\ntitle: Ещё\n---\nСлова.\n")
    link = '{% if lang == "ru" %}<a href="gone.html">x</a>{% endif %}'
    project.write("templates/about.html", ABOUT.replace("HERE", link))
    project.write("templates/moved.html", "<p>{{ to }}</p>\n<a href='nowhere.html'>x</a>\n")
    found = re.findall(r"^(templates/\S+?:\d+):\d+: error\[([\w-]+)\]", project.run("check").told, re.M)
    assert {*found} == {("templates/about.html:4", "broken-link"), ("templates/moved.html:2", "broken-link")}


def test_what_a_pdf_would_show_in_vain_is_told() -> None:
    """A PDF keeps no trace of an address that led nowhere in its HTML."""
    ours = default_templates()["print.html"]
    assert checked({"templates/print.html": f"{{# ours #}}{ours}"}) == []
    drawn = '<svg viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="url(#x)"/></svg>\n<a href="../gone/index.html">x</a>'
    first, second = checked({"templates/print.html": ours.replace("</body>", f"{drawn}\n</body>")})
    line = ours[: ours.index("</body>")].count("\n") + 1
    assert first.startswith(f"templates/print.html:{line} ")
    assert "#x" in first
    assert second.startswith(f"templates/print.html:{line + 1} ")
    (named,) = checked({"templates/print.html": ours.replace("<body>", '<body aria-describedby="nobody">')})
    assert "nobody" in named
