"""What becomes of a form that arrives: numbered, returned, a duplicate, the next revision, or quarantined."""

import io
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from openpyxl import load_workbook

from pipeline.demo import clients, company
from pipeline.demo.clients import read_letter
from pipeline.mail.message import read_mail
from tests.company import BOSS, MORNING, Company, edited, workbook

TODAY = MORNING.date()
FINANCE = company.finance_form(TODAY)
HR = company.hr_form(TODAY)


@pytest.fixture
def house(tmp_path):
    return Company(tmp_path)


def test_a_sound_form_becomes_a_numbered_request_and_the_approver_is_asked(house):
    raw = house.send_form(FINANCE)
    house.poll()
    assert house.last() == ("processed", "new-request")
    assert house.digest() == (("REQ-2026-0001", 0, "awaiting_approval", ("requested",) * 3),)
    (letter,) = house.letters("approval")
    assert letter.to == BOSS.email
    (form,) = read_mail(letter.raw).attachments
    assert form.data == read_mail(raw).attachments[0].data, "the form as it came is attached, byte for byte"
    assert house.letters("received", to=FINANCE.requester_email)


def test_the_approval_mail_says_everything_without_its_attachment(house):
    house.send_form(FINANCE)
    house.poll()
    text = " ".join(house.asked().text.split())
    for part in ("Sari Wulandari", "Putri Lestari", "00417", "Staf Akuntansi", "Accurate - Input jurnal",
                 "VPN", "Email - Standar 5 GB", "Mencatat jurnal dan pelunasan piutang harian",
                 "Bambang Prakoso", "nama yang diketik pada formulir", "1 Desember 2026"):  # fmt: skip
        assert part in text, part


def test_numbers_run_without_gaps_in_the_order_of_arrival(house):
    for form in (FINANCE, HR, company.technical_form(TODAY)):
        house.send_form(form)
    house.poll()
    assert [case.ref for case in house.cases()] == ["REQ-2026-0001", "REQ-2026-0002", "REQ-2026-0003"]
    assert [case.form.requester_department for case in house.cases()] == ["Finance", "HRGA", "Teknikal"]


def test_numbers_begin_anew_each_year(house):
    house.send_form(FINANCE)
    house.poll()
    house.clock.now = MORNING + timedelta(days=60)
    house.send_form(replace(HR, request_date=house.clock.now.date()))
    house.poll()
    assert [case.ref for case in house.cases()] == ["REQ-2026-0001", "REQ-2027-0001"]


def test_a_faulty_form_goes_back_with_every_problem_and_a_marked_copy(house):
    house.send_form(company.sales_form_with_mistakes(TODAY))
    house.poll()
    assert house.last() == ("returned", "form-problems")
    assert house.cases() == ()
    (letter,) = house.letters("returned")
    assert letter.to == company.SALES_PIC.email
    text = " ".join(letter.text.split())
    assert "NIK" in text
    assert "Salesforce" in text
    assert "berakhir" in text.lower()
    (marked,) = read_mail(letter.raw).attachments
    assert marked.data.startswith(b"PK")
    assert marked.data != workbook(company.sales_form_with_mistakes(TODAY))
    assert not house.letters("approval")
    assert len(house.in_folder("returned")) == 1


def test_a_strangers_form_is_set_aside_unanswered_and_it_is_told(house):
    house.send(clients.strangers_form(workbook(FINANCE), house.clock.now))
    house.poll()
    assert house.last() == ("quarantined", "stranger")
    assert all("luar.example" not in letter.to for letter in house.letters())
    assert {letter.kind for letter in house.letters()} == {"quarantine"}
    assert company.IT_STAFF.email in house.letters("quarantine")[0].to


@pytest.mark.parametrize("dmarc", ["fail", "none"])
def test_a_form_under_a_forged_name_gets_no_answer_either(house, dmarc):
    raw = clients.form_mail(company.FINANCE_MANAGER, workbook(FINANCE), "Form", "x", house.clock.now)
    house.send(raw.replace(b"dmarc=pass", f"dmarc={dmarc}".encode()))
    house.poll()
    assert house.last() == ("quarantined", "sender-not-proven")
    assert {letter.kind for letter in house.letters()} == {"quarantine"}


def test_a_thousand_strangers_are_never_answered_and_it_is_not_flooded(house):
    raw = clients.strangers_form(b"not even a workbook", house.clock.now)
    for number in range(60):
        house.send(edited(raw, From=f"x{number}@luar.example", Message_ID=f"<{number}@luar.example>"))
    house.poll()
    assert all(mail.reason == "stranger" for mail in house.mails())
    limit = house.config.limits.notices_per_hour
    assert limit <= len(house.letters("quarantine")) <= limit + 2
    assert len(house.letters()) == len(house.letters("quarantine"))


