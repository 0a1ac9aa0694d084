"""Approvals in several steps: sign-off by mail, owners, several approvers, exceptions, emergencies."""

import functools
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from pipeline.commands.waits import waits_of, workdays_of
from pipeline.demo import company
from tests.company import BOSS, MORNING, Company
from tests.once import new_folder

TODAY = MORNING.date()
FINANCE = company.finance_form(TODAY)
HEAD, DIRECTOR = company.HEAD_OF_FINANCE, company.DIRECTOR
OWNER, OTHER = company.HEAD_OF_SALES, company.HEAD_OF_OPERATIONS
UNSIGNED = replace(FINANCE, signature="none", signed_on=None)


def house(folder, form=FINANCE, catalogue=None, **approval) -> Company:
    """A company with these settings of `approval`, whose portal has the form."""
    return _asked(form, json.dumps((catalogue, approval))).copied(folder)


@functools.cache
def _asked(form, settings) -> Company:
    catalogue, approval = json.loads(settings)

    def change(data):
        data["approval"].update(approval)
        for entry in data["catalogue"]:
            entry.update((catalogue or {}).get(entry["code"], {}))

    made = Company(new_folder(), change)
    made.send_form(form)
    made.poll()
    return made


def asked_of(made: Company, person) -> object:
    """The newest approval mail to this person."""
    return [letter for letter in made.letters("approval") if letter.to == person.email][-1]


def asked_now(made: Company) -> list[str]:
    return sorted(asked.approver for asked in made.case().asked if asked.open)


def say(made: Company, person, text: str) -> tuple[str, str]:
    made.answer(asked_of(made, person), text, person)
    made.poll()
    return made.last()


# --- the division head's sign-off -----------------------------------------------------------------------


def test_an_unsigned_form_goes_to_the_division_head_and_then_to_the_it_manager(tmp_path):
    made = house(tmp_path, UNSIGNED)
    assert made.case().state == "awaiting_signoff"
    assert asked_now(made) == [HEAD.email]
    received = made.letters("received")[-1].text
    assert "pengesahan kepala divisi → persetujuan IT Manager" in " ".join(received.split())
    assert "pengesahan kepala divisi" in asked_of(made, HEAD).text
    assert say(made, HEAD, "SETUJU") == ("processed", "decision")
    assert made.case().state == "awaiting_approval"
    assert made.statuses() == {1: "requested", 2: "requested", 3: "requested"}
    assert not made.letters("decided"), "the requester hears of a decision, not of each voice"
    assert "masih menunggu persetujuan pihak lain" in " ".join(made.letters("recorded")[-1].text.split())
    assert f"Sudah disetujui oleh {HEAD.name}" in " ".join(asked_of(made, BOSS).text.split())
    say(made, BOSS, "SETUJU")
    assert made.case().state == "approved"
    (item, *_) = made.case().items
    assert [(vote.steps, vote.by) for vote in item.votes] == [
        (("sign_off",), HEAD.email), (("main",), BOSS.email)
    ]  # fmt: skip


def test_a_division_head_who_refuses_ends_it_and_the_it_manager_is_never_asked(tmp_path):
    made = house(tmp_path, UNSIGNED)
    say(made, HEAD, "TOLAK\nAlasan: belum dibicarakan dengan saya")
    assert made.case().state == "rejected"
    assert [letter.to for letter in made.letters("approval")] == [HEAD.email]
    assert "belum dibicarakan" in made.letters("decided")[-1].text


def test_the_answer_of_the_it_manager_does_not_stand_for_the_division_head(tmp_path):
    made = house(tmp_path, UNSIGNED)
    made.answer(asked_of(made, HEAD), "SETUJU", BOSS)
    made.poll()
    assert made.last() == ("quarantined", "not-the-approver")
    assert made.case().state == "awaiting_signoff"


@pytest.mark.parametrize(
    ("form", "sign_off", "asked"),
    [
        (FINANCE, "doubtful", BOSS),
        (FINANCE, "always", HEAD),
        (FINANCE, "form", BOSS),
        (replace(FINANCE, division_head_name="Orang Lain"), "doubtful", HEAD),
        (replace(FINANCE, division_head_name="Orang Lain"), "form", BOSS),
        (replace(UNSIGNED, division_head_name=""), "doubtful", HEAD),
    ],
)  # fmt: skip
def test_what_counts_as_a_sign_off_is_the_companys_choice(tmp_path, form, sign_off, asked):
    assert asked_now(house(tmp_path, form, sign_off=sign_off)) == [asked.email]


