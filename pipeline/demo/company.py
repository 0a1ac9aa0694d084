"""The demo company: invented people, their departments, and the forms they fill. Reads and writes nothing."""

from dataclasses import replace
from datetime import date, timedelta

from pipeline.model import AccessLine, Department, Directory, Employee, Form, Person

DOMAIN = "contoh.example"
NAME = "PT Contoh Sejahtera"
PORTAL = f"akses-it@{DOMAIN}"
AUTHSERV = f"mx.{DOMAIN}"


def _person(name: str, department: str, division: str, role: str) -> Person:
    address = ".".join(name.lower().split()[:2]) + f"@{DOMAIN}"
    return Person(name=name, email=address, department=department, division=division, role=role)


FINANCE_MANAGER = _person("Sari Wulandari", "Finance", "Keuangan dan Administrasi", "manager")
HR_MANAGER = _person("Rina Kartika", "HRGA", "Keuangan dan Administrasi", "manager")
SALES_PIC = _person("Rudi Hartono", "Sales", "Komersial", "pic")
TECHNICAL_MANAGER = _person("Yohanes Tarigan", "Teknikal", "Operasional", "manager")
HEAD_OF_FINANCE = _person("Bambang Prakoso", "Finance", "Keuangan dan Administrasi", "division_head")
HEAD_OF_SALES = _person("Lina Marlina", "Sales", "Komersial", "division_head")
HEAD_OF_OPERATIONS = _person("Hasan Basri", "Teknikal", "Operasional", "division_head")
IT_MANAGER = _person("Andi Nugroho", "IT", "Keuangan dan Administrasi", "it_manager")
IT_STAFF = _person("Dewi Anggraini", "IT", "Keuangan dan Administrasi", "it_staff")
IT_STAFF_2 = _person("Fajar Ramadhan", "IT", "Keuangan dan Administrasi", "it_staff")
DIRECTOR = _person("Tania Kusuma", "Direksi", "Direksi", "management")

DIRECTORY = Directory(
    people=(
        FINANCE_MANAGER, HR_MANAGER, SALES_PIC, TECHNICAL_MANAGER, HEAD_OF_FINANCE, HEAD_OF_SALES,
        HEAD_OF_OPERATIONS, IT_MANAGER, IT_STAFF, IT_STAFF_2, DIRECTOR,
    ),
    departments=(
        Department("Finance", "Keuangan dan Administrasi", HEAD_OF_FINANCE.email, ("Keuangan",)),
        Department("HRGA", "Keuangan dan Administrasi", HEAD_OF_FINANCE.email, ("HR", "Personalia")),
        Department("Sales", "Komersial", HEAD_OF_SALES.email, ("Penjualan",)),
        Department("Teknikal", "Operasional", HEAD_OF_OPERATIONS.email, ("Technical",)),
        Department("IT", "Keuangan dan Administrasi", HEAD_OF_FINANCE.email, ("Teknologi Informasi",)),
        Department("Direksi", "Direksi", DIRECTOR.email, ()),
    ),
)  # fmt: skip


def _employee(no: int, name: str, nik: str, position: str) -> Employee:
    return Employee(no, name, nik, position, ".".join(name.lower().split()[:2]) + f"@{DOMAIN}")


def _line(no: int, system: str, level: str, start: date, need: str, days: int = 0) -> AccessLine:
    return AccessLine(
        no=no, employee_no=None, system=system.upper().replace(" ", ""), system_text=system,
        access_level=level, action="grant", start_date=start,
        end_date=start + timedelta(days=days) if days else None, justification=need,
    )  # fmt: skip


def _form(
    requester: Person,
    position: str,
    head: Person,
    today: date,
    employees: tuple[Employee, ...],
    *lines: AccessLine,
) -> Form:
    return Form(
        request_date=today, request_type="new", revises="", requester_name=requester.name,
        requester_position=position, requester_email=requester.email,
        requester_department=requester.department, requester_division=requester.division,
        division_head_name=head.name, signature="typed", signed_on=today, employees=employees, lines=lines,
    )  # fmt: skip


def finance_form(today: date) -> Form:
    """A new accountant: sound, and approved as it is."""
    start = today + timedelta(days=7)
    return _form(
        FINANCE_MANAGER, "Manajer Finance", HEAD_OF_FINANCE, today,
        (_employee(1, "Putri Lestari", "00417", "Staf Akuntansi"),),
        _line(1, "Accurate", "Input jurnal", start, "Mencatat jurnal dan pelunasan piutang harian"),
        _line(2, "Email", "Standar 5 GB", start, "Surat-menyurat dengan pelanggan dan bank"),
        _line(3, "VPN", "Pengguna jarak jauh", start, "Tutup buku dari rumah pada akhir bulan", 180),
    )  # fmt: skip


def sales_form_with_mistakes(today: date) -> Form:
    """Three mistakes: no NIK, a system nobody has, and an end before the start."""
    sound = sales_form(today)
    first, second = sound.lines
    return replace(
        sound,
        employees=(replace(sound.employees[0], employee_id=""),),
        lines=(
            replace(first, system="", system_text="Salesforce"),
            replace(second, end_date=today - timedelta(days=30)),
        ),
    )


def sales_form(today: date) -> Form:
    start = today + timedelta(days=3)
    return _form(
        SALES_PIC, "Koordinator Sales", HEAD_OF_SALES, today,
        (_employee(1, "Agung Saputra", "00388", "Sales Representative"),),
        _line(1, "CL", "Lihat saja", start, "Memeriksa batas kredit pelanggan sebelum penawaran"),
        _line(2, "Internet", "Kategori B", start, "Membuka portal tender pelanggan", 90),
    )  # fmt: skip


def hr_form(today: date) -> Form:
    """Asks for more than is needed: rejected, and sent again with less."""
    return _form(
        HR_MANAGER, "Manajer HRGA", HEAD_OF_FINANCE, today,
        (_employee(1, "Mega Puspita", "00402", "Staf HR"),),
        _line(1, "HRIS", "Administrator", today + timedelta(days=2), "Mengelola data karyawan dan cuti"),
    )  # fmt: skip


def hr_form_revised(today: date, ref: str) -> Form:
    form = hr_form(today)
    line = replace(form.lines[0], access_level="Operator data karyawan")
    return replace(form, revises=ref, lines=(line,))


def technical_form(today: date) -> Form:
    """Two technicians, two systems: four items, of which one is refused."""
    start = today + timedelta(days=5)
    return _form(
        TECHNICAL_MANAGER, "Manajer Teknikal", HEAD_OF_OPERATIONS, today,
        (
            _employee(1, "Oktavianus Sinaga", "00295", "Teknisi Senior"),
            _employee(2, "Nur Aini", "00431", "Teknisi"),
        ),
        _line(1, "Tracy", "Pengguna", start, "Mencatat hasil pemeriksaan pelumas di lokasi pelanggan"),
        _line(2, "CCTV", "Lihat saja", start, "Memantau area gudang oli saat bongkar muat", 60),
    )  # fmt: skip