def test_somebody_of_another_department_gets_the_form_back_with_the_names_of_those_who_may(house):
    house.send_form(FINANCE, sender=company.HR_MANAGER)
    house.poll()
    assert house.last() == ("returned", "form-problems")
    assert "Sari Wulandari" in house.letters("returned", to=company.HR_MANAGER.email)[0].text


def test_the_same_form_sent_again_is_a_duplicate_and_said_so_once(house):
    house.send_form(FINANCE)
    house.send_form(FINANCE, subject="Form akses (kirim ulang)")
    house.poll()
    assert [mail.outcome for mail in house.mails()] == ["processed", "duplicate"]
    assert house.mails()[-1].ref == "REQ-2026-0001"
    assert len(house.cases()) == len(house.letters("approval")) == len(house.letters("duplicate")) == 1


def test_the_same_mail_by_another_route_is_a_duplicate_without_a_word(house):
    raw = house.send_form(FINANCE)
    house.send(b"Received: from list by mx.contoh.example; Tue, 24 Nov 2026 09:00:00 +0700\r\n" + raw)
    house.send(raw)
    house.poll()
    assert [(m.outcome, m.reason) for m in house.mails()] == [
        ("processed", "new-request"), ("duplicate", "same-mail"),
    ]  # fmt: skip
    assert len(house.in_folder("duplicates")) == 2
    assert not house.letters("duplicate")


def test_another_mail_under_the_same_message_id_is_suspect(house):
    raw = house.send_form(FINANCE)
    house.poll()
    name = read_mail(raw).message_id
    other = clients.form_mail(company.HR_MANAGER, workbook(HR), "Form", "x", house.clock.now)
    house.send(edited(other, Message_ID=name))
    house.poll()
    assert house.last() == ("quarantined", "same-id-other-content")


# --- revisions ----------------------------------------------------------------------------------------


def rejected(house):
    house.send_form(HR)
    house.poll()
    house.answer(house.asked(), "TOLAK. Terlalu luas, cukup operator.")
    house.poll()
    return house.letters("decided")[-1]


def test_a_corrected_form_in_the_thread_is_the_same_number_next_revision(house):
    told = rejected(house)
    assert "Terlalu luas, cukup operator" in told.text
    house.send_form(company.hr_form_revised(TODAY, ""), reply_to=told)
    house.poll()
    assert house.last() == ("processed", "next-revision")
    assert house.digest() == (("REQ-2026-0001", 1, "awaiting_approval", ("requested",)),)
    assert "Terlalu luas, cukup operator" in house.asked().text, "the approver sees why the last one failed"


def test_a_corrected_form_with_the_number_in_it_needs_no_thread(house):
    rejected(house)
    house.send_form(company.hr_form_revised(TODAY, "req-2026-0001"))
    house.poll()
    assert (house.case().revision, len(house.cases())) == (1, 1)


def test_the_same_form_again_after_a_rejection_is_the_next_revision(house):
    rejected(house)
    house.send_form(HR)
    house.poll()
    assert (house.case().revision, house.case().state) == (1, "awaiting_approval")


def test_a_form_for_a_number_of_another_department_goes_back(house):
    rejected(house)
    house.send_form(replace(FINANCE, revises="REQ-2026-0001"))
    house.poll()
    assert house.last() == ("returned", "form-problems")
    assert "REQ-2026-0001" in house.letters("returned")[0].text


def test_a_form_for_a_request_that_is_settled_goes_back(house):
    house.send_form(HR)
    house.poll()
    house.answer(house.asked(), "SETUJU")
    house.poll()
    house.fill_register(status="Selesai", done_by="Dewi", done_on="2026-11-24")
    house.poll()
    house.send_form(company.hr_form_revised(TODAY, "REQ-2026-0001"))
    house.poll()
    assert house.last() == ("returned", "form-problems")
    assert house.case().revision == 0


def test_a_change_before_it_is_done_voids_the_approval_of_what_is_changed_and_stops_it(house):
    house.send_form(FINANCE)
    house.poll()
    house.answer(house.asked(), "SETUJU")
    house.poll()
    first, *rest = FINANCE.lines
    changed = replace(first, access_level="Administrator")
    house.send_form(replace(FINANCE, lines=(changed, *rest), revises="REQ-2026-0001"))
    house.poll()
    assert house.last() == ("processed", "next-revision")
    assert house.statuses() == {1: "requested", 2: "approved", 3: "approved"}
    stop = house.letters("withdrawn_notice")[-1]
    assert "jangan dikerjakan" in " ".join(stop.text.split())
    assert "Accurate" in stop.text
    assert "VPN" not in stop.text
    house.answer(house.asked(), "SETUJU")
    house.poll()
    assert house.case().state == "approved"


