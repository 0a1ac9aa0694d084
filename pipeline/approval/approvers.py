"""Who decides a request: the approver, the deputy whose dates run, or the alternate. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.model import Directory, Form, Person


@dataclass(frozen=True)
class Chosen:
    """The approver of a request. `acting_for` is the approver whose deputy this is."""

    person: Person
    acting_for: Person | None


def choose_approver(
    directory: Directory,
    roles: Iterable[str],
    form: Form,
    requester: str,
    deputy_of: Callable[[str], Person | None],
) -> Chosen | None:
    """The first person of `roles`, in that order, who may decide this request; None where nobody may.

    Nobody decides a request of his own or one that gives him access (design.md, when a reply decides, 7),
    and a deputy stands in only for one who could decide himself.
    """
    for role in roles:
        for person in holders(directory, role, form.requester_department):
            if gains(person, form, requester):
                continue
            deputy = deputy_of(person.email)
            if deputy is None:
                return Chosen(person, None)
            if not gains(deputy, form, requester):
                return Chosen(deputy, person)
    return None


def holders(directory: Directory, role: str, department: str) -> tuple[Person, ...]:
    """The people of a role; a division head is the one of the requesting department."""
    if role != "division_head":
        return directory.with_role(role)
    heads = {d.division_head for d in directory.departments if d.name.casefold() == department.casefold()}
    return tuple(person for person in directory.people if person.email in heads)


def gains(person: Person, form: Form, requester: str) -> bool:
    """Is this person the requester, or one who would get the access?"""
    names = {employee.name.casefold() for employee in form.employees}
    addresses = {employee.email.casefold() for employee in form.employees} | {requester.casefold()}
    return person.email.casefold() in addresses or person.name.casefold() in names
