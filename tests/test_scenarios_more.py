"""More ways of a request, on Dovecot and SMTP: a list answered line by line, changes, a late sign-off."""

from dataclasses import replace

from pipeline.demo import company
from tests.company import BOSS, MORNING
from tests.desks.revising import words
from tests.digests import EIGHT, SIX
from tests.test_scenarios import FINANCE, HEAD, SECOND, UNSIGNED, office, office_with

__all__ = ["office", "office_with"]
DONE = {"status": "Selesai", "done_by": "Dewi", "done_on": "2026-11-24"}


def test_a_list_of_six_is_answered_line_by_line(office):
    for form in SIX:
        office.form(form)
    office.at(EIGHT)
    assert len(office.letters("digest", BOSS)) == 1
    assert office.say(BOSS, "SETUJU 1, 2. TOLAK 3, alasan: cukup akses baca", "digest")[0] == "processed"
    assert office.states("REQ-2026-0005") == {"approved"}, "the urgent one stands first"
    assert office.states("REQ-2026-0001") == {"approved"}
    assert office.states("REQ-2026-0002") == {"rejected"}
    assert office.states("REQ-2026-0003") == {"requested"}
    assert len(office.letters("digest_recorded", BOSS)) == 1


def test_a_change_is_held_against_the_register(office):
    line = replace(FINANCE.lines[0], action="change", access_level="Administrator")
    office.form(replace(FINANCE, request_type="change", lines=(line,)))
    assert "menurut register belum dimiliki" in words(office.letters("approval", BOSS)[-1])
    office.say(BOSS, "TOLAK, alasan: belum punya aksesnya")
    office.form(FINANCE)
    office.say(BOSS, "SETUJU")
    office.work(**DONE)
    again = replace(line, justification="Naik jabatan")
    office.form(replace(FINANCE, request_type="change", lines=(again,)))
    assert "menurut register" not in words(office.letters("approval", BOSS)[-1])
    office.say(BOSS, "SETUJU")
    assert office.states("REQ-2026-0003") == {"approved"}


def test_an_emergency_is_signed_for_by_the_form_sent_again(office):
    office.form(replace(UNSIGNED, urgency="emergency"))
    office.say(BOSS, "SETUJU")
    office.work(**DONE)
    office.form(replace(FINANCE, urgency="emergency"))
    assert office.house.last() == ("processed", "signed-afterwards")
    assert office.letters("signed", company.FINANCE_MANAGER)
    assert office.letters("withdrawn_notice", HEAD)
    office.at(MORNING.replace(day=30))
    assert not office.letters("take_away")


def test_a_step_by_risk_comes_behind_the_it_manager(office_with):
    step = {"name": "Keamanan", "who": [SECOND.email], "stage": 6, "risks": ["high"]}
    office = office_with({"steps": [step]}, {"VPN": {"risk": "high"}})
    office.form(FINANCE)
    assert office.asked() == {BOSS.email}
    office.say(BOSS, "SETUJU")
    assert office.asked() == {SECOND.email}
    assert office.house.statuses() == {1: "approved", 2: "approved", 3: "requested"}
    office.say(SECOND, "SETUJU")
    assert office.states() == {"approved"}
