"""Sixty everyday mistakes of people who are no programmers, each in four variants: what is told first, and where.

Each changes the project `nets`: a file, a text in it (None: the whole file), and what stands there instead (bytes, or
another path for the file). Then the first that is told, as `line code severity`, behind `file:` where it stands in
another file; nothing for what is rightly accepted.
"""

from __future__ import annotations

Variant = tuple[str, str | None, str | bytes, str]

NETS, SHARE, WHO = "content/facts/nets.yaml", "content/facts/share.yaml", "content/facts/who.yaml"
BRIEF, DEATHS = "content/briefs/nets.md", "content/briefs/deaths.md"
CHARTS, DATA, ROWS = "content/charts/nets.yaml", "content/data/five.yaml", "content/data/five.csv"
MEASURES, SITE = "content/measures.yaml", "content/site.yaml"
SOURCES, ARCHIVE, MISSING = "content/sources/sources.yaml", "content/sources/archive.yaml", "templates/404.html"
CLAIM = '"Of the children {value} slept under a net."'
HASH = "e7640e2e83a9d5776963528a2f3e598c5fbbe6583bfe4470c47f17f5e5aab304"
GIVEN = 'given {{ fact("nets-2025") }}, {{ calc'
CALC = '{{ calc("[nets-2025] - [nets-2024]") }}'
SOLD = "sold[^sold]."
PICTURE = "![A net over a bed](images/net.png)"
TABLE = '| Year | Nets |\n|---|---:|\n| 2025 | {{ fact("nets-2025", show="number") }} |\n'
DAY = "as_of: 2025-11-29"

