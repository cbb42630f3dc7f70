"""The project `malaria`: a workbook, an office's CSV and a TSV, from the files to the page."""

from __future__ import annotations

import io
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from reportgen import newer as newer_files
from reportgen import pipeline
from reportgen.load.files import DiskFiles
from reportgen.load.project import load
from reportgen.model.dataset import Dataset
from tests.conftest import made_once
from tests.driver import PROJECTS, BuildResult, Project
from tests.projects.malaria_files import DATA, FILES


def datasets() -> dict[str, Dataset]:
    project, found = load(DiskFiles(PROJECTS / "malaria"))
    assert {each.code for each in found} == {"guessed", "code-page"}
    return dict(project.datasets)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    result: BuildResult = made_once(
        tmp_path_factory, "malaria", lambda folder: Project.from_folder(folder / "p", "malaria").build()
    )
    assert not result.errors
    return result


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_files_are_those_of_the_script(name: str) -> None:
    assert (DATA / name).read_bytes() == FILES[name]()


def test_each_cell_is_as_a_person_reads_it() -> None:
    read = datasets()
    ghana, uganda = ["Ghana", "46.0", "43.9", "41.9", "39.7"], read["deaths"].typed[-1]
    assert [row[0] for row in read["deaths"].typed[::9]] == ["Ghana", "Kenya", "Uganda"]
    assert [row[1] for row in read["deaths"].typed[:9]] == [str(year) for year in range(2015, 2024)]
    assert read["deaths"].typed[2] == ("Ghana", "2017", ghana[3])
    assert uganda == ("Uganda", "2023", "")
    assert [*read["nets"].typed] == [
        ("Lake", "1310250", "81.05"), ("North", "298700", "53.35"), ("Côte", "112350", "44.75"),
        ("Highlands", "64020", "12.5"),
    ]  # fmt: skip
    assert read["nets"].notes == ((0, 1, "*"),)
    assert [*read["imported"].typed] == [
        ("DE", "2020", "368"), ("DE", "2021", "571"), ("DE", "2022", "768"),
        ("FR", "2020", "2161"), ("FR", "2021", "3972"), ("FR", "2022", "4318"),
        ("MT", "2020", ""), ("MT", "2021", ""), ("MT", "2022", "3"),
    ]  # fmt: skip
    assert read["imported"].notes == ((2, 2, "p"), (4, 2, "b"), (7, 2, "c"))


def test_every_printed_cell_leads_to_its_place_in_the_file(built: BuildResult) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(FILES["world.xlsx"]())).get_sheet_by_name("Data")
    cells = book.to_python(skip_empty_area=False)
    numbers = json.loads(built.site["briefs/malaria/provenance.json"])["numbers"]
    deaths = [each for each in numbers if each["dataset"] == "deaths"]
    assert len(deaths) == 27
    for each in deaths:
        found = re.fullmatch(r"world\.xlsx, sheet Data, cell ([A-Z])(\d+)", each["cell"])
        assert found is not None
        stored = Decimal(format(cells[int(found[2]) - 1][ord(found[1]) - ord("A")], ".15g"))
        assert f"{stored.quantize(Decimal('0.1'), ROUND_HALF_UP)} deaths per 100,000 people" == each["text"].replace(
            "\u00a0", " "
        )
    lines = FILES["nets.csv"]().decode("cp1252").split("\r\n")
    printed = [each for each in numbers if each["text"] == "1,310,250\u00a0nets"]
    assert {each["row"] for each in printed} == {2}
    lake = printed[0]
    assert lake["cell"] == "nets.csv, line 5, column 4"
    assert lines[4].split(";")[3] == "1 310 250*"


def test_a_map_shades_five_countries_and_says_whose_borders_they_are(built: BuildResult) -> None:
    page = built.site["briefs/malaria/index.html"].decode()
    shown = page[page.index('id="figure-deaths-map"') :]
    assert "Borders: Example Cartographers (2026)." in re.sub(r"<[^>]+>", "", shown)
    assert "No value: Uganda, Mali." in shown
    assert "84.4" in {each.split("\u00a0")[0] for each in re.findall(r">([^<>]+)</(?:text|tspan)>", shown)}
    assert "No value" in built.site["charts/deaths-map/deaths-map.svg"].decode()
    assert "Countries drawn for this test" in shown, "their source is among the references"