def test_where_the_form_alone_counts_an_unsigned_one_goes_back(tmp_path):
    made = house(tmp_path, UNSIGNED, sign_off="form")
    assert made.last() == ("returned", "form-problems")


def test_who_signs_for_his_own_request_is_passed_over(tmp_path):
    """The division head asks himself: management signs."""
    people = (*company.DIRECTORY.people, replace(HEAD, role="manager"))
    made = Company(tmp_path)
    made.write_directory(replace(company.DIRECTORY, people=people))
    made.send_form(replace(FINANCE, requester_name=HEAD.name, requester_email=HEAD.email), sender=HEAD)
    made.poll()
    assert asked_now(made) == [DIRECTOR.email]


# --- owners and steps of the company's own ----------------------------------------------------------------


def test_items_travel_separately_where_their_steps_differ(tmp_path):
    made = house(tmp_path, catalogue={"ACCURATE": {"owner": OWNER.email}})
    assert asked_now(made) == sorted([BOSS.email, OWNER.email])
    assert made.case().asked[0].items != made.case().asked[1].items
    say(made, BOSS, "SETUJU")
    assert made.statuses() == {1: "requested", 2: "approved", 3: "approved"}
    assert asked_now(made) == [OWNER.email]
    say(made, OWNER, "setuju ya")
    assert asked_now(made) == [BOSS.email]
    say(made, BOSS, "ACC")
    assert made.case().state == "approved"
    assert len(made.letters("provision")) == 2
    assert made.letters("decided")[0].to == FINANCE.requester_email


def test_an_owner_who_signed_as_division_head_is_not_asked_twice(tmp_path):
    made = house(tmp_path, UNSIGNED, catalogue={"ACCURATE": {"owner": HEAD.email}})
    say(made, HEAD, "SETUJU")
    assert asked_now(made) == [BOSS.email]
    say(made, BOSS, "SETUJU")
    assert made.case().state == "approved"


def test_an_owner_who_would_gain_is_passed_over_for_the_alternate(tmp_path):
    form = replace(FINANCE, employees=(replace(FINANCE.employees[0], name=OWNER.name, email=OWNER.email),))
    made = house(tmp_path, form, catalogue={"ACCURATE": {"owner": OWNER.email}})
    assert DIRECTOR.email in asked_now(made)
    assert OWNER.email not in asked_now(made)


def test_two_at_once_and_one_is_enough(tmp_path):
    step = {"name": "Keamanan", "who": [OWNER.email, OTHER.email], "need": "any", "stage": 4,
            "systems": ["VPN"]}  # fmt: skip
    made = house(tmp_path, steps=[step])
    assert asked_now(made) == sorted([BOSS.email, OWNER.email, OTHER.email])
    say(made, OTHER, "SETUJU")
    assert OWNER.email not in asked_now(made)
    assert say(made, OWNER, "TOLAK") == ("processed", "late-answer")
    for letter in made.letters("approval", to=BOSS.email):
        made.answer(letter, "SETUJU")
    made.poll()
    assert made.case().state == "approved"


def test_two_at_once_and_both_are_needed(tmp_path):
    step = {"name": "Keamanan", "who": [OWNER.email, OTHER.email], "need": "all", "stage": 5,
            "systems": ["VPN"]}  # fmt: skip
    made = house(tmp_path, steps=[step])
    assert asked_now(made) == sorted([BOSS.email, OWNER.email, OTHER.email]), "the same stage: at once"
    say(made, BOSS, "SETUJU")
    say(made, OTHER, "SETUJU")
    assert made.statuses() == {1: "approved", 2: "approved", 3: "requested"}
    assert asked_now(made) == [OWNER.email]
    say(made, OWNER, "SETUJU")
    assert made.case().state == "approved"


def test_one_no_of_several_is_a_no(tmp_path):
    step = {"name": "Keamanan", "who": [OWNER.email, OTHER.email], "need": "all", "systems": ["VPN"]}
    made = house(tmp_path, steps=[step])
    say(made, OTHER, "SETUJU")
    say(made, OWNER, "TOLAK\nAlasan: risiko terlalu besar")
    assert made.statuses()[3] == "rejected"


