"""One brief in several languages: where its pages stand, and how they lead to each other."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath

import pytest

from reportgen.facts.addresses import candidates, site_paths
from reportgen.facts.tongues import languages
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.brief import file_of, folder_of, original_of, paper_of, stem_of, tongue_of
from reportgen.model.project import Project
from reportgen.rebuild.store import MemoryStore
from tests.promise.test_numbers import body_of, unaccounted
from tests.tongues.undrawn import falconry, laid_out

WANTED = (
    *(
        "page falcons",
        "page falcons.ru",
        "page falcons.de",
        "page weights",
        "page pages/method.ru",
        "ru home",
        "ru facts",
        "home",
    ),
    *("ru fact falcons-2023", "fact falcons-2023", "chart falcons-chart.ru", "ru source gazette", "ru feed", "feeds"),
)
RU = "ru/briefs/falcons/index.html"


@pytest.fixture(scope="module")
def pages() -> Mapping[str, str]:
    found, outcome, problems = laid_out(falconry(), WANTED)
    assert outcome.ok, outcome.failures
    assert {problem.code for problem in problems} == {"english-words"}
    return found


def project(changed: Mapping[str, str] | None = None) -> tuple[Project, list[str]]:
    found, problems = load(MemoryFiles(falconry(changed)))
    return found, [f"{each.code} {each.span.file}" for each in problems]


def leads(page: str, path: str) -> set[str]:
    """Where a page's links lead, below the site."""
    found = re.findall(r'<a\b[^<>]*href="([^"#:]+)(?:#[^"]*)?"', page)
    return {normpath(join(dirname(path), each)) for each in found}


def test_a_translation_is_named_by_its_file() -> None:
    assert (original_of("wages.ru"), tongue_of("wages.ru"), stem_of("pages/method.ru")) == ("wages", "ru", "method")
    assert (folder_of("wages"), folder_of("wages.ru")) == ("briefs/wages/", "ru/briefs/wages/")
    assert (folder_of("pages/method.ru"), paper_of("wages.kk")) == ("ru/pages/method/", "kk/briefs/wages/wages.pdf")
    assert (file_of("wages.ru"), file_of("pages/method")) == ("content/briefs/wages.ru.md", "content/pages/method.md")


def test_the_languages_of_a_site_are_those_of_its_documents() -> None:
    whole, problems = project()
    assert problems == ["english-words content/briefs/falcons.de.md"]
    assert languages(whole) == ("en", "ru", "kk", "de")
    assert whole.briefs["falcons.ru"].lang == "ru"
    assert whole.briefs["falcons.ru"].date == whole.briefs["falcons"].date
    draft, _ = project({"content/briefs/falcons.kk.md": "---\ntitle: Сұңқар\nstatus: draft\n---\nСұңқар.\n"})
    assert languages(draft) == ("en", "ru", "de")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("content/briefs/gone.ru.md", "---\ntitle: Да\n---\n", "no-original content/briefs/gone.ru.md"),
        ("content/briefs/weights.en.md", "---\ntitle: Yes\n---\n", "same-language-twice content/briefs/weights.en.md"),
        ("content/briefs/weights.fr.md", "---\ntitle: Oui\n---\n", "wrong-value content/briefs/weights.fr.md"),
        ("content/briefs/weights.ru.md", "---\ntitle: Да\nlang: kk\n---\n", "wrong-value content/briefs/weights.ru.md"),
        ("content/briefs/weights.xyzw.md", "---\ntitle: Да\n---\n", "bad-id content/briefs/weights.xyzw.md"),
        ("content/briefs/weights.md", "---\ntitle: No\n---\n", "missing-key content/briefs/weights.md"),
    ],
)
def test_a_file_that_is_no_translation_is_told(name: str, text: str, told: str) -> None:
    assert told in project({name: text})[1]


