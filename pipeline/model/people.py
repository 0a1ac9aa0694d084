"""People, departments, and the systems that access can be asked for."""

from dataclasses import dataclass
from datetime import date

from pipeline.model.words import Language


@dataclass(frozen=True)
class System:
    """One entry of the catalogue: something that access can be asked for."""

    code: str
    category: str
    label_id: str
    label_en: str
    also: tuple[str, ...] = ()
    #: access levels offered in the drop-down; empty: free text
    levels: tuple[str, ...] = ()
    end_date_required: bool = False
    max_days: int | None = None
    conflicts: tuple[str, ...] = ()
    #: address of who answers for it and approves access to it, or ""
    owner: str = ""
    #: the company's own word for how much harm it could do: low, medium, high; or ""
    risk: str = ""

    def label(self, language: Language) -> str:
        return self.label_en if language == "en" else self.label_id


@dataclass(frozen=True)
class Person:
    name: str
    #: lower case
    email: str
    department: str
    division: str
    #: manager, pic (person in charge), division_head, it_manager, it_staff, management, employee
    role: str
    language: Language | None = None
    #: the deputy's email
    deputy: str = ""
    deputy_from: date | None = None
    deputy_until: date | None = None
    #: SHA-256 of the certificate this person signs mail with (S/MIME): 64 hexadecimal digits, or ""
    certificate: str = ""


@dataclass(frozen=True)
class Department:
    name: str
    division: str
    #: email of the division head
    division_head: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Directory:
    people: tuple[Person, ...]
    departments: tuple[Department, ...]

    def person(self, email: str) -> Person | None:
        return next((p for p in self.people if p.email == email.lower()), None)

    def with_role(self, role: str) -> tuple[Person, ...]:
        return tuple(p for p in self.people if p.role == role)
