"""What is wrong with a form, once directory, register and config.yaml are asked as well; changes nothing."""

from dataclasses import dataclass, replace

from pipeline.approval.conflicts import same_nik
from pipeline.approval.leaving import expand_all
from pipeline.desks import returning
from pipeline.desks.holding import Held, held_access
from pipeline.desks.returning import FormRead
from pipeline.desks.signing import may_come_by_mail
from pipeline.directory import find_department
from pipeline.form.checks_request import check_request, nothing_held
from pipeline.model import Form, FormReading, Problem, Sender, Severity
from pipeline.turn import Turn


@dataclass(frozen=True)
class Judged:
    """`form` as it is taken: "Semua akses" of a leaver's form has become what he holds."""

    form: Form
    problems: tuple[Problem, ...]
    #: what its employees have already
    held: Held

    @property
    def sound(self) -> bool:
        return all(problem.severity != "error" for problem in self.problems)


def judge_form(turn: Turn, sender: Sender, one: FormRead) -> Judged:
    """The form with all its problems: the reader's own, and what only directory and register can tell."""
    form, reading = one.reading.form, one.reading
    held = held_access(turn, form.employees)
    holdings = {
        nik: tuple((item.system, item.system_label, item.access_level) for item in systems.values())
        for nik, systems in held.items()
    }
    found = expand_all(form, holdings)
    more = _more_problems(turn, sender, reading, held)
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
    return Judged(found.form, (*own, *more, *nothing), held)


def known_names(turn: Turn, form: Form) -> Form:
    """The form with systems and department named as catalogue and directory name them, so that all agree."""
    labels = {s.code: s.label(turn.office.config.company.language) for s in turn.office.config.systems}
    lines = tuple(replace(line, system_text=labels.get(line.system, line.system_text)) for line in form.lines)
    department = find_department(turn.directory, form.requester_department)
    name = department.name if department else form.requester_department
    return replace(form, lines=lines, requester_department=name, revises=form.revises.strip().upper())


def _more_problems(turn: Turn, sender: Sender, reading: FormReading, access: Held) -> tuple[Problem, ...]:
    """What only directory and register can tell; not asked of a file that is no form."""
    if any(problem.kind in {"file", "form"} for problem in reading.errors):
        return ()

    def held(nik: str, system: str) -> bool:
        return system in access.get(same_nik(nik), {})

    def level_held(nik: str, system: str) -> str:
        item = access.get(same_nik(nik), {}).get(system)
        return item.access_level if item else ""

    systems = turn.office.config.systems
    if turn.office.config.approval.exception_by:
        # Then a conflict is no fault of the form: somebody is asked whether it may be.
        systems = tuple(replace(system, conflicts=()) for system in systems)
    found = check_request(
        reading, systems, turn.directory, turn.directory.person(sender.address), turn.office.today(),
        turn.language_of(sender.address), held, level_held,
    )  # fmt: skip
    return (*returning.old_version_problem(turn, sender, reading), *found)
