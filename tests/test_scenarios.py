"""SOP 5.1 to 5.5 and what a company adds to it, end to end on Dovecot and SMTP; the clock is ours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pipeline.commands.verifying import verify
from pipeline.demo import clients, company
from pipeline.demo.clients import Received, read_letter
from pipeline.model import ALL_ACCESS, Form, Person
from tests.company import BOSS, MORNING, plain_mail, workbook
from tests.worlds import ServerWorld

TODAY = MORNING.date()
PEOPLE = {person.email: person for person in company.DIRECTORY.people}
HEAD, DIRECTOR, STAFF = company.HEAD_OF_FINANCE, company.DIRECTOR, company.IT_STAFF
OWNER, SECOND = company.HEAD_OF_SALES, company.HEAD_OF_OPERATIONS
FINANCE = company.finance_form(TODAY)
UNSIGNED = replace(FINANCE, signature="none", signed_on=None)


class Office:
    """The company on its servers: mails go in by IMAP, letters are read as they left by SMTP."""

    def __init__(self, folder, dovecot, smtp_server, change: Callable[[dict], None] | None = None) -> None:
        self.world = ServerWorld(folder, dovecot, smtp_server)
        self.house = self.world.company
        if change is not None:
            self.house._change(change)
            self.house.open()

    def send(self, raw: bytes) -> None:
        self.world.deliver(raw)
        self.house.clock.pass_minutes(1)
        self.world.poll()

    def form(self, form: Form, reply_to: Received | None = None) -> None:
        now = self.house.clock.now
        sender = PEOPLE[form.requester_email]
        self.send(clients.form_mail(sender, workbook(form), "Form akses", "Mohon diproses.", now, reply_to))

    def letters(self, kind: str, to: Person | None = None) -> list[Received]:
        read = map(read_letter, self.world.letters())
        return [one for one in read if one.kind == kind and (to is None or to.email in one.to)]

    def say(self, person: Person, text: str, kind: str = "approval") -> tuple[str, str]:
        self.send(clients.answer(person, self.letters(kind, person)[-1], text, self.house.clock.now))
        return self.house.last()

    def write(self, person: Person, subject: str, text: str) -> tuple[str, str]:
        self.send(plain_mail(person, subject, text))
        return self.house.last()

    def at(self, moment: datetime) -> None:
        self.house.clock.now = moment
        self.world.poll()

    def work(self, **cells: str) -> None:
        self.world.fill_register(lambda _key: cells)
        self.world.poll()

    def asked(self) -> set[str]:
        return {a.approver for case in self.house.cases() for a in case.asked if a.open}

    def states(self, ref: str = "REQ-2026-0001") -> set[str]:
        return set(self.house.statuses(ref).values())

    def close(self) -> None:
        """Nothing is left in the inbox, and journal, spool, letters and register agree."""
        assert self.world.count("inbox") == 0
        assert verify(self.house.config_file, as_json=True) == 0


@pytest.fixture
def office(tmp_path, dovecot, smtp_server):
    made = Office(tmp_path, dovecot, smtp_server)
    yield made
    made.close()


@pytest.fixture
def office_with(tmp_path, dovecot, smtp_server):
    made = []

    def make(approval: dict | None = None, catalogue: dict | None = None) -> Office:
        def change(data: dict) -> None:
            data["approval"].update(approval or {})
            for entry in data["catalogue"]:
                entry.update((catalogue or {}).get(entry["code"], {}))

        made.append(Office(tmp_path, dovecot, smtp_server, change))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_sop_5_1_to_5_5_from_an_unsigned_form_to_a_finished_register(office):
    office.form(UNSIGNED)
    assert office.asked() == {HEAD.email}, "5.2: signed by the division head"
    office.say(HEAD, "Setuju, silakan dilanjutkan.")
    assert office.asked() == {BOSS.email}
    office.say(BOSS, "SETUJU")
    assert office.states() == {"approved"}, "5.3"
    assert office.letters("provision", STAFF)
    office.work(status="Selesai", done_by="Dewi", done_on="2026-11-24")
    assert office.house.case().state == "completed", "5.5"
    assert office.letters("ready")


def test_sop_5_4_a_rejected_form_comes_back_corrected_under_its_number(office):
    office.form(company.hr_form(TODAY))
    office.say(BOSS, "TOLAK\nAlasan: cukup operator")
    assert office.states() == {"rejected"}
    office.form(company.hr_form_revised(TODAY, "REQ-2026-0001"), reply_to=office.letters("decided")[-1])
    assert office.house.case().revision == 1
    assert "yang berubah" in office.letters("approval", BOSS)[-1].text.casefold()
    office.say(BOSS, "SETUJU")
    assert office.states() == {"approved"}


def test_owners_and_two_at_once_and_one_story_for_the_requester(office_with):
    step = {
        "name": "Keamanan",
        "who": [SECOND.email, DIRECTOR.email],
        "need": "all",
        "stage": 5,
        "systems": ["VPN"],
    }
    office = office_with({"steps": [step]}, {"ACCURATE": {"owner": OWNER.email}})
    office.form(FINANCE)
    assert office.asked() == {OWNER.email, BOSS.email, SECOND.email, DIRECTOR.email}
    office.say(SECOND, "ok saya setuju")
    office.say(BOSS, "ACC semua")
    office.say(DIRECTOR, "SETUJU")
    office.say(OWNER, "SETUJU")
    office.say(BOSS, "SETUJU")
    assert office.states() == {"approved"}
    told = [
        line for letter in office.letters("decided") for line in letter.text.splitlines() if "VPN" in line
    ]
    assert told, "the requester hears what became of each item"


def test_an_exception_from_separation_of_duties_needs_its_reason(office_with):
    office = office_with({"exception_by": DIRECTOR.email}, {"ACCURATE": {"conflicts": ["VPN"]}})
    office.form(FINANCE)
    office.say(BOSS, "SETUJU")
    assert office.say(DIRECTOR, "SETUJU") == ("processed", "unclear-answer")
    office.say(DIRECTOR, "SETUJU\nAlasan: pengganti staf yang cuti melahirkan", "unclear")
    assert office.states() == {"approved"}


def test_a_deputy_named_by_mail_decides_until_he_is_recalled(office):
    assert office.write(BOSS, "Deputi", f"DEPUTI {STAFF.email} 24 Nov - 30 Nov")[0] == "processed"
    assert office.letters("deputy_named", BOSS)
    assert office.letters("deputy_duty", STAFF)
    office.form(FINANCE)
    assert office.asked() == {STAFF.email}
    office.say(STAFF, "SETUJU")
    (item, *_) = office.house.case().items
    assert (item.decided_by, item.votes[0].acting_for) == (STAFF.email, BOSS.email)
    office.write(BOSS, "Deputi", "DEPUTI SELESAI")
    office.form(company.sales_form(TODAY))
    assert office.asked() == {BOSS.email}


def test_reminders_escalation_and_lapse_on_working_days(office):
    office.form(FINANCE)
    for day in (26, 30):
        office.at(MORNING.replace(day=day) + timedelta(hours=1))
    assert len(office.letters("reminder", BOSS)) == 2
    office.at(MORNING.replace(month=12, day=2) + timedelta(hours=1))
    assert office.asked() == {DIRECTOR.email}
    assert office.letters("passed_on", BOSS)
    office.at(MORNING.replace(month=12, day=16) + timedelta(hours=1))
    assert office.house.case().state == "lapsed"
    assert office.letters("lapsed")
    assert office.say(DIRECTOR, "SETUJU") == ("processed", "late-answer")
    assert office.states() == {"cancelled"}


def test_an_urgent_request_is_reminded_of_the_same_day(office):
    office.form(replace(FINANCE, urgency="urgent"))
    office.at(MORNING + timedelta(hours=13))
    assert len(office.letters("reminder", BOSS)) == 1


def test_an_emergency_is_taken_away_where_nobody_signs_for_it(office):
    office.form(replace(UNSIGNED, urgency="emergency"))
    office.say(BOSS, "SETUJU")
    assert office.asked() == {HEAD.email}
    office.work(status="Selesai", done_by="Dewi", done_on="2026-11-24")
    office.at(MORNING.replace(day=26) + timedelta(hours=2))
    assert office.letters("take_away", STAFF)
    assert office.letters("ended")
    assert all(item.ended_at for item in office.house.case().items)


def test_everything_a_leaver_holds_is_taken_away_by_one_form(office):
    office.form(FINANCE)
    office.say(BOSS, "SETUJU")
    office.work(status="Selesai", done_by="Dewi", done_on="2026-11-24")
    line = replace(
        FINANCE.lines[0], system=ALL_ACCESS, system_text="Semua akses", action="revoke", access_level="",
        justification="Karyawan keluar",
    )  # fmt: skip
    office.form(replace(UNSIGNED, request_type="revoke", lines=(line,)))
    case = office.house.case("REQ-2026-0002")
    assert {i.item.system for i in case.items} == {"ACCURATE", "EMAIL", "VPN"}
    assert {i.item.action for i in case.items} == {"revoke"}
    assert office.asked() == {BOSS.email}, "taking away needs fewer steps"
    office.say(BOSS, "SETUJU")
    assert office.states("REQ-2026-0002") == {"approved"}


def test_taken_back_and_asked_how_it_stands(office):
    office.form(FINANCE)
    asker = company.FINANCE_MANAGER
    assert office.say(asker, "STATUS", "received") == ("processed", "status-told")
    assert office.say(asker, "BATAL 2", "received") == ("processed", "withdrawn")
    assert office.house.statuses() == {1: "requested", 2: "cancelled", 3: "requested"}
    office.say(BOSS, "SETUJU")
    assert office.house.statuses() == {1: "approved", 2: "cancelled", 3: "approved"}


def test_a_change_after_approval_voids_what_it_changes(office):
    office.form(FINANCE)
    office.say(BOSS, "SETUJU")
    first, *rest = FINANCE.lines
    office.form(
        replace(FINANCE, lines=(replace(first, access_level="Admin"), *rest), revises="REQ-2026-0001")
    )
    assert office.house.statuses() == {1: "requested", 2: "approved", 3: "approved"}
    assert office.letters("withdrawn_notice", STAFF)


def test_a_former_approver_a_replaced_one_and_a_new_key_change_nothing(office):
    office.form(FINANCE)
    first = office.letters("approval", BOSS)[-1]
    successor = replace(company.IT_STAFF_2, role="it_manager")
    people = tuple(p for p in company.DIRECTORY.people if p not in {BOSS, company.IT_STAFF_2})
    office.house.write_directory(replace(company.DIRECTORY, people=(*people, successor)))
    office.at(MORNING + timedelta(hours=1))
    assert office.asked() == {successor.email}
    office.send(clients.answer(BOSS, first, "SETUJU", office.house.clock.now))
    assert office.house.last()[0] in {"quarantined", "processed"}
    assert office.states() == {"requested"}
    office.say(successor, "SETUJU")
    assert office.states() == {"approved"}
    assert office.say(successor, "TOLAK") == ("quarantined", "late-refusal")
    assert office.states() == {"approved"}