def test_charts_and_tables_print_the_column_s_rounding_and_files_have_all(built: BuildResult) -> None:
    page = built.site["briefs/malaria/index.html"].decode()
    assert ">81.1<" in page
    assert "81.05" not in page
    assert "81.05" in built.site["charts/nets-by-province/nets-by-province.csv"].decode("utf-8-sig")
    alt = re.search(r"<desc[^>]*>([^<]*)", built.site["charts/deaths-by-year/deaths-by-year.svg"].decode())
    assert alt is not None
    assert re.findall(r"\d+\.\d\d+", alt[1]) == []


def test_the_head_of_a_column_says_the_unit_for_its_cells(built: BuildResult) -> None:
    page = re.sub(r'<span data-n="\w+">([\d,]+)</span>', r"\1", built.site["briefs/malaria/index.html"].decode())
    heads = dict.fromkeys(re.findall(r'<th scope="col" class="n">([^<]+)</th>', page))
    assert [*heads] == ["Deaths per 100,000 people", "Nets in 2023", "Households with a net (%)", "Cases"]
    assert re.search(r'>81\.1<span class="vh">%</span></span>', page), "a screen reader hears it with each value"


def test_marks_stand_beside_their_values_in_tables_and_data(built: BuildResult) -> None:
    page = built.site["briefs/malaria/index.html"].decode()
    assert re.search(r'768<span class="vh">\u00a0cases</span></span><sup data-n="label">p</sup>', page)
    assert re.search(r'1,310,250<span class="vh">\u00a0nets</span></span><sup data-n="label">\*</sup>', page)
    csv = built.site["charts/nets-by-province/nets-by-province.csv"].decode("utf-8-sig")
    assert "2023 nets_note" in csv.partition("\r\n")[0]


def test_a_noun_is_inflected_once(built: BuildResult) -> None:
    page = built.site["briefs/malaria/index.html"].decode()
    assert not re.search(r"caseses|netss|peoples|deathses", page)


def entries(page: str) -> dict[str, str]:
    """The text of each entry under "How we know", by the value that it begins with."""
    found = re.findall(r'<li class="entry" id="calc-cell-[^>]*>(.*?)</li>', page, re.S)
    texts = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", each)).replace("\u00a0", " ") for each in found]
    return {text.split(" ")[2]: text for text in texts}


def test_a_cell_is_printed_with_an_entry_that_leads_to_it(built: BuildResult) -> None:
    page = built.site["briefs/malaria/index.html"].decode()
    found = entries(page)
    assert [*found] == ["1,310,250", "23.4", "5,089"]
    assert "SHA-256 337d52e83957" in found["1,310,250"]
    assert "3 cells, SHA-256 " in found["5,089"]  # a sum: how many, a digest, and the first of them
    assert "imported.tsv, line 2, column 4; imported.tsv, line 3, column 4" in found["5,089"]
    assert "Verified" in found["1,310,250"]  # the file is a saved copy of the source, by its digest
    assert "“1 310 250*”" in found["1,310,250"]  # as the file has it
    assert "nets.csv, line 5, column 4" in found["1,310,250"]
    assert "Not verified" in found["23.4"]
    assert "world.xlsx, sheet Data, cell M7" in found["23.4"]
    numbers = json.loads(built.site["briefs/malaria/provenance.json"])["numbers"]
    (total,) = [each for each in numbers if each["dataset"] == "imported-by-year"]
    assert total["cell"].startswith("3 cells, SHA-256 ")
    assert "imported.tsv, line 2, column 4" in total["cell"]


