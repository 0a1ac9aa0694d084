"""Systems chosen on printed lists, in one line, or under other names."""

from dataclasses import replace

import pytest

from tests.form.paper import FORM
from tests.form.sheets import (
    ACCESS,
    ITEM_HEAD,
    ITEMS,
    PEOPLE,
    REQUESTER,
    SHARED,
    SHARED_FORM,
    SIGNOFF,
    SYSTEMS,
    Case,
    check,
    day,
    sheet,
)

CHOSEN = {"ERP", "Email", "VPN"}
BY_NAME = {row[1]: row for row in ITEMS}


def mark(done: str, left: str) -> list[str]:
    return [f"{done if system in CHOSEN else left} {system}" for system in SYSTEMS]


def listed(*rows: list[object], shared: bool = True) -> Case:
    rest = SHARED if shared else []
    part = [["C. AKSES YANG DIMINTA"], *rows, *rest]
    return sheet(REQUESTER, PEOPLE, part, SIGNOFF, form_=SHARED_FORM if shared else FORM)


def ticked_rows(done: object, left: object, *, tick_first: bool) -> list[list[object]]:
    rows: list[list[object]] = []
    for system in SYSTEMS:
        answers = BY_NAME[system][2:] if system in CHOSEN else []
        tick = done if system in CHOSEN else left
        rows.append([tick, system, *answers] if tick_first else [system, tick, *answers])
    return rows


CASES: dict[str, Case] = {
    "boxes in one cell": listed(["Sistem", "  ".join(mark("☑", "☐"))]),
    "boxes in a row": listed(["Sistem", *mark("☑", "☐")[:6]], [None, *mark("☑", "☐")[6:]]),
    "boxes one beneath the other": listed(*[[text] for text in mark("☑", "☐")]),
    "typed boxes": listed(*[[text] for text in mark("[x]", "[ ]")]),
    "ticks to the right": listed(*[[s, "v" if s in CHOSEN else None] for s in SYSTEMS]),
    "ticks to the left": listed(*[["x" if s in CHOSEN else None, s] for s in SYSTEMS]),
    "a named column of boxes": listed(
        ["☑", *ITEM_HEAD[1:]], *ticked_rows("☑", "☐", tick_first=True), shared=False
    ),
    "a nameless column of ticks": listed(
        [None, *ITEM_HEAD[1:]], *ticked_rows("v", None, tick_first=True), shared=False
    ),
    "Ya or Tidak": listed(
        ["Sistem", "Ya/Tidak", *ITEM_HEAD[2:]], *ticked_rows("Ya", "Tidak", tick_first=False), shared=False
    ),
    "no ticks at all, only answers": listed(
        ITEM_HEAD[1:], *[[s, *(BY_NAME[s][2:] if s in CHOSEN else [])] for s in SYSTEMS], shared=False
    ),
    "levels in brackets": sheet(
        REQUESTER, PEOPLE,
        [["Akses yang diminta", "ERP (User), Email (User), VPN (User)"], *SHARED[1:]], SIGNOFF,
        form_=SHARED_FORM,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_only_the_chosen_systems_are_asked_for_with(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("between", [", ", " & ", " dan ", " / ", "; ", "\n", " + "])
def test_several_systems_may_stand_in_one_cell(between: str) -> None:
    line = between.join(["ERP", "e-mail", "VPN"])
    check(listed(["Sistem", line]))
    row = [1, line, "User", day(2026, 12, 1), None, "Operasional harian"]
    check(sheet(REQUESTER, PEOPLE, [*ACCESS[:2], row], SIGNOFF, form_=SHARED_FORM))


NAMES = {
    "acurate": "Accurate", "Acuurate": "Accurate", "Accurate Online": "Accurate", "E-mail": "Email",
    "surel": "Email", "Emial": "Email", "email perusahaan": "Email", "wi-fi": "Internet",
    "interent": "Internet", "Data Centre": "Data Center", "DC": "Data Center", "Ruang Server": "Data Center",
    "folder bersama": "Akses Internal", "internal": "Akses Internal", "C.C.T.V": "CCTV", "CC TV": "CCTV",
    "h r i s": "HRIS", "Trasy": "Tracy", "V P N": "VPN", "V.P.N.": "VPN", "Akses VPN": "VPN",
    "VPN (Virtual Private Network)": "VPN", "Sistem CL": "CL", "CL (Credit Limit)": "CL",
}  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), NAMES.items())
def test_a_system_is_known_by_other_names(written: str, meant: str) -> None:
    one = replace(FORM, lines=(replace(FORM.lines[0], system_text=meant),))
    check(sheet(REQUESTER, PEOPLE, [*ACCESS[:2], [1, written, *ITEMS[0][2:]]], SIGNOFF, form_=one))


@pytest.mark.parametrize(
    "written", ["Netflix", "SAP", "Zoom", "Intranet", "Accounting", "Google Drive", "Parkir"]
)
def test_a_system_outside_the_catalogue_is_said_to_be_unknown(written: str) -> None:
    one = replace(FORM, lines=(replace(FORM.lines[0], system="", system_text=written),))
    case = sheet(
        REQUESTER, PEOPLE, [*ACCESS[:2], [1, written, *ITEMS[0][2:]]], SIGNOFF,
        form_=one, problems=[("items[0].system", "unknown")],
    )  # fmt: skip
    check(case)
