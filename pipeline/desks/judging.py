"""What is wrong with a form, once directory, register and config.yaml are asked as well; changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.approval.conflicts import Holding, same_nik
from pipeline.approval.holdings import Access, Holdings
from pipeline.approval.items import repeated, spread_items
from pipeline.approval.leaving import expand_all
from pipeline.desks import returning
from pipeline.desks.holding import beside, held_or_coming, holdings
from pipeline.desks.returning import FormRead
from pipeline.desks.signing import may_come_by_mail
from pipeline.directory import find_department
from pipeline.form.checks_request import check_request, nothing_held
from pipeline.model import Action, Case, Form, FormReading, Problem, Sender, Severity
from pipeline.turn import Turn


@dataclass(frozen=True)
class Judged:
    """`form` as it is taken: "Semua akses" of a leaver's form has become what he holds."""

    form: Form
    problems: tuple[Problem, ...]
    #: what its employees have, or are about to have
    holding: Holding

    @property
    def sound(self) -> bool:
        return all(problem.severity != "error" for problem in self.problems)


def judge_form(turn: Turn, sender: Sender, one: FormRead, previous: Case | None) -> Judged:
    """The form with all its problems: the reader's own, and what only directory and register can tell.

    `previous`: the request whose next revision it would be."""
    form, reading = one.reading.form, one.reading
    known = holdings(turn, form.employees)
    found = expand_all(form, _to_take_away(known))
    known = beside(known, found.form, previous)
    more = _more_problems(turn, sender, reading, known, _done_before(found.form, previous))
    said = {p.field for p in more if p.kind == "form"}
    # A refusal of the form's version says all that the reader's warning about it says.
    own = (
        p
        for p in reading.problems
        if (p.kind != "form" or p.field not in said) and not may_come_by_mail(turn, form, p)
    )
    # Where the others of the form hold something, that much can be taken away.
    severity: Severity = "warning" if found.form.lines else "error"
    language = turn.language_of(sender.address)
    nothing = nothing_held(reading, found.nothing_held, language, severity)
    return Judged(found.form, (*own, *more, *nothing), held_or_coming(known))


def _to_take_away(known: Holdings) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """NIK -> what a leaver's form takes away: what is there, and what is still on its way."""
    found: dict[str, list[Access]] = {}
    for nik, systems in known.there.items():
        found[nik] = [*systems.values()]
    for nik, coming in known.coming.items():
        # What is there says at which level; for it, a change on its way is no row of its own.
        codes = {access.item.item.system for access in found.setdefault(nik, [])}
        found[nik] += [access for access in coming if access.item.item.system not in codes]
    return {
        nik: tuple((a.item.item.system, a.item.item.system_label, a.item.item.access_level) for a in accesses)
        for nik, accesses in found.items()
    }


def known_names(turn: Turn, form: Form) -> Form:
    """The form with systems and department named as catalogue and directory name them, so that all agree."""
    labels = {s.code: s.label(turn.office.config.company.language) for s in turn.office.config.systems}
    lines = tuple(replace(line, system_text=labels.get(line.system, line.system_text)) for line in form.lines)
    department = find_department(turn.directory, form.requester_department)
    name = department.name if department else form.requester_department
    return replace(form, lines=lines, requester_department=name, revises=form.revises.strip().upper())


def _done_before(form: Form, previous: Case | None) -> dict[tuple[str, str], Action]:
    """NIK and system of the rows that the request has done already and the revision leaves as they are."""
    if previous is None:
        return {}
    done = [one.item for one in repeated(spread_items(form), previous.items) if one.provisioned_at]
    return {(same_nik(item.employee.employee_id), item.system): item.action for item in done}


def _more_problems(
    turn: Turn, sender: Sender, reading: FormReading, known: Holdings, done: Mapping[tuple[str, str], Action]
) -> tuple[Problem, ...]:
    """What only directory and register can tell; not asked of a file that is no form."""
    if any(problem.kind in {"file", "form"} for problem in reading.errors):
        return ()

    def held(nik: str, system: str) -> bool:
        own = done.get((same_nik(nik), system))
        return own != "grant" if own else system in known.held.get(same_nik(nik), {})

    def level_held(nik: str, system: str) -> str:
        access = known.held.get(same_nik(nik), {}).get(system)
        return access.item.item.access_level if access else ""

    def coming(nik: str, system: str) -> str:
        found = (a.ref for a in known.coming.get(same_nik(nik), ()) if a.item.item.system == system)
        return next(found, "")

    systems = turn.office.config.systems
    if turn.office.config.approval.exception_by:
        # Then a conflict is no fault of the form: somebody is asked whether it may be.
        systems = tuple(replace(system, conflicts=()) for system in systems)
    found = check_request(
        reading, systems, turn.directory, turn.directory.person(sender.address), turn.office.today(),
        turn.language_of(sender.address), held, level_held, coming,
    )  # fmt: skip
    return (*returning.old_version_problem(turn, sender, reading), *found)
