"""Random Markdown documents of words that occur once, with the order in which a reader has to meet them.

`Writer(seed)` writes documents of the constructs below, inside containers that may hold them. Their words are made up
(`Xbadel`), so that each is found on a page and in a PDF whatever stands around it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
WORD = re.compile(f"X[{CONSONANTS}][{VOWELS}][{CONSONANTS}][{VOWELS}][{CONSONANTS}]")
"""A word of such a document."""
WORDS = len(CONSONANTS) ** 3 * len(VOWELS) ** 2
"""How many there are."""
STEP = 26_731
"""From each word to the next: it has no divisor in common with their number, so that none comes twice."""
MOST_NOTES = 2
"""How many notes may call one another."""
DEEPEST = 2
"""How deep containers are nested."""


@dataclass
class Written:
    """A text, and what it prints."""

    text: str = ""
    words: list[str] = field(default_factory=list)
    """In the order of reading, notes aside."""
    notes: list[list[str]] = field(default_factory=list)
    """The words of each note, in the order of calls."""
    spoken: list[str] = field(default_factory=list)
    """Words that are read aloud in place of pictures."""
    below: list[str] = field(default_factory=list)
    """Lines that define notes and abbreviations: they stand in the main text, wherever the text itself stands."""
    verbatim: list[str] = field(default_factory=list)
    """The blocks of code, whose blanks count."""


class Writer:
    """Writes documents, all their words and labels different from each other."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._number = self._random.randrange(WORDS)
        self._labels = 0
        self._now = Written()
        self._inside = 0
        """In how many notes the text stands that is written."""
        self._in_front = False
        """Whether the text stands above the main text."""
        self._waiting: list[tuple[str, int, list[str]]] = []
        """Of each note that is called: its label, in how many notes it stands, and its words, if it stands in place."""

    def document(self, blocks: int) -> Written:
        """A document of so many blocks."""
        self._now, self._waiting, self._inside = Written(), [], 0
        self._now.text = "\n".join(self._joined([self._block(0) for _ in range(blocks)])) + "\n"
        self._now.below += self._noted()
        return self._now

    def line(self) -> Written:
        """An abstract or message: one run of words. What its notes say stands elsewhere."""
        self._now, self._waiting, self._inside, self._in_front = Written(), [], 0, True
        self._now.text = self._run(most=8)
        self._in_front = False
        self._now.below += self._noted()
        return self._now

    def _noted(self) -> list[str]:
        """The notes that are called, and after each those that it calls: numbers are given in this order."""
        lines: list[str] = []
        waiting, self._waiting = self._waiting, []
        for label, inside, within in waiting:
            place = len(self._now.notes)
            self._now.notes.append(within)
            if within:
                continue
            before, self._now.words, self._inside = self._now.words, [], inside
            body = self._note_text()
            self._now.notes[place] = self._now.words
            self._now.words = before
            lines += ["", f"[^{label}]: {body[0]}", *(f"    {line}" if line else "" for line in body[1:])]
            lines += self._noted()
        return lines

    # Words

    def _word(self) -> str:
        self._number = (self._number + STEP) % WORDS
        number, syllables = self._number, []
        for letters in (CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS):
            number, at = divmod(number, len(letters))
            syllables.append(letters[at])
        word = "X" + "".join(syllables)
        self._now.words.append(word)
        return word

    def _label(self) -> str:
        """A name that nothing else has."""
        self._labels += 1
        return "n" + "".join("abcdefghij"[int(digit)] for digit in str(self._labels))

    def _note(self) -> str:
        if self._inside >= MOST_NOTES:
            return ""
        label = self._label()
        self._waiting.append((label, self._inside + 1, []))
        return f"[^{label}]"

    def _note_in_place(self) -> str:
        """`^[…]`, of words alone."""
        before, self._now.words = self._now.words, []
        text = self._run_of(2)
        self._waiting.append(("", self._inside + 1, self._now.words))
        self._now.words = before
        return f"^[{text}]"

    def _run_of(self, most: int) -> str:
        """Plain words."""
        return " ".join(self._word() for _ in range(self._random.randint(1, most)))

    def _note_text(self) -> list[str]:
        deep = self._random.random() < 0.3
        if not deep:
            return [self._run(notes=self._random.random() < 0.2)]
        return self._joined([[self._run()], self._block(DEEPEST - 1)])

    def _run(self, *, notes: bool = True, most: int = 5) -> str:
        kinds = INLINES if notes else [kind for kind in INLINES if "note" not in kind.__name__]
        return " ".join(self._random.choice(kinds)(self) for _ in range(self._random.randint(1, most)))

    # Blocks

    def _block(self, depth: int) -> list[str]:
        kinds = BLOCKS if depth < DEEPEST else LEAVES
        return self._random.choice(kinds)(self, depth)

    def _several(self, depth: int) -> list[str]:
        return self._joined([self._block(depth + 1) for _ in range(self._random.randint(1, 3))])

    def _joined(self, blocks: Sequence[list[str]]) -> list[str]:
        """Blocks with an empty line between them, which two lists or two quotations need a rule to stay two."""
        lines: list[str] = []
        for block in blocks:
            lines += ["", *block] if lines else block
        return lines


