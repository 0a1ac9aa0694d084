"""What somebody holds over all his requests: what was taken away is gone, and what is on its way counts."""

from dataclasses import replace

from pipeline.demo import company
from pipeline.demo.register_hand import fill_register
from pipeline.model import ALL_ACCESS
from tests.company import MORNING, Company
from tests.desks.revising import words

TODAY = MORNING.date()
FINANCE = company.finance_form(TODAY)
ACCURATE, EMAIL, VPN = FINANCE.lines
SECOND, THIRD = "REQ-2026-0002", "REQ-2026-0003"
EVERYTHING = replace(
    ACCURATE, system=ALL_ACCESS, system_text="Semua akses", action="revoke", access_level="",
    justification="Karyawan keluar",
)  # fmt: skip
LEAVER = replace(FINANCE, request_type="revoke", signature="none", signed_on=None, lines=(EVERYTHING,))


def asks(*lines, **more):
    return replace(FINANCE, lines=tuple(replace(line, no=no) for no, line in enumerate(lines, 1)), **more)


def separated(exception_by=""):
    def change(data):
        data["approval"]["exception_by"] = exception_by
        for entry in data["catalogue"]:
            if entry["code"] == "ACCURATE":
                entry["conflicts"] = ["VPN"]

    return change


def send(house, form, **more):
    house.send_form(form, **more)
    house.poll()
    return house.last()


def approve(house, ref="REQ-2026-0001", text="SETUJU"):
    house.answer(house.asked(ref), text)
    house.poll()


def work(house, *rows):
    """IT staff fill the rows that are named by their keys, or all."""
    path = house.config.files.register_workbook
    done = {"status": "Selesai", "done_by": "Dewi", "done_on": "2026-11-24"}
    fill_register(path, lambda key: done if not rows or key in rows else {})
    house.poll()


def systems(house, ref):
    return [item.item.system for item in house.case(ref).items]


def test_what_a_revocation_took_away_is_given_again_and_counts_no_more(tmp_path):
    house = Company(tmp_path, separated())
    send(house, asks(ACCURATE))
    approve(house)
    work(house)
    send(house, LEAVER)
    approve(house, SECOND)
    work(house)
    ready = words(house.letters("ready", ref=SECOND)[-1])
    assert "AKSES SUDAH DICABUT" in ready
    assert "dicoba" not in ready
    assert send(house, replace(LEAVER, requester_position="Manajer")) == ("returned", "form-problems")
    # It conflicts with nothing any more, and it can be had again.
    assert send(house, asks(VPN)) == ("processed", "new-request")
    approve(house, THIRD, "TOLAK, belum perlu")
    again = replace(ACCURATE, justification="Kembali bekerja")
    assert send(house, asks(again)) == ("processed", "new-request")


def test_a_leavers_form_lists_what_is_past_its_last_day_and_was_not_taken_away(tmp_path):
    house = Company(tmp_path)
    send(house, asks(VPN))
    approve(house)
    work(house)
    house.clock.now = MORNING.replace(year=2027)
    assert send(house, replace(LEAVER, request_date=house.clock.now.date())) == ("processed", "new-request")
    assert systems(house, "REQ-2027-0001") == ["VPN"]


def test_access_that_ended_unsigned_is_asked_for_again_with_a_signed_form(tmp_path):
    house = Company(tmp_path)
    send(house, asks(ACCURATE, signature="none", signed_on=None, urgency="emergency"))
    approve(house)
    work(house)
    house.clock.pass_minutes(3 * 24 * 60)
    house.poll()
    letter = house.letters("approval", to=company.HEAD_OF_FINANCE.email)[-1]
    house.answer(letter, "SETUJU, maaf terlambat", company.HEAD_OF_FINANCE)
    house.poll()
    late = words(house.letters("late")[-1])
    assert "Yth. Bapak/Ibu Bambang Prakoso" in late
    assert "nomor 1 sudah berakhir tanpa pengesahan dan kami minta Tim IT mencabutnya" in late
    assert send(house, asks(ACCURATE, requester_position="Manajer")) == ("processed", "new-request")


def test_two_forms_do_not_pass_by_the_separation_of_duties(tmp_path):
    house = Company(tmp_path, separated())
    send(house, asks(ACCURATE))
    assert send(house, asks(VPN)) == ("returned", "form-problems")
    said = words(house.letters("returned")[-1])
    assert "VPN tidak boleh dimiliki bersama Accurate (sedang diproses di REQ-2026-0001)" in said


def test_nor_does_a_revision_beside_what_was_approved_in_the_same_request(tmp_path):
    house = Company(tmp_path, separated(company.DIRECTOR.email))
    send(house, asks(ACCURATE, EMAIL))
    approve(house, text="SETUJU 1 TOLAK 2, belum perlu")
    send(house, asks(VPN, revises="REQ-2026-0001"))
    approve(house)
    (exception,) = [a for a in house.case().asked if a.open]
    assert (exception.approver, exception.steps) == (company.DIRECTOR.email, {3: ("exception",)})
    pairs = [line for line in house.asked().text.splitlines() if "Accurate + VPN" in line]
    assert len(pairs) == 1


def test_no_exception_is_asked_for_where_the_other_system_was_refused(tmp_path):
    house = Company(tmp_path, separated(company.DIRECTOR.email))
    send(house, FINANCE)
    approve(house, text="SETUJU 1, 2 TOLAK 3, belum perlu VPN")
    assert house.statuses() == {1: "approved", 2: "approved", 3: "rejected"}
    (decided,) = house.letters("decided")
    assert all(system in decided.text for system in ("Accurate", "Email", "VPN"))
    assert not any(asked.open for asked in house.case().asked)


def test_a_leavers_form_stops_what_is_still_on_its_way_to_him(tmp_path):
    house = Company(tmp_path)
    send(house, FINANCE)
    approve(house, text="SETUJU 1, 2")
    work(house, "REQ-2026-0001/1")
    send(house, LEAVER)
    assert systems(house, SECOND) == ["ACCURATE", "EMAIL", "VPN"]
    for letter in (house.letters("received")[-1], house.asked(SECOND)):
        assert "Email, Putri Lestari (REQ-2026-0001 no. 2: Disetujui)" in words(letter)
        assert "VPN, Putri Lestari (REQ-2026-0001 no. 3: Menunggu keputusan)" in words(letter)
    approve(house, SECOND)
    assert house.statuses() == {1: "provisioned", 2: "cancelled", 3: "cancelled"}
    staff, approver = house.letters("withdrawn_notice")
    assert staff.subject.startswith("[REQ-2026-0001] Jangan dikerjakan, dihentikan: Email")
    assert "dicabut melalui REQ-2026-0002" in words(approver)
    assert company.IT_MANAGER.email in approver.to
    (told,) = house.letters("overtaken")
    assert "Pencabutan akses yang diajukan Sari Wulandari (REQ-2026-0002) sudah disetujui" in words(told)
