"""What an author has to be told of a text: doubts in, diagnostics out; and marks of blocks in a line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.brief.foreign_marks import HINTS, NOT_AS_TYPED
from reportgen.diagnostics import Diagnostic, Span
from reportgen.late_patterns import regex


@dataclass(frozen=True, slots=True)
class Doubt:
    """What an author has to be told of a text."""

    kind: str
    """`unread`: a mark that is not read; `removed`: HTML that a page may not hold; else as in `told`."""
    mark: str
    """What of this kind; each is told once."""
    needle: str
    """The words in question, as they stand in the text."""
    line: int
    """At or after which they stand, from 0."""
    about: str = ""
    """A label, or a number of columns."""


_BLOCKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("block", regex(r"^[ ]{0,3}(?:[-*+]|[01][.)]|#{1,6}|>|!!!)[ \t]+\S[^\n]*|^[ ]{0,3}>\S[^\n]*", re.M)),
    ("block", regex(r"^[ ]{0,3}\|[^\n]*\|[ \t]*$", re.M)),
)
_NUMBERED = regex(r"(?:^[ ]{0,3}\d{1,3}[.)][ \t]+\S[^\n]*(?:\n|\Z))+", re.M)
_NUMBER = regex(r"^[ ]{0,3}(\d{1,3})[.)]", re.M)


def block_marks(text: str) -> Iterator[Doubt]:
    """Marks of lists, headings, quotations and tables in a text that is one paragraph: the first of each kind."""
    for kind, mark in _BLOCKS:
        if found := mark.search(text):
            yield Doubt("unread", kind, found[0].strip(), text.count("\n", 0, found.start()))


def list_numbers(text: str) -> frozenset[int]:
    """Where the numbers of lists begin in a text that is one paragraph: from 1 on, a line each."""
    return frozenset(
        run.start() + number.start(1)
        for run in _NUMBERED.finditer(text)
        if _NUMBER.match(run[0]) and int(_NUMBER.findall(run[0])[0]) <= 1
        for number in _NUMBER.finditer(run[0])
    )


_CURLY = regex("[“”„‘’«»]")


def told(doubt: Doubt, where: Span) -> Diagnostic:
    """What is wrong, and the next step."""
    about, words = doubt.about, doubt.needle.partition("\n")[0]
    match doubt.kind:
        case "unknown note":
            hint = f"write it into the main text, at the start of a line: [^{about}]: …"
            return Diagnostic("unknown-note", f'no note has the label "{about}"', where, hint)
        case "uncalled note":
            hint = f"call it in the text: [^{about}]"
            return Diagnostic("uncalled-note", f'nothing calls the note "{about}"', where, hint)
        case "repeated note":
            message = f'there are two notes with the label "{about}", and only the first would be printed'
            return Diagnostic("repeated-note", message, where, "give the second another label, or delete it")
        case "cell":
            message = f'this row has more cells than the table has columns, and "{words}" would not be printed'
            hint = f"the table has {about}: add one to its first two lines, or write \\| for a bar"
            return Diagnostic("cells-beyond", message, where, hint)
        case "list number":
            message = f'"{words}" is printed as {about}: a list counts on from its first number'
            hint = f"to print the number as it stands, write a backslash before its point: {words[:-1]}\\{words[-1]}"
            return Diagnostic("list-numbers", message, where, hint, "warning")
        case "stray end":
            message = f'"{words}" ends what has not begun, and is left out'
            return Diagnostic("html-removed", message, where, f"delete it, or write <{words[2:]} before it", "warning")
        case "left open":
            message = f'"{words}" is not closed, and takes in all that follows on it'
            return Diagnostic("tag-left-open", message, where, f"write </{about}> where it ends", "warning")
        case "open code":
            message = f'the code that begins with "{words}" is not closed, and takes in all that follows on it'
            return Diagnostic("tag-left-open", message, where, f"write {about} where it ends, on a line", "warning")
        case "picture":
            message = (
                f'the picture "{doubt.mark}" is not one of the project\'s' if doubt.mark else "no picture is named here"
            )
            hint = "put it into content/images/ and write ![what it shows](images/its-name.png)"
            return Diagnostic("foreign-picture", message, where, hint)
        case "moved":
            message = f'"{words}" stands between the cells of a table, where HTML holds no text: it is moved before it'
            hint = "put it into a cell, <td>…</td>, into <caption>…</caption>, or outside of the table"
            return Diagnostic("text-moved", message, where, hint)
        case "no cell":
            message = f'"{words}" stands in a cell, and the cell in no row of a table'
            return Diagnostic("text-moved", message, where, "write <table><tr> before it, and </tr></table> after it")
        case "note in alt":
            message = "a note cannot be called in the words for a picture"
            return Diagnostic("note-not-here", message, where, "call it in the text, or in the picture's caption")
        case "empty link":
            hint = "write the address between the parentheses, or the words without brackets"
            return Diagnostic("unknown-link", "this link has no address", where, hint)
        case "unused":
            message = f'nothing uses "{about}", so that what is said of it is not printed'
            hint = "delete it, or use it in the text; to print it, write a backslash before its first bracket"
            return Diagnostic("unused-definition", message, where, hint, "warning")
        case "two meanings":
            message = f'the meaning of "{about}" is given twice, and only the first is used'
            return Diagnostic("unused-definition", message, where, "delete the second", "warning")
        case "twice":
            message = f'the address of "[{about}]" is given twice, and only the first is used'
            return Diagnostic("unused-definition", message, where, "delete the second", "warning")
        case "call":
            message = f"{words} is printed as it is typed: a call stands between two braces on each side"
            hint = f"write {{{{ {_CURLY.sub(chr(34), words)} }}}}; to print it as it stands, set it as code: `{words}`"
            return Diagnostic("bare-call", message, where, hint)
        case "removed":
            return Diagnostic("html-removed", *_removed(doubt, where), "warning")
    if doubt.kind == "unread note":
        message = f'"{words}" is printed as it is typed: in a block of HTML no note is called'
        return Diagnostic("unread-mark", message, where, HINTS["in HTML"], "warning")
    how = "not printed as it is meant" if doubt.mark in NOT_AS_TYPED else "printed as it is typed"
    message = f'"{words}" is {how}: this mark is not read'
    hint = HINTS[doubt.mark].replace("{}", words.strip("~^"))
    return Diagnostic("unread-mark", message, where, hint, "warning")


def _removed(doubt: Doubt, where: Span) -> tuple[str, Span, str]:
    """The message, the place and the next step."""
    if doubt.mark == "address":
        hint = "link to an address that begins with https://, http://, mailto: or tel:, or to a page of the site"
        return f'"{doubt.needle}" is no address that a page may link to, and is left out', where, hint
    if doubt.mark.startswith("."):
        hint = f"write a class of your own, whose name begins with x-, as x-{doubt.needle}; or wide, for a picture"
        return f'the class "{doubt.needle}" is left out: it may be one of the page\'s own', where, hint
    if doubt.mark.endswith("="):
        hint = "delete it; how things look is said by a class, {.x-like-this}, and a stylesheet"
        return f'the attribute {doubt.mark[:-1]} is left out: "{doubt.needle}"', where, hint
    hint = "delete it; to print it as it stands, write a backslash before it"
    return f"the HTML element {doubt.mark} is left out", where, hint
