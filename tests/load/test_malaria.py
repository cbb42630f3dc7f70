"""The project `malaria`: a workbook, an office's CSV and a TSV, from the files to the page."""

from __future__ import annotations

import io
import json
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest

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
    assert len(deaths) == 26
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
