"""Is the division head's sign-off on a form beyond doubt? What is doubtful, he is asked about by mail."""

from pipeline.directory import find_department
from pipeline.form.people import same_person
from pipeline.model import Form, Person, Problem
from pipeline.turn import Turn

_FIELDS = frozenset({"signature", "division_head_name"})


def is_sign_off_doubtful(turn: Turn, form: Form, signature_also: tuple[str, ...]) -> bool:
    """Is it missing, in another's name than the directory's, the requester's own, one for access that the
    signer gets himself, or its picture known under another name (`signature_also`)?"""
    head = division_head(turn, form)
    return (
        form.signature == "none"
        or (head is not None and not same_person(form.division_head_name, head.name))
        or same_person(form.division_head_name, form.requester_name)
        or signs_for_himself(form, head)
        or bool(signature_also)
    )


def signs_for_himself(form: Form, head: Person | None) -> bool:
    """Is whoever signs, or the division head, one of those who get the access?"""
    return any(
        same_person(form.division_head_name, employee.name)
        or (head is not None and head.email == employee.email.casefold())
        for employee in form.employees
    )


def division_head(turn: Turn, form: Form) -> Person | None:
    """The head of the requesting department's division, as the directory has it."""
    department = find_department(turn.directory, form.requester_department)
    return turn.directory.person(department.division_head) if department else None


def may_come_by_mail(turn: Turn, form: Form, problem: Problem) -> bool:
    """Is this no reason to send the form back, since the division head can be asked for it by mail?"""
    if problem.field not in _FIELDS or problem.kind != "missing":
        return False
    asked = turn.office.config.approval.sign_off != "form" or form.urgency == "emergency"
    return asked and division_head(turn, form) is not None