def test_cells_are_computed_with_and_their_entries_lead_to_them(built: BuildResult) -> None:
    page = built.site["briefs/malaria/index.html"].decode()
    numbers = json.loads(built.site["briefs/malaria/provenance.json"])["numbers"]
    made = {each["formula"] or each["fact"]: each for each in numbers if each["kind"] in ("fact", "formula")}
    half = made["[nets: 2023 nets where Province = Lake] / 2"]
    assert (half["text"], half["status"]) == ("655,125\u00a0nets", "computed")
    assert (half["cell"], half["facts"]) == ("nets.csv, line 5, column 4", [])
    part = made["[lake-nets] / ([lake-nets] + [nets: 2023 nets where Province = Côte])"]
    assert (part["text"], part["status"], part["facts"]) == ("92.1%", "computed", ["lake-nets"])
    assert part["cell"] == "nets.csv, line 5, column 4; nets.csv, line 4, column 4"
    assert (made["brought-home"]["text"], made["brought-home"]["status"]) == ("5,089\u00a0cases", "unverified")
    entry = re.search(r'<li class="entry" id="fact-lake-part".*?</li>', page, re.S)
    assert entry is not None
    assert "“112 350”" in entry[0]  # the cell that its formula names, as the file has it
    facts = {each["id"]: each for each in json.loads(built.site["data/facts.json"])["facts"]}
    assert facts["lake-nets"]["evidence"][0]["quote"] == "1 310 250*"
    assert facts["lake-nets"]["evidence"][0]["locator"] == "nets.csv, line 5, column 4"
    assert facts["lake-nets"]["evidence"][0]["verified"] is True
    assert facts["lake-part"]["derived_from"] == ["lake-nets"]
    assert "nets.csv, line 5, column 4" in built.site["facts/lake-nets/index.html"].decode()


def test_the_source_of_a_printed_cell_is_among_the_references(built: BuildResult) -> None:
    page = built.site["briefs/malaria/index.html"].decode()
    for source in ("world-download", "office-nets", "union-cases"):
        assert f'id="ref-{source}"' in page


ADDRESSES = [
    ("[nets: 2023 nets where Province = Lak]", "bad-formula", "Lake"),
    ("[nets: 2023 net where Province = Lake]", "bad-formula", "2023 nets"),
    ("[nts: 2023 nets where Province = Lake]", "bad-formula", "nets"),
    ("[nets: Province where Province = Lake]", "bad-formula", "numbers"),
    ("[deaths: deaths where Country Name = Kenya]", "bad-formula", "year"),
    ("[nets: 2023 nets, Province = Lake]", "bad-formula", "where"),
    ("[imported-by-year: cases where year = 2020]", "bad-formula", "in words"),
]


def test_a_cell_of_a_formula_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    project = Project.from_folder(tmp_path, "malaria")
    first = project.read("content/briefs/malaria.md").count("\n")
    calls = "".join(f'\nIt is {{{{ calc("{text} * 2") }}}}.\n' for text, _, _ in ADDRESSES)
    project.append("content/briefs/malaria.md", calls)
    facts = [
        ("from: {dataset: nets, row: {Province: Lak}, column: 2023 nets}", "unknown-value"),
        ("from: {dataset: nts, row: {Province: Lake}, column: 2023 nets}", "unknown-dataset"),
        ("from: {dataset: nets, row: {Province: Lake}, column: 2023 net}", "unknown-column"),
        ("from: {dataset: nets, row: {Province: Lake}, column: 2023 nets}, value: 5", "formula-and-value"),
        ('formula: "[nets: 2023 nets where Province = Lak] * 2"', "bad-formula"),
        ("from: {dataset: nets, row: Lake, column: 2023 nets}", "wrong-type"),
    ]
    project.append(
        "content/facts/nets.yaml",
        "".join(f'- {{id: wrong-{n}, claim: "There were {{value}}.", {text}}}\n' for n, (text, _) in enumerate(facts)),
    )
    found = [each for each in pipeline.check(project.root).diagnostics if each.severity == "error"]
    texts = [each for each in found if each.span.file.endswith(".md")]
    assert [(each.span.line, each.code) for each in texts] == [
        (first + 2 * n, code) for n, (_, code, _) in enumerate(ADDRESSES, 1)
    ]
    for each, (_, _, hint) in zip(texts, ADDRESSES, strict=True):
        assert hint in (each.hint or ""), each
    assert [each.code for each in found if each.span.file.endswith("nets.yaml")] == [code for _, code in facts]


