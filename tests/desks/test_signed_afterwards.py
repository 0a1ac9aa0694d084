"""Emergency access: the sign-off that comes after it, on the form or by mail, and the one that is refused."""

from dataclasses import replace

import pytest

from pipeline.demo import company
from tests.company import MORNING, Company
from tests.desks.revising import words
from tests.desks.test_steps import BOSS, EMERGENCY, FINANCE, HEAD, OWNER, asked_now, house, say

REF = "REQ-2026-0001"
SIGNED = replace(FINANCE, urgency="emergency")
DONE = {"status": "Selesai", "done_by": "Dewi", "done_on": "2026-11-24"}


@pytest.fixture
def given(tmp_path):
    """The IT Manager has granted it; the division head is asked to sign for it."""
    made = Company(tmp_path)
    made.send_form(EMERGENCY)
    made.poll()
    say(made, BOSS, "SETUJU")
    return made


def let_it_end(made):
    """It is done, and nobody signs for it in time."""
    made.fill_register(**DONE)
    made.poll()
    made.clock.now = MORNING.replace(day=30, hour=3)
    made.poll()


@pytest.mark.parametrize("revises", [REF, ""])
@pytest.mark.parametrize("done", [True, False])
def test_the_same_form_signed_is_the_sign_off(given, revises, done):
    if done:
        given.fill_register(**DONE)
        given.poll()
    given.send_form(replace(SIGNED, revises=revises))
    given.poll()
    assert given.last() == ("processed", "signed-afterwards")
    assert not asked_now(given)
    assert "tetap berlaku" in given.letters("signed")[-1].text
    assert "Pengesahannya sudah kami terima".upper() in words(given.letters("withdrawn_notice")[-1])
    given.clock.now = MORNING.replace(day=30, hour=3)
    given.poll()
    assert not given.letters("take_away")
    assert set(given.statuses().values()) == ({"provisioned"} if done else {"approved"})
    assert len(given.cases()) == 1


def test_a_form_signed_by_somebody_else_is_no_sign_off(given):
    given.send_form(replace(SIGNED, revises=REF, division_head_name="Lina Marlina"))
    given.poll()
    assert asked_now(given) == [HEAD.email]
    assert not given.letters("signed")


def test_a_signed_form_that_asks_for_more_is_a_revision(given):
    more = replace(SIGNED.lines[0], no=4, system="ERP", system_text="ERP", access_level="Pengguna")
    given.send_form(replace(SIGNED, revises=REF, lines=(*SIGNED.lines, more)))
    given.poll()
    assert given.last() == ("processed", "next-revision")


def test_the_requester_hears_that_it_was_signed_for_by_mail(given):
    say(given, HEAD, "SETUJU")
    assert HEAD.name in words(given.letters("signed")[-1])
    assert "Aksesnya tetap berlaku" in words(given.letters("recorded")[-1])


def test_whose_sign_off_is_refused_is_rejected_by_that_person_and_can_be_corrected(given):
    say(given, HEAD, "TOLAK\nAlasan: ini bukan keadaan darurat")
    case = given.case()
    assert case.state == "rejected"
    assert {item.decided_by for item in case.items} == {HEAD.email}
    assert {item.reason for item in case.items} == {"ini bukan keadaan darurat"}
    given.send_form(replace(FINANCE, revises=REF, requester_position="Manajer"))
    given.poll()
    assert given.last() == ("processed", "next-revision")


def test_the_letter_names_the_approval_that_did_not_come(tmp_path):
    made = house(tmp_path, SIGNED, catalogue={"ACCURATE": {"owner": OWNER.email}})
    say(made, BOSS, "SETUJU")
    assert made.case().state == "awaiting_approval", "the owner's word is waited for, and no signature"
    let_it_end(made)
    ended = words(made.letters("ended")[-1])
    assert "persetujuan pemilik sistem tidak diberikan" in ended
    assert "ditandatangani" not in ended


def test_status_says_that_access_is_being_taken_away(given):
    let_it_end(given)
    given.answer(given.letters("received")[-1], "STATUS", company.FINANCE_MANAGER)
    given.poll()
    told = words(given.letters("status")[-1])
    assert "di tangan Tim IT" in told
    assert "Tidak ada yang sedang ditunggu" not in told


def test_the_approver_hears_of_emergency_access_that_ended_unsigned_before(given):
    let_it_end(given)
    given.send_form(replace(EMERGENCY, requester_position="Manajer", revises=""))
    given.poll()
    asked = words(given.asked("REQ-2026-0002"))
    assert f"pernah diberikan sebagai akses darurat dan berakhir tanpa pengesahan ({REF})" in asked


def test_what_is_done_and_only_unsigned_takes_no_other_rows(given):
    given.fill_register(**DONE)
    given.poll()
    other = replace(SIGNED.lines[0], system="ERP", system_text="ERP", access_level="Pengguna")
    given.send_form(replace(SIGNED, revises=REF, lines=(other,)))
    given.poll()
    assert given.last() == ("returned", "form-problems")
    assert "kirim sebagai permintaan baru" in words(given.letters("returned")[-1])
    assert asked_now(given) == [HEAD.email], "it is signed for in its own way"


def test_the_systems_owner_is_not_told_that_his_own_word_has_come(tmp_path):
    made = house(tmp_path, EMERGENCY, catalogue={"ACCURATE": {"owner": OWNER.email}})
    say(made, BOSS, "SETUJU")
    assert asked_now(made) == sorted([HEAD.email, OWNER.email])
    made.send_form(replace(SIGNED, revises=REF))
    made.poll()
    assert asked_now(made) == [OWNER.email]
    assert [letter.to for letter in made.letters("withdrawn_notice")] == [HEAD.email]
