"""The data files of the project `malaria`, made anew. The figures are invented, the shapes are those of real downloads.

`python -m tests.projects.malaria_files` writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.workbooks import Formula, Sheet, xlsx

DATA = Path(__file__).parent / "malaria/content/data"
_YEARS = tuple(range(2012, 2024))
_DEATHS: Mapping[str, tuple[str, float, float]] = {
    "Ghana": ("GHA", 52.3, 2.1), "Kenya": ("KEN", 38.04, 1.63), "Nigeria": ("NGA", 119.4, 3.2),
    "Uganda": ("UGA", 61.07, 2.77),
}  # fmt: skip


def world() -> bytes:
    """A workbook as of a world data bank: a sheet about it, and one with four lines above the header."""
    rows: list[list[str | float | Formula | None]] = [
        ["Data Source", "World health indicators"], [], ["Last Updated Date", "2024-05-30"], [],
        ["Country Name", "Country Code", "Indicator Name", *map(str, _YEARS)],
    ]  # fmt: skip
    for country, (code, first, fall) in _DEATHS.items():
        falling = [first - fall * n + 0.1 * (n % 3) for n in range(len(_YEARS))]
        rows.append([country, code, "Deaths from malaria (per 100,000 people)", *falling])
    rows[-1][-1] = None
    rows[5][8] = Formula("H6-2", "41.900000000000006")
    return xlsx({"About": [["Invented figures"]], "Data": Sheet(rows)})


def nets() -> bytes:
    """A table as a statistics office sends it: Windows-1252, two lines of names, a note below."""
    return (
        "Bed nets handed out by province;;;;\r\n"
        "Province;2022;;2023;\r\n"
        ";nets;share;nets;share\r\n"
        "Côte;98 400;41,2;112 350;44,75\r\n"
        "Lake;1 204 000;78,9;1 310 250*;81,05\r\n"
        "Highlands;..;..;64 020;12,5\r\n"
        "North;310 900;55,0;298 700;53,35\r\n"
        ";;;;\r\n"
        "* Counted by the provinces.;;;;\r\n"
    ).encode("cp1252")


def imported() -> bytes:
    """A download of tab-separated values, with flags beside the numbers."""
    rows = (
        "freq,unit,geo\\TIME_PERIOD\t2020 \t2021 \t2022 ",
        "A,NR,DE\t368 \t571 \t768 p",
        "A,NR,FR\t2 161 \t3 972 b\t4 318 ",
        "A,NR,MT\t: \t: c\t3 ",
        "A,P_HTHAB,DE\t0.44 \t0.69 \t0.92 p",
        "A,P_HTHAB,FR\t3.20 \t5.87 b\t6.36 ",
    )
    return "".join(f"{row}\n" for row in rows).encode()


FILES = {"world.xlsx": world, "nets.csv": nets, "imported.tsv": imported}

if __name__ == "__main__":
    for name, made in FILES.items():
        (DATA / name).write_bytes(made())
