"""Problems and the authors' files in; what can be put right without a question, and the files with it, out. Pure.

A fix replaces a few characters of one line. It is one only if what was meant is beyond doubt: one name is near, and has
the same digits; a date that has one reading; quotation marks around a whole text. The YAML is read back: it has to say
what it said, and exactly that fix. Whether the problem is gone is for who asks: `check` is run again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.diagnostics import Diagnostic
from reportgen.late_patterns import regex
from reportgen.load.lines import FileText
from reportgen.load.yaml import Mapping as YamlMapping
from reportgen.load.yaml import Scalar, YamlNode, read_yaml
from reportgen.load.yaml import Sequence as YamlSequence
from reportgen.model.edtf import parse_edtf

NAMED = frozenset(
    (
        *("unknown-fact", "unknown-source", "unknown-measure", "unknown-dataset", "unknown-chart", "unknown-conflict"),
        *("unknown-column", "unknown-key", "unknown-call", "unknown-reference", "unknown-note", "unknown-picture"),
        *("unknown-option", "unknown-value", "wrong-value"),
    )
)
"""Codes of a name that is none of those it can be."""
FIXED = NAMED | {"bad-date", "bare-call", "curly-quotes", "template-syntax", "unquoted-relation"}
"""Codes of what can be put right, where it is beyond doubt."""
_ONE_NEAR = regex(r'did you mean "([^"]+)"\?')
_YEAR_FIRST = regex(r"write the year first: (\d{4}-\d\d-\d\d)")
_QUOTED = regex('"([^"]+)"')
_PAIRS = ("“”", "„“", "„”", "‘’", "«»")
_BREAK = regex(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Fix:
    """A few characters in place of others."""

    file: str
    line: int
    start: int
    """Offset in the file's text."""
    old: str
    new: str
    code: str
    """Of the problem."""
    message: str
    """Of the problem."""

    @property
    def end(self) -> int:
        return self.start + len(self.old)


def fixes(found: Iterable[Diagnostic], texts: Mapping[str, str]) -> tuple[Fix, ...]:
    """What can be put right of what was found, in the order of the files; no two at one place."""
    made: dict[tuple[str, int], Fix] = {}
    for diagnostic in found:
        text = texts.get(diagnostic.span.file) if diagnostic.code in FIXED else None
        fix = _fix(diagnostic, FileText.of(diagnostic.span.file, text)) if text is not None else None
        if fix is not None:
            made.setdefault((fix.file, fix.start), fix)
    return tuple(made[place] for place in sorted(made))


def with_fixes(file: str, text: str, wanted: Sequence[Fix]) -> tuple[str, tuple[Fix, ...]]:
    """A file with as many of its fixes as leave the rest of it what it was."""
    done: list[Fix] = []
    if all(one.end <= other.start for one, other in pairwise(wanted)) and _is_proved(file, text, wanted):
        return _replaced(text, wanted), tuple(wanted)
    for fix in wanted:
        tried = sorted([*done, fix], key=lambda f: f.start)
        apart = all(one.end <= other.start for one, other in pairwise(tried))
        if apart and _is_proved(file, text, tried):
            done = tried
    return _replaced(text, done), tuple(done)


def with_even_ends(file: str, text: str) -> tuple[str, int]:
    """A text whose lines all end as most of them do, and how many ended otherwise."""
    breaks = _BREAK.findall(text)
    most = max(("\n", "\r\n", "\r"), key=breaks.count)
    even = _BREAK.sub(lambda _: most, text)
    is_same = file.endswith(".md") or _says_the_same(text, even, (), None, None)
    return (even, len(breaks) - breaks.count(most)) if is_same else (text, 0)


def _replaced(text: str, wanted: Sequence[Fix]) -> str:
    for fix in reversed(wanted):
        text = text[: fix.start] + fix.new + text[fix.end :]
    return text


