"""Random edits of what a brief printed in, what an editor has to be asked about out: the truth that a comparison is
held to. Pure.

A printed value stands for a fact of its own evidence, or for a computation of two facts. An edit says itself what it
changed: the comparison is not used to find out.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from reportgen.model.edition import Printed, Said, Saying


@dataclass
class Draft:
    """A brief's facts and what its text prints, in the order of the text."""

    facts: dict[str, tuple[str, str, str]]
    """Id -> value, time, quotation."""
    text: list[str]
    """Ids of facts, and formulas."""
    asked: set[str] = field(default_factory=set)
    """Subjects, as they are now or were, that a reader may have quoted otherwise."""

    def printed(self) -> Printed:
        sayings = [self._saying(subject) for subject in self.text]
        shown = {saying.fact for saying in sayings}
        inputs = dict.fromkeys(id for saying in sayings for id in saying.facts if id not in shown)
        sayings += [replace(self._saying(id), call="") for id in inputs]
        ids = dict.fromkeys(id for saying in sayings for id in (saying.fact, *saying.facts) if id)
        quotes = tuple((id, "source", self.facts[id][2]) for id in ids)
        lines = tuple(f"It is ⟨{saying.text}|{saying.subject}⟩." for saying in sayings if saying.is_printed)
        return Printed(tuple(sayings), quotes, lines=lines)

    def _saying(self, subject: str) -> Saying:
        if subject in self.facts:
            value, time, _ = self.facts[subject]
            return Saying(f"fact:{subject}", value, Said(value, as_of=time), call="fact()")
        one, other = subject.split("-by-")
        value = str(int(self.facts[one][0]) * int(self.facts[other][0]))
        formula = f"[{one}] × [{other}]"
        return Saying(f"calc:{formula}", value, Said(value), (one, other), formula, call="calc()")


def draft(chance: random.Random) -> Draft:
    """A brief of some facts and computations."""
    ids = [f"f{n}" for n in range(chance.randint(3, 9))]
    facts = {id: (str(chance.randint(1, 99)), chance.choice(("", "2020", "2021")), f"words of {id}") for id in ids}
    text = [chance.choice(ids) for _ in range(chance.randint(2, 8))]
    text += ["-by-".join(chance.sample(ids, 2)) for _ in range(chance.randint(0, 3))]
    chance.shuffle(text)
    return Draft(facts, text)


def edited(before: Draft, chance: random.Random) -> Draft:
    """The same with one to three edits, and what has to be asked of them."""
    now = Draft(dict(before.facts), list(before.text))
    for _ in range(chance.randint(1, 3)):
        chance.choice((_value, _time, _quote, _move, _twice, _drop, _add))(now, chance)
    now.asked = _truth(before, now)
    return now


def _truth(before: Draft, now: Draft) -> set[str]:
    """A fact that says or quotes something else, and is printed or felt; a subject that is gone, or new."""
    asked = {f"text:{subject}" for subject in {*before.text} ^ {*now.text}}
    used = {id for subject in {*before.text} & {*now.text} for id in subject.split("-by-")}
    for id in used & before.facts.keys():
        printed = id in before.text and id in now.text
        value = before.facts[id][:2] != now.facts[id][:2]
        felt = any(
            id in subject.split("-by-") and before._saying(subject).said != now._saying(subject).said
            for subject in {*before.text} & {*now.text}
            if "-by-" in subject
        )
        if (value and (printed or felt)) or (printed and before.facts[id][2] != now.facts[id][2]):
            asked.add(f"fact:{id}")
    return asked


def _one(now: Draft, chance: random.Random) -> str:
    return chance.choice(sorted(now.facts))


def _value(now: Draft, chance: random.Random) -> None:
    id = _one(now, chance)
    now.facts[id] = (str(chance.randint(100, 999)), *now.facts[id][1:])


def _time(now: Draft, chance: random.Random) -> None:
    id = _one(now, chance)
    value, _, quote = now.facts[id]
    now.facts[id] = (value, chance.choice(("2018", "2019")), quote)


def _quote(now: Draft, chance: random.Random) -> None:
    id = _one(now, chance)
    now.facts[id] = (*now.facts[id][:2], f"other words of {id}")


def _move(now: Draft, chance: random.Random) -> None:
    chance.shuffle(now.text)


def _twice(now: Draft, chance: random.Random) -> None:
    now.text.insert(chance.randint(0, len(now.text)), chance.choice(now.text))


def _drop(now: Draft, chance: random.Random) -> None:
    if len(now.text) > 1:
        gone = chance.choice(now.text)
        now.text = [subject for subject in now.text if subject != gone] or now.text


def _add(now: Draft, chance: random.Random) -> None:
    id = f"g{len(now.facts)}"
    now.facts[id] = (str(chance.randint(1, 99)), "", f"words of {id}")
    now.text.insert(chance.randint(0, len(now.text)), id)