def test_verify_makes_each_table_again_and_tells_what_a_newer_copy_has(tmp_path: Path) -> None:
    project = Project.from_folder(tmp_path / "p", "malaria")
    first = project.path("content/data/nets.csv").read_bytes()
    (project.root / "saved").mkdir()
    (project.root / "saved/nets.csv").write_bytes(first)
    done = project.run("verify", "--archive", str(project.path("saved")))
    assert "same       nets  office-nets 337d52e83957… 4 rows\n" in done.out
    assert "NOT SAVED  deaths  world-download: no saved copy of it has the SHA-256 of content" in done.out
    assert "1 of 5 tables made again" in done.out
    newer = first.replace(b"1 310 250*", b"1 402 000")
    (project.root / "saved/nets-2024.csv").write_bytes(newer)
    project.change(
        "content/sources/archive.yaml", "2024-02-20}",
        f"2024-02-20}}, {{sha256: {sha256(newer).hexdigest()}, media_type: text/csv, retrieved: 2024-06-01}}",
    )  # fmt: skip
    done = project.run("verify", "--archive", str(project.path("saved")))
    assert "saved on 2024-06-01) has 1,402,000 nets in place of 1,310,250 nets" in done.out
    assert 'notice[cell-not-in-newest]: "lake-nets": the newest copy of "office-nets"' in done.out
    assert done.code == 0
    (project.root / "saved/nets.csv").unlink()
    done = project.run("verify", "--archive", str(project.path("saved")))
    assert (done.code, "error[archive-missing]" in done.out) == (1, True)


POSTS = b"post,staff\nHarbour,12\nHill,7\n"


@pytest.mark.parametrize(
    ("copies", "told"),
    [
        # Of its two files the source has a copy of each, the second saved later.
        ({"nets": "2024-02-20", "posts": "2024-06-01"}, set()),
        # Of the second it has none.
        ({"nets": "2024-02-20"}, set()),
        # Of the second it has a newer one, of the first it has not.
        ({"nets": "2024-02-20", "posts": "2024-03-01", "posts-2": "2024-06-01"}, {"posts"}),
        ({"nets": "2024-02-20", "posts-2": "2024-06-01"}, {"posts"}),
        # Of both it has a newer one, whichever was saved last.
        ({"nets": "2024-02-20", "posts": "2024-02-20", "nets-2": "2024-05-01", "posts-2": "2024-06-01"},
         {"nets", "posts"}),
        ({"nets": "2024-02-20", "posts": "2024-02-20", "posts-2": "2024-05-01", "nets-2": "2024-06-01"},
         {"nets", "posts"}),
    ],
)  # fmt: skip
def test_a_newer_copy_of_a_file_is_none_of_another_of_its_source(
    tmp_path: Path, copies: dict[str, str], told: set[str]
) -> None:
    project = Project.from_folder(tmp_path / "p", "malaria")
    nets = project.path("content/data/nets.csv").read_bytes()
    saved = {
        "nets": nets,
        "nets-2": nets.replace(b"1 310 250*", b"1 402 000"),
        "posts": POSTS,
        "posts-2": POSTS.replace(b"12", b"13"),
    }
    project.path("content/data/posts.csv").write_bytes(POSTS)
    project.write(
        "content/data/posts.yaml",
        "{id: posts, title: Posts, file: posts.csv, source: office-nets,\n"
        " columns: [{name: post, title: Post}, {name: staff, type: number, unit: people, title: Staff}]}\n",
    )
    project.append(
        "content/briefs/malaria.md",
        '\nHill had {{ cell("posts", row={post: Hill}, column="staff") }},'
        ' Harbour {{ cell("posts", row={post: Harbour}, column="staff") }}.\n',
    )
    (project.root / "saved").mkdir()
    listed = []
    for name, day in copies.items():
        (project.root / f"saved/{name}.csv").write_bytes(saved[name])
        hash = sha256(saved[name]).hexdigest()
        listed.append(f"  - {{sha256: {hash}, media_type: text/csv, retrieved: {day}}}\n")
    project.write("content/sources/archive.yaml", f"office-nets:\n{''.join(listed)}")
    done = project.run("verify", "--archive", str(project.path("saved")))
    assert set(re.findall(r"in place of content/data/(\w+)\.csv", done.out)) == told
    assert ("has 13 people in place of 12 people" in done.out) is ("posts" in told)
    assert ("has 1,402,000 nets in place of 1,310,250 nets" in done.out) is ("nets" in told)
    assert "no such cell" not in done.out


