"""Markdown's grammar as briefs have it: a parser of markdown-it with the rules that CommonMark lacks. Pure.

Rules at a line stand in `block_rules.py`, those at a sign in `inline_rules.py`, those over a whole text in
`core_rules.py`. `env["findings"]` holds what one text has shown so far.
"""

from __future__ import annotations

from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from reportgen.brief.attribute_lists import attributes
from reportgen.brief.block_rules import (
    abbreviation,
    admonition,
    definition_list,
    html_block,
    note,
    refuse_depth,
    table,
)
from reportgen.brief.core_rules import abbreviations, close_tags, deep_blocks, figures, inlines, list_numbers, tasks
from reportgen.brief.inline_rules import autolink, bare_address, bare_site, html_inline, note_call, note_within
from reportgen.brief.tags import readable
from reportgen.late_patterns import regex

_INSERTED = regex("%F3%B[0-9A-F]%[89AB][0-9A-F]%[89AB][0-9A-F]")
"""An insert in an address, as markdown-it writes it."""


def parser(*, blocks: bool = True) -> MarkdownIt:
    """A parser of whole texts, or of paragraphs alone, in which `2021. A year` is no list."""
    md = MarkdownIt("commonmark", {"tasklists": True, "alerts": True, "store_labels": True})
    normalize = md.normalizeLink
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.normalizeLink = lambda url: _INSERTED.sub(lambda m: unquote(m[0]), normalize(url))  # type: ignore[method-assign]
    md.normalizeLinkText = lambda link: readable(link)  # type: ignore[method-assign]
    md.use(deflist_plugin).use(admon_plugin).use(gfm_autolink_plugin)
    md.enable(["table", "strikethrough"])
    md.disable("gfm_autolink_email")
    rule = {function.__name__: function for function in md.block.ruler.getRules("")}
    ends_text: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.at("deflist", definition_list(rule["deflist"]), {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("admonition", admonition(rule["admonition"]), ends_text)
    md.block.ruler.at("html_block", html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("reference", "note", note, ends_text)
    md.block.ruler.before("list", "abbreviation", abbreviation, ends_text)
    md.inline.ruler.before("link", "note_call", note_call)
    md.inline.ruler.before("link", "note_within", note_within)
    md.inline.ruler.at("html_inline", html_inline)
    md.inline.ruler.at("autolink", autolink)
    bare = {rule.__name__: rule for rule in md.inline.ruler.getRules("")}
    md.inline.ruler.at("gfm_autolink_protocol", bare_address(bare["_protocol_rule"]))
    md.inline.ruler.at("gfm_autolink_www", bare_site(bare["_www_inline_rule"]))
    md.core.ruler.before("block", "deep_blocks", deep_blocks)
    md.core.ruler.at("inline", inlines)
    md.core.ruler.before("inline", "list_numbers", list_numbers)
    md.core.ruler.after("inline", "tags", close_tags)
    md.core.ruler.after("tags", "attributes", attributes)
    md.core.ruler.after("attributes", "tasks", tasks)
    md.core.ruler.after("tasks", "figures", figures)
    md.core.ruler.push("abbreviations", abbreviations)
    refuse_depth(md)
    if not blocks:
        md.block.ruler.enableOnly("paragraph")
        md.core.ruler.disable("figures")
    return md