Inline = Callable[[Writer], str]
Block = Callable[[Writer, int], list[str]]


def plain(w: Writer) -> str:
    return w._word()


def emphasis(w: Writer) -> str:
    sign = w._random.choice(
        ["*{}*", "**{}**", "_{}_", "***{}***", "~~{}~~", "<u>{}</u>", "<mark>{}</mark>", "<kbd>{}</kbd>"]
    )
    return sign.format(w._run_of(2))


def code(w: Writer) -> str:
    return w._random.choice(["`{}`", "``{} ` tick``", "`<{}>`"]).format(w._word())


def link(w: Writer) -> str:
    forms = ["[{}](https://example.org/a)", '[{}](<https://example.org/a b> "title")', "[*{}*](https://example.org/)"]
    return w._random.choice(forms).format(w._word())


def note_call(w: Writer) -> str:
    return w._word() + w._note()


def note_in_place(w: Writer) -> str:
    return w._word() + w._note_in_place() if w._inside < MOST_NOTES else w._word()


def titled_link(w: Writer) -> str:
    """The words of a title follow on the link."""
    return f'[{w._word()}](https://example.org/a "{w._word()}")'


def inline_picture(w: Writer) -> str:
    alt = w._word()
    w._now.words.remove(alt)
    w._now.spoken.append(alt)
    return f'{w._word()} ![{alt}](images/dam.png "{w._word()}")'


def twin_notes(w: Writer) -> str:
    return w._word() + w._note() + w._note()


def citation(w: Writer) -> str:
    return f"{w._word()} [see @a-report, p. 3]"


def abbreviation(w: Writer) -> str:
    """Its meaning follows on it. In an abstract or message none is explained: a definition of it is told as unused."""
    if w._in_front:
        return w._word()
    word, meaning = w._word(), w._run_of(2)
    w._now.below += ["", f"*[{word}]: {meaning}"]
    return word


def attributed(w: Writer) -> str:
    forms = ("*{}*{{.x-a}}", "**{}**{{#{} .x-b}}", "[{}](https://example.org/){{.x-c}}", "`{}`{{: .x-d #{}}}")
    return w._random.choice(forms).format(w._word(), w._label())


def odd_sign(w: Writer) -> str:
    """Signs that look like the beginning of markup, and are none."""
    forms = (
        *("<{}>", "\\*{}\\*", "a < {}", "[{}]", "({}", "**{}", "&amp; {}", '"{}"', "#{}", "{}_", "\\<{}>", "$ {}"),
        *("{{{}}}", "{}'s", "!{}", "![{}]", "{} | x", "<{}/x>", "\\[{}](x)", "@ {}", "~{}~", "{}:", "—{}"),
        *("[{}][no-such]", "&{};", "<{} x=y>", "http://{}", "{}\\\nx", "{}  \nx"),
    )
    return w._random.choice(forms).format(w._word())


def paragraph(w: Writer, depth: int) -> list[str]:
    lines = "\n".join(w._run() for _ in range(w._random.randint(1, 2))).split("\n")
    given = [w._random.choice(["{: .x-lead}", f"{{.x-a #{w._label()}}}"])] if w._random.random() < 0.2 else []
    return lines + given


def heading(w: Writer, depth: int) -> list[str]:
    if depth:
        return paragraph(w, depth)
    level = "#" * w._random.randint(2, 4)
    forms = (f"{level} {{}}", f"{level} {{}} {level}", "{}\n---", f"{level} {{}} {{{{#{w._label()} .x-a}}}}")
    return w._random.choice(forms).format(w._run().replace("\n", " ")).split("\n")


def fenced(w: Writer, depth: int) -> list[str]:
    fence = w._random.choice(["```", "~~~", "````", "```python", f"```{{.python #{w._label()}}}"])
    body = [w._word(), "", f"    {w._word()} <b>  &   *{w._word()}*", f"\t{w._word()}"]
    w._now.verbatim.append("\n".join(body))
    return [fence, *body, fence[: len(fence) - len(fence.lstrip("`~"))]]


