"""Old registers that tell of access and of its end in different rows: nothing stays alive by an oversight."""

import csv
import io
import zipfile
from datetime import date

import pytest

from pipeline.config import read_config
from pipeline.demo import company
from pipeline.importing.held import Held
from pipeline.importing.mapping import MappingError, read_mapping
from pipeline.importing.proposing import Proposal, propose_mapping
from pipeline.importing.reading import OldRegister, Reading, leave_out_known, read_rows
from pipeline.importing.sheets import OldSheet, open_old
from tests.company import SHIPPED

CATALOGUE = read_config(SHIPPED).systems
TODAY = date(2026, 11, 25)
HEADS = ("Nama", "NIK", "Dept", "Sistem", "Tgl Mulai", "Jenis Permintaan", "Status", "Tgl Dicabut")


def sheets_of(*rows: tuple[str, ...], heads: tuple[str, ...] = HEADS) -> tuple[OldSheet, ...]:
    stream = io.StringIO()
    csv.writer(stream).writerows([heads, *rows])
    return open_old(stream.getvalue().encode(), "old.csv")


def proposed(sheets: tuple[OldSheet, ...]) -> Proposal:
    return propose_mapping(sheets, "old.csv", CATALOGUE, company.DIRECTORY)


def read(
    *rows: tuple[str, ...],
    heads: tuple[str, ...] = HEADS,
    said: tuple[str, str] = ("", ""),
    held: Held | None = None,
) -> OldRegister:
    """What is found with the mapping as it is proposed, but for `said`: (text, what stands in its place)."""
    sheets = sheets_of(*rows, heads=heads)
    text = proposed(sheets).text
    assert said[0] in text, text
    mapping = read_mapping(text.replace(*said), "m.yaml", CATALOGUE)
    found = read_rows(sheets, Reading(mapping, CATALOGUE, company.DIRECTORY, TODAY))
    leave_out_known(found, held or Held(), "0" * 64)
    return found


def told(found: OldRegister) -> list[tuple[int, str, str]]:
    """(row, given or revoked, day of the end) of everything that is imported."""
    return [
        (a.row, "revoked" if a.revoked else "given", a.staff.get("revoked_on", "")) for a in found.access()
    ]


def errors(found: OldRegister) -> list[str]:
    return [f"{r.cell} {r.code}" for row in found.rows for r in row.remarks if r.weight == "error"]


def budi(
    start: str, action: str = "Baru", status: str = "Selesai", gone: str = "", system: str = "VPN"
) -> tuple[str, ...]:
    return ("Budi Santoso", "00123", "Finance", system, start, action, status, gone)


# --- a column that says what was asked for --------------------------------------------------------


def test_a_revocation_that_was_done_ends_the_access_before_it():
    found = read(budi("01/02/2024"), budi("05/06/2024", "Pencabutan"))
    assert told(found) == [(2, "revoked", "2024-06-05")]
    assert found.rows[1].left_out == "ends row 2 of CSV"
    assert next(found.access()).told_by == (("CSV", 3),)
    assert errors(found) == []


def test_the_order_of_the_rows_does_not_matter_where_the_days_tell():
    found = read(budi("05/06/2024", "Revoke"), budi("01/02/2024", "Grant"))
    assert told(found) == [(3, "revoked", "2024-06-05")]


def test_access_given_again_after_a_revocation_goes_on():
    found = read(
        budi("01/02/2024"),
        budi("05/06/2024", "Pencabutan"),
        budi("01/09/2024"),
        budi("01/09/2024", system="ERP"),
    )
    assert told(found) == [(2, "revoked", "2024-06-05"), (4, "given", ""), (5, "given", "")]


def test_a_revocation_of_what_no_row_gave_is_access_that_was_revoked():
    assert told(read(budi("05/06/2024", "Cabut"))) == [(2, "revoked", "2024-06-05")]


def test_a_revocation_that_was_not_done_ends_nothing():
    found = read(budi("01/02/2024"), budi("05/06/2024", "Pencabutan", "Proses"))
    assert told(found) == [(2, "given", "")]


def test_a_revocation_that_names_no_nik_ends_the_access_of_that_name():
    found = read(budi("01/02/2024"), ("BUDI SANTOSO", "", "", "VPN", "05/06/2024", "Hapus", "Selesai", ""))
    assert told(found) == [(2, "revoked", "2024-06-05")]


def test_a_revocation_before_the_first_day_of_what_it_should_end_is_an_error():
    found = read(budi("01/02/2024"), budi("05/01/2024", "Pencabutan"))
    assert errors(found) == ["CSV!D3 contradiction"]


