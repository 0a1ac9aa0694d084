"""Questions to a directory that was read: who may ask, which department is meant, who stands in. Pure."""

from datetime import date

from pipeline.directory.words import department_key
from pipeline.model import Department, Directory, Person

#: SOP 3.1 and 4.10: a department's manager or person in charge asks for it.
ENTITLED = frozenset({"manager", "pic"})


def find_department(directory: Directory, text: str) -> Department | None:
    """The department that is written in `text`: its name or one of its other names.

    Capitals, spaces and "Dept." or "Departemen" around the name do not matter; a spelling mistake does. None
    where no department is meant, or where more than one could be.
    """
    wanted = department_key(text)
    if not wanted:
        return None
    found = [d for d in directory.departments if wanted in map(department_key, (d.name, *d.also))]
    return found[0] if len(found) == 1 else None


def may_ask(directory: Directory, email: str, department: str) -> bool:
    """Is the owner of this address the manager or person in charge of this department (SOP 3.1)?"""
    wanted = find_department(directory, department)
    if wanted is None:
        return False
    address = email.strip().lower()
    return any(
        person.email == address
        and person.role in ENTITLED
        and find_department(directory, person.department) == wanted
        for person in directory.people
    )


def acting(directory: Directory, email: str, on: date) -> Person | None:
    """The deputy whose dates run on that day; None where there is none, or where he is away himself."""
    deputy = _deputy(directory, email, on)
    if not deputy or _deputy(directory, deputy, on):
        return None
    return directory.person(deputy)


def named_deputy(directory: Directory, email: str, on: date) -> Person | None:
    """The deputy who could be brought in: his dates run or have yet to begin, or he is named without dates.

    None where the dates are over, where nobody is named, or where the deputy is away himself."""
    address = email.strip().lower()
    for person in directory.people:
        over = person.deputy_until is not None and person.deputy_until < on
        if person.email == address and person.deputy and not over:
            return None if _deputy(directory, person.deputy, on) else directory.person(person.deputy)
    return None


def _deputy(directory: Directory, email: str, on: date) -> str:
    """Who is named as deputy for that day, or "". A person may stand in several rows; any of them counts."""
    address = email.strip().lower()
    for person in directory.people:
        begin, until = person.deputy_from, person.deputy_until
        if person.email == address and person.deputy and begin and until and begin <= on <= until:
            return person.deputy
    return ""
