"""A brief's page in, the same with a script that asks for its fonts before it is painted out. Pure.

A brief is set in our fonts only if they are there when it is first painted (`webfonts.only_in_time`). A browser finds
out which ones it needs no earlier than it paints, hence the script. A preload would do as well from a server, but from
a disk it is refused. The page's policy allows this one script by its digest.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from reportgen.fonts.webfonts import REPERTOIRE
from reportgen.late_patterns import regex

SCRIPT = (
    "{const{upright,italic}=document.currentScript.dataset,style=getComputedStyle(document.documentElement),"
    "ask=(font,token,letters)=>letters&&document.fonts.load(font+style.getPropertyValue(token).split(',')[0],letters)"
    ".catch(()=>{});ask('1em ','--serif',upright);ask('1em ','--sans',upright);ask('italic 1em ','--serif',italic)}"
)
"""Loads the first family of a token, which may be a project's own, for a letter of each file that the page needs."""
DIGEST = f"'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'"
LEAST = 0.01
"""Share of a page's letters from which their file is asked for early; fewer are left to the stand-ins."""
_OURS = "script-src 'self'"
_POLICY = regex(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_STYLE = regex(r'<style data-from="[^"]*">.*?</style>', re.S)
_UNSEEN = regex(r"<(script|style|title)\b.*?</\1>|<nav class=\"tongues\".*?</nav>|<[^>]*>", re.S)
_ITALIC = regex(r'<p class="quote"[^>]*>(.*?)</p>|<(?:em|cite)\b[^>]*>(.*?)</(?:em|cite)>', re.S)
_FILES = {
    name: regex(f"[{''.join(f'{re.escape(chr(first))}-{re.escape(chr(last))}' for first, last in ranges)}]")
    for name, ranges in REPERTOIRE.items()
}
_SAMPLES = {"latin": "a", "accents": "é", "latin-ext": "ž", "cyrillic": "Ж", "cyrillic-ext": "Ђ"}


def with_early_fonts(html: str) -> str:
    """A page that has our stylesheet within it and may run scripts, with the script; any other as it is."""
    policy, style = _POLICY.search(html), _STYLE.search(html)
    if style is None or (policy is not None and _OURS not in policy[1]):
        return html
    upright = _files_of(_UNSEEN.sub("", html))
    if "cyrillic" in upright:
        upright.discard("latin")  # its letters are in the file of the others: `cyrillic_first`
    italic = _files_of(_UNSEEN.sub("", "".join(one or other for one, other in _ITALIC.findall(html))))
    script = f'<script data-upright="{_letters(upright)}" data-italic="{_letters(italic)}">{SCRIPT}</script>'
    html = f"{html[: style.end()]}\n{script}{html[style.end() :]}"
    return html if policy is None else html.replace(policy[0], policy[0].replace(_OURS, f"{_OURS} {DIGEST}"), 1)


def _files_of(text: str) -> set[str]:
    """The font files that hold letters of a text, but for few."""
    letters = {letter: text.count(letter) for letter in set(text)}
    counts = {name: sum(n for letter, n in letters.items() if of.match(letter)) for name, of in _FILES.items()}
    return {name for name, count in counts.items() if count and count >= LEAST * sum(counts.values())}


def _letters(files: set[str]) -> str:
    """One of each file."""
    return "".join(letter for name, letter in _SAMPLES.items() if name in files)
