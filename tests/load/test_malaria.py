"""The project `malaria`: a workbook, an office's CSV and a TSV, from the files to the page."""

from __future__ import annotations

import io
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

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


def test_charts_and_tables_print_the_column_s_rounding_and_files_have_all(built: BuildResult) -> None:
    page = built.site["briefs/malaria/index.html"].decode()
    assert "81.1%" in page
    assert "81.05" not in page
    assert "81.05" in built.site["charts/nets-by-province/nets-by-province.csv"].decode("utf-8-sig")
    alt = re.search(r"<desc[^>]*>([^<]*)", built.site["charts/deaths-by-year/deaths-by-year.svg"].decode())
    assert alt is not None
    assert re.findall(r"\d+\.\d\d+", alt[1]) == []


def test_marks_stand_beside_their_values_in_tables_and_data(built: BuildResult) -> None:
    page = built.site["briefs/malaria/index.html"].decode()
    assert re.search(r'768\u00a0cases</span><sup data-n="label">p</sup>', page)
    assert re.search(r'1,310,250\u00a0nets</span><sup data-n="label">\*</sup>', page)
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
    assert "Verified" in found["1,310,250"]  # the file is a saved copy of the source, by its digest
    assert "“1 310 250*”" in found["1,310,250"]  # as the file has it
    assert "nets.csv, line 5, column 4" in found["1,310,250"]
    assert "Not verified" in found["23.4"]
    assert "world.xlsx, sheet Data, cell M7" in found["23.4"]
    numbers = json.loads(built.site["briefs/malaria/provenance.json"])["numbers"]
    (total,) = [each for each in numbers if each["dataset"] == "imported-by-year"]
    assert total["cell"].startswith("3 cells, SHA-256 ")
    assert "imported.tsv, line 2, column 4" in total["cell"]


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
