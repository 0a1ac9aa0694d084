"""Who decides a request: the approver, the deputy whose dates run, or the alternate. Pure."""

import re
import unicodedata
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
    """Is this person the requester, or one who would get the access?

    A name counts however it is written: in doubt somebody else is asked, which costs little."""
    addresses = {employee.email.casefold() for employee in form.employees} | {requester.casefold()}
    addresses.add(form.requester_email.casefold())
    if person.email.casefold() in addresses:
        return True
    names = [form.requester_name, *(employee.name for employee in form.employees)]
    return any(_same_name(person.name, name) for name in names)


_TITLES = frozenset((
    "bapak", "bpk", "pak", "ibu", "bu", "sdr", "sdri", "saudara", "saudari", "mr", "mrs", "ms", "h", "hj",
    "ir", "dr", "drs", "dra", "st", "mt", "mm", "se", "skom",
))  # fmt: skip


def _same_name(one: str, other: str) -> bool:
    """The same words without titles, or all words of the shorter name in the longer one."""
    first, second = sorted((_words(one), _words(other)), key=len)
    return bool(first) and (first == second or (len(first) > 1 and first <= second))


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return frozenset(re.sub(r"[^\w\s]|_", " ", plain).split()) - _TITLES