def test_a_page_leads_to_pages_in_its_language_and_else_says_in_which(pages: Mapping[str, str]) -> None:
    page = pages[RU]
    found = leads(page, RU)
    assert {"ru/facts/falcons-2023/index.html", "ru/index.html", "ru/sources/gazette/index.html"} <= found
    assert "ru/pages/method/index.html" in found
    assert "facts/falcons-2023/index.html" not in found
    register = re.search(r'<a hreflang="en"[^<>]*sources/register/index.html"[^<>]*>.*?</a>', page)
    assert register is not None
    assert '<span class="tongue" lang="ru">(английский)</span>' in register[0]
    name = re.compile(r'<(?:span|abbr) class="tongue"[^<>]*>(.*?)<')
    said = [name.findall(made) for at, made in pages.items() if at.startswith("ru/")]
    assert {name for names in said for name in names} == {"(английский)"}
    assert max(map(len, said)) > 1  # by its name each time
    listed = pages["ru/facts/index.html"]
    assert re.search(r'<a hreflang="en" class="fact" href="../../facts/altai-weight/index.html"', listed)


def test_each_link_of_a_translated_page_leads_to_a_page_of_the_site(pages: Mapping[str, str]) -> None:
    whole, _ = project()
    there = site_paths(whole)
    for path, page in pages.items():
        if path.endswith(".html") and "/charts/" not in path:
            inside = {to for to in leads(page, path) if not to.endswith((".json", ".csv", ".xml"))}
            assert inside <= there, path


def test_the_head_offers_the_same_page_in_each_language_and_else_its_home(pages: Mapping[str, str]) -> None:
    def offered(path: str) -> dict[str, str]:
        nav = re.search(r'<nav class="tongues".*?</nav>', pages[path], re.S)
        assert nav is not None
        links = re.findall(r'<a href="([^"]*)" lang="(\w+)" hreflang="\w+">(.*?)</a>', nav[0])
        return {lang: f"{normpath(join(dirname(path), to))} {text}" for to, lang, text in links}

    assert offered(RU)["kk"] == "kk/briefs/falcons/index.html Қазақ тілі"
    assert offered(RU)["en"] == "briefs/falcons/index.html English"
    assert "ru" not in offered(RU)
    assert offered("briefs/weights/index.html")["ru"] == "ru/index.html Русский <small>(на главную)</small>"


def test_alternates_are_one_mutual_set(pages: Mapping[str, str]) -> None:
    def alternates(path: str) -> list[str]:
        return re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', pages[path])

    assert alternates(RU) == alternates("briefs/falcons/index.html")
    assert dict(alternates(RU)) == {
        "x-default": "https://falconry.example/briefs/falcons/",
        "en": "https://falconry.example/briefs/falcons/",
        "ru": "https://falconry.example/ru/briefs/falcons/",
        "kk": "https://falconry.example/kk/briefs/falcons/",
        "de": "https://falconry.example/de/briefs/falcons/",
    }
    assert alternates("briefs/weights/index.html") == []


def test_lists_feeds_and_charts_are_in_the_language(pages: Mapping[str, str]) -> None:
    home = pages["ru/index.html"]
    assert home.index("Соколы возвращаются") < home.index("What a bird")
    assert 'lang="en"' in home
    assert "Соколы возвращаются" in pages["ru/feed.xml"]
    assert "What a bird" not in pages["ru/feed.xml"]
    assert "https://falconry.example/ru/feed.xml" in pages["ru/feed.xml"]
    assert "Falcons return" in pages["feed.xml"]
    assert "Соколы возвращаются" not in pages["feed.xml"]
    assert "https://falconry.example/ru/facts/falcons-2023/" in pages["sitemap.xml"]
    assert "Соколов в реестре больше" in pages["ru/charts/falcons-chart/index.html"]
    assert "Соколы возвращаются" in pages["ru/facts/falcons-2023/index.html"]
    assert "Falcons return" in pages["facts/falcons-2023/index.html"]
    assert "Соколы возвращаются" not in pages["index.html"]


def test_authors_links_from_a_translation_are_those_of_its_original() -> None:
    whole, _ = project()
    there = site_paths(whole)

    def meant(address: str) -> str:
        return next(each.path for each in candidates(address, "ru/briefs/falcons/") if each.path in there)

    assert meant("weights.md") == "briefs/weights/index.html"
    assert meant("../pages/method.md") == "ru/pages/method/index.html"
    assert meant("falcons.kk.md") == "kk/briefs/falcons/index.html"
    assert meant("facts/school") == "facts/school/index.html"


