"""What `make bench` says of its bars."""

from __future__ import annotations

from tests.bench.bars import Cost, judged


def test_a_bar_is_reached_or_not_and_growth_is_between_sizes() -> None:
    def steps(wall: float, text: float) -> dict[str, Cost]:
        names = ("html, cold, one job", "html, cold, two jobs", "html, one text, --only")
        return dict(zip(names, (Cost(10, 10, 200), Cost(12, wall, 150), Cost(text, text, 90)), strict=True))

    pandoc = {"pandoc-lua(1proc)": {"html": {"20": {"cold": {"cpu": 4.0, "wall": 4.0, "mb": 180.0}}}}}
    found = list(judged({20: steps(5, 1), 200: steps(7, 2)}, {20: pandoc}))
    told = {(line[:58].strip(), int(line[58:63])): line[63:].split() for line in found}
    assert told["HTML, cold: wall of two jobs, of that of one", 20] == ["0.5", "bar", "0.6", "reached"]
    assert told["HTML, cold: wall of two jobs, of that of one", 200][-2:] == ["not", "reached"]
    assert told["HTML, cold, one job, of one-process pandoc", 20] == ["2.5", "bar", "4", "reached"]
    assert told["HTML, cold, one job, of one-process pandoc", 200] == ["not", "measured"]
    assert told["growth of one text, --only, from 20 briefs", 200] == ["2", "bar", "1.5", "not", "reached"]
    assert told["PDFs, cold, one job: memory", 20] == ["not", "measured"]
