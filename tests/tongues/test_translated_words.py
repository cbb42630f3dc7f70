"""A value in words that is printed in another language than its quotation's was not compared with it."""

from __future__ import annotations

import pytest

from reportgen.brief.wording import state_of, status_in, time_text, verdict_in
from reportgen.citing.pandoc import Citeproc
from reportgen.facts.view import View
from reportgen.load.files import MemoryFiles
from reportgen.model.fact import Status
from reportgen.pipeline import asked_of
from tests.tongues.undrawn import FALCONRY, falconry

QUOTE = 'evidence: [{source: register, quote: "school of falconry opened on 12 April 2019"}]'
FACTS = f"""
- id: translated
  claim: {{en: "It is a {{value}}.", ru: "Это {{value}}."}}
  value: {{en: school of falconry, ru: школа соколиной охоты}}
  {QUOTE}
- {{id: of-a-year, claim: "It is a {{value}}.", value: school of falconry, as_of: 2019, {QUOTE}}}
- {{id: untranslated, claim: "It is a {{value}}.", value: school of falconry, {QUOTE}}}
- id: reworded
  claim: {{en: "It is a {{value}}.", ru: "Это {{value}}."}}
  value: {{en: school of hawking, ru: школа соколиной охоты}}
  {QUOTE}
- {{id: name, claim: "It is the {{value}}.", value: {{en: School, ru: School}}, {QUOTE}}}
"""


@pytest.fixture(scope="module")
def view() -> View:
    files = MemoryFiles(falconry({"content/facts/words.yaml": FACTS}))
    with Citeproc() as citeproc:
        asked, _ = asked_of(files, FALCONRY, None, citeproc)
    return View(asked)


@pytest.mark.parametrize(
    ("id", "lang", "status"),
    [
        ("translated", "en", Status.VERIFIED),
        ("translated", "ru", Status.PARAPHRASE),
        ("translated", "kk", Status.VERIFIED),  # printed in English, marked as such
        ("untranslated", "ru", Status.VERIFIED),
        ("reworded", "en", Status.PARAPHRASE),
        ("reworded", "ru", Status.PARAPHRASE),
        ("name", "ru", Status.VERIFIED),
        ("falcons-2023", "ru", Status.VERIFIED),
        ("school", "ru", Status.VERIFIED),
    ],
)
def test_a_translation_of_compared_words_is_in_our_words(view: View, id: str, lang: str, status: Status) -> None:
    fact = view.fact(id)
    assert fact is not None
    expected = Status.DISPUTED if id == "falcons-2023" else status
    assert status_in(view, fact, lang) is state_of(view, fact, lang).status is expected


@pytest.mark.parametrize("id", ["translated", "reworded"])
def test_it_says_that_the_languages_differ(view: View, id: str) -> None:
    """And not which of the original's words the quote lacks."""
    fact = view.fact(id)
    assert fact is not None
    verdict = verdict_in(view, fact, "ru")
    assert verdict is not None
    assert verdict.why == "the value is in the language ru, and the quote in en"
    own = verdict_in(view, fact, "en")
    assert own is not None
    assert ("hawking" in own.why) is (id == "reworded")


@pytest.mark.parametrize(
    ("lang", "time"), [("en", "2019"), ("ru", "2019\u00a0год"), ("kk", "2019\u00a0жыл"), ("de", "2019")]
)
def test_a_year_that_stands_alone_is_said_to_be_one(view: View, lang: str, time: str) -> None:
    fact = view.fact("of-a-year")
    assert fact is not None
    assert time_text(view, fact, lang) == time