@pytest.mark.parametrize(
    ("condition", "numbers"),
    [
        ({"systems": ["VPN"]}, {3}),
        ({"categories": ["platform"]}, {1}),
        ({"levels": ["standar 5 gb"]}, {2}),
        ({"risks": ["high"]}, {3}),
        ({"longer_than_days": 179}, {1, 2, 3}),
        ({"longer_than_days": 180}, {1, 2}),
        ({"actions": ["revoke"]}, set()),
        ({"systems": ["VPN"], "longer_than_days": 365}, set()),
        ({}, {1, 2, 3}),
    ],
)
def test_which_items_a_step_is_for(tmp_path, condition, numbers):
    step = {"name": "Ekstra", "who": [OWNER.email], "stage": 1, **condition}
    made = house(tmp_path, steps=[step], catalogue={"VPN": {"risk": "high"}})
    asked = [a for a in made.case().asked if a.approver == OWNER.email]
    assert {no for a in asked for no in a.items} == numbers


def test_a_step_that_is_changed_in_the_settings_counts_for_new_requests_only(tmp_path):
    made = house(tmp_path, steps=[{"name": "Ekstra", "who": [OWNER.email], "stage": 1}])
    made._change(lambda data: data["approval"].update(steps=[]))
    made.open()
    say(made, OWNER, "SETUJU")
    assert asked_now(made) == [BOSS.email]


def test_a_revocation_needs_fewer_steps(tmp_path):
    lines = tuple(replace(line, action="revoke") for line in FINANCE.lines)
    form = replace(UNSIGNED, request_type="revoke", lines=lines)
    settings = {"catalogue": {"ACCURATE": {"owner": OWNER.email}}}
    made = house(tmp_path, form, **settings)
    assert asked_now(made) == [BOSS.email]
    say(made, BOSS, "SETUJU")
    assert made.case().state == "approved"


def test_a_revocation_takes_all_steps_where_the_company_wants_it(tmp_path):
    lines = tuple(replace(line, action="revoke") for line in FINANCE.lines)
    form = replace(UNSIGNED, request_type="revoke", lines=lines)
    assert asked_now(house(tmp_path, form, revoke_steps="all")) == [HEAD.email]


# --- separation of duties -------------------------------------------------------------------------------

CONFLICT = {"ACCURATE": {"conflicts": ["VPN"]}}


def test_a_conflict_goes_back_where_nobody_may_allow_it(tmp_path):
    assert house(tmp_path, catalogue=CONFLICT).last() == ("returned", "form-problems")


def test_a_conflict_needs_a_named_approver_and_his_reason(tmp_path):
    made = house(tmp_path, catalogue=CONFLICT, exception_by=DIRECTOR.email)
    assert "Pemisahan tugas" in asked_of(made, BOSS).text
    say(made, BOSS, "SETUJU")
    assert made.statuses() == {1: "requested", 2: "approved", 3: "requested"}
    assert say(made, DIRECTOR, "SETUJU") == ("processed", "unclear-answer")
    assert "perlu disertai alasan" in " ".join(made.letters("unclear")[-1].text.split())
    assert made.statuses()[1] == "requested"
    made.answer(made.letters("unclear")[-1], "SETUJU\nAlasan: pengganti staf yang cuti melahirkan", DIRECTOR)
    made.poll()
    assert made.case().state == "approved"


# --- emergencies ----------------------------------------------------------------------------------------

EMERGENCY = replace(UNSIGNED, urgency="emergency")


@pytest.fixture
def emergency(tmp_path):
    """The IT Manager has granted it; the division head has not signed yet."""
    made = Company(tmp_path)
    made.send_form(EMERGENCY)
    made.poll()
    assert asked_now(made) == [BOSS.email]
    say(made, BOSS, "SETUJU")
    return made


def test_an_emergency_is_given_first_and_signed_for_afterwards(emergency):
    assert set(emergency.statuses().values()) == {"approved"}
    assert emergency.letters("provision")
    assert asked_now(emergency) == [HEAD.email]
    assert emergency.case().state == "awaiting_signoff"
    assert "Akses darurat" in asked_of(emergency, HEAD).text
    emergency.fill_register(status="Selesai", done_by="Dewi", done_on="2026-11-24")
    emergency.poll()
    assert emergency.letters("ready"), "nobody waits for the sign-off"
    say(emergency, HEAD, "SETUJU")
    assert emergency.case().state == "completed"
    assert not emergency.letters("take_away")


