"""The rules as a machine: whatever people do, in whatever order, an item is approved when it should, and only
then. Beside the real desks runs a small model that knows the rules in its own words.

`make machine` goes 100,000 steps.
"""

import os
from collections import Counter
from dataclasses import dataclass, field, replace

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pipeline.approval.moves import is_move
from pipeline.approval.routes import answerable
from pipeline.approval.workflow import fold
from pipeline.demo import company
from pipeline.model import Asked, Case, Form
from pipeline.workdays import Workdays
from tests.approval.stage import BOTH, OWNER, SENT, Stage

#: A long run looks for failures; shrinking them is for a short one.
PHASES = [Phase.generate] if "AKSES_MACHINE" in os.environ else list(Phase)
STEPS = int(os.environ.get("AKSES_MACHINE", "400"))
LENGTH = 40
BOSS, DEPUTY, DIRECTOR = company.IT_MANAGER, company.IT_STAFF, company.DIRECTOR
HEAD, ASKER = company.HEAD_OF_FINANCE, company.FINANCE_MANAGER
OTHER_BOSS = company._person("Gilang Permana", "IT", "Keuangan dan Administrasi", "it_manager")
PEOPLE = {p.email: p for p in (*company.DIRECTORY.people, OTHER_BOSS)}
#: What was done, over all examples, for the figure that is reported.
DONE: Counter[str] = Counter()
SEEN: set[tuple[str, str, str]] = set()
WORKDAYS = Workdays()
SYSTEMS = st.sets(st.sampled_from(("ACCURATE", "EMAIL", "VPN", "CCTV")), min_size=1).map(sorted)
OPEN = {"awaiting_signoff", "awaiting_approval", "approved", "partly_approved", "provisioning"}


@dataclass
class Item:
    """One item as the rules see it."""

    system: str
    needs: frozenset[str]
    #: needed afterwards (an emergency)
    after: frozenset[str] = frozenset()
    #: step -> in whose name it was approved
    voices: dict[str, set[str]] = field(default_factory=dict)
    status: str = "requested"

    def heard(self, step: str) -> bool:
        """Did everybody approve who is asked in this step?"""
        voices = self.voices.get(step, set())
        return {p.email for p in BOTH} <= voices if step == "Keamanan" else bool(voices)

    def any_voice(self) -> bool:
        return any(self.voices.values())


@dataclass
class Request:
    emergency: bool
    items: dict[int, Item]


def needs_of(system: str, signed: bool) -> frozenset[str]:
    extra = {"ACCURATE": {"owner"}, "VPN": {"Keamanan"}}.get(system, set())
    return frozenset({"main", *extra, *(() if signed else ("sign_off",))})


def may_be_asked(step: str) -> set[str]:
    """Who may ever decide in a step, by himself: named people and roles, then management."""
    named = {
        "main": {BOSS.email, OTHER_BOSS.email},
        "owner": {OWNER.email},
        "sign_off": {HEAD.email},
        "Keamanan": {p.email for p in BOTH},
    }[step]
    return named | {DIRECTOR.email}


