"""What a template may use is what its context's type says; each is rendered with it, and docs/templates.md lists it."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest

from reportgen.citing.pandoc import Citeproc
from reportgen.pages.context import PageContext
from reportgen.pages.theme import Theme
from tests.docs.blocks import ROOT
from tests.docs.templates import ALWAYS, FOLDER, LAYOUT, MACROS, contexts, document, references, wanted
from tests.messages.examples import Listener, put, write


def test_every_template_has_a_context_or_is_a_part_of_others() -> None:
    there = {path.name for path in FOLDER.glob("*.html")}
    assert there == contexts().keys() | set(MACROS) | set(LAYOUT)
    used = {name for template in contexts() for name in references(template)}
    assert used == there - contexts().keys() - {"beside.html"}


@pytest.mark.parametrize(("template", "kind"), contexts().items())
def test_a_template_uses_no_name_that_its_context_lacks(template: str, kind: type[PageContext]) -> None:
    assert wanted(template) <= {field.name for field in fields(kind)} | ALWAYS.keys()


def test_macros_are_given_all_that_they_use() -> None:
    assert {name for template in MACROS for name in wanted(template)} <= ALWAYS.keys()


def test_each_template_is_rendered_with_its_context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build, where a name or a field that is not there is an error."""
    rendered: set[type[PageContext]] = set()
    page = Theme.page

    def recorded(theme: Theme, context: PageContext, lang: str) -> str:
        made = page(theme, context, lang)
        rendered.add(type(context))
        assert made.casefold().startswith("<!doctype html>")
        return made

    monkeypatch.setattr(Theme, "page", recorded)
    write(tmp_path)
    put(
        tmp_path / "content/pages/methods.md", "---\ntitle: How shops are counted\naliases: [counting]\n---\nOn foot.\n"
    )
    put(tmp_path / "content/gone.yaml", "facts/markets: Markets are no shops.\n")
    with Citeproc() as citeproc:
        verified, minor = (
            ["verify", "--archive", "saved"],
            ["release", "first-brief", "--minor", "--date", "2026-02-01"],
        )
        listener = Listener(monkeypatch, citeproc)
        assert listener.told(tmp_path, verified, ["release"], minor, ["build"]) == []
        brief, first = tmp_path / "content/briefs/first-brief.md", tmp_path / "content/editions/first-brief/2026-01-15"
        removed = "removed: [{edition: 2026-01-15, date: 2026-03-01, reason: A court ordered it.}]\n"
        brief.write_text(brief.read_text().replace("title:", f"{removed}title:", 1))
        for path in first.glob("*[!n]"):
            path.unlink()
        for path in (first / "printed.json", first / "cite.json"):
            path.unlink()
        assert listener.told(tmp_path, ["build"]) == []
    assert rendered == set(contexts().values())


def test_the_document_is_current() -> None:
    path, now = ROOT / "docs" / "templates.md", document()
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(now, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == now, "UPDATE_EXPECTED=1 pytest tests/docs writes it"
