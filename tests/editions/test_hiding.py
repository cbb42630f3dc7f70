"""What a stylesheet takes out of sight."""

from __future__ import annotations

import pytest

from reportgen.editions.hiding import hidden_by


@pytest.mark.parametrize(
    ("css", "hidden"),
    [
        (".fact { display: none !important }", {".fact"}),
        (".fact, main p { visibility: Hidden }", {".fact", "main p"}),
        ("@media (width < 40rem) { .a { opacity: .0; } }", {"@media (width < 40rem) .a"}),
        (".a { color: red; .b & { font-size: 0px } }", {".a .b &"}),
        (".a { @media print { display: none } }", {".a @media print"}),
        ("@layer x { .a { color: transparent } } @font-face { display: none }", {"@layer x .a"}),
        (":root { --x: none } .a { display: var(--x) }", {".a"}),
        (".a::before, .a:after { display: none }", set()),
        (".a { display: block; opacity: 0.5; font-size: 0.9rem } /* .b { display: none } */", set()),
        (".a { display: none", {".a"}),
    ],
)
def test_what_is_hidden(css: str, hidden: set[str]) -> None:
    assert hidden_by(css) == hidden
