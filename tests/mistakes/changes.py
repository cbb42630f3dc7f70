"""A project's files in; the same with one change out that an author may well make, right or nearly so. Pure.

Of these many pass `check --strict`: each then has to build and to be published.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from unicodedata import normalize

Files = Mapping[str, bytes]
Change = Callable[[random.Random, dict[str, bytes]], None]

BRIEF, CHARTS, SITE, FACTS = (
    *("content/briefs/bees.md", "content/charts/charts.yaml", "content/site.yaml", "content/facts/hives.yaml"),
)  # fmt: skip
WORDS = (
    *("पानी", "مياه", "水がある", "น้ำ", "ლ", "𓀀", "👩\u200d👩\u200d👧", "e\u0301" * 9, "ﷺ", "𝟗", "٤", "①", "㎏", "Ω",),
    *("שלום", "ა", "ቃል", "မြန်မာ", "བོད", "ꙮ", "\u00ad", "\u200b", "\u2028", "ﬁ", "½", "€", "₸", "…", "–", "👍🏽",),
    *("🇰🇿", "Ä" * 60, "w" * 200, "a" * 30 + "\u00ad" + "b" * 30, "한국어", "Ελληνικά", "\u200f", "ё", "қ",),
    *("x\u0323\u0307",),
)  # fmt: skip
ADDRESSES = (
    *("https://x.example/ä b", "second.md", "bees.md#after", "../briefs/bees.md", "#after", "#two-counts", "#gone",),
    *("images/hive.png", "/facts/", "facts", "sources", "timeline", "../facts/index.html", "mailto:a@b.example",),
    *("tel:1", "//x.example", "?q", "http://[::1]/", "http://[", "https://x.example/a%20b",),
    *("https://x.example:99999/", "x:y", "ftp://x.example", "data:text/plain,a", "javascript:a",),
    *("briefs/bees/index.html", "data/facts.json", "feed.xml", "https://bees.example/facts/",),
    *("https://bees.example/nowhere", "https://bees.example", "#bars", "#note-1", ".", "facts/hives-2021",),
    *("sources/guild-2022", "charts/rain", "charts/rain/index.html", "%", "a%zz", "#%C3%A9", "", "#",),
    *("https://x.example/?a=1&b=2", "HTTPS://X.EXAMPLE", "www.x.example", "second.md#x", "facts/growth", "..",),
    *("about", "doi:10.1/x", "urn:x", "geo:1,2", "file:///x", "C:\\x", "https://user:a@x.example/", "bees.md?x",),
    *("index.html",),
)  # fmt: skip
INLINE = (
    *("[@guild-2022]", "[see @gazette-2022, p. 3; @guild-2023]", "@guild-2022", "[-@guild-2022, ch. 4]", "*a*",),
    *("**b**", "`code`", "<b>b</b>", "<br>", "&amp;", "&nbsp;", "&#8212;", "\\*", "~~gone~~", "<q>so</q>",),
    *("<sup>a</sup>", "--", '{{ fact("hives-2021") }}', '{{ fact("saying") }}',),
    *('{{ fact("price-2022", unit="long") }}', "a  \nb", '{{ fact("growth", show="number") }}',),
    *('{{ calc("[hives-2022] - [hives-2021]") }}', "![A hive](images/hive.png)", '{{ ref("bars") }}',),
    *('{{ quote("price-2022") }}', "[^tickets]", "^[A note *of its own*.]", "<mark>m</mark>",),
    *("[@guild-2022, pp. 1-2, 4]", "[@nobody]", '{{ fact("hives-2022", digits=2) }}',),
    *('<span lang="de">Honig</span>', '<span id="x">x</span>', '<a id="after">x</a>', "<ruby>a<rt>b</rt></ruby>",),
    *("$x^2$", "H~2~O", "==x==", "<i>", '{{ typed("X5", reason="name") }}', '{{ fact("founded") }}', "\\", '"q"',),
    *("CC BY 4.0", "2021", "3 May 2021", "*[HTML]: x", '<abbr title="x">y</abbr>',),
    *('<img src="images/hive.png" alt="x">', '<a href="#x">y</a>',),
)  # fmt: skip
BLOCKS = (
    *("### A heading", "## Two counts", "# Top", '## {{ fact("saying") }}', "#### Deep {#deep}",),
    *("## After {#after}", "- a\n- b\n  - c", "1. a\n2. b", "7) a\n8) b", "- [x] done", "Term\n:   Its meaning.",),
    *("> Said.\n>\n> - so", "***", "```\ncode | <b>\n```", "```python\nx = 'y'\n```", "    indented",),
    *("| A | B |\n|---|---|\n| a | b |", "| A |\n|---|", '![A hive](images/hive.png "A caption with *stars*")',),
    *("![A hive](images/hive.png){width=120}", "!!! note\n    So.",),
    *("![A hive](images/hive.png \"The {{ fact('hives-2021') }} [@guild-2022].[^tickets]\")",),
    *('<div id="after">x</div>', '{{ chart("bars") }}', '{{ chart("rain") }}', '{{ chart("free") }}',),
    *('{{ table("rows") }}', '{{ table("two") }}', '{{ table("hives") }}', '{{ table("weather") }}',),
    *('{{ conflict("count") }}', '{{ quote("hives-2021") }}', '{{ quote("founded") }}', '{{ ref("rows") }}',),
    *("[^new]: A note that nobody calls.", "Called[^new].\n\n[^new]: Here.",),
    *("<details>\n<summary>More</summary>\n\nText.\n\n</details>",),
    *("<figure>\n\n![A hive](images/hive.png)\n\n</figure>", "<table><tr><td>a<td>b</table>",),
    *("<p id=\"x\">x</p>\n\n<p id=\"x\">y</p>", "<!-- nothing -->", "[x]: https://x.example",),
    *("| A | B |\n|---|---|\n| ![A hive](images/hive.png) | [^tickets] |",),
    *('<iframe src="https://x.example"></iframe>',),
    *("| " + " | ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ") + " |\n" + "|---" * 26 + "|\n| " + " | ".join("a" * 26) + " |",),
    *('<video src="images/hive.png"></video>', "<math><mi>x</mi></math>", "\\newpage", ":::\nx\n:::", "[toc]",),
    *("[[x]]", "| A |\n|---|\n| " + "w" * 120 + " |", "- " * 12 + "deep", "> " * 12 + "deep",),
    *("- a\n\n      b\n\n  {{ table(\"rows\") }}",),
)  # fmt: skip
NAMES = (
    *("a b.png", "ü.png", "u\u0308.png", "a%20b.png", "a#b.png", "a?b.png", "x.PNG", "x.jpeg", "x.svg", "深.png",),
    *("(x).png", "it's.png", "a&b.png", "a+b.png", "a,b.png", "deep/er/x.png", ".x.png", "x.webp", "x", "x.gif",),
    *("con-x.png", "A.png", "a=b.png", "a;b.png", "[x].png", "x..png", "~x.png", "é" * 60 + ".png", "a\u00a0b.png",),
    *("$x.png", "index.html",),
)  # fmt: skip
IDS = (
    *("index", "a", "con", "nul", "x" * 100, "2021", "a--b", "data", "rows", "facts", "top", "after", "content",),
    *("main", "constructor", "note-1", "fact-hives-2021", "how-we-know", "references", "bars-1", "x" * 63, "0",),
    *("a-", "toc",),
)  # fmt: skip
KEYS = (
    *("Guild:2022", "http://zotero.org/users/1/items/AB", "ä", "..", ".", "x/y", "%2e", "index", "a#b", "a?b",),
    *("GUILD-2023", "x" * 300, "con", "2022", "guild_2023", "guild 2023", "水", "a.b", "_", "-", "a&b", "<b>",),
    *('"q"', "guild-2023.", "a@b",),
)  # fmt: skip
DATES = (
    *("2021", "2021-06", "2021-06-30", "2021~", "2021-06?", "2020/2021", "2021-22", "199X", "-0044", "2004-06/..",),
    *("../2020", "2021-06-01/2021-06-30", "1066", "9999", "Y170000002", "0000", "2021%", "2021-XX", "2021-06-XX",),
    *("0001-01-01", "2020-02-29", "1582-10-10", "2021-06-30T10:00:00Z", "2300-01-01", "{literal: in press}",),
    *("1500-01", "2021/2021",),
)  # fmt: skip
FIGURES = (
    *('{data: [{type: bar, x: "@Year", y: "@Rain"}]}',),
    *('{data: [{type: bar, orientation: h, y: "@Place", x: "@Rain"}]}',),
    *('{data: [{type: pie, labels: "@Place", values: "@Rain"}]}', '{data: [{type: box, y: "@Rain", x: "@Place"}]}',),
    *('{data: [{type: violin, y: "@Rain"}]}', '{data: [{type: histogram, x: "@Rain"}]}',),
    *('{data: [{type: funnel, x: "@Rain"}]}', '{data: [{type: heatmap, x: "@Year", y: "@Place", z: "@Rain"}]}',),
    *('{data: [{type: treemap, labels: "@Place"}]}',),
    *('{data: [{type: sunburst, labels: "@Place", values: "@Rain"}]}',),
    *('{data: [{type: scatterpolar, r: "@Rain"}]}', '{data: [{type: indicator, value: "@Rain"}]}',),
    *("{data: [{type: sankey}]}", '{data: [{type: candlestick, x: "@Year"}]}',),
    *('{data: [{type: table, cells: {values: ["@Year"]}}]}', '{data: [{type: scattergl, x: "@Year", y: "@Rain"}]}',),
    *('{data: [{type: scattergeo, lat: "@Rain", lon: "@Rain"}]}', '{data: [{type: contour, z: "@Rain"}]}',),
    *("{data: []}", '{data: [{type: bar, x: "@Year", y: "@Rain", name: "A name"}], layout: {showlegend: true}}',),
    *("{layout: {}}", "{}", '{data: [{x: "@Year", y: "@Rain"}], layout: {yaxis: {type: log}}}',),
    *("{data: [{type: parcoords}]}", '{data: [{x: "@Year", y: "@Rain", text: "@Place", mode: text}]}',),
    *("{data: [{type: splom}]}", '{data: {x: "@Year"}}',),
    *("{data: [{x: \"@Year\", y: \"@Rain\"}], layout: {title: {text: \"<b>T</b> <a href='x'>y</a>\"}}}",),
    *('{data: [{x: "@Year", y: "@Rain"}], layout: {images: [{source: "images/hive.png"}]}}',),
    *('{data: [{x: "@Year", y: "@Rain"}], layout: {annotations: [{text: "水 note", x: "@Year"}]}}',),
    *('{data: [{x: "@Year", y: "@Rain", fill: tozeroy, line: {shape: spline, dash: dot}}]}',),
    *("{data: [{type: ohlc}]}",),
)  # fmt: skip
DRAWN = (
    *("bar", "line", "area", "dot", "range", "scatter", "pie", "donut", "heatmap", "waterfall", "timeline",),
    *("table",),
)  # fmt: skip
IN_TEMPLATES = (
    *('<a href="nowhere.html">x</a>', '<img src="x.png" alt="">', '<p id="twice">a</p><p id="twice">b</p>',),
    *("<p>plain</p>", '<a href="{{ shell.root }}facts/index.html">x</a>', '<a href="/rooted">x</a>',),
    *('<a href="#gone">x</a>', "{# said #}", '<label for="gone">x</label>',),
    *('<link rel="stylesheet" href="gone.css">', "{{ site.title }}", "{{ site.nothing }}",),
    *("{{ site.title | digits }}", "{{ lang }}", "{{ _('Sources') }}", "{{ counted('facts rest on it', 2) }}", "5",),
    *("<b>", '<a href="https://x.example">x</a>', '<script src="gone.js"></script>', "{% set x = 1 %}{{ x }}",),
    *("{% if lang %}y{% endif %}", "{{ site.publisher | upper }}", "{{ none.x }}", "{{ 'a' ~ 'b' }}",),
    *('<a href="mailto:a@b.example">x</a>', "水", "</div>", '<a href="{{ site.base_url }}">x</a>',),
    *('<a href="{{ site.base_url }}gone">x</a>', "<svg></svg>", "{{ [] | first }}",),
)  # fmt: skip
SETTINGS = (
    *("citation_style: ieee", "citation_style: chicago-notes-bibliography", "citation_style: oscola", "lang: ru",),
    *("lang: kk", "citation_style: nature", "paper: Letter", "published: all", "lang: de", "lang: ar", "lang: ja",),
    *("license_url: https://x.example", "license_url: x", "base_url: https://bees.example/a/b",),
    *("base_url: http://localhost:8000", "as_of: 2024-05", "as_of: 2030", "names: [CC BY 4.0, R101]",),
    *("description: ''", "fonts: [DejaVu Sans]", "fonts: [fonts/x.ttf]", "archive: saved", "lang: fa",),
    *("base_url: https://bücher.example/", "base_url: https://bees.example/?x", "base_url: https://",),
    *("lang: zh-Hant", "lang: tlh", "citation_style: modern-language-association",),
    *("citation_style: gost-r-7-0-5-2008", "places: {UP: {en: U, ru: В}, LO: L}",),
)  # fmt: skip
_TEXT_KEY = re.compile(
    r"(?<![\w-])(title|subtitle|claim|note|label|alt|abstract|text|description|publisher|license|literal|family|given"
    r"|container-title|reason|message|institution|UP|LO)"
    r"(:[ ]+)(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'|[^\s,{}\[\]'\"|>&*][^,{}\[\]\n]*)"
)


def change(files: Files, seed: int) -> tuple[str, dict[str, bytes]]:
    """The kind of change and the files with it."""
    chance = random.Random(seed)
    kind = sorted(_KINDS)[seed % len(_KINDS)]
    changed = dict(files)
    for _ in range(chance.choice((1, 1, 2))):
        _KINDS[kind](chance, changed)
    return kind, changed


def _text(files: Files, path: str) -> str:
    return files[path].decode()


def _in_text_field(chance: random.Random, files: dict[str, bytes], put: str) -> None:
    """Words in a text of YAML or front matter, which stays what it was otherwise."""
    path = chance.choice([path for path in sorted(files) if path.endswith((".yaml", ".md")) and b": " in files[path]])
    text = _text(files, path)
    end = text.find("\n---\n") if path.endswith(".md") else len(text)
    found = list(_TEXT_KEY.finditer(text, 0, end))
    if not found:
        return
    at = chance.choice(found)
    old = at[3]
    plain = json.loads(old) if old[0] == '"' else old[1:-1].replace("''", "'") if old[0] == "'" else old
    new = chance.choice((f"{plain} {put}", f"{put} {plain}", f"{plain}{put}"))
    files[path] = f"{text[: at.start(3)]}{json.dumps(new, ensure_ascii=False)}{text[at.end(3) :]}".encode()


def _in_prose(chance: random.Random, files: dict[str, bytes], put: str) -> None:
    """Words in a paragraph, a heading, a note or a cell of the brief."""
    text = _text(files, BRIEF)
    body = text.index("\n---\n") + 5
    at = chance.choice([found.start() for found in re.finditer(r"(?<=\w)[ .](?![^{]*\}\})", text[body:])]) + body
    files[BRIEF] = f"{text[:at]} {put}{text[at:]}".encode()


def _between_blocks(chance: random.Random, files: dict[str, bytes], put: str) -> None:
    text = _text(files, BRIEF)
    body = text.index("\n---\n") + 5
    at = chance.choice([found.start() + 1 for found in re.finditer(r"\n\n", text[body:])] + [0]) + body
    files[BRIEF] = f"{text[:at]}\n{put}\n\n{text[at:]}".encode()


def _words(chance: random.Random, files: dict[str, bytes]) -> None:
    chance.choice((_in_text_field, _in_prose))(chance, files, chance.choice(WORDS))


def _marks(chance: random.Random, files: dict[str, bytes]) -> None:
    chance.choice((_in_text_field, _in_text_field, _in_prose))(chance, files, chance.choice(INLINE))


def _blocks(chance: random.Random, files: dict[str, bytes]) -> None:
    _between_blocks(chance, files, chance.choice(BLOCKS))


def _links(chance: random.Random, files: dict[str, bytes]) -> None:
    address = chance.choice(ADDRESSES)
    put = chance.choice((f"[there]({address})", f"[there](<{address}>)", f"<{address}>", f'<a href="{address}">x</a>'))
    chance.choice((_in_text_field, _in_prose, _in_prose))(chance, files, put)


def _pictures(chance: random.Random, files: dict[str, bytes]) -> None:
    """A picture of another name, and named so."""
    name = chance.choice(NAMES)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>x</title><path id="a" d="M0 0h9v9z"/></svg>'
    data = files["content/images/hive.png"]
    files[f"content/images/{name}"] = svg.encode() if name.endswith(".svg") else data
    shown = chance.choice((name, name, name.replace(" ", "%20"), normalize("NFC", name), name.lower()))
    put = chance.choice((f"![A hive](<images/{shown}>)", f"![A hive](images/{shown})", f"![](images/{shown})"))
    chance.choice((_between_blocks, _in_prose, _in_text_field))(chance, files, put)


def _ids(chance: random.Random, files: dict[str, bytes]) -> None:
    """Another id of a fact, chart, dataset, conflict or source, wherever it stands."""
    old = chance.choice(
        ("hives-2021", "price-2022", "growth", "bars", "rain", "rows", "free", "weather", "count", "two")
    )
    new = chance.choice(IDS)
    if chance.random() < 0.4:
        old, new = chance.choice(("guild-2022", "guild-2023", "gazette-2022")), chance.choice(KEYS)
    for path, data in files.items():
        if path.endswith((".yaml", ".md", ".csv", ".bib", ".lock")):
            into = "@{" + new + "}" if path.endswith(".md") and not re.fullmatch(r"[\w:.-]*\w", new) else f"@{new}"
            text = re.sub(rf"@{old}\b(?!-)", lambda _, into=into: into, data.decode())
            whole = (
                json.dumps(new, ensure_ascii=False)
                if path.endswith(".yaml") and not re.fullmatch(r"[\w-]+", new)
                else new
            )
            files[path] = re.sub(rf"(?<![\w-]){old}(?![\w-])", lambda _, whole=whole: whole, text).encode()


def _dates(chance: random.Random, files: dict[str, bytes]) -> None:
    path = chance.choice((FACTS, BRIEF, SITE, "content/sources/sources.yaml", "content/sources/more.bib"))
    text = _text(files, path)
    places = [
        found.span(2) for found in re.finditer(r"(as_of|date|updated|issued|review_by)(?:: | = )\{?([\d-]+)", text)
    ]
    start, end = chance.choice(places)
    files[path] = f"{text[:start]}{chance.choice(DATES)}{text[end:]}".encode()


def _figures(chance: random.Random, files: dict[str, bytes]) -> None:
    text = _text(files, CHARTS)
    if chance.random() < 0.5:
        text = re.sub(r"figure: .*", lambda _: f"figure: {chance.choice(FIGURES)}", text)
    else:
        column = chance.choice(("Year", "Rain", "Place"))
        rows = chance.random() < 0.6
        data, x, y = ("weather", column, chance.choice(("Rain", "Place"))) if rows else ("hives", "place", "value")
        color = chance.choice(
            ("", ", color: Place" if rows else ", color: as_of", ", facet: Place" if rows else "", ", sort: value")
        )
        options = chance.choice(
            ("", ", log: true", ", stack: stack", ", stack: share", ", orientation: h", ", size: Rain")
        )
        drawn = f"kind: {chance.choice(DRAWN)}, data: {data}, x: {x}, y: {y}"
        line = f"- {{id: more, {drawn}, title: More of it{color}{options}}}\n"
        text = text.replace("- {id: rows", f"{line}- {{id: rows")
        if chance.random() < 0.7:
            _between_blocks(chance, files, '{{ chart("more") }}')
    files[CHARTS] = text.encode()


def _templates(chance: random.Random, files: dict[str, bytes]) -> None:
    text, put = _text(files, "templates/404.html"), chance.choice(IN_TEMPLATES)
    at = chance.choice([text.index("</p>") + 4, text.index("<h1>"), text.index("About</h1>")])
    new = f"{text[:at]}{put}{text[at:]}"
    files["templates/404.html"] = new.encode()
    if chance.random() < 0.3:
        name, inside = chance.choice((("about.html", "{{ site.title }}"), ("brief.html", "{{ brief.title }}")))
        files[f"templates/{name}"] = (
            f'{{% extends "base.html" %}}\n{{% block main %}}<h1>{inside}</h1>{put}{{% endblock %}}\n'.encode()
        )


def _settings(chance: random.Random, files: dict[str, bytes]) -> None:
    put = chance.choice(SETTINGS)
    key = put.partition(":")[0]
    kept = [line for line in _text(files, SITE).splitlines() if not line.startswith(f"{key}:")]
    files[SITE] = "\n".join([*kept, put, ""]).encode()
    if key == "lang" and chance.random() < 0.5:
        text = _text(files, BRIEF)
        files[BRIEF] = text.replace("subtitle", f"{put}\nsubtitle", 1).encode()


def _shape(chance: random.Random, files: dict[str, bytes]) -> None:
    """The same YAML, written otherwise."""
    path = chance.choice([path for path in sorted(files) if path.endswith(".yaml")])
    text = _text(files, path)
    how = chance.randrange(7)
    if how == 0:
        text = text.replace("\n", "\r\n")
    elif how == 1:
        text = "\ufeff" + text
    elif how == 2:
        text = f"---\n{text}...\n"
    elif how == 3:
        text = re.sub(r"(?m)^(  )?(claim|note|title): (.+)$", r"\1\2: >-\n\1  \3", text, count=1)
    elif how == 4:
        text = re.sub(r"(?m)^( *(?:- )?[\w-]+): (\w+)$", r"\1:   \2  # said", text)
    elif how == 5:
        text = "# said\n\n" + text.rstrip("\n")
    else:
        text = re.sub(r"(\w+): (\w[\w -]*)\n", r'"\1": "\2"\n', text, count=1)
    files[path] = text.encode()


def _names(chance: random.Random, files: dict[str, bytes]) -> None:
    """Another name of a file that nothing names, or a brief more."""
    if chance.random() < 0.5:
        named = (FACTS, CHARTS, "content/data/hives.yaml", "content/sources/sources.yaml")
        old = chance.choice([path for path in named if path in files])
        new = chance.choice(
            (
                "My things.yaml",
                "ä.yaml",
                "deep/er.yaml",
                "x.yml",
                "a'b.yaml",
                "a#b.yaml",
                "水.yaml",
                "x" * 200 + ".yaml",
            )
        )
        files[f"{old.rpartition('/')[0]}/{new}"] = files.pop(old)
        return
    slug = chance.choice((*IDS, "briefs", "404", "search", "assets", "editions", "en"))
    lang = chance.choice(("", "", "lang: ru\n", "lang: ar\n"))
    body = 'Only {{ fact("saying") }}.\n\n{{ chart("bars") }}\n'
    files[f"content/briefs/{slug}.md"] = f"---\ntitle: One more\ndate: 2024-04-03\n{lang}---\n{body}".encode()


_KINDS: dict[str, Change] = {
    "blocks": _blocks,
    "dates": _dates,
    "figures": _figures,
    "ids": _ids,
    "links": _links,
    "marks in a text": _marks,
    "names of files": _names,
    "pictures": _pictures,
    "settings": _settings,
    "shape of YAML": _shape,
    "templates": _templates,
    "words": _words,
}
