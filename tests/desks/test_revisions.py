"""A form sent again: what the approver is shown of it, and what the requester is given to correct."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from pipeline.commands.setting_up import form as write_form
from pipeline.demo import clients, company
from pipeline.mail.message import read_mail
from tests.company import MORNING, Company
from tests.desks.revising import attached_form, html, rejected, revise, words

TODAY = MORNING.date()
FINANCE = company.finance_form(TODAY)
HR = company.hr_form(TODAY)
TECHNICAL = company.technical_form(TODAY)


@pytest.fixture
def house(tmp_path):
    return Company(tmp_path)


def in_english(data):
    data["company"]["language"] = "en"


# --- what changed -------------------------------------------------------------------------------------


def test_the_approver_of_a_revision_sees_item_and_field_that_changed(house):
    rejected(house, HR)
    letter = revise(house, company.hr_form_revised(TODAY, ""))
    assert "No. 1 HRIS - Mega Puspita Level akses: Administrator → Operator data karyawan" in words(letter)
    assert "Dibandingkan dengan permintaan pertama" in words(letter)
    assert "Administrator</span> &rarr; <b" in html(letter) or "Administrator</span> → <b" in html(letter)
    assert "Operator data karyawan" in html(letter)


def test_it_is_said_in_english_where_people_read_english(tmp_path):
    house = Company(tmp_path, in_english)
    rejected(house, HR, "REJECT reason: too much")
    letter = revise(house, company.hr_form_revised(TODAY, ""))
    assert "No. 1 HRIS - Mega Puspita Access level: Administrator → Operator data karyawan" in words(letter)
    assert "Compared with the first request" in words(letter)


def test_a_first_request_says_nothing_of_changes(house):
    house.send_form(HR)
    house.poll()
    assert "berubah" not in words(house.asked())


def test_added_and_dropped_items_are_named_with_their_people(house):
    rejected(house, FINANCE)
    first, second, _ = FINANCE.lines
    erp = replace(second, system="ERP", system_text="ERP", access_level="Lihat saja")
    text = words(revise(house, replace(FINANCE, lines=(first, erp))))
    assert "No. 2 Email, Standar 5 GB - Putri Lestari - DIHAPUS DARI PERMINTAAN" in text
    assert "No. 3 VPN, Pengguna jarak jauh - Putri Lestari - DIHAPUS DARI PERMINTAAN" in text
    assert "No. 4 ERP, Lihat saja - Putri Lestari - DITAMBAHKAN" in text
    assert "No. 1" not in text.split("YANG BERUBAH")[1].split("YANG DIMINTA")[0]


def test_dates_and_another_division_head_are_changes_too(house):
    rejected(house, FINANCE)
    lines = (*FINANCE.lines[:2], replace(FINANCE.lines[2], end_date=None))
    text = words(revise(house, replace(FINANCE, lines=lines, division_head_name="Lina Marlina")))
    end = FINANCE.lines[2].end_date
    assert f"Berakhir: {end.day} Mei {end.year} → tanpa batas akhir" in text
    assert "Kepala divisi: Bambang Prakoso → Lina Marlina" in text


def test_one_row_changed_for_two_people_is_one_change(house):
    rejected(house, TECHNICAL)
    tracy = replace(TECHNICAL.lines[0], access_level="Lihat saja")
    text = words(revise(house, replace(TECHNICAL, lines=(tracy, TECHNICAL.lines[1]))))
    assert "No. 1, 3 Tracy - Oktavianus Sinaga dan Nur Aini Level akses: Pengguna → Lihat saja" in text


def test_a_form_sent_back_unchanged_is_called_so(house):
    rejected(house, HR)
    assert "Isi formulir ini sama dengan sebelum direvisi" in words(revise(house, HR))


def test_what_was_approved_before_is_no_dropped_item(house):
    rejected(house, FINANCE, "SETUJU 1 TOLAK 2,3 alasan: belum perlu")
    only = replace(FINANCE.lines[1], justification="Perlu untuk faktur")
    text = words(revise(house, replace(FINANCE, lines=(only,))))
    shown = text.split("YANG BERUBAH")[1].split("YANG DIMINTA")[0]
    assert "Kebutuhan: Surat-menyurat dengan pelanggan dan bank → Perlu untuk faktur" in shown
    assert "No. 3 VPN" in shown
    assert "No. 1" not in shown


def test_an_item_decided_meanwhile_is_no_dropped_item_either(house):
    rejected(house, FINANCE)
    letter = revise(house, replace(FINANCE, requester_position="Manajer Keuangan"))
    house.answer(letter, "SETUJU 1")
    house.poll()
    text = words(house.asked())
    assert "Jabatan pemohon: Manajer Finance → Manajer Keuangan" in text
    assert "DIHAPUS" not in text


def test_an_unclear_answer_is_asked_back_with_the_changes_again(house):
    rejected(house, HR)
    house.answer(revise(house, company.hr_form_revised(TODAY, "")), "Setuju kalau hanya untuk data cuti.")
    house.poll()
    assert "Level akses: Administrator → Operator" in words(house.letters("unclear")[-1])


def test_long_reasons_are_shown_from_where_they_differ(house):
    need = "Dipakai untuk laporan bulanan anak perusahaan dan pemeriksaan silang saldo awal. " * 5
    line = replace(HR.lines[0], justification=need + "Sampai Maret.")
    rejected(house, replace(HR, lines=(line,)))
    text = words(revise(house, replace(HR, lines=(replace(line, justification=need + "Hanya baca."),))))
    shown = text.split("YANG BERUBAH")[1].split("YANG DIMINTA")[0]
    assert "Sampai Maret. →" in shown
    assert "Hanya baca." in shown
    assert len(shown) < 400


# --- the form to correct ------------------------------------------------------------------------------


def test_a_rejection_brings_the_form_to_correct_with_number_and_rejected_items_only(house):
    form = attached_form(rejected(house, FINANCE, "SETUJU 1 TOLAK 2,3 alasan: belum perlu"))
    assert form.name == "Form Permintaan Akses REQ-2026-0001.xlsx"
    reading = house.office.sandbox.read(form.data, form.name, TODAY, "id")
    assert reading.form.revises == "REQ-2026-0001"
    assert [line.system for line in reading.form.lines] == ["EMAIL", "VPN"]
    assert reading.form.employees == FINANCE.employees
    assert reading.form.signature == "none"
    assert {p.field for p in reading.errors} == {"signature"}, "all it lacks is the signature"


def test_an_approval_brings_no_form(house):
    assert read_mail(rejected(house, FINANCE, "SETUJU").raw).attachments == ()


def test_an_item_rejected_for_one_of_two_people_comes_back_for_that_one(house):
    form = attached_form(rejected(house, TECHNICAL, "SETUJU 1,2,3 TOLAK 4 alasan: tidak perlu"))
    reading = house.office.sandbox.read(form.data, form.name, TODAY, "id")
    assert [e.name for e in reading.form.employees] == ["Nur Aini"]
    assert [(line.system, line.employee_no) for line in reading.form.lines] == [("CCTV", None)]


def test_items_rejected_for_different_people_keep_their_people(house):
    form = attached_form(rejected(house, TECHNICAL, "SETUJU 2,3 TOLAK 1,4 alasan: tidak perlu"))
    reading = house.office.sandbox.read(form.data, form.name, TODAY, "id")
    assert [e.name for e in reading.form.employees] == ["Oktavianus Sinaga", "Nur Aini"]
    assert [(line.system, line.employee_no) for line in reading.form.lines] == [("TRACY", 1), ("CCTV", 2)]


def changed_and_signed(data, level):
    """What the requester does: open, change one cell, type the division head's name, save."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    next(c for c in cells if c.value == "Administrator").value = level
    label = next(c for c in cells if str(c.value).startswith("Tanda Tangan"))
    right = next(
        c for c in cells if c.row == label.row and c.column > label.column and not c.protection.locked
    )
    right.value = "Bambang Prakoso"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_opening_changing_signing_and_sending_that_form_is_the_next_revision(house):
    form = attached_form(rejected(house, HR))
    data = changed_and_signed(form.data, "Operator")
    house.send(clients.form_mail(company.HR_MANAGER, data, "Perbaikan", "Terlampir.", house.clock.now))
    house.poll()
    assert house.last() == ("processed", "next-revision"), words(house.letters()[-1])
    assert "Level akses: Administrator → Operator" in words(house.asked())


