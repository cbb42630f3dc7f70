"""What `make bench` says of its bars."""

from __future__ import annotations

from pathlib import Path

from tests.bench.__main__ import all_set, corrected
from tests.bench.bars import CHAIN, Cost, judged
from tests.bench.chain import figure, lacking


def test_a_bar_is_reached_or_not_and_growth_is_between_sizes() -> None:
    def steps(wall: float, text: float) -> dict[str, Cost]:
        names = ("html, cold, one job", "html, cold, two jobs", "html, one text, --only")
        return dict(zip(names, (Cost(10, 10, 200), Cost(12, wall, 150), Cost(text, text, 90)), strict=True))

    pandoc = {"pandoc-lua(1proc)": {"html": {"20": {"cold": {"cpu": 4.0, "wall": 4.0, "mb": 180.0}}}}}
    found = list(judged({20: steps(5, 1) | {CHAIN: Cost(50, 60, 300)}, 200: steps(7, 2)}, {20: pandoc}))
    told = {(line[:58].strip(), int(line[58:63])): line[63:].split() for line in found}
    assert told["HTML, cold: wall of two jobs, of that of one", 20] == ["0.5", "bar", "0.6", "reached"]
    assert told["HTML, cold: wall of two jobs, of that of one", 200][-2:] == ["not", "reached"]
    assert told["HTML, cold, one job, of one-process pandoc", 20] == ["2.5", "bar", "4", "reached"]
    assert told["HTML, cold, one job, of one-process pandoc", 200] == ["not", "measured"]
    assert told["growth of one text, --only, from 20 briefs", 200] == ["2", "bar", "1.5", "not", "reached"]
    assert told["HTML, cold, of pandoc with Kaleido and pagefind", 20] == ["0.2", "bar", "0.3", "reached"]
    assert told["HTML, cold, of pandoc with Kaleido and pagefind", 200] == ["not", "measured"]
    assert told["PDFs, cold, one job: memory", 20] == ["not", "measured"]


def test_bytecode_is_written_whatever_the_environment_says() -> None:
    environ = {"PYTHONDONTWRITEBYTECODE": "1", "HOME": "/h"}
    assert "PYTHONDONTWRITEBYTECODE is left out" in corrected(environ)
    assert environ == {"HOME": "/h"}
    assert corrected(environ) == ""


def test_documents_that_are_not_set_are_reckoned_from_those_that_are() -> None:
    assert all_set(Cost(11, 21, 300), {"documents": 20, "set": 20, "start": 1}) == Cost(11, 21, 300)
    whole = all_set(Cost(11, 21, 300), {"documents": 200, "set": 20, "start": 1})
    assert (whole.cpu, whole.wall, whole.note) == (101, 201, "scaled from 20 documents; MB are of these")


def test_charts_of_the_workload_are_figures_of_plotly() -> None:
    assert figure([{"region": "East", "value": "4.5"}])["data"] == [{"type": "bar", "x": ["East"], "y": [4.5]}]
    assert figure([{"month": "2020-01", "value": "4"}])["data"][0]["mode"] == "lines"
    stacked = [{"quarter": "Q1", "service": name, "value": "1"} for name in ("Health", "Skills")]
    assert [(bar["name"], bar["y"]) for bar in figure(stacked)["data"]] == [("Health", [1.0]), ("Skills", [1.0])]


def test_without_peers_the_chain_is_not_measured(tmp_path: Path) -> None:
    assert lacking(None)
    assert lacking(tmp_path) == "--peers names no folder with workload.py"
    (tmp_path / "workload.py").touch()
    assert lacking(tmp_path, {"PEERS_HOME": str(tmp_path)})