def test_what_was_approved_stays_approved_in_a_revision(house):
    house.send_form(FINANCE)
    house.poll()
    house.answer(house.asked(), "SETUJU 1 TOLAK 2,3 alasan: belum perlu")
    house.poll()
    only = replace(FINANCE.lines[1], justification="Perlu untuk faktur")
    house.send_form(replace(FINANCE, lines=(only,), revises="REQ-2026-0001"))
    house.poll()
    assert house.statuses() == {1: "approved", 2: "requested", 3: "cancelled"}


# --- attachments of every kind ------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "data"), [
    ("form.pdf", b"%PDF-1.7 scan"), ("form akses.csv", b"a;b;c"), ("form akses.docx", b"PK\x03\x04 none"),
    ("form.xlsx", b""), ("form.xlsx", b"PK\x03\x04" + b"\x00" * 200), ("form.xls", b"\xd0\xcf\x11\xe0 no"),
    ("form.xlsx", b"<html>not a workbook</html>"), ("form akses.jpg", b"\xff\xd8\xff picture"),
])  # fmt: skip
def test_a_file_that_is_no_readable_form_goes_back_with_what_to_do(house, name, data):
    sender = company.FINANCE_MANAGER
    raw = clients.form_mail(sender, b"@@@", "Form permintaan akses", "Form terlampir", house.clock.now)
    house.send(_with_file(raw, name, data))
    house.poll()
    assert house.last() == ("returned", "form-problems")
    (letter,) = house.letters("returned")
    assert ".xlsx" in letter.text
    assert read_mail(letter.raw).attachments, "the official form comes along to be filled"


def _with_file(raw, name, data):
    mail = message_from_bytes(raw, policy=policy.SMTP)
    mail.clear_content()
    mail.set_content("Form permintaan akses terlampir.")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def test_two_forms_in_one_mail_are_two_requests(house):
    raw = clients.form_mail(company.FINANCE_MANAGER, workbook(FINANCE), "Dua form", "x", house.clock.now)
    mail = message_from_bytes(raw, policy=policy.SMTP)
    other = replace(
        FINANCE, employees=(replace(FINANCE.employees[0], name="Doni Setiawan", employee_id="00999"),)
    )
    mail.add_attachment(workbook(other), maintype="application", subtype="octet-stream", filename="b.xlsx")
    house.send(mail.as_bytes())
    house.poll()
    assert len(house.cases()) == 2
    assert len(house.mails()) == 1


def test_text_that_looks_like_a_formula_or_a_header_stays_text(house):
    nasty = '=HYPERLINK("http://evil.example","klik")'
    line = replace(FINANCE.lines[0], justification=nasty)
    employee = replace(FINANCE.employees[0], name="Budi\u202eexe {{7*7}} <b>x</b>")
    house.send_form(replace(FINANCE, lines=(line,), employees=(employee,)), subject="a\tBcc: x@evil.example")
    house.poll()
    letter = house.asked()
    assert "{{7*7}}" in letter.text
    assert "\u202e" not in letter.text
    assert b"\nBcc" not in letter.raw
    cells = [
        c for row in load_workbook(house.config.files.register_workbook)["Register"].iter_rows() for c in row
    ]
    assert [c.data_type for c in cells if c.value == nasty] == ["s"]


def test_read_letter_is_a_second_opinion(house):
    house.send_form(FINANCE)
    house.poll()
    assert read_letter(house.asked().raw).subject.startswith("[REQ-2026-0001]")


def test_a_number_that_excel_took_the_zeros_from_is_the_same_person(house):
    house.send_form(FINANCE)
    house.poll()
    house.answer(house.asked(), "SETUJU")
    house.poll()
    house.fill_register(status="Selesai", done_by="Dewi", done_on="24/11/2026", account_id="a1")
    house.poll()
    same = replace(FINANCE.employees[0], employee_id=FINANCE.employees[0].employee_id.lstrip("0"))
    house.send_form(replace(FINANCE, employees=(same,), lines=FINANCE.lines[:1]))
    house.poll()
    assert house.last() == ("returned", "form-problems")
    assert "sudah dimiliki" in house.letters("returned")[-1].text.replace("\r\n", " ")


def test_the_approver_reads_what_else_was_typed_as_the_signature(house):
    book = load_workbook(io.BytesIO(workbook(FINANCE)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    [c for c in cells if c.value == FINANCE.division_head_name][-1].value = "Lina Marlina"
    out = io.BytesIO()
    book.save(out)
    house.send(clients.form_mail(company.FINANCE_MANAGER, out.getvalue(), "Form", "", house.clock.now))
    house.poll()
    said = " ".join(house.asked().text.split())
    assert f"{FINANCE.division_head_name} (nama yang diketik pada formulir: “Lina Marlina”)" in said
