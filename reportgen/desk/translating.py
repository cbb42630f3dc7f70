"""A project and a language in, what it lacks in that language as a table to fill out; the table filled in, what becomes
of the authors' YAML out. Reads the table; writes nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportgen import pipeline
from reportgen.brief.cited import Cite
from reportgen.brief.left_overs import LeftOver, forms_of, left_overs
from reportgen.desk.files import FileChange, LaidOver, edited
from reportgen.desk.spreadsheet import workbook
from reportgen.desk.taking import brought
from reportgen.desk.yaml_edits import CannotEditError, NodePath, YamlValue, with_entry, with_item, with_key
from reportgen.diagnostics import Diagnostic, Places, ReportError, Span, errors
from reportgen.editions.evaluating import evaluate_told
from reportgen.facts.answers import Answers
from reportgen.facts.texts import OwnedText, texts_of
from reportgen.facts.view import View
from reportgen.language.nouns import plural_of, singular_of
from reportgen.language.phrases import Furniture, catalogue
from reportgen.load.claims import claim_faults
from reportgen.load.lines import FileText
from reportgen.load.words import FOLDER, words_fault
from reportgen.load.yaml import Mapping as YamlMapping
from reportgen.load.yaml import Scalar, YamlNode, read_yaml
from reportgen.load.yaml import Sequence as YamlSequence
from reportgen.model.text import Text

HEAD = ("file", "line", "of", "id", "key", "shown")
"""The first columns; after them the text as it is, and the one to fill in, under the tags of their languages."""
_WIDTHS = (28, 6, 10, 24, 12, 8, 60, 60)
"""Of the columns in a workbook, in letters."""
UNITS = "content/units.yaml"
WORDS, THE_WORDS = "words", "words"
"""Owner of the program's own words, and the key of those that have one form."""


FilledRow = tuple[str, str, str, str]
"""Of a table that is filled in: owner, id, key and text."""
_MAY_WAIT = frozenset(("unexplained-change",))
"""Errors that are no reason to leave a row out: what was published in another language says why it changes."""
_FORMS = ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True, slots=True)
class Lacking:
    """A row of the table."""

    text: OwnedText
    said: str
    """As it is given in another language."""
    spoken: str
    """That language."""
    shown: bool
    """Whether a brief or page in the language shows it; lists of facts do besides."""
    filled: str = ""


def lacking(asked: Answers, cite: Cite, lang: str) -> tuple[Lacking, ...]:
    """What the project does not give in a language: first what its briefs and pages in it show."""
    own = asked.project.settings.lang
    found: dict[tuple[str, str, str], Lacking] = {}
    for brief in (*asked.project.documents.values(), *pipeline.charts_alone(asked)):
        if brief.lang == lang and asked.project.style:
            view = View(asked)
            for each in left_overs(evaluate_told(brief, view, cite).evaluation.brief, view):
                for row in _rows(each, lang, own):
                    found.setdefault((row.text.owner, row.text.id, row.text.key), row)
    for row in _furniture(asked.furniture(lang)):
        found[row.text.owner, row.text.id, row.text.key] = row
    for text in texts_of(asked.project):
        if lang == own and text.owner == "chart" and text.key.startswith("labels."):
            continue  # without a label in it, a page shows the word of the file
        if text.owner != "unit" and (spoken := text.text.foreign(lang, own)):
            row = Lacking(text, text.text.in_language(lang), spoken, False)
            found.setdefault((text.owner, text.id, text.key), row)
    return tuple(found.values())


def _furniture(words: Furniture) -> Iterator[Lacking]:
    """The program's own words, which stand in English."""
    english, at = Furniture("en"), Places(Span.at(f"{FOLDER}{words.lang}.yaml"))
    for phrase in words.missing():
        forms = {"one": 1, "other": 2} if catalogue()[phrase] else {}
        for form in sorted(forms_of(words.lang), key=_FORMS.index) if forms else (THE_WORDS,):
            said = english.counted(phrase, forms.get(form, 2)) if forms else phrase
            yield Lacking(OwnedText(WORDS, phrase, form, Text(()), at), said, "en", True)


def _rows(each: LeftOver, lang: str, own: str) -> Iterator[Lacking]:
    if not each.forms:
        yield Lacking(each.text, each.text.text.in_language(lang), each.spoken, True)
    for form in each.forms:
        yield Lacking(replace(each.text, key=f"plural.{form}"), each.text.id, own, True)


