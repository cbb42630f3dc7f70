"""A project's files in; the same with one mistake out, of a kind that is drawn by a seed. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

Files = Mapping[str, bytes]
Mutate = Callable[[random.Random, dict[str, bytes]], None]

VALUES = (
    *("", "null", "~", "true", "no", "0", "-1", "1e999", "1_000", "0x1F", ".5", "5.", "007", "NaN", ".inf", "½"),
    *("٣", "1,5", "24,000", "27%", "9" * 400, "1/3", "{min: 1}", "{max: 2, min: 9}", "{value: 1, min: a, max: b}"),
    *("{min: 1, max: 1}", "[]", "{}", "[[]]", "[1, [2, {a: b}]]", "{en: x, ru: y}", "{xx-unknown: z}", "{en: [1]}"),
    *("- a", "|", ">-\n  x", "!!int 3", "&a [*a]", "*b", "'", '"', "`", "@x", "%", "{value}", "{{ fact(\"x\") }}"),
    *("{{", "}}", "{% if %}", "{% raw %}", "{#", "<b>", "&lt;", "2021-13-45", "2021-02-30", "2021/05"),
    *("31/12/2021", "2021-W05", "199X", "2021-21", "-0044", "0000", "2021~", "2021?", "..", "2021/..", "P1Y", "P"),
    *("PT", "-P1M", "P1.5Y", "[hives-2021] /", "[hives-2021] / 0", "[growth] + 1", "[nobody]"),
    *("[hives-2021] + [price-2021]", "(" * 300, "[hives-2021]" + " + [hives-2021]" * 300, "1 EUR"),
    *("[hives-2021] ^ 99999", "hive", "hives", "kg/m²", "kg hive", "%", "EUR/USD", "billion", "m^999"),
    *("unknown unit", "\\", "\t", "\u202eabc", "\u00a0", "\u200b", "\ufeff", "a\x00b", "\ue000", "💥", "é" * 3000),
    *("http://", "javascript:alert(1)", "../../etc/passwd", "/etc/passwd", "hive.png", "images/", "C:\\x", "con"),
    *("x\r\ny", "en", "ru", "kk", "ar", "klingon", "apa", "ieee", "nowhere.csl", "A4", "A3", "draft", "final"),
    *("bar", "linechart", "heatmap", "waterfall", "timeline", "pie", "range", "scatter", "table", "Year", "Rain"),
    *("Place", "value", "as_of", "UP", "XX", "share", "stack", "h", "-value", "hives-2021", "weather", "hives"),
    *("bars", "guild-2022", "0000-0002-1825-0097", "number", "year", "text", "date", "count", "unit: 1", "a: b: c"),
    *("# c", "x #y", "- ", "? a", "---", "...", "<<: *a"),
)  # fmt: skip
CALLS = (
    *("fact", "calc", "chart", "table", "quote", "ref", "conflict", "value", "cell", "rows", "waive", "number"),
    *("note", "fact(", "__import__", "fact.__class__", "range", "self", "loop", "cycler", "site", "namespace"),
    *("dict", "lipsum", "joiner"),
)  # fmt: skip
MARKDOWN = (
    *("{{ {call}(\"{id}\") }}", "{{ {call}() }}", "{{ {call}({id}) }}", "{{ {call}(\"{id}\", {v}) }}"),
    *("{{ {call}(\"{id}\", digits={v}) }}", "{{ {call}(\"{id}\", show=\"{v}\") }}"),
    *("{{ {call}(\"{id}\", unit=\"{v}\") }}", "{{ {call}(\"{v}\") }}", "{ {call}(\"{id}\") }"),
    *("{{ {call}(\"{id}\") }", "[^{id}]", "[^x]: {v}", "[@{id}]", "[@{id}, p. {v}; @{v}]", "@{id}", "[-@{id}]"),
    *("![{v}](images/{v})", "![](images/hive.png)", "[{v}]({v})", "<{v}>", "<div id='{id}'>{v}</div>"),
    *("<script>{v}</script>", "<svg><path d='{v}'/></svg>", "<!-- {v}", "| {v} | {v} |\n|---|---|\n| {v} |"),
    *("# {v}", "```\n{v}", "`{v}", "~~~{{ {v}", "- {v}\n    - {v}\n\n        {v}", "1) {v}", "> {v}\n>> {v}"),
    *("***{v}**", "\\{v}", "&{v};", "[{v}][{id}]", "[{id}]: {v}", "{% for x in y %}{v}", "{% include '{v}' %}"),
    *("{% set a = {v} %}", "{# {v}", "{% raw %}{v}", "$${v}$$", "{#{id}}", "## {v} {#{id}}", "[{v}]{.{id}}"),
    *(":::{v}", "{v}", "{v}\n===", "   \n{v}", "\x0c{v}", "Term\n: {v}", "{{ {call}(\"{id}\").{v} }}"),
    *("{{ {call}(\"{id}\")|{id} }}", "{{ {call}(\"{id}\", **{v}) }}"),
)  # fmt: skip
TEMPLATES = (
    *("{{ nobody }}", "{{ nobody.x }}", "{% extends 'gone.html' %}", "{% include 'gone.html' %}", "{% if %}"),
    *("{{ 1/0 }}", "{{ site.gone }}", "{% for x in 5 %}{% endfor %}", "{{ x | nofilter }}", "{% block a %}"),
    *("{% endblock %}", "{{", "{% import 'marks.html' as m %}{{ m.gone() }}", "{{ shell.root() }}"),
    *("{% extends 'T' %}", "{{ 'a' + 1 }}", "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}"),
    *("{% include 'T' %}", "{{ ''.__class__.__mro__ }}", "@import \"gone.css\";", "a { b: url(gone.png) }", "\x00"),
    *("<", "{{ range(3)|list|sum(start='a') }}", "{% do x %}", "{% break %}", "{{ _(1) }}"),
    *("{{ _('Nothing of this name') }}", "{{ lang.x.y }}", "{{ 5|typeset }}", "{{ none|digits }}"),
)  # fmt: skip
PATHS = (
    *("content/facts/My Facts.yaml", "content/briefs/My Brief.md", "content/briefs/UPPER.md"),
    *("content/briefs/con.md", "content/briefs/a.b.md", "content/briefs/.md", "content/briefs/deep/er/bees.md"),
    *("content/facts/x.yaml.txt", "content/facts/x.YAML", "content/briefs/x.markdown", "content/briefs/x.docx"),
    *("content/data/x.xlsx", "content/images/a b.png", "content/images/ü.png", "content/images/con.png"),
    *("content/images/x.svg", "content/images/a\\b.png", "content/images/a\nb.png", "content/images/a:b.png"),
    *("content/briefs/a\nb.md", "content/facts/a\\b.yaml", "content/briefs/BEES.md", "content/extra/x.yaml"),
    *("content/x.yaml", "content/images/HIVE.png", "templates/a\nb.html", "templates/brief.html"),
    *("templates/base.html", "templates/print.html", "templates/style.css", "templates/tokens.css"),
    *("templates/screen.css", "templates/marks.html", "content/images/nul", "content/images/aux.svg"),
    *("content/images/%2e%2e.png", "content/images/x.exe", "content/charts/c.yaml", "content/sources/s.json"),
    *("content/sources/s.bib",),
)  # fmt: skip


def mutant(files: Files, seed: int) -> tuple[str, dict[str, bytes]]:
    """The kind of mistake and the files with it."""
    chance = random.Random(seed)
    kind = chance.choice(sorted(_KINDS))
    changed = dict(files)
    for _ in range(chance.choice((1, 1, 1, 2))):
        _KINDS[kind](chance, changed)
    return kind, changed


def _edit(change: Callable[[random.Random, str], str], *endings: str) -> Mutate:
    """A mutation of the text of one of the files whose names end so."""

    def mutate(chance: random.Random, files: dict[str, bytes]) -> None:
        found = [path for path in sorted(files) if path.endswith(endings) and files[path]]
        if found:
            path = chance.choice(found)
            files[path] = change(chance, files[path].decode("utf-8", "replace")).encode("utf-8", "replace")

    return mutate


def _filled(chance: random.Random, pattern: str, text: str) -> str:
    ids = re.findall(r"[a-z]+-\d{4}|\b(?:bars|rain|rows|free|growth|founded|saying|count|bees|second)\b", text) or ["x"]
    for name, values in (("{call}", CALLS), ("{id}", ids), ("{v}", VALUES)):
        while name in pattern:
            pattern = pattern.replace(name, chance.choice(values), 1)
    return pattern


def _scalar(chance: random.Random, text: str) -> str:
    """Another value of one key."""
    places = [
        found.span(1) for found in re.finditer(r":[ ]+([^\s,{}\[\]][^,{}\[\]\n]*|\[[^\]\n]*\]|\{[^}\n]*\})", text)
    ]
    start, end = chance.choice(places or [(0, 0)])
    return text[:start] + chance.choice(VALUES) + text[end:]


def _key(chance: random.Random, text: str) -> str:
    """A key that is misspelt, doubled, empty or gone."""
    places = [found.span(1) for found in re.finditer(r"([\w-]+):(?= |\n)", text)]
    start, end = chance.choice(places or [(0, 0)])
    key = text[start:end]
    other = chance.choice(
        (key + "s", key[:-1], key.upper(), f'"{key}"', "", f"{key}: 1, {key}", f"[{key}]", "at", "id", "rows")
    )
    return text[:start] + other + text[end:]


def _line(chance: random.Random, text: str) -> str:
    """A line that is gone, doubled, moved, indented otherwise, or cut."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    line = lines[at]
    replaced = chance.choice(
        ([], [line, line], [f"  {line}"], [f"\t{line}"], [line.lstrip()], [line[: len(line) // 2]], [f"#{line}"])
    )
    lines[at : at + 1] = replaced
    if chance.random() < 0.2:
        chance.shuffle(lines)
    return "\n".join(lines)


def _characters(chance: random.Random, text: str) -> str:
    """Characters that are gone, doubled, or others."""
    at = chance.randrange(len(text) + 1)
    size = chance.choice((1, 1, 2, 20))
    put = chance.choice((*"\"'{}[]:,|-#&*!%@`\\ \n\t\r<>=~^$().;/", "", "", *VALUES))
    return text[:at] + put + text[at + (size if chance.random() < 0.6 else 0) :]


def _insert(chance: random.Random, text: str) -> str:
    """Markdown of every kind anywhere in a text."""
    at = chance.choice([0, len(text), *(found.end() for found in re.finditer(r"[\n .']", text))])
    return text[:at] + chance.choice(("", "\n\n")) + _filled(chance, chance.choice(MARKDOWN), text) + text[at:]


def _cell(chance: random.Random, text: str) -> str:
    """Another cell, a cell more or less, or other separators."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    cells = lines[at].split(",")
    where = chance.randrange(len(cells))
    step = chance.randrange(4)
    cells[where : where + (step < 3)] = [chance.choice(VALUES)] * (step > 0)
    lines[at] = chance.choice((",", ",", ",", ";", "\t")).join(cells)
    return "\n".join(lines)


def _bytes(chance: random.Random, files: dict[str, bytes]) -> None:
    """A file that is empty, cut, in another encoding, or no text at all."""
    path = chance.choice(sorted(files))
    data = files[path]
    text = data.decode("utf-8", "replace")
    files[path] = chance.choice(
        (
            b"",
            data[: len(data) // 2],
            text.encode("utf-16"),
            text.encode("cp1252", "replace") + b"\xe9",
            b"\xef\xbb\xbf" + data,
            data.replace(b"\n", b"\r\n"),
            data.replace(b"\n", b"\r"),
            bytes(chance.randrange(256) for _ in range(200)),
            b"PK\x03\x04" + data,
            b"%PDF-1.7\n" + data,
            data + b"\x00",
        )
    )


def _named(chance: random.Random, files: dict[str, bytes]) -> None:
    """A file under another name, or gone."""
    path = chance.choice(sorted(files))
    data = files[path] if chance.random() < 0.3 else files.pop(path)
    if chance.random() < 0.85:
        files[chance.choice(PATHS)] = data


def _template(chance: random.Random, files: dict[str, bytes]) -> None:
    """A template of the author's own with a mistake in it."""
    names = ("404.html", "about.html", "brief.html", "print.html", "fact.html", "extra.html", "tokens.css", "home.html")
    path = f"templates/{chance.choice(names)}"
    text = chance.choice(TEMPLATES).replace("'T'", f"'{path.removeprefix('templates/')}'")
    before = files.get("templates/404.html", b"").decode() if chance.random() < 0.5 else ""
    at = chance.randrange(len(before) + 1)
    files[path] = (before[:at] + text + before[at:]).encode()


def _script(chance: random.Random, files: dict[str, bytes]) -> None:
    """Words of other scripts and signs in a text."""
    words = (
        *("पानी", "مياه", "水がある", "น้ำ", "ლ", "𓀀", "👩\u200d👩\u200d👧", "e\u0301" * 9, "\u202b", "ﷺ", "𝟗𝟗"),
        *("٤٥", "①", "㎏", "\u2028", "\x85"),
    )
    path = chance.choice(
        [path for path in sorted(files) if path.endswith((".yaml", ".md", ".csv", ".bib"))] or sorted(files)
    )
    text = files[path].decode("utf-8", "replace")
    at = chance.randrange(len(text) + 1)
    files[path] = f"{text[:at]}{chance.choice(words)}{text[at:]}".encode("utf-8", "replace")


_YAML = (".yaml",)
_KINDS: dict[str, Mutate] = {
    "value of a key": _edit(_scalar, *_YAML, ".md"),
    "key": _edit(_key, *_YAML, ".md"),
    "line": _edit(_line, *_YAML, ".md", ".csv", ".bib"),
    "characters": _edit(_characters, *_YAML, ".md", ".csv", ".bib", ".html"),
    "Markdown": _edit(_insert, ".md"),
    "Markdown in YAML": _edit(_insert, *_YAML),
    "cell": _edit(_cell, ".csv"),
    "bytes": _bytes,
    "name of a file": _named,
    "template": _template,
    "script": _script,
}