def _fix(found: Diagnostic, source: FileText) -> Fix | None:
    span, hint = found.span, found.hint or ""
    if not 1 <= span.line == span.end_line <= len(source.starts):
        return None
    start = source.starts[span.line - 1] + span.column - 1
    typed = source.text[start : start + span.end_column - span.column]

    def fix(old: str, new: str) -> Fix | None:
        at = start + typed.index(old)
        return Fix(span.file, span.line, at, old, new, found.code, found.message) if old != new else None

    if found.code == "curly-quotes":
        is_whole = any(typed[:1] == pair[0] and typed[-1:] == pair[1] for pair in _PAIRS)
        return fix(typed, _in_straight_quotes(typed[1:-1])) if is_whole and typed[1:-1].strip() else None
    if found.code == "unquoted-relation":
        meant = re.fullmatch(r'write relation: "([<>]=?|=)"', hint)
        return fix(typed, f'"{meant[1]}"') if meant and typed == meant[1] else None
    if found.code == "bad-date":
        return _date(hint, typed, fix)
    if found.code == "bare-call":
        before, after = source.text[:start], source.text[start + len(typed) :]
        is_single = re.search(r"(?<!\{)\{[ \t]*$", before) and re.match(r"[ \t]*\}(?!\})", after)
        if not is_single or not hint.startswith(f"write {{{{ {typed} }}}}"):
            return None
        left = before.rindex("{")
        old = source.text[left : start + len(typed) + after.index("}") + 1]
        return Fix(span.file, span.line, left, old, f"{{{{ {typed} }}}}", found.code, found.message)
    if found.code == "template-syntax":
        # In front matter straight marks might end the text that they stand in.
        in_body = span.file.endswith(".md") and re.match(r"---\r?\n.*?\n---\r?\n", source.text[:start], re.S)
        straight = re.sub("[“”„«»]", '"', typed)
        is_clear = '"' not in typed and straight.count('"') % 2 == 0 and hint == f"write {straight}"
        return fix(typed, straight) if in_body and is_clear and straight != typed else None
    meant = _ONE_NEAR.fullmatch(hint)
    named = [name for name in _QUOTED.findall(found.message) if typed.count(name) == 1]
    named = named or ([typed] if typed and typed in found.message else [])
    if meant is None or len(named) != 1 or _digits(named[0]) != _digits(meant[1]):
        return None
    return fix(named[0], meant[1])


def _date(hint: str, typed: str, fix: Callable[[str, str], Fix | None]) -> Fix | None:
    """A date that has one reading: with points, with a month in words, or with a part that can be no month."""
    meant, bare = _YEAR_FIRST.fullmatch(hint), typed.strip("\"'")
    parts = [int(part) for part in re.findall(r"\d+", bare)]
    is_clear = (
        re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{4}", bare) or re.search(r"[^\W\d_]", bare) or max(parts[:2], default=0) > 12
    )
    if meant is None or not is_clear:
        return None
    try:
        parse_edtf(meant[1])
    except ValueError:
        return None
    return fix(bare, meant[1])


def _digits(text: str) -> list[str]:
    """A year or a number in a name is never taken for another."""
    return re.findall(r"\d+", text)


def _in_straight_quotes(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# The proof ------------------------------------------------------------------------------------------------------------


def _is_proved(file: str, text: str, wanted: Sequence[Fix]) -> bool:
    """Whether the YAML of a file says what it said, but for the fixes; what is no YAML has nothing to prove."""
    if file.endswith(".md"):
        end = re.search(r"^---[ \t]*$", text[3:], re.MULTILINE) if text.startswith("---") else None
        stop = end.start() + 3 if end else 0
        inside = [fix for fix in wanted if fix.start < stop]
        moved = sum(len(fix.new) - len(fix.old) for fix in inside)
        return not inside or _says_the_same(text, _replaced(text, wanted), inside, stop, stop + moved)
    if file.endswith((".yaml", ".yml")):
        return _says_the_same(text, _replaced(text, wanted), wanted, None, None)
    return False


def _says_the_same(old: str, new: str, wanted: Sequence[Fix], old_end: int | None, new_end: int | None) -> bool:
    start = 3 if old_end is not None else 0
    before, problems = read_yaml(FileText.of("", old), start, old_end)
    after, more = read_yaml(FileText.of("", new), start, new_end)
    if after.root is None or before.root is None or len(more) > len(problems):
        return False
    was, now = list(_scalars(before.root)), list(_scalars(after.root))
    if len(was) != len(now):
        return False
    left = list(wanted)
    for (shape, one), (other_shape, other) in zip(was, now, strict=True):
        here = [fix for fix in left if one.start <= fix.start and fix.end <= one.end]
        left = [fix for fix in left if fix not in here]
        expected = str(one)
        for fix in here:
            expected = json.loads(fix.new) if fix.new[:1] == '"' else expected.replace(fix.old, fix.new, 1)
        if str(other) != expected or shape != other_shape:
            return False
    return not left


def _scalars(node: YamlNode, shape: str = "") -> Iterator[tuple[str, Scalar]]:
    """Each key and each value, with the sorts of what it stands in."""
    if isinstance(node, YamlMapping):
        for key, value in node.items():
            yield f"{shape}k", node.names[key]
            yield from _scalars(value, f"{shape}m")
    elif isinstance(node, YamlSequence):
        for value in node:
            yield from _scalars(value, f"{shape}s")
    else:
        yield shape, node
