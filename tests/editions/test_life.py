"""A project published, corrected, drafted and published again: what readers and editors see of it."""

from __future__ import annotations

import json
import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from lxml import etree

from reportgen import pipeline, releasing
from reportgen.editions import files
from reportgen.editions.freezing import emptied
from reportgen.publish.folder import Folder
from reportgen.publish.lost import lost_at
from reportgen.rebuild.target import TargetResult
from reportgen.targets import briefs, session
from reportgen.targets.editions import difference_rows
from tests.driver import Project, read_tree
from tests.editions.life import CHARTS, DAY, FACTS, MEASURES, ROWS, RUGS, Life
from tests.messages.examples import blank


def text(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page.decode()).split())


def test_a_change_without_a_reason_is_an_error_once_where_it_is(life: Life) -> None:
    assert life.unexplained.code == 1
    (told,) = re.findall(r"^(.*)error\[unexplained-change\]: (.*)$", life.unexplained.err + life.unexplained.out, re.M)
    assert told == (f"{FACTS}:6:10: ", "148\u00a0looms was published on 2026-02-02; now it is 149\u00a0looms")
    assert (
        "it is printed 3 times in looms, once in rugs; with it 210\u00a0looms becomes 211\u00a0looms"
        in life.unexplained.told
    )
    assert 'changes: [{kind: correction, text: "…"}]' in life.unexplained.told


def test_the_reason_is_one_line_and_every_brief_says_it(life: Life) -> None:
    assert f"changes: [{{kind: correction, date: {DAY}," in (life.root / FACTS).read_text("utf-8")
    for slug in ("looms", "rugs"):
        page = life.target[f"briefs/{slug}/index.html"].decode()
        notice = text(re.findall(r'<aside class="banner notice.*?</aside>', page, re.S)[0].encode())
        assert "Correction, 1 March 2026." in notice
        assert "The weavers of Teotitlan kept 148 looms 149 looms. We had misread the table." in notice
        assert '<del data-n="' in page
        entry = re.findall(r'<li class="entry" id="fact-looms-teotitlan".*?</li>', page, re.S)[0]
        assert "148" in entry
        assert "<i>‡</i>" in page
        record = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
        assert record["version"] == "2"
        assert record["dateModified"] == DAY
        assert record["correction"][0]["datePublished"] == DAY
        assert record["publisher"]["correctionsPolicy"] == "https://looms.example/valley/corrections/"
        cite = json.loads(life.target[f"briefs/{slug}/cite.json"])[0]
        assert cite["URL"].endswith(f"/briefs/{slug}/editions/{DAY}/")
        assert (cite["version"], cite["issued"]["date-parts"]) == ("2", [[2026, 3, 1]])
    assert "With it: 210 looms 211 looms." in text(life.target["briefs/looms/index.html"])
    numbers = json.loads(life.target["briefs/rugs/provenance.json"])["numbers"]
    assert [(n["text"], n["edition"], n["fact"]) for n in numbers if n["kind"] == "edition"] == [
        ("148\u00a0looms", "2026-02-03", "looms-teotitlan"),
        ("149\u00a0looms", DAY, "looms-teotitlan"),
    ]
    assert "We had misread the table." in text(life.target["corrections/index.html"])
    assert life.target["feed.xml"].decode().count("We had misread the table.") == 2
    changes = json.loads(life.target["data/changes.json"])["editions"]
    assert [(each["brief"], each["version"]) for each in changes] == [
        ("rugs", "2"), ("looms", "2"), ("rugs", "1"), ("looms", "1"),
    ]  # fmt: skip


def test_an_edition_is_kept_as_it_was(life: Life) -> None:
    """Each byte is what its list says, and of the page at the target all but what fills its slot."""
    for folder in sorted((life.root / "content/editions").glob("[a-z]*/*")):
        known = json.loads((folder / "edition.json").read_text("utf-8"))
        assert sorted(known["files"]) == sorted(path.name for path in folder.iterdir() if path.name != "edition.json")
        for name, digest in known["files"].items():
            data = (folder / name).read_bytes()
            assert sha256(data).hexdigest() == digest
            base = f"briefs/{known['brief']}/editions/{known['id']}/"
            if name == "page.html":
                assert emptied(life.target[f"{base}index.html"]) == data
            elif name != "text.txt":
                assert life.target[base + name] == data
        page = (folder / "page.html").read_text("utf-8")
        assert "<script" not in page
        assert 'content="noindex"' in page
        assert not re.findall(r'(?:src|href)="(?!data:|#|https?:)[^"]*assets/', page)
    old = text(life.target["briefs/looms/editions/2026-02-02/index.html"])
    assert "You are reading the edition of 2 February 2026. It was corrected since." in old
    assert "148 looms → 149 looms" in old
    assert (life.root / "content/editions/.gitattributes").read_text("utf-8") == "* -text\n"
    chain = [json.loads((life.root / f"content/editions/looms/{id}/edition.json").read_text("utf-8")) for id in (DAY,)]
    before = (life.root / "content/editions/looms/2026-02-02/edition.json").read_bytes()
    assert chain[0]["previous"] == sha256(before).hexdigest()
    assert not [path for path in life.target if "/editions/" in path and b"edition" in path.encode() and ".new" in path]


