"""Forms as people make them: an invented request laid out by many habits. Reads nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from pipeline.model import AccessLine, Employee, Form
from tests.form.pages import Cells

TODAY = date(2026, 11, 24)

LABELS: dict[str, dict[str, str]] = {
    "id": {
        "title": "FORM PERMINTAAN AKSES SISTEM INFORMASI (SUPPORTING TOOLS)",
        "requester": "A. DATA PEMOHON", "employees": "B. DATA KARYAWAN", "items": "C. AKSES YANG DIMINTA",
        "signoff": "D. PERSETUJUAN", "request_date": "Tanggal Permintaan", "requester_name": "Nama Pemohon",
        "requester_position": "Jabatan", "requester_email": "Email", "requester_department": "Departemen",
        "request_type": "Jenis Permintaan", "no": "No", "name": "Nama Karyawan", "employee_id": "NIK",
        "position": "Jabatan", "email": "Email", "system": "Sistem", "access_level": "Level Akses",
        "start_date": "Tanggal Mulai", "end_date": "Tanggal Berakhir",
        "justification": "Keterangan Kebutuhan",
        "division_head_name": "Nama Kepala Divisi", "signature": "Tanda Tangan Kepala Divisi",
        "new": "Akses Baru", "change": "Perubahan Akses", "revoke": "Pencabutan Akses",
        "note": "*) kosongkan Tanggal Berakhir bila akses permanen",
    },
    "en": {
        "title": "INFORMATION SYSTEM ACCESS REQUEST FORM (SUPPORTING TOOLS)",
        "requester": "A. REQUESTER", "employees": "B. EMPLOYEES", "items": "C. REQUESTED ACCESS",
        "signoff": "D. APPROVAL", "request_date": "Request Date", "requester_name": "Requester Name",
        "requester_position": "Position", "requester_email": "E-mail", "requester_department": "Department",
        "request_type": "Request Type", "no": "No.", "name": "Employee Name", "employee_id": "Employee ID",
        "position": "Position", "email": "E-mail", "system": "System", "access_level": "Access Level / Role",
        "start_date": "Start Date", "end_date": "End Date", "justification": "Justification",
        "division_head_name": "Division Head Name", "signature": "Division Head Signature",
        "new": "New Access", "change": "Change Access", "revoke": "Revoke Access",
        "note": "*) leave End Date blank for permanent access",
    },
}  # fmt: skip
LABELS["both"] = {k: f"{LABELS['id'][k]} / {LABELS['en'][k]}" for k in LABELS["id"]}
LABELS["both"] |= {k: f"{LABELS['id'][k]}\n{LABELS['en'][k]}" for k in ("name", "system", "start_date")}
LABELS["both"] |= {k: LABELS["id"][k] for k in ("new", "change", "revoke", "note", "title")}

FORM = Form(
    request_date=date(2026, 11, 23), request_type="new", revises="", requester_name="Made Suryani Putri",
    requester_position="Manager Pembelian", requester_email="made.putri@nusantara.example",
    requester_department="Pembelian & Gudang", requester_division="",
    division_head_name="Ir. Gunawan Tirta, M.T.", signature="typed", signed_on=None,
    employees=(
        Employee(1, "Rangga Pratama", "00412", "Staff Pembelian", "rangga.pratama@nusantara.example"),
        Employee(2, "Sri Lestari Ningsih", "01377", "Admin Gudang", "sri.ningsih@nusantara.example"),
    ),
    lines=(
        AccessLine(1, None, "ERP", "ERP", "Viewer", "grant", date(2026, 12, 1), date(2027, 5, 31),
        "Melihat stok gudang"),
        AccessLine(2, None, "EMAIL", "Email", "Standard 5 GB", "grant", date(2026, 12, 1), None,
        "Surat-menyurat dengan pemasok"),
        AccessLine(3, None, "VPN", "VPN", "Remote user", "grant", date(2026, 12, 15), date(2027, 2, 28),
        "Bekerja dari gudang luar kota"),
    ),
)  # fmt: skip

FIELDS = ("request_date", "requester_name", "requester_position", "requester_email", "requester_department")
EMPLOYEE = ("no", "name", "employee_id", "position", "email")
ITEM = ("no", "system", "access_level", "start_date", "end_date", "justification")


def real(day: date) -> Any:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  (a wall date, as a sheet holds it)


@dataclass(frozen=True)
class Habit:
    """How somebody lays out the form."""

    language: str = "id"
    labels: Mapping[str, str] = field(default_factory=dict)
    #: right, colon, prefixed, same, below
    where: str = "right"
    gap: int = 0
    top: int = 1
    left: int = 1
    order: tuple[str, ...] = ("requester", "employees", "items", "signoff")
    headings: bool = True
    employee_columns: tuple[str, ...] = EMPLOYEE
    item_columns: tuple[str, ...] = ITEM
    #: table, ticks, line
    items: str = "table"
    tick: str = "v"
    date_as: Callable[[date], Any] = real
    id_as: Callable[[str], Any] = str
    email_as: Callable[[str], Any] = str
    name_as: Callable[[str], Any] = str
    system_as: Callable[[str], Any] = str
    rows: int = 0
    #: pairs, block, matrix
    signoff: str = "pairs"
    signed: Any = "typed"
    type_as: Callable[[Mapping[str, str], str], Any] | None = None
    blank_rows: bool = False
    merge: bool = False
    titled: bool = True
    doc_head: bool = True


def lay_out(form: Form, habit: Habit) -> Cells:
    """The cells of one sheet."""
    says = {**LABELS[habit.language], **habit.labels}
    cells: Cells = {}
    row, left = habit.top, habit.left
    if habit.titled:
        cells[row, left] = says["title"]
    if habit.doc_head:
        cells[row + 1, left], cells[row + 1, left + 3] = (
            "No. Dokumen : SOP-IT-003",
            "Tanggal Efektif : 29/07/2022",
        )
        cells[row + 2, left], cells[row + 2, left + 3] = "Revisi : 01", "Halaman : 1 dari 1"
        cells[row + 3, left] = "PT Nusantara Contoh"
    row += 5
    for part in habit.order:
        if habit.headings:
            cells[row, left] = says[part]
            row += 1
        row = _PARTS[part](form, habit, says, cells, row) + 1
    return cells


def _pair(habit: Habit, cells: Cells, row: int, label: str, value: Any) -> int:
    left = habit.left
    if habit.where == "same":
        cells[row, left] = f"{label} : {_text(value)}"
    elif habit.where == "below":
        cells[row, left] = label
        cells[row + 1, left] = value
        return row + 2
    elif habit.where == "colon":
        cells[row, left], cells[row, left + 1], cells[row, left + 2 + habit.gap] = label, ":", value
    elif habit.where == "prefixed":
        cells[row, left], cells[row, left + 1 + habit.gap] = label, f": {_text(value)}"
    else:
        cells[row, left], cells[row, left + 1 + habit.gap] = label, value
    return row + (2 if habit.blank_rows else 1)


def _text(value: Any) -> str:
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else "" if value is None else str(value)


def _requester(form: Form, habit: Habit, says: Mapping[str, str], cells: Cells, row: int) -> int:
    how = {"request_date": habit.date_as, "requester_email": habit.email_as, "requester_name": habit.name_as}
    for name in FIELDS:
        value = getattr(form, name)
        shown = how.get(name, str)(value) if value else None
        row = _pair(habit, cells, row, says[name], shown)
    if habit.type_as is None:
        return _pair(
            habit, cells, row, says["request_type"], says[form.request_type] if form.request_type else None
        )
    shown = habit.type_as(says, form.request_type or "")
    if isinstance(shown, dict):
        cells[row, habit.left] = says["request_type"]
        for (down, across), text in shown.items():
            cells[row + down, habit.left + across] = text
        return row + 1 + max(down for down, _ in shown)
    return _pair(habit, cells, row, says["request_type"], shown)


def _employees(form: Form, habit: Habit, says: Mapping[str, str], cells: Cells, row: int) -> int:
    how = {"employee_id": habit.id_as, "email": habit.email_as, "name": habit.name_as}
    records = [
        {"no": e.no, "name": e.name, "employee_id": e.employee_id, "position": e.position, "email": e.email}
        for e in form.employees
    ]
    return _table(habit, says, cells, row, habit.employee_columns, records, how)


def _items(form: Form, habit: Habit, says: Mapping[str, str], cells: Cells, row: int) -> int:
    how = {"start_date": habit.date_as, "end_date": habit.date_as, "system": habit.system_as}
    records = [
        {
            "no": i.no,
            "system": i.system_text,
            "access_level": i.access_level,
            "start_date": i.start_date,
            "end_date": i.end_date,
            "justification": i.justification,
        }
        for i in form.lines
    ]
    if habit.items == "table":
        row = _table(habit, says, cells, row, habit.item_columns, records, how)
        cells[row, habit.left] = says["note"]
        return row + 1
    if habit.items == "line":
        first = form.lines[0]
        row = _pair(habit, cells, row, says["system"], ", ".join(i.system_text for i in form.lines))
        for name in ("access_level", "start_date", "end_date", "justification"):
            value = getattr(first, name)
            row = _pair(habit, cells, row, says[name], how.get(name, str)(value) if value else None)
        return row
    chosen = {i.system_text: i for i in form.lines}
    all_systems = (
        "Akses Internal",
        "Accurate",
        "ERP",
        "Tracy",
        "CL",
        "HRIS",
        "Email",
        "Internet",
        "CCTV",
        "Data Center",
        "VPN",
    )
    head = ("system", "tick", "access_level", "start_date", "end_date", "justification")
    for at, name in enumerate(head):
        cells[row, habit.left + at] = says.get(name, "Pilih (v)")
    for system in all_systems:
        row += 1
        cells[row, habit.left] = system
        item = chosen.get(system)
        if item:
            cells[row, habit.left + 1] = habit.tick
            for at, name in enumerate(head[2:], start=2):
                value = getattr(item, name)
                if value:
                    cells[row, habit.left + at] = how.get(name, str)(value)
    return row + 1


def _table(
    habit: Habit, says: Mapping[str, str], cells: Cells, row: int, columns: tuple[str, ...],
    records: list[dict[str, Any]], how: Mapping[str, Callable[[Any], Any]],
) -> int:  # fmt: skip
    for at, name in enumerate(columns):
        cells[row, habit.left + at] = says.get(name, name)
    for number, record in enumerate(records):
        row += 2 if habit.blank_rows and number else 1
        for at, name in enumerate(columns):
            value = record.get(name)
            if value not in (None, ""):
                cells[row, habit.left + at] = value if name == "no" else how.get(name, str)(value)
    if "no" in columns:
        for number in range(len(records), habit.rows):
            row += 1
            cells[row, habit.left + columns.index("no")] = number + 1
    return row + 1


def _signoff(form: Form, habit: Habit, says: Mapping[str, str], cells: Cells, row: int) -> int:
    left = habit.left
    typed = (
        f"{form.division_head_name or 'ttd'}, {form.request_date:%d/%m/%Y}"
        if form.request_date
        else form.division_head_name or "ttd"
    )
    signed = typed if habit.signed == "typed" else habit.signed
    if form.signature == "none":
        signed = None
    if habit.signoff == "pairs":
        row = _pair(habit, cells, row, says["division_head_name"], form.division_head_name or None)
        return _pair(habit, cells, row, says["signature"], signed)
    cells[row, left + 1], cells[row, left + 4] = "Diajukan oleh,", "Disetujui oleh,"
    cells[row + 1, left + 1], cells[row + 1, left + 4] = "Manager", "Kepala Divisi"
    if signed:
        cells[row + 3, left + 4] = "ttd, 23/11/2026"
    cells[row + 6, left + 1] = f"( {form.requester_name} )"
    cells[row + 6, left + 4] = f"( {form.division_head_name or '........................'} )"
    return row + 7


_PARTS = {"requester": _requester, "employees": _employees, "items": _items, "signoff": _signoff}


def without(form: Form, path: str) -> Form:
    """The form with one value taken out: "requester_name", "employees[1].name"."""
    table, _, rest = path.partition("[")
    if not rest:
        empty: Any = (
            "none" if path == "signature" else None if path in {"request_date", "request_type"} else ""
        )
        return replace(form, **{path: empty})
    number, _, name = rest.partition("].")
    name = {"system": "system_text"}.get(name, name)
    attribute = "employees" if table == "employees" else "lines"
    rows = list(getattr(form, attribute))
    rows[int(number)] = replace(rows[int(number)], **{name: None if "date" in name else ""})
    return replace(form, **{attribute: tuple(rows)})


def expected(form: Form) -> dict[str, Any]:
    """What the contract line of the form says, problems aside."""
    from pipeline.form.contract import contract_line  # noqa: PLC0415
    from pipeline.model import FormReading  # noqa: PLC0415

    line = contract_line("", FormReading(form, ()))
    return {name: line[name] for name in ("fields", "employees", "items")}