def test_an_emergency_that_is_not_signed_for_in_time_is_taken_away(emergency):
    emergency.fill_register(status="Selesai", done_by="Dewi", done_on="2026-11-24")
    emergency.poll()
    emergency.clock.now = MORNING.replace(day=26, hour=3)
    emergency.poll()
    assert emergency.letters("take_away")
    assert emergency.letters("ended")
    assert not asked_now(emergency)
    assert say(emergency, HEAD, "SETUJU") == ("processed", "late-answer")
    book = load_workbook(emergency.config.files.register_workbook)
    sheet = book["Register"]
    heads = {str(c.value): c.column for row in sheet.iter_rows(max_row=8) for c in row if c.value}
    rows = [r for r in sheet.iter_rows() if any(c.value == "Harus dicabut" for c in r)]
    assert len(rows) == 3
    for row in rows:
        row[heads["Tanggal dicabut"] - 1].value = "2026-11-26"
    book.save(emergency.config.files.register_workbook)
    emergency.poll()
    assert set(emergency.statuses().values()) == {"revoked"}


def test_the_days_to_sign_are_counted_from_the_grant_whoever_is_asked_meanwhile(emergency):
    emergency.clock.now = MORNING.replace(day=25, hour=15)
    emergency.poll()
    assert asked_now(emergency) == [DIRECTOR.email], "the head has not answered"
    emergency.clock.now = MORNING.replace(day=26, hour=3)
    emergency.poll()
    assert emergency.letters("take_away")


def test_an_emergency_that_nobody_can_sign_for_is_taken_away_as_well(tmp_path):
    his = replace(FINANCE.employees[0], name=DIRECTOR.name)
    made = house(tmp_path, replace(EMERGENCY, employees=(his,)))
    his = tuple(replace(one, division_head=DIRECTOR.email) for one in company.DIRECTORY.departments)
    made.write_directory(replace(company.DIRECTORY, departments=his))
    say(made, BOSS, "SETUJU")
    assert not asked_now(made)
    waits = waits_of(made.case(), made.config, workdays_of(made.config))
    due = {wait.due.date() for wait in waits if wait.steps == ("nobody may decide",)}
    assert due == {MORNING.replace(day=26).date()}
    made.clock.now = MORNING.replace(day=26, hour=3)
    made.poll()
    assert made.letters("take_away")


def test_an_emergency_whose_sign_off_is_refused_is_taken_away_at_once(emergency):
    say(emergency, HEAD, "TOLAK\nAlasan: ini bukan keadaan darurat")
    assert "bukan keadaan darurat" in emergency.letters("take_away")[-1].text
    assert set(emergency.statuses().values()) == {"rejected"}, "it was not made yet"


# --- what `status` says of it -----------------------------------------------------------------------------


def test_status_tells_what_waits_for_whom_since_when_and_until_when(tmp_path):
    made = house(tmp_path, catalogue={"ACCURATE": {"owner": OWNER.email}})
    config = made.config
    waits = waits_of(made.case(), config, workdays_of(config))
    assert {(wait.whom, wait.items, wait.steps) for wait in waits} == {
        (BOSS.email, (2, 3), ("main",)), (OWNER.email, (1,), ("owner",))
    }  # fmt: skip
    for wait in waits:
        assert wait.reminder is not None
        assert wait.due is not None
        assert wait.lapses is not None
        assert wait.since < wait.reminder < wait.due < wait.lapses
    say(made, BOSS, "SETUJU")
    work = waits_of(made.case(), config, workdays_of(config))[-1]
    assert (work.whom, work.items, work.due.date()) == ("IT", (2, 3), FINANCE.lines[1].start_date)


def test_an_item_that_was_refused_elsewhere_meanwhile_does_not_spoil_the_rest_of_an_answer(tmp_path):
    security = {"name": "Keamanan", "who": [OWNER.email], "stage": 5, "systems": ["VPN"]}
    made = house(tmp_path, steps=[security])
    assert asked_now(made) == sorted([BOSS.email, OWNER.email])
    question = asked_of(made, BOSS)
    say(made, OWNER, "TOLAK\nAlasan: tidak perlu")
    made.answer(question, "TOLAK 1 SETUJU 2, 3", BOSS)
    made.poll()
    assert made.last() == ("processed", "decision")
    assert made.statuses() == {1: "rejected", 2: "approved", 3: "rejected"}