EVERYDAY: dict[str, tuple[Variant, ...]] = {
    "a tab for the indent": (
        (SHARE, "  measure: share", "\tmeasure: share", "3 yaml-tab error"),
        (SHARE, "  place: NG", "  \tplace: NG", "4 yaml-tab error"),
        (CHARTS, "- {id: countries, kind: line,", "- {id: countries,\n\tkind: line,", ""),
        (BRIEF, "authors: [{name: Net Desk}]", "authors:\n\t- {name: Net Desk}", "5 yaml-tab error"),
    ),
    "three blanks for two": (
        (SHARE, "  measure: share", "   measure: share", "3 yaml-syntax error"),
        (SHARE, "  measure: share", " measure: share", "3 yaml-syntax error"),
        (DATA, "  file: five.csv", "    file: five.csv", "3 yaml-syntax error"),
        (BRIEF, "date: 2026-03-01", " date: 2026-03-01", "3 yaml-syntax error"),
    ),
    "no closing quote": (
        (SHARE, CLAIM, '"Of the children {value} slept under a net.', "2 yaml-syntax error"),
        (SHARE, CLAIM, "'Of the children {value} slept under a net.", "2 yaml-syntax error"),
        (SHARE, 'under a net"}]', "under a net}]", "7 yaml-syntax error"),
        (BRIEF, "title: More nets on the coast", 'title: "More nets on the coast', "2 yaml-syntax error"),
    ),
    "curly quotes": (
        (SHARE, CLAIM, "“Of the children {value} slept under a net.”", "2 curly-quotes warning"),
        (SHARE, CLAIM, "„Of the children {value} slept under a net.“", "2 curly-quotes warning"),
        (CHARTS, "title: More nets}", "title: “More nets”}", "1 curly-quotes warning"),
        (BRIEF, "title: More nets on the coast", "title: “More nets on the coast”", "2 curly-quotes warning"),
    ),
    "27,5": (
        (SHARE, "value: 27.5", "value: 27,5", "5 bad-number error"),
        (SHARE, "value: 27.5", "value: '27,5'", "5 wrong-value error"),
        (SHARE, "value: 27.5", "value: {min: '27,5', max: 30}", "5 bad-number error"),
        (SHARE, "value: 27.5", "value: 27·5", "5 bad-number error"),
    ),
    "619,000": (
        (NETS, "value: 619000", "value: 619,000", "6 bad-number error"),
        (NETS, "value: 619000", "value: 619 000", "6 bad-number error"),
        (NETS, "value: 619000", "value: 619.000,0", "6 bad-number error"),
        (NETS, "value: 619000", "value: 619'000", "6 bad-number error"),
    ),
    "27%": (
        (SHARE, "value: 27.5", "value: 27%", "5 bad-number error"),
        (SHARE, "value: 27.5", "value: 27.5 percent", "5 bad-number error"),
        (WHO, "value: 1400", "value: 1400 deaths", "5 bad-number error"),
        (SHARE, "value: 27.5", "value: ~27.5", "5 bad-number error"),
    ),
    "31/12/2021": (
        (SHARE, DAY, "as_of: 31/12/2021", "6 bad-date error"),
        (SHARE, DAY, "as_of: 12/2021", "6 bad-date error"),
        (BRIEF, "date: 2026-03-01", "date: 01/03/2026", "3 bad-date error"),
        (SOURCES, "issued: 2026-02-01", "issued: 01/02/2026", "5 bad-date error"),
    ),
    "29.11.2026": (
        (SHARE, DAY, "as_of: 29.11.2026", "6 bad-date error"),
        (SHARE, DAY, "as_of: 11.2026", "6 bad-date error"),
        (BRIEF, "date: 2026-03-01", "date: 1.3.2026", "3 bad-date error"),
        (SOURCES, "issued: 2026-02-01", "issued: 01.02.2026", "5 bad-date error"),
    ),
    "November 29, 2026": (
        (SHARE, DAY, 'as_of: "November 29, 2026"', "6 bad-date error"),
        (SHARE, DAY, "as_of: November 29, 2026", "6 bad-date error"),
        (SHARE, DAY, "as_of: 29 ноября 2026", "6 bad-date error"),
        (BRIEF, "date: 2026-03-01", "date: 1 March 2026", "3 bad-date error"),
    ),
    "one closing brace": (
        (BRIEF, GIVEN, 'given {{ fact("nets-2025") }, {{ calc', "7 template-syntax error"),
        (BRIEF, CALC, '{{ calc("[nets-2025] - [nets-2024]") }', "7 template-syntax error"),
        (BRIEF, '{{ chart("countries") }}', '{{ chart("countries") }', "12 template-syntax error"),
        (
            BRIEF,
            "abstract: 'The coast was given {{ fact(\"nets-2025\") }}.'",
            "abstract: 'The coast was given {{ fact(\"nets-2025\") }.'",
            "5 template-syntax error",
        ),
    ),
    "single braces": (
        (BRIEF, GIVEN, 'given { fact("nets-2025") }, {{ calc', "7 bare-call error"),
        (BRIEF, '{{ chart("countries") }}', '{chart("countries")}', "12 bare-call error"),
        (
            BRIEF,
            "abstract: 'The coast was given {{ fact(\"nets-2025\") }}.'",
            "abstract: 'The coast was given { fact(\"nets-2025\") }.'",
            "5 bare-call error",
        ),
        (BRIEF, CALC, '{ calc("[nets-2025] - [nets-2024]") }', "7 bare-call error"),
    ),
    "no quotes in a call": (
        (BRIEF, GIVEN, "given {{ fact(nets-2025) }}, {{ calc", "7 bad-call error"),
        (BRIEF, '{{ chart("countries") }}', "{{ chart(countries) }}", "12 bad-call error"),
        (BRIEF, 'ref("countries")', "ref(countries)", "8 bad-call error"),
        (BRIEF, CALC, "{{ calc([nets-2025] - [nets-2024]) }}", "7 bad-call error"),
    ),
    "an unknown fact": (
        (BRIEF, GIVEN, 'given {{ fact("nets-2026") }}, {{ calc', "7 unknown-fact error"),
        (BRIEF, CALC, '{{ calc("[nets-2025] - [nets-2023]") }}', "7 unknown-fact error"),
        (
            BRIEF,
            "abstract: 'The coast was given {{ fact(\"nets-2025\") }}.'",
            "abstract: 'The coast was given {{ fact(\"coast\") }}.'",
            "5 unknown-fact error",
        ),
        (SHARE, "[nets-2025] - [nets-2024]", "[nets-2025] - [net-2024]", "10 unknown-fact error"),
    ),
    "facts( for fact(": (
        (BRIEF, GIVEN, 'given {{ facts("nets-2025") }}, {{ calc', "7 unknown-call error"),
        (BRIEF, '{{ chart("countries") }}', '{{ charts("countries") }}', "12 unknown-call error"),
        (BRIEF, '{{ ref("countries") }}', '{{ reference("countries") }}', "8 unknown-call error"),
        (BRIEF, CALC, '{{ Calc("[nets-2025] - [nets-2024]") }}', "7 unknown-call error"),
    ),
    "a column in another case": (
        (CHARTS, "x: Year", "x: year", "2 unknown-column error"),
        (CHARTS, "y: Nets", "y: nets", "2 unknown-column error"),
        (CHARTS, "color: Country", "color: COUNTRY", "2 unknown-column error"),
        (DATA, "name: Nets", "name: nets", "5 unknown-column error"),
    ),
    "kind: linechart": (
        (CHARTS, "kind: line", "kind: linechart", "2 wrong-value error"),
        (CHARTS, "kind: line", "kind: lines", "2 wrong-value error"),
        (CHARTS, "kind: bar", "kind: Bar", "1 wrong-value error"),
        (CHARTS, "kind: bar", "kind: column", "1 wrong-value error"),
    ),
    "the same id twice": (
        (NETS, "id: nets-2025", "id: nets-2024", "9 duplicate-id error"),
        (WHO, "id: deaths-2024", "id: share-2025", "1 duplicate-id error"),
        (CHARTS, "id: countries", "id: nets-over-time", "2 duplicate-id error"),
        (SOURCES, "id: health-post", "id: net-office-2025", "7 duplicate-id error"),
    ),
    "who.yaml.txt": (
        (WHO, None, "content/facts/who.yaml.txt", "1 wrong-ending error"),
        (CHARTS, None, "content/charts/nets.yaml.txt", "1 wrong-ending error"),
        (MEASURES, None, "content/measures.yaml.txt", "1 wrong-ending error"),
        (SOURCES, None, "content/sources/sources.YAML", "1 wrong-ending error"),
    ),
    "nets.markdown": (
        (BRIEF, None, "content/briefs/nets.markdown", "1 wrong-ending error"),
        (BRIEF, None, "content/briefs/nets.md.txt", "1 wrong-ending error"),
        (BRIEF, None, "content/briefs/nets.txt", "1 wrong-ending error"),
        (BRIEF, None, "content/briefs/nets.MD", "1 wrong-ending error"),
    ),
    "My Nets Brief.md": (
        (BRIEF, None, "content/briefs/My Nets Brief.md", "1 bad-id error"),
        (BRIEF, None, "content/briefs/nets_brief.md", "1 bad-id error"),
        (BRIEF, None, "content/briefs/Nets.md", "1 bad-id error"),
        (BRIEF, None, "content/briefs/сетки.md", "1 bad-id error"),
    ),
    "an xlsx in data": (
        ("content/data/five.xlsx", None, b"PK", "1 unknown-file notice"),
        ("content/data/all/five.xlsx", None, b"PK", "1 unknown-file notice"),
        ("content/data/five.ods", None, b"PK", "1 unknown-file notice"),
        ("content/data/five.xls", None, b"\xd0\xcf\x11\xe0", "1 unknown-file notice"),
    ),
    "file: five.xlsx": (
        (DATA, "file: five.csv", "file: five.xlsx", "3 missing-file error"),
        (DATA, "file: five.csv", "file: fives.csv", "3 missing-file error"),
        (DATA, "file: five.csv", "file: five", "3 missing-file error"),
        (DATA, "file: five.csv", "file: data/five.csv", "3 missing-file error"),
    ),
    "a docx in briefs": (
        ("content/briefs/draft.docx", None, b"PK", "1 unknown-file warning"),
        ("content/briefs/draft.odt", None, b"PK", "1 unknown-file warning"),
        ("content/briefs/draft.rtf", None, b"{\\rtf", "1 unknown-file warning"),
        ("content/briefs/draft.pages", None, b"PK", "1 unknown-file warning"),
    ),
    "a PDF in sources": (
        ("content/sources/report.pdf", None, b"%PDF-1.7", "1 unknown-file warning"),
        ("content/sources/page.html", None, b"<p>", "1 unknown-file warning"),
        ("content/sources/report.docx", None, b"PK", "1 unknown-file warning"),
        ("content/facts/report.pdf", None, b"%PDF-1.7", "1 unknown-file warning"),
    ),
    "a picture that is missing": (
        (BRIEF, "images/net.png", "images/nets.png", "14 unknown-picture error"),
        (BRIEF, "images/net.png", "net.png", "14 foreign-picture error"),
        (BRIEF, "images/net.png", "images/net.jpg", "14 unknown-picture error"),
        (BRIEF, "images/net.png", "C:\\Users\\me\\net.png", "14 foreign-picture error"),
    ),
    "a picture without a description": (
        (BRIEF, "![A net over a bed]", "![]", "14 missing-alt error"),
        (BRIEF, "![A net over a bed]", "![ ]", "14 missing-alt error"),
        (BRIEF, PICTURE, '<img src="images/net.png">', "14 missing-alt error"),
        (BRIEF, PICTURE, '![](images/net.png "A net")', "14 missing-alt error"),
    ),
    '"138,123" in a CSV': (
        (ROWS, "138123", '"138,123"', "2 two-readings error"),
        (ROWS, "138123", "138 123 nets", "2 bad-number error"),
        (ROWS, "138123", '"1,38,123"', "2 bad-number error"),
        (ROWS, "138123", "~138123", "2 bad-number error"),
    ),
    "n/a in a CSV": (
        (ROWS, "138123", "n/a", "2 guessed notice"),
        (ROWS, "138123", "N.A.", "2 bad-number error"),
        (ROWS, "138123", "-", "2 guessed notice"),
        (ROWS, "138123", "unknown", "2 bad-number error"),
    ),
    "1990.0 for a year": (
        (ROWS, "1990,138123", "1990.0,138123", ""),
        (ROWS, "1990,138123", "1990.5,138123", "2 bad-date error"),
        (ROWS, "1990,138123", "FY1990,138123", "2 bad-date error"),
        (ROWS, "1990,138123", "90,138123", "2 bad-date error"),
    ),
    "12/31/1990 in a CSV": (
        (ROWS, "1990,138123", "12/31/1990,138123", "2 bad-date error"),
        (ROWS, "1990,138123", "31.12.1990,138123", "2 bad-date error"),
        (ROWS, "1990,138123", "Dec 1990,138123", "2 bad-date error"),
        (ROWS, "1990,138123", "1990-12-31,138123", "2 bad-date error"),
    ),
    "a source's id misspelt": (
        (SHARE, "source: health-post", "source: heath-post", "7 unknown-source error"),
        (SHARE, "source: health-post", "source: Health-Post", "7 unknown-source error"),
        (DATA, "source: net-office-2025", "source: net-office", "4 unknown-source error"),
        (ARCHIVE, "health-post:", "healthpost:", "1 unknown-source error"),
    ),
    "a citation's key misspelt": (
        (DEATHS, "[@health-post]", "[@heath-post]", "6 unknown-source error"),
        (DEATHS, "[@health-post]", "[@health-post; @net-ofice-2025]", "6 unknown-source error"),
        (DEATHS, "[@health-post]", "[@Health Post]", "6 unknown-source error"),
        (BRIEF, "The office *asked*", "The office [@net-office] *asked*", "20 unknown-source error"),
    ),
    "id:deaths": (
        (WHO, "- id: deaths-2024", "- id:deaths-2024", "1 yaml-syntax error"),
        (WHO, "  measure: deaths", "  measure:deaths", "3 yaml-syntax error"),
        (SITE, "lang: en", "lang:en", "4 yaml-syntax error"),
        (BRIEF, "title: More", "title:More", "2 yaml-syntax error"),
    ),
    "front matter without its first dashes": (
        (BRIEF, "---\ntitle", "title", "1 front-matter error"),
        (BRIEF, "---\ntitle", "--\ntitle", "1 front-matter error"),
        (BRIEF, "---\ntitle", "–––\ntitle", "1 front-matter error"),
        (BRIEF, "---\ntitle", "\n\nText.\n\n---\ntitle", "1 front-matter error"),
    ),
    "front matter without its second dashes": (
        (BRIEF, ".'\n---\n", ".'\n", "6 front-matter error"),
        (BRIEF, ".'\n---\n", ".'\n--\n", "6 front-matter error"),
        (BRIEF, ".'\n---\n", ".'\n———\n", "6 front-matter error"),
        (BRIEF, ".'\n---\n", ".'\n - - -\n", "7 front-matter error"),
    ),
    "an apostrophe in single quotes": (
        (BRIEF, "abstract: 'The coast", "abstract: 'The coast's people", "5 yaml-syntax error"),
        (BRIEF, "title: More nets on the coast", "title: 'The coast's nets'", "2 yaml-syntax error"),
        (SHARE, CLAIM, "'The children's share was {value}.'", "2 yaml-syntax error"),
        (CHARTS, "title: More nets}", "title: 'The coast's nets'}", "1 yaml-syntax error"),
    ),
    "a note that is not defined": (
        (BRIEF, SOLD, "sold[^2].", "8 unknown-note error"),
        (BRIEF, SOLD, "sold[^Sold-ones].", "8 unknown-note error"),
        (BRIEF, "[^sold]: The", "[^solt]: The", "8 unknown-note error"),
        (DEATHS, "[@health-post]", "[^1]", "6 unknown-note error"),
    ),
    "a unit in the plural": (
        (MEASURES, "unit: death}", "unit: deaths}", ""),
        (MEASURES, "unit: net}", "unit: nets}", ""),
        (MEASURES, "unit: percent", "unit: percents", "content/facts/share.yaml:5 value-contradicted error"),
        (MEASURES, "unit: death}", "unit: Death}", ""),
    ),
    'unit: "%"': (
        (MEASURES, "unit: percent", 'unit: "%"', ""),
        (MEASURES, "unit: percent", "unit: %", "3 yaml-syntax error"),
        (MEASURES, "unit: percent", "unit: per cent", ""),
        (MEASURES, "unit: percent", "unit: pct", ""),
    ),
    "ref to an unknown chart": (
        (BRIEF, 'ref("countries")', 'ref("country")', "8 unknown-reference error"),
        (BRIEF, 'ref("countries")', 'ref("Countries")', "8 unknown-reference error"),
        (BRIEF, 'ref("countries")', 'ref("figure-2")', "8 unknown-reference error"),
        (BRIEF, 'ref("countries")', 'ref("nets-2025")', "8 unknown-reference error"),
    ),
    "× in a formula": (
        (SHARE, "[nets-2025] - [nets-2024]", "[nets-2025] × [share-2025]", ""),
        (SHARE, "[nets-2025] - [nets-2024]", "[nets-2025] – [nets-2024]", "10 bad-formula error"),
        (SHARE, "[nets-2025] - [nets-2024]", "[nets-2025] ÷ [nets-2024]", ""),
        (SHARE, "[nets-2025] - [nets-2024]", "[nets-2025] x [share-2025]", "10 bad-formula error"),
    ),
    "ids without brackets": (
        (SHARE, "[nets-2025] - [nets-2024]", "nets-2025 - nets-2024", "10 bad-formula error"),
        (BRIEF, CALC, '{{ calc("nets-2025 - nets-2024") }}', "7 bad-formula error"),
        (SHARE, "[nets-2025] - [nets-2024]", "[nets-2025 - nets-2024]", "10 bad-formula error"),
        (SHARE, "[nets-2025] - [nets-2024]", "(nets-2025) - (nets-2024)", "10 bad-formula error"),
    ),
    "NGA for NG": (
        (CHARTS, "highlight: [NG]", "highlight: [NGA]", "2 unknown-value error"),
        (SHARE, "place: NG", "place: NGA", "4 unknown-place error"),
        (SHARE, "place: NG", "place: Nigeria", "4 unknown-place error"),
        (
            DATA,
            "{id: given, query: {measure: nets}}",
            "{id: given, query: {measure: nets, place: NGA}}",
            "1 unknown-place error",
        ),
    ),
    "a dash in an id": (
        (BRIEF, GIVEN, 'given {{ fact("nets–2025") }}, {{ calc', "7 unknown-fact error"),
        (SHARE, "[nets-2025] - [nets-2024]", "[nets—2025] - [nets-2024]", "10 bad-formula error"),
        (DEATHS, "@health-post", "@health–post", "6 unknown-source error"),
        (WHO, "id: deaths-2024", "id: deaths–2024", "1 bad-id error"),
    ),
    "a no-break space after a colon": (
        (SHARE, "measure: share", "measure:\xa0share", "3 yaml-syntax error"),
        (SHARE, "value: 27.5", "value:\xa027.5", "5 yaml-syntax error"),
        (BRIEF, "title: More", "title:\xa0More", "2 yaml-syntax error"),
        (SHARE, "  measure: share", "\xa0\xa0measure: share", "3 yaml-syntax error"),
    ),
    "a table pasted from Word": (
        (BRIEF, TABLE, "Year\tNets\n2025\t720\n", "16 unread-mark warning"),
        (BRIEF, TABLE, "Country\tNets\nNG\tmany\nKE\tsome\n", "16 unread-mark warning"),
        (BRIEF, TABLE, "Year\tNets\n\n2025\t720\n", "18 typed-number error"),
        (BRIEF, TABLE, "| Year | Nets |\n| 2025 | 720 |\n", "16 unread-mark warning"),
    ),
    "lang: Russian": (
        (BRIEF, "authors", "lang: Russian\nauthors", "4 wrong-value error"),
        (SITE, "lang: en", "lang: English", "4 wrong-value error"),
        (SITE, "lang: en", "lang: english", "4 wrong-value error"),
        (BRIEF, "authors", "lang: rus\nauthors", "4 wrong-value error"),
    ),
    "values: for value:": (
        (SHARE, "value: 27.5", "values: 27.5", "5 unknown-key error"),
        (SHARE, "value: 27.5", "Value: 27.5", "5 unknown-key error"),
        (SHARE, "value: 27.5", "val: 27.5", "5 unknown-key error"),
        (SHARE, "value: 27.5", "number: 27.5", "5 unknown-key error"),
    ),
    "value: twice": (
        (SHARE, "  value: 27.5", "  value: 27.5\n  value: 28", "6 duplicate-key error"),
        (SHARE, "  value: 27.5", "  value: 27.5\n  value: 27.5", "6 duplicate-key error"),
        (
            BRIEF,
            "title: More nets on the coast",
            "title: More nets\ntitle: More nets on the coast",
            "3 duplicate-key error",
        ),
        (CHARTS, "kind: line", "kind: line, kind: bar", "2 duplicate-key error"),
    ),
    "one digit missing in a hash": (
        (ARCHIVE, HASH, "e7640e2e83a9d5776963528a2f3e598c5fbbe6583bfe4470c47f17f5e5aab30", "1 bad-sha256 error"),
        (ARCHIVE, HASH, "e7640e2e83a9d5776963528a2f3e598c5fbbe6583bfe4470c47f17f5e5aab3040", "1 bad-sha256 error"),
        (ARCHIVE, HASH, "e7640e2e83a9d5776963528a2f3e598c5fbbe6583bfe4470c47f17f5e5aab30x", "1 bad-sha256 error"),
        (
            ARCHIVE,
            HASH,
            "sha256:e7640e2e83a9d5776963528a2f3e598c5fbbe6583bfe4470c47f17f5e5aab304",
            "1 bad-sha256 error",
        ),
    ),
    "color: red": (
        (CHARTS, "color: Country", "color: red", "2 unknown-column error"),
        (CHARTS, "color: Country", 'color: "#ff0000"', "2 unknown-column error"),
        (CHARTS, "y: value, title", "y: value, color: blue, title", "1 unknown-column error"),
        (CHARTS, "y: value, title", "y: value, colour: blue, title", "1 unknown-key error"),
    ),
    "an empty facts file": (
        (WHO, None, "", "1 empty-file warning"),
        (WHO, None, "# nothing yet\n", "content/briefs/deaths.md:6 unknown-fact error"),
        (WHO, None, "\n\n", "1 empty-file warning"),
        (WHO, None, "[]\n", "content/briefs/deaths.md:6 unknown-fact error"),
    ),
    "a fact with no value": (
        (SHARE, "  value: 27.5\n", "", "2 bad-claim error"),
        (SHARE, "value: 27.5", "value:", "2 bad-claim error"),
        (SHARE, "value: 27.5", "value: ''", "5 wrong-value error"),
        (SHARE, "value: 27.5", "value: null", "5 bad-number error"),
    ),
    "a column's unit in the plural": (
        (DATA, "unit: net}", "unit: nets}", ""),
        (DATA, "unit: net}", "unit: deaths}", ""),
        (DATA, "unit: net}", "unit: netts}", "5 bad-unit error"),
        (DATA, "unit: net}", "unit: boxes of nets}", ""),
    ),
    "a template with an unknown name": (
        (MISSING, "site.title", "nobody", "4 page-template error"),
        (MISSING, "site.title", "site.titel", "4 page-template error"),
        (MISSING, "site.title", "brief.title", "4 page-template error"),
        (MISSING, "| typeset", "| typesets", "4 page-template error"),
    ),
    "a style that is not there": (
        (SITE, "lang: en", "lang: en\ncitation_style: style.csl", "5 unknown-style error"),
        (SITE, "lang: en", "lang: en\ncitation_style: styles/chicago.csl", "5 unknown-style error"),
        (SITE, "lang: en", "lang: en\ncitation_style: Chicago", "5 unknown-style error"),
        (SITE, "lang: en", "lang: en\ncitation_style: chicago-17", "5 unknown-style error"),
    ),
}