def test_the_form_that_the_command_prefills_becomes_the_next_revision_too(house, tmp_path):
    rejected(house, HR)
    out = tmp_path / "form.xlsx"
    assert write_form(house.config_file, out, "", "req-2026-0001", as_json=True, dry_run=False) == 0
    data = changed_and_signed(out.read_bytes(), "Operator")
    house.send(clients.form_mail(company.HR_MANAGER, data, "Perbaikan", "Terlampir.", house.clock.now))
    house.poll()
    assert house.last() == ("processed", "next-revision"), words(house.letters()[-1])
    assert house.case().ref == "REQ-2026-0001"


# --- after approval, and by a colleague ------------------------------------------------------------------


def test_a_change_after_approval_shows_both_and_who_had_approved_the_old(house):
    house.send_form(FINANCE)
    house.poll()
    house.answer(house.asked(), "SETUJU")
    house.poll()
    first, *others = FINANCE.lines
    letter = revise(house, replace(FINANCE, lines=(replace(first, access_level="Admin"), *others)))
    assert "No. 1 Accurate - Putri Lestari Level akses: Input jurnal → Admin" in words(letter)
    assert "Isi lamanya sudah disetujui oleh Andi Nugroho" in words(letter)
    assert "DITAMBAHKAN" not in words(letter)
    (stop,) = house.letters("withdrawn_notice")
    assert stop.subject.startswith("[REQ-2026-0001] Jangan dikerjakan, diganti revisi: Accurate")
    assert "PERMINTAAN INI DIGANTI OLEH REVISI" in words(stop)
    assert "Bila aksesnya telanjur dibuat" in words(stop)


def test_a_colleague_who_revises_leaves_the_first_requester_with_the_news(house):
    rejected(house, FINANCE)
    gita = replace(company.FINANCE_MANAGER, name="Gita Pertiwi", email="gita@contoh.example", role="pic")
    house.write_directory(replace(company.DIRECTORY, people=(*company.DIRECTORY.people, gita)))
    hers = replace(FINANCE, requester_name=gita.name, requester_email=gita.email, revises="REQ-2026-0001")
    house.send_form(hers, gita)
    house.poll()
    house.answer(house.asked(), "SETUJU")
    house.poll()
    house.answer(house.letters("decided")[-1], "BATAL VPN saja", company.FINANCE_MANAGER)
    house.poll()
    for kind in ("received", "decided", "withdrawn"):
        to = house.letters(kind)[-1].to
        assert gita.email in to, kind
        assert company.FINANCE_MANAGER.email in to, kind
