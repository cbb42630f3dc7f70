"""The data files of the projects `malaria` and `weeks`, made anew. The figures are invented, the shapes are those of
real downloads.

`python -m tests.projects.malaria_files` writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from tests.workbooks import Formula, Sheet, xlsx

DATA = Path(__file__).parent / "malaria/content/data"
WEEKS = Path(__file__).parent / "weeks/content/data"
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


_CLINICS: Mapping[str, tuple[int, int]] = {
    "Ghana": (5200, 9), "Kenya": (4100, 31), "Mali": (2900, 17), "Nigeria": (8800, 5), "Uganda": (6400, 23),
}  # fmt: skip
_FIRST, _WEEKS, _LATE = date(1999, 1, 4), 1294, 3
"""The first Monday, how many weeks, and by how many of them the last country begins later."""


def weekly() -> bytes:
    """Cases by country and week, 6,467 rows: a rainy season a year, a slow fall, and weeks that differ."""
    lines = ["country,year,week,cases"]
    for n, (country, (level, odd)) in enumerate(_CLINICS.items()):
        for week in range(_LATE if n == len(_CLINICS) - 1 else 0, _WEEKS):
            season = 100 + (abs(week % 52 - 26) * 3 - 39)
            noise = 100 + (week * week * odd + week * 7) % 23 - 11
            cases = level * season * noise * (2600 - week) // (2600 * 10_000)
            monday = _FIRST + timedelta(weeks=week)
            lines.append(f"{country},{monday.year},{monday},{cases}")
    return "".join(f"{line}\n" for line in lines).encode()


def campaigns() -> bytes:
    """When something began, so that a chart can show it."""
    return b"campaign,began,ended\nNets in all provinces,2011-05-02,2011-09-30\nSpraying,2016-03-14,\n"


FILES = {"world.xlsx": world, "nets.csv": nets, "imported.tsv": imported}
WEEKS_FILES = {"campaigns.csv": campaigns, "weekly.csv": weekly}

if __name__ == "__main__":
    for name, made in FILES.items():
        (DATA / name).write_bytes(made())
    for name, made in WEEKS_FILES.items():
        (WEEKS / name).write_bytes(made())