class Approvals(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage()
        self.model: dict[str, Request] = {}
        self.counted = 0

    def teardown(self) -> None:
        self.stage.close()

    # what is there

    def case(self, ref: str) -> Case:
        return next(case for case in self.stage.cases() if case.ref == ref)

    def pick(self, data: st.DataObject) -> Case:
        return data.draw(st.sampled_from(self.stage.cases()))

    def step_to(self, name: str) -> None:
        DONE[name] += 1

    # what people do

    @initialize()
    def begin(self) -> None:
        self.send(("ACCURATE", "EMAIL", "VPN"), True, "normal")

    @precondition(lambda self: len(self.model) < 4)
    @rule(
        systems=SYSTEMS,
        signed=st.booleans(),
        urgency=st.sampled_from(("normal", "normal", "urgent", "emergency")),
    )
    def send(self, systems, signed, urgency) -> None:
        self.step_to("submit")
        form = self.form(systems, signed, urgency, f"Keperluan {len(self.model)}")
        outcome = self.stage.submit(form, ASKER)
        if outcome.kind == "returned" or outcome.reason == "same-faulty-form":
            # What was given already is not given again; the same form is sent back once in 24 hours.
            assert any(i.status == "provisioned" for c in self.stage.cases() for i in c.items)
            return
        assert outcome.reason == "new-request", outcome
        self.open(outcome.ref, form)

    def open(self, ref: str, form: Form) -> None:
        emergency, signed = form.urgency == "emergency", form.signature != "none"
        items = {}
        for number, line in enumerate(form.lines, 1):
            needs = needs_of(line.system, signed)
            first = frozenset({"main"}) if emergency else needs
            items[number] = Item(line.system, first, needs - first)
        self.model[ref] = Request(emergency, items)

    @rule(data=st.data())
    def send_the_same_again(self, data) -> None:
        self.step_to("duplicate")
        case = self.pick(data)
        before = self.digest()
        outcome = self.stage.submit(case.form, ASKER)
        if outcome.reason == "new-request":
            assert case.state not in OPEN
            self.open(outcome.ref, case.form)
        elif outcome.kind == "processed":
            assert case.state not in OPEN
            self.take_up(outcome.ref, case.form)
        else:
            assert self.digest() == before

    @rule(data=st.data(), systems=SYSTEMS, signed=st.booleans())
    def correct(self, data, systems, signed) -> None:
        """A corrected form with the number of the request."""
        self.step_to("revise")
        case = self.pick(data)
        need = f"Dibetulkan {len(self.stage.events(case.ref))}"
        form = replace(self.form(systems, signed, "normal", need), revises=case.ref)
        before = self.digest()
        outcome = self.stage.submit(form, ASKER)
        if outcome.kind == "processed":
            assert any(i.status in {"requested", "rejected", "approved"} for i in case.items)
            self.take_up(case.ref, form)
        else:
            assert self.digest() == before

    @rule(data=st.data(), honest=st.integers(0, 5))
    def approve(self, data, honest) -> None:
        self.answer(data, "all", honest)

    @rule(data=st.data(), honest=st.integers(0, 5))
    def approve_some(self, data, honest) -> None:
        self.answer(data, "some", honest)

    @rule(data=st.data(), honest=st.integers(0, 5))
    def decide_one_by_one(self, data, honest) -> None:
        self.answer(data, "mixed", honest)

    @rule(data=st.data(), honest=st.integers(0, 5))
    def reject(self, data, honest) -> None:
        self.answer(data, "none", honest)

    @rule(data=st.data(), honest=st.integers(0, 5))
    def say_nothing_clear(self, data, honest) -> None:
        self.answer(data, "unclear", honest)

    def answer(self, data, word, honest) -> None:
        """Somebody answers one of the letters ever sent: mostly who was asked, and mostly in time."""
        case = self.pick(data)
        if not case.asked:
            return
        still = tuple(a for a in case.asked if a.open)
        asked = data.draw(st.sampled_from(still if still and honest else case.asked))
        sender = (
            PEOPLE[asked.approver]
            if honest != 1
            else data.draw(st.sampled_from(sorted(PEOPLE.values(), key=str)))
        )
        self.step_to(f"answer {word}")
        numbers = sorted(asked.items)
        text, verdicts = spoken(word, numbers)
        before = self.digest()
        outcome = self.stage.answer(asked, sender, text)
        if outcome.reason != "decision":
            assert self.digest() == before, outcome
            waiting = {item.item.no for item in answerable(case, asked)}
            valid = asked in still and bool(verdicts) and set(verdicts) <= waiting
            if valid and sender.email == asked.approver and self.may_decide(case, asked):
                raise AssertionError(f"a valid answer was not taken: {outcome}: {text!r}")
            return
        assert verdicts, "an unclear answer decided"
        assert sender.email == asked.approver
        assert sender.email not in case.askers
        self.hear(case, asked, verdicts)

    @rule(data=st.data(), all_of_it=st.booleans(), stranger=st.booleans())
    def withdraw(self, data, all_of_it, stranger) -> None:
        self.step_to("withdraw")
        case = self.pick(data)
        numbers = () if all_of_it else (data.draw(st.sampled_from([i.item.no for i in case.items])),)
        who = company.SALES_PIC if stranger else ASKER
        before = self.digest()
        outcome = self.stage.withdraw(case.ref, who, numbers)
        if stranger:
            assert outcome.kind == "quarantined"
            assert self.digest() == before
            return
        for number, item in self.model[case.ref].items.items():
            if (not numbers or number in numbers) and item.status in {"requested", "approved"}:
                item.status = "cancelled"

    @rule(data=st.data())
    def do_the_work(self, data) -> None:
        """IT staff note in the register what they have done."""
        self.step_to("work")
        case = self.pick(data)
        ready = [i.item.no for i in case.items if i.status == "approved"]
        if ready:
            number = data.draw(st.sampled_from(ready))
            self.stage.staff_write(case.ref, number, "status", "done")
            self.model[case.ref].items[number].status = "provisioned"

    @rule(change=st.sampled_from(("deputy", "no deputy", "other boss", "boss")))
    def change_the_directory(self, change) -> None:
        self.step_to(f"directory {change}")
        today = self.stage.office.today()
        rows = {
            "deputy": (
                replace(BOSS, deputy=DEPUTY.email, deputy_from=today, deputy_until=today.replace(year=2028)),
            ),
            "no deputy": (BOSS,),
            "other boss": (replace(BOSS, role="employee"), OTHER_BOSS),
            "boss": (BOSS,),
        }[change]
        people = tuple(p for p in company.DIRECTORY.people if p != BOSS)
        self.stage.directory = replace(company.DIRECTORY, people=(*people, *rows))
        self.stage.pass_time(0.1)
        self.time_has_passed()

    @rule(hours=st.sampled_from((1, 8, 24, 24, 60, 100, 400)))
    def time_passes(self, hours) -> None:
        self.step_to("time")
        self.stage.pass_time(hours)
        self.time_has_passed()

    # what must hold

    @invariant()
    def items_stand_as_the_rules_say(self) -> None:
        for case in self.stage.cases():
            mine = self.model[case.ref].items
            assert {i.item.no for i in case.items} == set(mine), case.ref
            for one in case.items:
                self.compare(case, one, mine[one.item.no])

    def compare(self, case, one, item: Item) -> None:
        if item.status == "requested" and all(map(item.heard, item.needs)):
            item.status = "approved"
        if item.status == "requested" and one.status == "approved":
            # He who spoke in one step is not asked again in the next: allowed where he might have been asked.
            voices = set().union(*item.voices.values())
            for step in item.needs:
                assert item.heard(step) or voices & may_be_asked(step), (
                    f"{case.ref}/{one.item.no}: {step} was skipped"
                )
            item.status = "approved"
        assert one.status == item.status, (
            f"{case.ref}/{one.item.no}: {one.status}, by the rules {item.status}"
        )

    @invariant()
    def who_is_asked_may_decide_and_nobody_is_asked_twice(self) -> None:
        for case in self.stage.cases():
            seen = set()
            for asked in case.asked:
                assert asked.approver not in case.askers
                for number in asked.items if asked.open else ():
                    for step in asked.steps[number]:
                        key = (asked.acting_for or asked.approver, number, step)
                        assert key not in seen, f"{case.ref} asks {key} twice"
                        seen.add(key)
            assert len({a.round for a in case.asked}) == len(case.asked)

    @invariant()
    def everything_undecided_waits_for_somebody(self) -> None:
        for case in self.stage.cases():
            asked = {no for a in case.asked if a.open for no in a.items}
            for one in case.items:
                assert one.status != "requested" or one.item.no in asked, (
                    f"{case.ref}/{one.item.no} waits for nobody"
                )

    @invariant()
    def each_question_was_answered_at_most_once_and_every_move_is_in_the_table(self) -> None:
        with self.stage.office.journal.entry() as entry:
            if entry.head()[0] == self.counted:
                return
        for case in self.stage.cases():
            events = self.stage.events(case.ref)
            rounds = Counter(e.data["round"] for e in events if e.kind == "decision_recorded")
            assert max(rounds.values(), default=1) == 1
            for place, event in enumerate(events):
                if event.seq <= self.counted:
                    continue
                before, after = fold(events[:place]), fold(events[: place + 1])
                move = (before.state if before else "", event.kind, after.state)
                if move[0] != move[2]:
                    SEEN.add(move)
                    assert is_move(*move), f"{move} is in no table"
        with self.stage.office.journal.entry() as entry:
            self.counted = entry.head()[0]

    @invariant()
    def work_orders_name_only_what_was_approved(self) -> None:
        for letter in SENT:
            if letter.kind == "provision":
                assert all(i.status == "approved" for i in letter.facts["items"])

    # how the model hears

    def hear(self, case: Case, asked: Asked, verdicts: dict[int, str]) -> None:
        request = self.model[case.ref]
        events = [e for e in self.stage.events(case.ref) if e.kind == "decision_recorded"]
        taken = {int(no): v for no, v in events[-1].data["decisions"].items()}
        assert taken.items() <= verdicts.items(), "something was decided that was not said"
        round_ = next(a for a in case.asked if a.round == events[-1].data["round"])
        whose = round_.acting_for or round_.approver
        for number, verdict in verdicts.items():
            item = request.items[number]
            waits = item.status == "requested" or (item.after and item.status in {"approved", "provisioned"})
            if number not in taken:
                said = all(whose in item.voices.get(step, ()) for step in round_.steps.get(number, ()))
                assert not waits or said or number not in round_.items or not self.due(case, number, round_)
                continue
            for step in round_.steps[number]:
                assert step in item.needs | item.after, f"asked for {step}"
                if verdict == "approve":
                    item.voices.setdefault(step, set()).add(whose)
            if verdict == "reject":
                self.refuse(item)

    def due(self, case: Case, number: int, asked: Asked) -> bool:
        """Was this item still to be answered in that round?"""
        one = next(i for i in case.items if i.item.no == number)
        return any(step not in one.passed for step in asked.steps[number])

    @staticmethod
    def refuse(item: Item) -> None:
        if item.status in {"requested", "approved"}:
            item.status = "rejected"

    def may_decide(self, case: Case, asked: Asked) -> bool:
        """Does this person hold today what he was asked for?"""
        people = {p.email: p for p in self.stage.directory.people}
        whose = people.get(asked.acting_for or asked.approver)
        if whose is None or self.stage.now > asked.expires:
            return False
        if asked.acting_for and whose.deputy != asked.approver and not any(a.handed_to for a in case.asked):
            return False
        steps = {step for no in asked.items for step in asked.steps[no]}
        boss = {p.email for p in self.stage.directory.people if p.role in {"it_manager", "management"}}
        return all(whose.email in (boss if step == "main" else may_be_asked(step)) for step in steps)

    def time_has_passed(self) -> None:
        """What time alone brings, looked up in the story and held against the calendar."""
        for case in self.stage.cases():
            request = self.model[case.ref]
            for event in self.stage.events(case.ref):
                if event.seq <= self.counted or event.kind not in {"request_lapsed", "access_ended"}:
                    continue
                days = {"request_lapsed": 5, "access_ended": 2}[event.kind]
                assert WORKDAYS.between(self.since(case, event), self.stage.now) >= days, event.kind
                for number in event.data["items"]:
                    item = request.items[number]
                    assert event.kind != "request_lapsed" or item.status == "requested"
                    if item.status != "provisioned":
                        item.status = "cancelled"

    @staticmethod
    def since(case: Case, event) -> object:
        if event.kind == "request_lapsed":
            return min(a.asked_at for a in case.asked if a.asked_at >= case.revised_at)
        return min(i.decided_at for i in case.items if i.decided_at)

    def take_up(self, ref: str, form) -> None:
        """A revision: what was approved and not changed, or done, stays; all else is asked anew."""
        case = self.case(ref)
        request = self.model[ref]
        request.emergency = form.urgency == "emergency"
        signed = form.signature != "none"
        for one in case.items:
            number = one.item.no
            old = request.items.get(number)
            asked_anew = one.item.justification == form.lines[0].justification
            if old is None or (asked_anew and old.status not in {"provisioned", "cancelled"}):
                needs = needs_of(one.item.system, signed)
                first = frozenset({"main"}) if request.emergency else needs
                request.items[number] = Item(one.item.system, first, needs - first)
            elif old.status in {"requested", "rejected"}:
                old.status = "cancelled"

    def form(self, systems, signed: bool, urgency: str, need: str):
        base = company.finance_form(self.stage.now.date())
        lines = tuple(
            replace(
                base.lines[0],
                no=no,
                system=system,
                system_text=system.title(),
                access_level="",
                justification=need,
            )
            for no, system in enumerate(systems, 1)
        )
        return replace(base, lines=lines, urgency=urgency, signature="typed" if signed else "none",
                       division_head_name=HEAD.name if signed else "")  # fmt: skip

    def digest(self) -> tuple[object, ...]:
        return tuple(
            (c.ref, c.revision, c.state, tuple((i.item.no, i.status, i.votes) for i in c.items))
            for c in self.stage.cases()
        )


def spoken(word: str, numbers: list[int]) -> tuple[str, dict[int, str]]:
    """What an approver writes, and what that decides of these items."""
    first, rest = numbers[:1], numbers[1:]
    yes, no = dict.fromkeys(numbers, "approve"), dict.fromkeys(numbers, "reject")
    if word == "unclear":
        return "Nanti saya lihat dulu.", {}
    if word == "all":
        return "SETUJU", yes
    if word == "none":
        return "TOLAK\nAlasan: tidak perlu", no
    if word == "some":
        return f"SETUJU {first[0]}", dict.fromkeys(first, "approve")
    if not rest:
        return f"TOLAK {first[0]}\nAlasan: tidak perlu", no
    told = ", ".join(map(str, rest))
    return f"TOLAK {first[0]} SETUJU {told}", dict.fromkeys(first, "reject") | dict.fromkeys(rest, "approve")


Approvals.TestCase.settings = settings(
    max_examples=max(1, STEPS // LENGTH), stateful_step_count=LENGTH, deadline=None,
    suppress_health_check=list(HealthCheck), print_blob=True,
    derandomize="AKSES_MACHINE" not in os.environ, phases=PHASES,
)  # fmt: skip
TestApprovals = Approvals.TestCase


def teardown_module() -> None:
    if STEPS > 400:
        print(f"\n{sum(DONE.values())} steps, {len(SEEN)} different moves: {dict(DONE)}")
