"""What people are told when a request takes an unusual way: nothing untrue, and nothing left out."""

from dataclasses import replace
from datetime import timedelta

from pipeline.demo import company
from tests.company import MORNING, Company
from tests.desks.revising import words
from tests.desks.test_holding import ACCURATE, LEAVER, VPN, asks, send
from tests.desks.test_steps import BOSS, CONFLICT, DIRECTOR, FINANCE, HEAD, OWNER, UNSIGNED, house, say

REF, SECOND = "REQ-2026-0001", "REQ-2026-0002"
DONE = {"status": "Selesai", "done_by": "Dewi", "done_on": "2026-11-24"}


def with_accurate(tmp_path):
    """A company that has given Accurate to somebody."""
    made = Company(tmp_path)
    send(made, asks(ACCURATE))
    say(made, BOSS, "SETUJU")
    made.fill_register(**DONE)
    made.poll()
    return made


def test_the_reason_of_an_exception_is_kept_and_shown(tmp_path):
    made = house(tmp_path, catalogue=CONFLICT, exception_by=DIRECTOR.email)
    say(made, BOSS, "SETUJU")
    say(made, DIRECTOR, "SETUJU\nAlasan: pengganti staf yang cuti melahirkan")
    item = made.case().items[0]
    assert (item.status, item.reason) == ("approved", "pengganti staf yang cuti melahirkan")
    for kind in ("recorded", "decided"):
        assert "pengganti staf yang cuti melahirkan" in words(made.letters(kind)[-1])


def test_a_reason_of_two_words_behind_its_word_is_one(tmp_path):
    made = house(tmp_path, catalogue=CONFLICT, exception_by=DIRECTOR.email)
    say(made, BOSS, "SETUJU")
    assert say(made, DIRECTOR, "SETUJU karena tim kecil") == ("processed", "decision")


def test_access_that_it_did_not_make_is_not_called_taken_away(tmp_path):
    made = house(tmp_path)
    say(made, BOSS, "SETUJU")
    made.fill_register(status="Batal", note="Lisensi habis")
    made.poll()
    ready = words(made.letters("ready")[-1])
    assert "TIDAK DIKERJAKAN" in ready
    assert "Lisensi habis" in ready
    assert "DICABUT" not in ready


def test_a_corrected_form_may_keep_a_row_that_is_done(tmp_path):
    made = house(tmp_path)
    say(made, BOSS, "SETUJU 1 TOLAK 2, 3 alasan: terlalu luas")
    made.fill_register(**DONE)
    made.poll()
    assert made.statuses()[1] == "provisioned"
    lines = (FINANCE.lines[0], replace(FINANCE.lines[1], access_level="Baca"), *FINANCE.lines[2:])
    made.send_form(replace(FINANCE, revises=REF, lines=lines))
    made.poll()
    assert made.last() == ("processed", "next-revision")
    assert made.statuses()[1] == "provisioned"
    received = words(made.letters("received")[-1])
    assert "Nomor 1 sudah disetujui sebelumnya dan tetap berlaku" in received


def test_who_is_not_the_approver_any_more_is_told_so_once(tmp_path):
    made = house(tmp_path)
    people = tuple(
        replace(one, role="manager") if one == BOSS
        else replace(one, role="it_manager") if one == company.IT_STAFF_2 else one
        for one in company.DIRECTORY.people
    )  # fmt: skip
    question = made.asked()
    made.write_directory(replace(company.DIRECTORY, people=people))
    made.answer(question, "SETUJU")
    made.poll()
    assert made.last() == ("processed", "late-answer")
    assert set(made.statuses().values()) == {"requested"}
    assert "tidak lagi berwenang" in words(made.letters("late")[-1])
    made.answer(question, "SETUJU semua")
    made.poll()
    assert len(made.letters("late")) == 1


def test_a_second_revocation_of_the_same_ends_with_the_first(tmp_path):
    made = with_accurate(tmp_path)
    send(made, LEAVER)
    send(made, replace(LEAVER, requester_position="Manajer"))
    third = "REQ-2026-0003"
    assert f"sedang berjalan pula {SECOND} no. 1" not in words(made.asked(third)), (
        "it is stopped, and said so"
    )
    made.answer(made.asked(third), "SETUJU")
    made.poll()
    assert made.statuses(SECOND) == {1: "cancelled"}