def quotation(w: Writer, depth: int) -> list[str]:
    return [f"> {line}".rstrip() if line else ">" for line in w._several(depth)]


def listing(w: Writer, depth: int, *, below_text: bool = False) -> list[str]:
    marker = w._random.choice(["-", "*", "+", "1.", "1)"] + ([] if below_text else ["7."]))
    gap = w._random.choice([1, 1, 2, 3]) if not marker[0].isdigit() else 1
    loose = w._random.random() < 0.4
    lines: list[str] = []
    for n in range(w._random.randint(1, 4)):
        sign = f"{int(marker[:-1]) + n}{marker[-1]}" if marker[0].isdigit() else marker
        begin = sign + " " * gap
        inside = [w._run().replace("\n", " ")]
        if w._random.random() < 0.35:
            inside += (
                ["", *w._block(depth + 1)]
                if loose or w._random.random() < 0.6
                else listing(w, depth + 1, below_text=True)
            )
        if lines and loose:
            lines.append("")
        lines.append(begin + inside[0])
        lines += [" " * len(begin) + line if line else "" for line in inside[1:]]
    return lines


def list_below_text(w: Writer, depth: int) -> list[str]:
    return [w._run().replace("\n", " ").rstrip("\\"), *(f"- {w._word()}" for _ in range(2))]


def tasks(w: Writer, depth: int) -> list[str]:
    return [f"- [{w._random.choice(' x')}] {w._word()}" for _ in range(2)]


def table(w: Writer, depth: int) -> list[str]:
    columns = w._random.randint(2, 4)

    def cell() -> str:
        return w._random.choice([plain, plain, emphasis, code, link, note_call, citation])(w)

    def row() -> str:
        return "| " + " | ".join(cell() for _ in range(columns)) + " |"

    above = [w._run().replace("\n", " ").replace("|", "")] if w._random.random() < 0.3 else []
    if above:  # right under a text
        return [*above, "", row(), "|" + "---|" * columns, row(), row()]
    return [row(), "|" + w._random.choice(["---|", ":-:|", "--:|"]) * columns, *(row() for _ in range(3))]


def html_table(w: Writer, depth: int) -> list[str]:
    """As people paste it, and with Markdown in its cells."""
    caption = [f"<caption>{w._word()}</caption>"] if w._random.random() < 0.5 else []
    head = [f'<thead><tr><th scope="col">{w._word()}</th><th>{w._word()}</th></tr></thead>']
    rows = [
        f'<tr><td colspan="2">{w._run_of(2)}</td></tr>',
        f"<tr><td>{w._word()}</td><td><b>{w._word()}</b></td></tr>",
    ]
    if w._random.random() < 0.3:
        rows += ["<tr><td>", "", w._run(), "", "</td><td>", "", *listing(w, DEEPEST), "", "</td></tr>"]
    return ["<table>", *caption, *head, "<tbody>", *rows, "</tbody>", "</table>"]


def definitions(w: Writer, depth: int) -> list[str]:
    first = [w._word(), f":   {w._run(most=3)}".replace("\n", " ")]
    if w._random.random() < 0.4:
        first += ["", *(f"    {line}" if line else "" for line in w._block(depth + 1))]
    return [*first, "", w._word() + " " + w._note(), f":   {w._word()}", f":   {w._word()}"]


def admonition(w: Writer, depth: int) -> list[str]:
    return [f'!!! note "{w._word()}"', *(f"    {line}" if line else "" for line in w._several(depth))]


def picture(w: Writer, depth: int) -> list[str]:
    title = w._random.random() < 0.5
    alt = w._word()
    w._now.words.remove(alt)
    w._now.spoken.append(alt)
    size = w._random.choice(["", "", "{width=120}", "{.wide}"])
    return [(f'![{alt}](images/dam.png "{w._word()}")' if title else f"![{alt}](images/dam.png)") + size]


def details(w: Writer, depth: int) -> list[str]:
    return ["<details open>", f"<summary>{w._word()}</summary>", "", *w._several(depth), "", "</details>"]


def rule(w: Writer, depth: int) -> list[str]:
    return [w._random.choice(["***", "- - -", "___"])]


INLINES: list[Inline] = [
    *(plain, plain, plain, emphasis, code, link, titled_link, inline_picture),
    *(note_call, note_in_place, twin_notes, citation, odd_sign, abbreviation, attributed),
]
LEAVES: list[Block] = [paragraph, paragraph, fenced, list_below_text, table, html_table, picture]
BLOCKS: list[Block] = [
    *LEAVES, heading, quotation, listing, listing, listing, tasks, definitions, admonition, details, rule,
]  # fmt: skip