def test_a_language_without_words_of_the_program_has_them_in_english_and_marked(pages: Mapping[str, str]) -> None:
    page = pages["de/briefs/falcons/index.html"]
    for marked in (
        'lang="en">How we know</h2>',
        'lang="en">Words found in the archived text</',
    ):
        assert marked in page
    assert re.search(r'<span lang="en">Edition of <time [^>]*>20 February 2024</time></span>', page)
    assert re.search(r'<span class="time"[^>]*><?[^>]*lang="en">Reported 20 January 2024<', page)
    assert "12. April 2019" in page
    assert not any(re.search("[\U00100000-\U0010ffff]", text) for text in pages.values())


def test_a_project_gives_the_words_of_a_language() -> None:
    path = "content/words/de.yaml"
    words = 'How we know: Woher wir das wissen\n"{} entries": {one: "{} Eintrag", other: "{} Einträge"}\n'
    store, wanted = MemoryStore(), ("page falcons", "page falcons.de")
    laid_out(falconry(), wanted, store)
    found, outcome, _ = laid_out(falconry({path: words}), wanted, store)
    page = found["de/briefs/falcons/index.html"]
    assert ">Woher wir das wissen</h2>" in page
    assert re.search(r">6</span> Einträge<", page)
    assert 'lang="en">References</h2>' in page
    assert {made.name for made in outcome.made} >= {"page falcons.de"}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("de", "How we knew: Woher\n", "unknown-key"),
        ("de", '"{} entries": Einträge\n', "wrong-value"),
        ("de", '"{} entries": {one: "{} Eintrag"}\n', "missing-key"),
        ("de", '"{} entries": {few: "{} Einträge", other: "{} Einträge"}\n', "unknown-key"),
        ("de", "Facts: [Fakten]\n", "wrong-type"),
        ("de", "- Fakten\n", "wrong-type"),
        ("german", "Facts: Fakten\n", "bad-id"),
    ],
)
def test_words_that_the_program_cannot_use_are_told(name: str, text: str, told: str) -> None:
    assert f"{told} content/words/{name}.yaml" in project({f"content/words/{name}.yaml": text})[1]


def test_what_a_translation_changes_is_made_again_and_nothing_else() -> None:
    wanted = ("page falcons", "page falcons.ru", "page falcons.kk", "ru home", "ru fact school")
    store = MemoryStore()
    laid_out(falconry(), wanted, store)
    path = "content/briefs/falcons.ru.md"
    text = falconry()[path]
    changed = falconry({path: str(text).replace("через год", "год спустя")})
    again, outcome, _ = laid_out(changed, wanted, store)
    pages = {made.name for made in outcome.made if made.name.startswith(("page", "ru"))}
    assert pages == {"page falcons.ru"}
    whole = laid_out(changed, ("page falcons.ru",))[0]
    assert again["ru/briefs/falcons/index.html"] == whole["ru/briefs/falcons/index.html"]


def test_a_site_without_translations_has_none_of_it() -> None:
    alone = falconry(without=(".ru.md", ".kk.md", ".de.md", ".ar.md"))
    pages, outcome, _ = laid_out(alone, ("page falcons", "home", "feeds"))
    assert outcome.ok
    assert not [path for path in pages if path.startswith(("ru/", "kk/"))]
    assert not re.search(r'class="tongues"|hreflang', pages["briefs/falcons/index.html"] + pages["index.html"])


def test_an_abbreviation_and_a_sentence_end_in_one_full_stop(pages: Mapping[str, str]) -> None:
    text = re.sub(r"<style.*?</style>|<sup.*?</sup>|<[^>]+>", "", pages[RU], flags=re.S)
    assert "Школа открылась 12 апреля 2019 г. Как мы считаем" in text.replace("\u00a0", " ")
    assert ".." not in re.sub(r"<script.*?</script>", "", text, flags=re.S)
    english = re.sub(r"<sup.*?</sup>|<[^>]+>", "", pages["briefs/falcons/index.html"]).replace("\u00a0", " ")
    assert "opened on 12 April 2019. How we count" in english


def test_every_digit_of_a_translation_is_accounted_for(pages: Mapping[str, str]) -> None:
    known = json.loads(pages["ru/briefs/falcons/provenance.json"])
    assert (known["brief"], known["lang"]) == ("falcons", "ru")
    assert unaccounted(body_of(pages[RU]), len(known["numbers"])) == []