def test_an_upgrade_of_what_sets_pages_changes_no_edition(
    life: Life, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another WeasyPrint, by which the same page is another file: current PDFs are made anew, and nothing is asked."""
    copytree(life.www, www := project.path("www"))
    before = read_tree(project.path("content"))

    def set_anew(slug: str, *_: object) -> TargetResult:
        ((path, data),) = blank(slug).files.items()
        return TargetResult({path: data + b"%another\n"})

    monkeypatch.setattr(briefs, "pdf_made", set_anew)
    monkeypatch.setitem(session._ENGINES, "pdf", session.Engine(lambda: "another", list))
    monkeypatch.setattr(releasing, "_made_by", lambda: {"reportgen": "99", "weasyprint": "99"})
    assert json.loads(project.run("check", "--format", "json").out)["diagnostics"] == []
    done = project.publish(www)
    assert done.code == 0, done.told
    assert "Released" not in done.out
    assert read_tree(project.path("content")) == before
    now = read_tree(www)
    sent = {path for path in now if life.target.get(path) != now[path]} - {".reportgen-published"}
    assert sent == {"briefs/looms/looms.pdf", "briefs/rugs/rugs.pdf"}


def test_published_twice_sends_nothing(life: Life) -> None:
    assert "Nothing to publish" in life.again.out
    lost = {path for path in life.first if "/editions/" in path} - life.target.keys()
    assert lost == set()


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("path", ["feed.xml", "corrections/feed.xml"])
def test_feeds_have_what_atom_asks(life: Life, path: str) -> None:
    """RFC 4287: each feed and entry has one id, title and day, an author and a page; no id is given twice."""
    feed = etree.fromstring(life.target[path])
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, (name, etree.tostring(element))
        links = {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}
        assert (links["alternate"] or "").startswith("https://looms.example/valley/")
        assert element is not feed or links["self"] == f"https://looms.example/valley/{path}"
        assert [each for each in (element, feed) if each.findall(f"{ATOM}author/{ATOM}name")]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    days = [element.text or "" for element in feed.iter(f"{ATOM}updated", f"{ATOM}published")]
    assert all(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z", day) for day in days)


def codes(project: Project) -> list[str]:
    found = json.loads(project.run("check", "--format", "json").out)["diagnostics"]
    return [each["code"] for each in found]


COLUMNS = "content/data/looms.yaml"
ASKED, WORDS, UNSAVED = {"unexplained-change"}, {"unreleased-words"}, {"unverified"}
PRICE = 'value: 85.50\n  as_of: 2025\n  evidence: [{source: census, quote: "at 85.50 USD a rug"}]\n- id: women'
WOMEN = '{{ fact("women-weavers") }}'


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        (FACTS, "value: 62", "value: 63", ASKED | {"value-contradicted"}),
        (FACTS, PRICE, PRICE.replace("2025", "2024"), ASKED),
        (FACTS, 'quote: "Over 40 percent of', 'quote: "Over 40 percent', ASKED | {"unverified"}),
        (ROWS, "2024,7900", "2024,7901", ASKED | UNSAVED),
        (ROWS, "2024,7900\n", "2024,7900\nTeotitlan,2025,9\n", ASKED | UNSAVED),
        (
            ROWS,
            "Teotitlan,2024,7900\nSanta Ana,2023,3000\n",
            "Santa Ana,2023,3000\nTeotitlan,2024,7900\n",
            WORDS | UNSAVED,
        ),
        (MEASURES, "label: Price of a rug", "label: Price of two rugs", ASKED),
        (RUGS, "digits=3", "digits=2", WORDS),
        (RUGS, "wove most", "made most", WORDS),
        (COLUMNS, "{name: rugs,", "{name: rugs, digits: 1,", WORDS),
        (RUGS, '{{ fact("rug-price") }} each', "a price each", ASKED),
        (RUGS, '{{ fact("rug-price") }}', WOMEN, ASKED),
        (RUGS, "most of them.", f"most of them, by {WOMEN}.", ASKED),
        (RUGS, '{{ table("rugs-table") }}', "", ASKED),
        (FACTS, "# What the census counts.\n", "# What the census counts, by village.\n\n\n", set()),
    ],
)
def test_what_has_to_be_explained(project: Project, file: str, old: str, new: str, found: set[str]) -> None:
    if file.startswith("content/"):
        project.change(file, old, new)
    else:
        project.write(
            file, '{% extends "base.html" %}{% block title %}Other{% endblock %}{% block main %}{% endblock %}'
        )
    assert set(codes(project)) == found


def test_the_day_of_its_source_is_asked_about_where_a_fact_has_no_time(project: Project) -> None:
    sources = "content/sources/census.yaml"
    project.change(FACTS, 'relation: ">"\n  as_of: 2025', 'relation: ">"')
    reason = '  changes: [{kind: clarification, text: "No day is known."}]\n'
    project.change(FACTS, "- id: women-weavers\n", f"- id: women-weavers\n{reason}")
    day, allowed = date(2026, 3, 2), frozenset({"unverified"})
    assert releasing.release(project.root, project.out, day=day, allowed=allowed).ok
    assert not codes(project)
    project.change(sources, "issued: 2025-06-01", "issued: 2019-06-01")
    told = project.run("check").told
    assert "(source of 2025-06-01) was published" in told


def test_words_beside_values_and_sources_are_kept(project: Project) -> None:
    """Of a chart its labels and lines, of a sentence what stands around the works that it cites."""
    brief = "content/briefs/looms.md"
    project.change(brief, "[@census]", "[see most, @census, p. 8]")
    project.change(brief, "date: 2026-02-02", 'date: 2026-02-02\nchanges: [{kind: update, text: "Where it is said."}]')
    named = "labels: {looms-santa-ana: Santa Ana}, lines: [{fact: looms-santa-ana, label: Least}]"
    project.change(CHARTS, "kind: bar,", f"kind: bar, {named},")
    day, allowed = date(2026, 3, 2), frozenset({"unverified"})
    assert releasing.release(project.root, project.out, day=day, only=("looms",), allowed=allowed).ok
    assert not codes(project)
    project.change(brief, "p. 8]", "p. 9]")
    assert codes(project) == ["unreleased-words"]
    project.change(brief, "p. 9]", "p. 8]")
    project.change(CHARTS, "{fact: looms-santa-ana,", "{fact: looms-teotitlan,")
    assert codes(project).count("unexplained-change") == 1


def test_what_is_computed_from_cells_is_explained_where_they_stand(project: Project) -> None:
    cell = "[rugs-a-year: rugs where village = Teotitlan, year = 2024]"
    share = f'{{{{ calc("{cell} / [women-weavers]", digits=4) }}}}'
    brief = "content/briefs/looms.md"
    project.change(brief, "Women are", f"That is {share}. Women are")
    project.change(brief, "date: 2026-02-02", 'date: 2026-02-02\nchanges: [{kind: update, text: "A share more."}]')
    day, allowed = date(2026, 3, 2), frozenset({"unverified"})
    assert releasing.release(project.root, project.out, day=day, only=("looms",), allowed=allowed).ok
    project.change(ROWS, "2024,7900", "2024,7990")
    told = project.run("check").told
    assert told.count("unexplained-change]") == 1
    assert "in the dataset rugs-a-year" in told
    data = next(path for path in project.path("content/data").glob("*.yaml") if "rugs.csv" in path.read_text())
    reason = '  changes: [{kind: revision, text: "The census was revised."}]\n'
    project.change(f"content/data/{data.name}", "  file: rugs.csv\n", f"  file: rugs.csv\n{reason}")
    assert codes(project) == ["unverified", "unverified"]
    assert releasing.release(project.root, project.out, day=day, only=("looms", "rugs"), allowed=allowed).ok
    editions = pipeline.answers(project.root)[0].project.editions
    (row,) = difference_rows(*editions["rugs"][-2:], "en")
    assert (row.subject, row.new, row.reason.text) == ("Teotitlan · 2024", "7,990\xa0rugs", "The census was revised.")
    assert {row.reason.text for row in difference_rows(*editions["looms"][-2:], "en")} == {"The census was revised."}


def test_what_changed_says_things_as_readers_know_them(project: Project) -> None:
    """A chart that was dropped by its title, a claim with dots for its value, each with the reason of the brief."""
    brief = "content/briefs/looms.md"
    project.change(brief, '\n{{ chart("looms-drawn") }}\n', "")
    project.change(brief, "date: 2026-02-02", 'date: 2026-02-02\nchanges: [{kind: update, text: "They count anew."}]')
    project.change(FACTS, "Of the weavers, {value} were", "Of all weavers, {value} were")
    day, allowed = date(2026, 3, 2), frozenset({"unverified"})
    assert releasing.release(project.root, project.out, day=day, only=("looms",), allowed=allowed).ok
    page = project.build().site["briefs/looms/editions/2026-03-02/changes/index.html"].decode()
    shown = re.sub(r"\s*<[^>]*>\s*", "|", page[page.index("<tbody>") : page.index("</main>")])
    title = "Most looms stand in Teotitlan"
    assert re.findall(rf"\|+{title}\|+{title}\|+They count anew\.\|", shown)
    assert re.findall(r"\|Before\|+Of the weavers, … were women\.\|+Now\|+Of all weavers, … were women\.\|", shown)
    assert "looms-drawn" not in shown


def test_diff_draws_the_charts_that_changed(project: Project) -> None:
    project.change(CHARTS, "kind: bar,", "kind: bar, orientation: v,")
    (chart,) = project.run("diff", "looms", "--format", "json").data["charts"]
    assert chart["id"] == "looms-drawn"
    assert chart["old"] != chart["new"]
    assert all(chart[when].startswith("<svg ") and ":root{--c1:" in chart[when] for when in ("old", "new"))
    assert project.run("diff", "looms", "--format", "html").out.count("data:image/svg+xml") == 2


def test_a_renamed_brief_is_known_beside_a_translation_of_another(project: Project) -> None:
    project.write("content/briefs/looms.de.md", "---\ntitle: Wer im Tal webt\n---\nViele weben.\n")
    project.path("content/briefs/rugs.md").rename(project.path("content/briefs/carpets.md"))
    assert 'if it is called "carpets" now, write there: aliases: [rugs]; else say' in project.run("check").told


def test_a_draft_is_no_back_door(project: Project) -> None:
    """Its address keeps the last edition, and a published value is asked about all the same."""
    project.change("content/briefs/rugs.md", "date: 2026-02-03", "date: 2026-02-03\nstatus: draft")
    project.change("content/briefs/rugs.md", "wove most", "made most")
    assert codes(project) == []
    built = project.build()
    assert built.ok
    page = built.site["briefs/rugs/index.html"].decode()
    assert "wove most of them" in page
    assert "The next one is being written." in page
    assert "noindex" not in page
    assert '<link rel="canonical" href="https://looms.example/valley/briefs/rugs/">' in page
    for listing in ("index.html", "feed.xml", "sitemap.xml", "briefs/looms/index.html", "facts/rugs-sold/index.html"):
        assert "rugs/" in re.sub(r"rugs/(?:rugs|edit)", "", built.site[listing].decode()), listing
    assert "The price of a rug, and who earns it." in built.site["feed.xml"].decode()
    assert built.site["briefs/rugs/provenance.json"] == built.site[f"briefs/rugs/editions/{DAY}/printed.json"]
    project.change("content/data/rugs.csv", "2024,7900", "2024,7901")
    assert codes(project) == ["unverified", "unexplained-change"]
    assert not project.build().ok


def test_ci_and_lost_editions_stop_publish(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    www = project.path("www")
    assert project.publish(www).code == 0
    project.change("content/briefs/rugs.md", "wove most", "wove the most")
    project.change("content/briefs/rugs.md", "date: 2026-02-03", "date: 2026-02-03\nchanges: [{kind: minor}]")
    monkeypatch.setenv("CI", "true")
    refused = project.publish(www)
    assert refused.code == 1
    assert "error[unreleased]" in refused.err
    assert not list(project.path("content/editions/rugs").glob("*-11-*"))
    monkeypatch.delenv("CI")
    project.change("content/briefs/rugs.md", "wove the most", "wove most")
    project.change("content/briefs/rugs.md", "changes: [{kind: minor}]\n", "")
    rmtree(project.path("content/editions/rugs") / DAY)
    project.change(FACTS, f", date: {DAY}", "")
    missing = project.publish(www)
    assert "error[edition-missing]" in missing.err
    assert (www / f"briefs/rugs/editions/{DAY}/index.html").is_file()


def test_a_release_without_effect_says_what_it_would_do(project: Project) -> None:
    """With a reason that is typed, too; and a sentence that says the opposite of its number is no misspelt word."""
    project.change("content/briefs/rugs.md", "wove most", "wove the most")
    before = read_tree(project.path("content"))
    asked = ("release", "rugs", "--minor", "--date", "2027-01-02")
    said = project.run(*asked, "--dry-run")
    assert read_tree(project.path("content")) == before
    assert said.code == 0, said.told
    project.change("content/briefs/rugs.md", "wove the most", "did not weave most")
    for words in (asked, (*asked, "--dry-run")):
        refused = project.run(*words)
        assert refused.code == 1
        assert "error[minor-changes-numbers]" in refused.err
        assert "wove most of them.” became “" in refused.err
        assert "did not weave most of them" in refused.err
    assert "a sentence says otherwise of its numbers than in the edition" in project.run("check").told
    project.change("content/briefs/rugs.md", "did not weave most", "wove the most")
    done = project.run(*asked)
    assert done.code == 0, done.told
    assert said.out.splitlines()[0] in done.out


def test_a_dry_run_says_what_a_publication_does(life: Life, project: Project) -> None:
    www = project.path("www")
    copytree(life.www, www)
    project.change("content/briefs/rugs.md", "wove most", "wove the most")
    project.change("content/briefs/rugs.md", "date: 2026-02-03", "date: 2026-02-03\nchanges: [{kind: minor}]")
    before = read_tree(project.path("content"))
    said = project.publish(www, "--dry-run")
    assert read_tree(project.path("content")) == before
    assert read_tree(www) == life.target
    assert not list(project.out.glob(".trial-*"))
    done = project.publish(www)
    sent = re.findall(r"[0-9]+ files? sent, [0-9]+ removed, [0-9]+ there already", said.out + done.out)
    assert len(sent) == 2
    assert len({*sent}) == 1, sent
    assert re.search(r"^send briefs/rugs/editions/[0-9-]+/rugs\.pdf$", said.out, re.M)


@pytest.mark.parametrize("damage", [b'{"editions": []}', b"{", None])
def test_what_was_published_has_to_be_known(life: Life, project: Project, damage: bytes | None) -> None:
    """A list at the target that was changed by hand, or is gone, hides no edition that the project lacks."""
    www = project.path("www")
    copytree(life.www, www)
    if damage is None:
        (www / "data/changes.json").unlink()
    else:
        (www / "data/changes.json").write_bytes(damage)
    files = {path: sha256(data).hexdigest() for path, data in life.target.items()} | {"data/changes.json": "other"}
    answers, _ = pipeline.answers(project.root)
    (found,) = lost_at(answers.project, project.out / "site", files, Folder(www))
    assert found.code == "list-altered"


def test_an_edition_is_whole_or_not_there(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stops a release, no part of an edition is left, and the next one makes it."""
    project.change("content/briefs/rugs.md", "wove most", "wove the most")
    project.change("content/briefs/rugs.md", "date: 2026-02-03", "date: 2026-02-03\nchanges: [{kind: minor}]")
    before = read_tree(project.path("content/editions"))
    flush = files._flush
    flushed: list[object] = []

    def stopped(folder: Path) -> None:
        flushed.append(folder)
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "_flush", stopped)
    with pytest.raises(KeyboardInterrupt):
        project.run("release")
    assert flushed
    kept = {path: data for path, data in read_tree(project.path("content/editions")).items() if "/.new-" not in path}
    assert kept == before
    monkeypatch.setattr(files, "_flush", flush)
    assert project.run("release", "--date", "2026-03-02").code == 0
    assert not list(project.path("content/editions").rglob(".new-*"))
    assert releasing.release(project.root, project.out, day=date(2026, 3, 3)).editions == ()


def test_a_fault_of_the_program_in_an_edition_is_told_by_publish(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not as a number of problems of the author's, which there are none of."""
    laid_out = releasing._laid_out

    def broken(*_: object) -> TargetResult:
        raise ZeroDivisionError("no ink")

    def laid_out_without_ink(*given: object) -> object:
        with pytest.MonkeyPatch.context() as patches:
            patches.setattr(briefs, "pdf_made", broken)
            return laid_out(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(releasing, "_laid_out", laid_out_without_ink)
    project.change(RUGS, "title:", "changes: [{kind: update, text: We say more.}]\ntitle:")
    project.change(RUGS, "most of them", "most of them all")
    done = project.publish(tmp_path / "www")
    assert done.code == 3, done.told
    assert "no ink" in done.err
    assert not (tmp_path / "www").exists()