def test_the_approver_hears_that_a_change_is_of_nothing_held(tmp_path):
    made = Company(tmp_path)
    change = replace(asks(replace(ACCURATE, action="change")), request_type="change")
    assert send(made, change) == ("processed", "new-request")
    assert "menurut register belum dimiliki, jadi perubahan ini berarti akses baru" in words(made.asked())


def test_a_revocation_is_called_one(tmp_path):
    made = with_accurate(tmp_path)
    send(made, LEAVER)
    asked = made.asked(SECOND)
    assert "mengajukan pencabutan 1 akses" in words(asked)
    assert "Mohon persetujuan pencabutan" in asked.subject
    made.clock.now = MORNING + timedelta(days=60)
    made.poll()
    assert "Aksesnya belum dicabut" in words(made.letters("lapsed", ref=SECOND)[-1])


def test_status_names_the_day_of_the_lapse(tmp_path):
    made = house(tmp_path)
    made.clock.now = MORNING + timedelta(days=60)
    made.poll()
    made.answer(made.letters("received")[-1], "STATUS", company.FINANCE_MANAGER)
    made.poll()
    assert "sejak 23 Januari 2027" in words(made.letters("status")[-1])


def test_a_sign_off_by_mail_stands_in_the_next_approval_mail(tmp_path):
    made = house(tmp_path, UNSIGNED)
    say(made, HEAD, "SETUJU")
    asked = words([one for one in made.letters("approval") if one.to == BOSS.email][-1])
    assert f"{HEAD.name} (lewat email, 24 November 2026)" in asked
    assert "(tidak ada)" not in asked


def test_a_request_that_was_taken_back_cannot_be_revised_and_is_not_called_decided(tmp_path):
    made = house(tmp_path)
    made.answer(made.letters("received")[-1], "BATAL", company.FINANCE_MANAGER)
    made.poll()
    made.send_form(replace(FINANCE, revises=REF, requester_position="Manajer"))
    made.poll()
    returned = words(made.letters("returned")[-1])
    assert "sudah berakhir (ditarik kembali" in returned
    assert "diputuskan seluruhnya" not in returned


def test_nobody_is_missed_while_the_question_stands(tmp_path):
    made = house(tmp_path, asks(VPN), catalogue={"VPN": {"owner": OWNER.email}})
    gains = made.case().items[0].item.employee
    deputy = replace(company.HEAD_OF_OPERATIONS, name=gains.name)
    people = tuple(
        replace(one, deputy=deputy.email, deputy_from=MORNING.date(), deputy_until=MORNING.date())
        if one == OWNER else deputy if one == company.HEAD_OF_OPERATIONS else one
        for one in company.DIRECTORY.people
    )  # fmt: skip
    made.write_directory(replace(company.DIRECTORY, people=people))
    made.poll()
    assert not made.letters("approver_missing")


def test_who_need_not_answer_any_more_is_told(tmp_path):
    step = {"name": "Keamanan", "who": [OWNER.email, DIRECTOR.email], "need": "any", "stage": 5}
    made = house(tmp_path, steps=[step])
    say(made, OWNER, "SETUJU")
    (told,) = made.letters("withdrawn_notice")
    assert told.to == DIRECTOR.email
    assert "keputusan Bapak/Ibu tidak diperlukan lagi" in words(told)
    say(made, BOSS, "SETUJU")
    assert made.case().state == "approved"
    assert len(made.letters("withdrawn_notice")) == 1


def test_a_withdrawal_of_emergency_access_reaches_who_was_to_sign_for_it(tmp_path):
    made = house(tmp_path, replace(UNSIGNED, urgency="emergency"))
    say(made, BOSS, "SETUJU")
    made.answer(made.letters("received")[-1], "BATAL", company.FINANCE_MANAGER)
    made.poll()
    assert HEAD.email in {letter.to for letter in made.letters("withdrawn_notice")}