def test_what_a_word_asks_for_is_said_by_somebody_where_it_is_not_sure():
    rows = (budi("01/02/2024", "Lain-lain"), budi("02/02/2024", "", system="ERP"))
    proposal = proposed(sheets_of(*rows))
    assert '"Lain-lain": "?"' in proposal.text
    assert '"(empty)": "?"' in proposal.text
    assert any("actions" in line for line in proposal.to_check)
    assert errors(read(*rows)) == ["CSV!F2 untold", "CSV!F3 untold"]
    answered = read(*rows, said=('"Lain-lain": "?"', '"Lain-lain": revoke'))
    assert told(answered) == [(2, "revoked", "2024-02-01")]


def test_access_that_the_journal_knows_is_not_ended_by_an_import():
    held = Held()
    first = read(budi("01/02/2024"))
    held.add(next(first.access()), 0)
    held._spans["#123", "VPN"][0].place = -1
    found = read(budi("05/06/2024", "Pencabutan"), held=held)
    assert errors(found) == ["CSV!D2 live"]


# --- a later row that says it was taken away ------------------------------------------------------


def test_a_later_row_that_says_revoked_ends_the_one_above():
    found = read(budi("01/02/2024"), budi("01/02/2024", gone="05/06/2024"))
    assert told(found) == [(2, "revoked", "2024-06-05")]
    assert errors(found) == []


def test_a_later_row_that_says_revoked_without_its_day_ends_the_one_above_as_well():
    found = read(budi("01/02/2024"), budi("01/05/2024", status="Dicabut"))
    assert told(found) == [(2, "revoked", "")]


def test_two_rows_of_one_day_that_contradict_each_other_are_an_error():
    found = read(budi("01/02/2024"), budi("01/02/2024", status="Dicabut"))
    assert errors(found) == ["CSV!D3 contradiction"]
    found = read(budi("01/02/2024", status="Dicabut"), budi("01/02/2024"))
    assert errors(found) == ["CSV!D3 contradiction"]


# --- headings between the rows --------------------------------------------------------------------

BANDED = ("No", "Nama", "NIK", "Sistem", "Tgl Mulai")


def wati(number: int) -> tuple[str, ...]:
    return (str(number), f"Wati {chr(64 + number)}", f"99{number}", "VPN", "01/02/2024")


def departments(found: OldRegister) -> list[tuple[int, str]]:
    return [(access.row, access.department) for access in found.access()]


def test_nobody_gets_the_department_of_a_band_that_ended():
    rows = (("Finance",), wati(1), ("Pengadaan Barang",), wati(2), ("HR",), wati(3), ("4",))
    found = read(*rows, heads=BANDED)
    assert departments(found) == [(3, "Finance"), (7, "HRGA")]
    assert errors(found) == ["CSV!B5 band"]
    said = next(r.text for row in found.rows for r in row.remarks if r.code == "band")
    assert "CSV!A4" in said
    assert "departments" in said


def test_a_short_band_is_one_too_and_a_band_may_be_counted():
    rows = (("A.", "", "", "", "", "Finance"), wati(1), ("QA",), wati(2), ("IT",), wati(3))
    found = read(*rows, heads=(*BANDED, "Catatan lain"))
    assert departments(found) == [(3, "Finance"), (7, "IT")]
    assert errors(found) == ["CSV!B5 band"]


def test_a_band_is_what_somebody_says_it_is():
    rows = (("Finance",), wati(1), ("Pengadaan",), wati(2))
    assert '"Pengadaan": "?"' in proposed(sheets_of(*rows, heads=BANDED)).text
    found = read(*rows, heads=BANDED, said=('"Pengadaan": "?"', '"Pengadaan": Sales'))
    assert departments(found) == [(3, "Finance"), (5, "Sales")]
    found = read(*rows, heads=BANDED, said=('"Pengadaan": "?"', '"Pengadaan": ignore'))
    assert departments(found) == [(3, "Finance"), (5, "Finance")]


def test_filling_down_does_not_carry_a_department_over_the_next_band():
    rows = (("Finance",), wati(1), ("Sales",), wati(2))
    found = read(*rows, heads=BANDED, said=("fill_down: no", "fill_down: yes"))
    assert departments(found) == [(3, "Finance"), (5, "Sales")]


# --- the mapping file -----------------------------------------------------------------------------


def test_a_column_that_came_after_the_look_is_not_passed_over():
    mapping = read_mapping(proposed(sheets_of(budi("01/02/2024"))).text, "m.yaml", CATALOGUE)
    grown = sheets_of((*budi("01/02/2024"), "Ya"), heads=(*HEADS, "Dibekukan"))
    with pytest.raises(MappingError, match="Dibekukan"):
        read_rows(grown, Reading(mapping, CATALOGUE, company.DIRECTORY, TODAY))


