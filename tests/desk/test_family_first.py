"""Authors of pages in languages that say the family name first."""

from __future__ import annotations

import pytest

from reportgen.desk.references import drafted


@pytest.mark.parametrize(
    ("language", "name", "author"),
    [
        ("vi", "Nguyễn Thị Lan", "Nguyễn, Thị Lan"),
        ("vi-VN", "Nguyễn Thị Lan", "Nguyễn, Thị Lan"),
        ("hu", "Kovács Anna", "Kovács, Anna"),
        ("en", "Anna Kovács", "Kovács, Anna"),
        ("fr", "Anne Marie Dupont", "Dupont, Anne Marie"),
    ],
)
def test_the_family_name_is_where_the_language_has_it(language: str, name: str, author: str) -> None:
    page = f'<html lang="{language}"><head><title>Thư viện</title><meta name="author" content="{name}"></head></html>'
    assert drafted(page.encode(), "text/html; charset=utf-8", "", "page.html")["author"].values == (author,)