def table(rows: Iterable[Lacking], lang: str, own: str, *, as_workbook: bool = False) -> bytes:
    """The rows as CSV, as spreadsheets of any country open it: UTF-8 with its mark; or as an XLSX workbook."""
    listed = [(*HEAD, own, lang)]
    for row in rows:
        text, where = row.text, row.text.where
        shown = "yes" if row.shown else "in lists"
        said = row.said if row.spoken == own else f"[{row.spoken}] {row.said}"
        listed.append((where.file, str(where.line), text.owner, text.id, text.key, shown, said, row.filled))
    if as_workbook:
        return workbook(listed, _WIDTHS)
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(listed)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read_filled(path: Path, lang: str) -> tuple[FilledRow, ...]:
    """(owner, id, key, text) of each row of a table that is filled in. Raises ReportError."""
    rows = _workbook(path) if path.suffix.lower() in (".xlsx", ".xlsm", ".ods", ".xls") else _csv(path)
    head = [str(cell).strip() for cell in rows[0]] if rows else []
    if lang not in head or not {"of", "id", "key"} <= set(head):
        message = f"this table has no columns of, id, key and {lang}"
        hint = f"fill in the one that reportgen check --lang {lang} --to {path.name} writes"
        raise ReportError([Diagnostic("unreadable-table", message, Span.at(str(path)), hint)])
    places = [head.index(name) for name in ("of", "id", "key", lang)]
    found = []
    for row in rows[1:]:
        owner, id, key, text = (str(row[place]).strip() if place < len(row) else "" for place in places)
        if text:
            found.append((owner, id, key, text))
    return tuple(found)