def test_finished_beside_the_first_day_is_the_last_day_and_to_be_checked():
    heads = ("Nama", "NIK", "Sistem", "Tgl Mulai", "Tgl Selesai", "PIC IT")
    sheets = sheets_of(("Budi", "00123", "VPN", "01/02/2024", "31/12/2024", "Dewi"), heads=heads)
    proposal = proposed(sheets)
    assert proposal.columns["CSV"]["Tgl Selesai"] == "end"
    assert any("'Tgl Selesai': taken for end" in line for line in proposal.to_check)
    done = proposed(sheets_of(heads=(*heads[:4], "Tgl Selesai Dikerjakan", "PIC IT")))
    assert done.columns["CSV"]["Tgl Selesai Dikerjakan"] == "done_on"
    apart = proposed(sheets_of(heads=(*heads[:4], "PIC IT", "Tgl Selesai")))
    assert apart.columns["CSV"]["Tgl Selesai"] == "done_on"
    assert any("'Tgl Selesai': taken for done_on" in line for line in apart.to_check)


def test_of_two_columns_that_seem_the_same_the_one_left_out_is_to_be_checked():
    heads = ("Nama", "NIK", "Sistem", "Tgl Mulai", "Status", "Status Akun", "Tanggal Diberikan")
    proposal = proposed(sheets_of(heads=heads))
    assert proposal.columns["CSV"]["Tanggal Diberikan"] == "done_on"
    assert any("'Status Akun': not used" in line and "'Status'" in line for line in proposal.to_check)


def test_what_nobody_knows_in_a_mapping_file_is_refused():
    text = (
        "sheets: {A: {take: yes, headings: 1, colums: {X: employee}, always: {system: SAP}}}\n"
        "statusses: {Aktif: given}\n"
    )
    with pytest.raises(MappingError) as caught:
        read_mapping(text, "m.yaml", CATALOGUE)
    for part in ("'colums'", "'statusses'", "'SAP'"):
        assert part in str(caught.value)


# --- rows that are none ---------------------------------------------------------------------------


@pytest.mark.parametrize("row", [
    ("TOTAL", "25"), ("", "TOTAL"), ("", "Jumlah Karyawan: 25", "", "12"), ("Total:", "", "", "12"),
])  # fmt: skip
def test_a_line_with_a_total_is_nobody(row: tuple[str, ...]):
    found = read(wati(1), row, heads=BANDED)
    assert dict(found.passed_over) == {"total": 1}
    assert len(found.rows) == 1


def test_a_number_is_nobodys_name():
    found = read(wati(1), ("", "25", "996", "VPN", "01/02/2024"), heads=BANDED)
    assert errors(found) == ["CSV!B3 no-name"]


@pytest.mark.parametrize("gone", ["?", "belum, rencana 01/03/2024", "sesuai tiket"])
def test_what_is_no_day_in_the_column_of_revocations_is_an_error(gone: str):
    assert errors(read(budi("01/02/2024", gone=gone))) == ["CSV!H2 unreadable"]


# --- what LibreOffice keeps -----------------------------------------------------------------------

CONTENT = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="VPN">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(*rows: str) -> bytes:
    """A workbook as LibreOffice writes it; "2:Budi" stands for two rows, "|" for a covered cell."""
    stream, made = io.BytesIO(), []
    for row in rows:
        cells = []
        for text in row.split(","):
            span, _, name = text.rpartition(":")
            spanned = f' table:number-rows-spanned="{span}" table:number-columns-spanned="1"' if span else ""
            if text == "|":
                cells.append("<table:covered-table-cell/>")
            else:
                cells.append(
                    f'<table:table-cell office:value-type="string"{spanned}>'
                    f"<text:p>{name}</text:p></table:table-cell>"
                )
        made.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", CONTENT.format(rows="".join(made)))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def test_a_merged_name_holds_for_its_rows_in_ods_as_well():
    rows = ("2:Budi,2:00123,A,01/02/2024", "|,|,B,01/03/2024", "Wati,00124,A,01/04/2024")
    data = ods("Nama,NIK,Level,Mulai", *rows)
    sheets = open_old(data, "old.ods")
    mapping = read_mapping(proposed(sheets).text, "m.yaml", CATALOGUE)
    found = read_rows(sheets, Reading(mapping, CATALOGUE, company.DIRECTORY, TODAY))
    assert [(a.employee.name, a.level) for a in found.access()] == [
        ("Budi", "A"),
        ("Budi", "B"),
        ("Wati", "A"),
    ]