YARDS = b"post,staff\nDock,12\nPier,7\n"


@pytest.mark.parametrize(
    ("newer", "told"),
    [
        (POSTS.replace(b"12", b"13"), "posts"),
        (YARDS.replace(b"12", b"13"), "yards"),
        # Of the names of one, and the numbers of the other.
        (b"post,staff\nHarbour,13\nHill,8\n", "posts"),
        (b"post,staff\nDock,30\nPier,70\n", "yards"),
        # With no name of either it is of both, or of none.
        (b"post,staff\nNorth,12\nSouth,7\n", "posts yards"),
    ],
)
def test_of_two_files_of_one_shape_a_newer_copy_is_of_the_one_that_it_is_more_like(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, newer: bytes, told: str
) -> None:
    project = Project.from_folder(tmp_path / "p", "malaria")
    columns = "[{name: post, title: Post}, {name: staff, type: number, unit: people, title: Staff}]"
    for name, content in (("posts", POSTS), ("yards", YARDS)):
        project.path(f"content/data/{name}.csv").write_bytes(content)
        described = f"{{id: {name}, title: All, file: {name}.csv, source: office-nets, columns: {columns}}}\n"
        project.write(f"content/data/{name}.yaml", described)
    project.append(
        "content/briefs/malaria.md",
        '\nHill had {{ cell("posts", row={post: Hill}, column="staff") }},'
        ' Harbour {{ cell("posts", row={post: Harbour}, column="staff") }},'
        ' Dock {{ cell("yards", row={post: Dock}, column="staff") }}.\n',
    )
    (project.root / "saved").mkdir()
    (project.root / "saved/newer.csv").write_bytes(newer)
    copy = f"{{sha256: {sha256(newer).hexdigest()}, media_type: text/csv, retrieved: 2024-06-01}}"
    project.write("content/sources/archive.yaml", f"office-nets:\n  - {copy}\n")
    loads = []
    monkeypatch.setattr(newer_files, "load", lambda files: (loads.append(files), load(files))[1])
    done = project.run("verify", "--archive", str(project.path("saved")))
    assert set(re.findall(r"in place of content/data/(\w+)\.csv", done.out)) == set(told.split()), done.out
    assert len(loads) == 1  # however many files the source has, and however many are asked of


WRONG = [
    ('cell("nts", row={Province: Lake}, column="2023 nets")', "unknown-dataset", "nets"),
    ('cell("nets", row={Province: Lak}, column="2023 nets")', "unknown-value", "Lake"),
    ('cell("nets", row={Provinz: Lake}, column="2023 nets")', "unknown-column", "Province"),
    ('cell("nets", row={Province: Lake}, column="2023")', "unknown-column", "2023 nets"),
    ('cell("deaths", row={"Country Name": Kenya}, column="deaths")', "several-rows", "year"),
    ('cell("deaths", row={"Country Name": Uganda, year: 2023}, column="deaths")', "no-value", "in words"),
    ('cell("nets", column="2023 nets")', "bad-call", "row="),
    ('cell("nets", row="Lake", column="2023 nets")', "bad-option", "row="),
    ('cell("nets", row={Province: [Lake]}, column="2023 nets")', "bad-call", "quotation marks"),
    ('cell("nets", row={}, column="2023 nets")', "bad-call", "quotation marks"),
]


def test_a_cell_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    project = Project.from_folder(tmp_path, "malaria")
    first = project.read("content/briefs/malaria.md").count("\n")
    project.append("content/briefs/malaria.md", "".join(f"\nIt is {{{{ {call} }}}}.\n" for call, _, _ in WRONG))
    found = [each for each in pipeline.check(project.root).diagnostics if each.severity == "error"]
    assert [(each.span.line, each.code) for each in found] == [
        (first + 2 * n, code) for n, (_, code, _) in enumerate(WRONG, 1)
    ]
    for each, (_, _, hint) in zip(found, WRONG, strict=True):
        assert hint in (each.hint or "")