def _csv(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except UnicodeDecodeError as error:  # a guess at its letters would be written into authors' files
        message = "this table is not in UTF-8: a letter cannot be read"
        line = path.read_bytes()[: error.start].count(b"\n") + 1
    except csv.Error as error:
        message, line = f"this table cannot be read: {error}", 0
    hint = 'save it in Excel as "CSV UTF-8" or as a workbook, XLSX'
    raise ReportError([Diagnostic("unreadable-table", message, Span.at(str(path), line), hint)])


def _workbook(path: Path) -> list[list[object]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]
    except (CalamineError, OSError, ValueError):
        message, hint = "this workbook cannot be read", 'save it again in Excel, or as "CSV UTF-8"'
        raise ReportError([Diagnostic("unreadable-table", message, Span.at(str(path)), hint)]) from None


def filled_in(
    root: Path, asked: Answers, lang: str, given: Iterable[FilledRow], done: Iterable[FileChange] = ()
) -> tuple[tuple[FileChange, ...], tuple[Diagnostic, ...]]:
    """What becomes of the files, in which all else stays as it is; and the rows that are left out, which would be
    errors there. `done`: what becomes of them by other rows. Raises ReportError."""
    own = asked.project.settings.lang
    known: dict[tuple[str, str, str], OwnedText] = {}
    for text in texts_of(asked.project):
        known[text.owner, text.id, text.key] = text
        if text.owner == "unit":
            known.setdefault(("unit", text.id, "plural"), text)
    files = LaidOver(root, (*done,))
    refused: list[Diagnostic] = []
    furniture: dict[str, dict[str, str]] = {}
    for owner, id, key, words in given:
        if owner == WORDS:
            furniture.setdefault(id, {})[key] = words
            continue
        held = known.get((owner, id, key)) or known.get((owner, id, key.partition(".")[0]))
        if held is None and owner == "chart" and key.startswith("labels.") and id in asked.project.charts:
            held = OwnedText(owner, id, key, Text(()), asked.project.charts[id].at)
        if held is None and not (owner == "unit" and id in asked.units.symbols):
            message = f'the table has a text for the {key} of {owner} "{id}", which is not there'
            raise ReportError([Diagnostic("unreadable-table", message, Span.of("--fill"), "take that row out")])
        if fault := _claim_fault(asked, id, lang, words) if (owner, key) == ("fact", "claim") else None:
            message = f'left out, the claim of "{id}": {fault.message}'
            refused.append(Diagnostic("unreadable-table", message, Span.of("--fill"), fault.hint))
            continue
        name = held.at.whole.file if held else UNITS
        if held and held.key == key and held.text.speaks(lang) and held.text.in_language(lang) == words:
            continue
        line = held.at.whole.line if held else 0
        first = next((change.before for change in files.changes if change.name == name), None)

        said = held.text.in_language(own) if held and held.key == key else ""

        def edit(
            now: str,
            key: str = key,
            words: str = words,
            line: int = line,
            id: str = id,
            first: bytes | None = first,
            said: str = said,
        ) -> str:
            place = _item(now if first is None else first.decode("utf-8-sig"), now, id, line)
            return _edited(now, id, place, key, {own: said, lang: words}, lang, own)

        change = edited(files, name, edit, f"{id} {key}: {{{lang}: {words}}}")
        files = LaidOver(root, (*(each for each in files.changes if each.name != name), change))
    own_words = (*_words_filled_in(files, lang, furniture, refused),)
    changes = (*(each for each in files.changes if each.name not in {word.name for word in own_words}), *own_words)
    return tuple(change for change in changes if change.before != change.after), tuple(refused)


def soundly_filled_in(
    root: Path,
    asked: Answers,
    lang: str,
    given: Sequence[FilledRow],
    said: Callable[[LaidOver], Iterable[Diagnostic]],
) -> tuple[tuple[FileChange, ...], tuple[Diagnostic, ...]]:
    """As `filled_in`; each row that brings the project an error is left out and told as well. `said`: what there is to
    say of files as they are to be. Raises ReportError."""
    changes, refused = filled_in(root, asked, lang, given)
    if not changes or not errors(after := [*said(LaidOver(root, changes))]):
        return changes, refused
    before = [*said(LaidOver(root, ()))]

    def brings(after: Iterable[Diagnostic]) -> list[Diagnostic]:
        return [one for one in brought(before, after) if one.code not in _MAY_WAIT]

    if not brings(after):
        return changes, refused
    kept: list[FilledRow] = [*given]
    waves: list[dict[FilledRow, Diagnostic]] = []

    def tried(
        rows: Sequence[FilledRow], done: Sequence[FileChange] = ()
    ) -> tuple[list[Diagnostic], tuple[FileChange, ...]]:
        """What is wrong with these rows beside what is done, and the files with both."""
        files = filled_in(root, asked, lang, rows, done)[0]
        return brings(said(LaidOver(root, files))), files

    # The place of an error says which row it is of, so that all of one code are left out at once: no row is searched
    # for, and a row that was wrong beside one of another code alone gets its second chance below.
    wrong = brings(after)
    while blamed := _blamed(kept, changes, wrong):
        code = next(iter(blamed.values())).code
        waves.append({row: fault for row, fault in blamed.items() if fault.code == code})
        kept = [row for row in kept if row not in waves[-1]]
        wrong, changes = tried(kept)
    left: list[tuple[FilledRow, Diagnostic]] = []
    if wrong:
        kept, left = _searched(kept, tried)
    for wave in reversed(waves[:-1]):
        wrong, files = tried([*kept, *wave])
        still = _blamed([*wave], files, wrong)
        sound = [row for row in wave if row not in still]
        if sound and (not wrong or not tried([*kept, *sound])[0]):
            kept.extend(sound)
            wave = still
        left += wave.items()
    left += waves[-1].items() if waves else ()
    sure = {*kept}
    changes, refused = filled_in(root, asked, lang, [row for row in given if row in sure])
    order = {row: number for number, row in enumerate(given)}
    told = []
    for (owner, id, key, _), fault in sorted(left, key=lambda each: order[each[0]]):
        message = f'left out, the {key} of {owner} "{id}": {fault.message}'
        told.append(Diagnostic("unreadable-table", message, Span.of("--fill"), fault.hint))
    return changes, (*refused, *told)


def _blamed(
    rows: Sequence[FilledRow], changes: Iterable[FileChange], wrong: Sequence[Diagnostic]
) -> dict[FilledRow, Diagnostic]:
    """The rows whose words stand where something is wrong, each with the first of it."""
    sources = {
        change.name: FileText.of(change.name, (change.after or b"").decode("utf-8-sig"))
        for change in changes
        if change.name in {fault.span.file for fault in wrong}
    }
    roots = {name: read_yaml(source)[0].root for name, source in sources.items()}
    found: dict[FilledRow, Diagnostic] = {}
    for fault in wrong:
        source = sources.get(fault.span.file)
        if source is None or not 0 < fault.span.line <= len(source.starts):
            continue
        at = source.starts[fault.span.line - 1] + max(fault.span.column, 1) - 1
        owners, keys = set[str](), set[str]()
        node: YamlNode | None = roots[source.file]
        while isinstance(node, YamlMapping | YamlSequence):
            if isinstance(node, YamlMapping):
                owners |= {str(name) for name in (node.get("id"), node.get("term")) if isinstance(name, str)}
                if isinstance(term := node.get("term"), YamlMapping):
                    owners |= {str(name) for name in term.values()}
            below = node.items() if isinstance(node, YamlMapping) else (("", each) for each in node)
            key, node = next(((key, each) for key, each in below if each.start <= at < each.end), ("", None))
            keys.add(key)
        words = str(node) if isinstance(node, Scalar) else ""
        for row in rows:
            if row[3] == words and row[1] in owners and row[2].rpartition(".")[2] in keys:
                found.setdefault(row, fault)
    return found


_Tried = Callable[[Sequence[FilledRow], Sequence[FileChange]], tuple[list[Diagnostic], tuple[FileChange, ...]]]
_Left = list[tuple[FilledRow, Diagnostic]]
"""Rows, each with why it is left out."""


def _searched(given: Sequence[FilledRow], tried: _Tried) -> tuple[list[FilledRow], _Left]:
    """Rows parted into those that are kept and those that are left, by halves: an error that stands at none of them
    does not say which of them brings it. Rows of one owner stay together as long as they can, for the text of one may
    ask for that of another."""
    by_owner: dict[tuple[str, str], list[FilledRow]] = {}
    for row in given:
        by_owner.setdefault((row[0], row[1]), []).append(row)
    kept: list[FilledRow] = []
    done: tuple[FileChange, ...] = ()

    def take(rows: Sequence[FilledRow]) -> list[Diagnostic]:
        """Keeps the rows, or says why not."""
        nonlocal done
        wrong, files = tried(rows, done)
        if not wrong:
            kept.extend(rows)
            done = files
        return wrong

    def sort_out(groups: Sequence[Sequence[FilledRow]]) -> _Left:
        rows = [row for group in groups for row in group]
        if not (wrong := take(rows)):
            return []
        if len(rows) == 1:
            return [(rows[0], wrong[0])]
        parts = groups if len(groups) > 1 else [[row] for row in rows]
        middle = len(parts) // 2
        before = len(kept)
        left = [*sort_out(parts[:middle]), *sort_out(parts[middle:])]
        if len(groups) > 1 or len(kept) == before:
            return left
        # What one of them lacked may be there by now.
        return [(row, wrong[0]) for row, _ in left if (wrong := take([row]))]

    return kept, sort_out([*by_owner.values()])


def _claim_fault(asked: Answers, id: str, lang: str, words: str) -> Diagnostic | None:
    """Why a claim cannot stand in its file: it types a number, or lacks the {value} that it has in another language."""
    fact = asked.project.facts[id]
    has_value = any("{value}" in text for _, text in fact.claim.by_language)
    faults = claim_faults(fact, lang, words, asked.project.settings.names, has_value)
    if fault := next(faults, None):
        return fault
    if has_value and "{value}" not in words:
        message = "it has no {value}, and has it in another language"
        return Diagnostic("bad-claim", message, Span.of("--fill"), "write {value} where the value goes")
    return None


def _words_filled_in(
    files: LaidOver, lang: str, given: Mapping[str, Mapping[str, str]], refused: list[Diagnostic]
) -> Iterator[FileChange]:
    """The program's own words -> form -> words, put into their file, which may have to be made; those that cannot
    stand there are told of in `refused`."""
    if unknown := [words for words in given if words not in catalogue()]:
        message = f'the table has a text for words that the program has not: "{unknown[0]}"'
        raise ReportError([Diagnostic("unreadable-table", message, Span.of("--fill"), "take that row out")])

    def edit(now: str) -> str:
        root = read_yaml(FileText.of("", now))[0].root
        for words, forms in given.items():
            said: YamlValue = forms.get(THE_WORDS) or {form: forms[form] for form in sorted(forms, key=_FORMS.index)}
            old = root.get(words) if isinstance(root, YamlMapping) else None
            all_forms = {"other" if form == THE_WORDS else form: text for form, text in forms.items()}
            if isinstance(old, YamlMapping):
                all_forms = {form: str(text) for form, text in old.items()} | all_forms
            if fault := words_fault(words, all_forms, lang):
                message = f'left out of {FOLDER}{lang}.yaml, the row "{words}", {", ".join(forms)}: {fault.message}'
                refused.append(Diagnostic("unreadable-table", message, Span.of("--fill"), fault.hint))
                continue
            if isinstance(root, YamlMapping) and words in root:
                for form, text in forms.items() if isinstance(old, YamlMapping) else ():
                    now = with_key(now, (words,), form, text)
                now = now if isinstance(old, YamlMapping) else with_key(now, (), words, said)
            else:
                now = with_entry(now, words, said)
        return now

    if given:
        yield edited(files, f"{FOLDER}{lang}.yaml", edit, "\n".join(f'"{words}": …' for words in given))


def _edited(now: str, id: str, place: NodePath | None, key: str, words: Mapping[str, str], lang: str, own: str) -> str:
    root = read_yaml(FileText.of("", now))[0].root
    if place is None:
        return with_item(now, {"id": id, "kind": "count", "plural": _plural(id, key, words[lang], lang, own)})
    *before, last = key.split(".")
    path = (*place, *(int(step) if step.isdecimal() else step for step in before))
    node = _node(root, path)
    if before == ["plural"]:
        above = _node(root, path[:-1])
        if node is None:
            has_words = isinstance(above, YamlMapping) and bool(above.keys() & {"short", "long"})
            said = {last: {lang: words[lang]}} if has_words else _plural(id, key, words[lang], lang, own)
            return with_key(now, path[:-1], "plural", said)
        if isinstance(node, YamlMapping) and lang in node:
            return with_key(now, (*path, lang), last, words[lang])
    said = words[own]
    if node is None and before == ["labels"]:
        return with_key(now, path[:-1], "labels", {last: {lang: words[lang]}})
    old = node.get(last) if isinstance(node, YamlMapping) else None
    if isinstance(old, YamlMapping):
        return with_key(now, (*path, last), lang, words[lang])
    said = str(old) if isinstance(old, Scalar) else said  # a name stands for a text that is not there
    value: YamlValue = {own: said, lang: words[lang]} if said else {lang: words[lang]}
    return with_key(now, path, last, value)


def _plural(id: str, key: str, words: str, lang: str, own: str) -> YamlValue:
    """Forms of a noun of which units.yaml says nothing yet: those that English has by rule, and the one given."""
    name = id.replace("-", " ")
    forms: dict[str, dict[str, str]] = {}
    if own.partition("-")[0] == "en":
        forms = {"one": {own: singular_of(name)}, "other": {own: plural_of(name)}}
    forms.setdefault(key.removeprefix("plural."), {})[lang] = words
    return forms


def _item(first: str, now: str, id: str, line: int) -> NodePath | None:
    """Where an owner stands in its file: by its id, else by its line in the text as it was read first, to which lines
    were added since, but no item above another."""
    root, above = _items(now)
    if not isinstance(root, YamlSequence):
        return () if root is not None else None
    for number, item in enumerate(root):
        if isinstance(item, YamlMapping) and item.get("id") == id:
            return (*above, number)
    read, _ = _items(first)
    if not line or not isinstance(read, YamlSequence):
        return None
    starts = [first.count("\n", 0, item.start) + 1 for item in read]
    return next(((*above, n) for n in reversed(range(len(starts))) if starts[n] <= line), None)


def _items(text: str) -> tuple[YamlNode | None, NodePath]:
    """A file's list, or its single map; and where that stands, which may be below a lone key, as `terms`."""
    root = read_yaml(FileText.of("", text))[0].root
    if isinstance(root, YamlMapping) and len(root) == 1:
        ((key, below),) = root.items()
        if isinstance(below, YamlSequence):
            return below, (str(key),)
    return root, ()


def _node(root: YamlNode | None, path: NodePath) -> YamlNode | None:
    node: Any = root
    for step in path:
        if isinstance(node, YamlMapping) and step not in node:
            return None
        try:
            node = node[step]
        except (IndexError, TypeError):
            raise CannotEditError(f"{step} is not there") from None
    found: YamlNode | None = node
    return found
