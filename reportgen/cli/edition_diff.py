"""`reportgen diff [SLUG] [A] [B]`: what differs between two editions of a brief, or between its last one and now."""

from __future__ import annotations

from html import escape
from pathlib import Path

import click

from reportgen.brief.said import plain_line
from reportgen.cli.compare import drawing
from reportgen.cli.project import Code, out_folder
from reportgen.cli.show import as_json
from reportgen.releasing import EditionDiff, edition_diffs

_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;padding:.4rem .6rem;border-top:1px solid #ccc;vertical-align:top}del{color:#666}"
    "ins{text-decoration:none;font-weight:600}"
    ".pair{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))}"
    ".pair img{max-width:100%;height:auto;border:1px solid #bbb}"
)


def diff_of_briefs(root: Path, slug: str | None, old: str | None, new: str | None, form: str) -> Code:
    """Tells what differs, whatever it is: exit code 0."""
    found = edition_diffs(root, slug, old, new, out_folder(root) if form != "text" else None)
    if form == "json":
        documents = [document(each) for each in found]
        click.echo(as_json(documents[0] if slug and documents else {"briefs": documents}))
    elif form == "html":
        click.echo(page(found))
    else:
        click.echo("\n".join(line for each in found for line in report(each)) or "No brief has an edition yet.")
    return 0


def report(diff: EditionDiff) -> list[str]:
    """What differs, a line each."""
    lines = [f"{diff.brief}: {diff.old} → {diff.new}"]
    for each in diff.rows:
        change = " → ".join(part for part in (each.old, each.new) if part)
        because = f"  follows from {', '.join(each.because)}" if each.because else ""
        reason = diff.reasons.get(each.subject, "")
        lines.append(
            f"  {each.kind:<11} {each.subject.partition(':')[2]}  {change}{because}"
            + (f"  “{reason}”" if reason else "")
        )
    for step, before, after in diff.words:
        lines += [f"  {step:<11} - {plain_line(line)}" for line in before.splitlines()]
        lines += [f"  {step:<11} + {plain_line(line)}" for line in after.splitlines()]
    return lines if len(lines) > 1 else [f"{lines[0]}: nothing is said otherwise."]


def document(diff: EditionDiff) -> dict[str, object]:
    """For programs."""
    rows = [
        {
            "kind": each.kind.value,
            "subject": each.subject,
            "now": each.now,
            "old": each.old,
            "new": each.new,
            "times": list(each.times),
            "because": list(each.because),
            "reason": diff.reasons.get(each.subject, ""),
            "sentence": list(each.sentence),
        }
        for each in diff.rows
    ]
    words = [list(step) for step in diff.words]
    charts = [{"id": id, "old": old, "new": new} for id, old, new in diff.charts]
    return {"brief": diff.brief, "from": diff.old, "to": diff.new, "rows": rows, "charts": charts, "words": words}


def page(found: tuple[EditionDiff, ...]) -> str:
    """One page, whole in itself."""
    parts = []
    for diff in found:
        rows = "".join(
            f"<tr><td>{escape(each.kind)}</td><th scope='row'>{escape(each.subject.partition(':')[2])}</th>"
            f"<td><del>{escape(each.old)}</del></td><td><ins>{escape(each.new)}</ins></td>"
            f"<td>{escape(', '.join(each.because) or diff.reasons.get(each.subject, ''))}</td></tr>"
            for each in diff.rows
        )
        words = "".join(
            f"<p><del>{escape(plain_line(before))}</del> <ins>{escape(plain_line(after))}</ins></p>"
            for _, before, after in diff.words
        )
        charts = "".join(
            f'<h3>{escape(id)}</h3><div class="pair"><div>{drawing(one)}</div><div>{drawing(other)}</div></div>'
            for id, one, other in diff.charts
        )
        parts.append(
            f"<h2>{escape(diff.brief)}: {escape(diff.old)} → {escape(diff.new)}</h2><table><thead><tr><th>Kind</th>"
            f"<th>Subject</th><th>Before</th><th>Now</th><th>Why</th></tr></thead><tbody>{rows}</tbody></table>{charts}{words}"
        )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>What changed</title>'
        f"<style>{_STYLE}</style></head><body><h1>What changed</h1>{''.join(parts)}</body></html>"
    )
