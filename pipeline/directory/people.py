"""The sheet of people: rows to Persons, and what is wrong in them. Reads no workbook."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.directory.asking import ENTITLED, find_department
from pipeline.directory.departments import Departments, is_address
from pipeline.directory.mistakes import Mistake, mistake
from pipeline.directory.sheets import Row, Sheet, is_formula_error
from pipeline.directory.words import LANGUAGES, PEOPLE, ROLES, find_language, find_role, pick, plain
from pipeline.model import Department, Directory, Language, Person

_HEADERS = {column.key: column for column in PEOPLE}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BEFORE_DIGITS = re.compile(r"^sha-?256(?: fingerprint)?\s*[=:]\s*")


@dataclass(frozen=True)
class _Look:
    """What a row is judged against."""

    language: Language
    sheet: Sheet
    departments: Departments
    addresses: frozenset[str]

    def wrong(self, kind: str, row: Row, key: str, **facts: object) -> Mistake:
        return mistake(kind, self.language, row.sheet, row.at(key), **facts)

    def header(self, key: str) -> str:
        return _HEADERS[key].header(self.language)


def read_people(
    sheet: Sheet, departments: Departments, language: Language
) -> tuple[tuple[Person, ...], tuple[Mistake, ...]]:
    """Everybody on the sheet, one Person a row, and all that is wrong with them."""
    addresses = frozenset(row.email("email") for row in sheet.rows)
    look = _Look(language, sheet, departments, addresses)
    people = tuple(_person(row, look) for row in sheet.rows)
    mistakes = [m for row in sheet.rows for check in _CHECKS for m in check(row, look)]
    mistakes += _between_rows(people, look)
    return _shared(people), tuple(mistakes)


def _person(row: Row, look: _Look) -> Person:
    department = _department(row, look)
    return Person(
        name=row.text("name"), email=row.email("email"),
        department=department.name if department else row.text("department"),
        division=row.text("division") or (department.division if department else ""),
        role=find_role(row.text("role")) or "", language=find_language(row.text("language")),
        deputy=row.email("deputy"), deputy_from=row.day("deputy_from"), deputy_until=row.day("deputy_until"),
        certificate=_fingerprint(row.text("certificate")),
    )  # fmt: skip


def _fingerprint(text: str) -> str:
    """The digits of a fingerprint as programs print it ("SHA256 Fingerprint=AB:CD ..."), else ""."""
    digits = _BEFORE_DIGITS.sub("", text.lower()).replace(":", "").replace(" ", "").replace("-", "")
    return digits if _SHA256.fullmatch(digits) else ""


def _department(row: Row, look: _Look) -> Department | None:
    return find_department(Directory((), look.departments.departments), row.text("department"))


def _shared(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Language, deputy and certificate belong to the person: every row of one address gets them."""
    full: dict[str, Person] = {}
    for person in people:
        known = full.setdefault(person.email, person)
        source = person if person.deputy and not known.deputy else known
        full[person.email] = replace(
            known, language=known.language or person.language, deputy=source.deputy,
            deputy_from=source.deputy_from, deputy_until=source.deputy_until,
            certificate=known.certificate or person.certificate,
        )  # fmt: skip
    return tuple(
        replace(
            person, language=full[person.email].language, deputy=full[person.email].deputy,
            deputy_from=full[person.email].deputy_from, deputy_until=full[person.email].deputy_until,
            certificate=full[person.email].certificate,
        )
        for person in people
    )  # fmt: skip


# --- one row --------------------------------------------------------------------------------------


def _check_name(row: Row, look: _Look) -> Iterator[Mistake]:
    if "name" in row.places and not row.text("name"):
        yield look.wrong("blank", row, "name", column=look.header("name"))


def _check_email(row: Row, look: _Look) -> Iterator[Mistake]:
    if "email" not in row.places or is_formula_error(row.text("email")):
        return
    if not row.text("email"):
        yield look.wrong("blank", row, "email", column=look.header("email"))
    elif not is_address(row.email("email")):
        yield look.wrong("bad_email", row, "email", text=row.text("email"))


def _check_department(row: Row, look: _Look) -> Iterator[Mistake]:
    text = row.text("department")
    if "department" not in row.places or is_formula_error(text):
        return
    if not text:
        if find_role(row.text("role")) in ENTITLED:
            yield look.wrong("blank", row, "department", column=look.header("department"))
    elif look.departments.found and _department(row, look) is None:
        facts = {"text": text, "sheet_name": look.departments.sheet}
        yield look.wrong("unknown_department", row, "department", **facts)


def _check_role(row: Row, look: _Look) -> Iterator[Mistake]:
    text = row.text("role")
    if "role" not in row.places or is_formula_error(text):
        return
    if not text:
        yield look.wrong("blank", row, "role", column=look.header("role"))
    elif find_role(text) is None:
        choices = ", ".join(pick(words, look.language) for words in ROLES.values())
        yield look.wrong("unknown_role", row, "role", text=text, choices=choices)


def _check_language(row: Row, look: _Look) -> Iterator[Mistake]:
    text = row.text("language")
    if text and not is_formula_error(text) and find_language(text) is None:
        choices = ", ".join(pick(words, look.language) for words in LANGUAGES.values())
        yield look.wrong("unknown_language", row, "language", text=text, choices=choices)


def _check_deputy(row: Row, look: _Look) -> Iterator[Mistake]:
    text, deputy = row.text("deputy"), row.email("deputy")
    if is_formula_error(text):
        return
    if not deputy:
        if row.text("deputy_from") or row.text("deputy_until"):
            yield look.wrong("deputy_missing", row, "deputy")
    elif not is_address(deputy):
        yield look.wrong("bad_email", row, "deputy", text=text)
    elif deputy == row.email("email"):
        yield look.wrong("deputy_self", row, "deputy")
    elif "email" in row.places and deputy not in look.addresses:
        yield look.wrong("deputy_unknown", row, "deputy", email=deputy)


def _check_dates(row: Row, look: _Look) -> Iterator[Mistake]:
    begin, until = row.day("deputy_from"), row.day("deputy_until")
    filled = [key for key in ("deputy_from", "deputy_until") if row.text(key)]
    for key in filled:
        if row.day(key) is None and not is_formula_error(row.text(key)):
            yield look.wrong("bad_date", row, key, text=row.text(key))
    if len(filled) == 1:
        other = "deputy_until" if filled == ["deputy_from"] else "deputy_from"
        yield look.wrong("date_missing", row, other, column=look.header(other))
    if begin and until and until < begin:
        facts = {"begin": begin.strftime("%d/%m/%Y"), "until": until.strftime("%d/%m/%Y")}
        yield look.wrong("dates_reversed", row, "deputy_until", **facts)


def _check_certificate(row: Row, look: _Look) -> Iterator[Mistake]:
    text = row.text("certificate")
    if text and not is_formula_error(text) and not _fingerprint(text):
        yield look.wrong("bad_certificate", row, "certificate", text=text[:80])


_CHECKS = (
    _check_name, _check_email, _check_department, _check_role, _check_language, _check_deputy, _check_dates,
    _check_certificate,
)  # fmt: skip


# --- rows against each other ----------------------------------------------------------------------


def _between_rows(people: tuple[Person, ...], look: _Look) -> Iterator[Mistake]:
    """The same row twice, one address with two names, one person with two deputies or certificates."""
    first: dict[str, tuple[Row, Person]] = {}
    deputies: dict[str, tuple[Row, tuple[object, ...]]] = {}
    rows: dict[tuple[str, str, str], Row] = {}
    for row, person in zip(look.sheet.rows, people, strict=True):
        if not person.email:
            continue
        again = rows.setdefault((person.email, person.role, plain(person.department)), row)
        if again is not row:
            yield look.wrong("duplicate", row, "email", email=person.email, line=again.number)
        owner, named = first.setdefault(person.email, (row, person))
        if plain(named.name) != plain(person.name) and person.name and named.name:
            facts = {"email": person.email, "line": owner.number, "name": named.name}
            yield look.wrong("other_name", row, "name", **facts)
        if person.deputy:
            term = (person.deputy, person.deputy_from, person.deputy_until)
            owner, other = deputies.setdefault(person.email, (row, term))
            if other != term:
                yield look.wrong("deputy_other", row, "deputy", line=owner.number)
    yield from _certificates(people, look)


def _certificates(people: tuple[Person, ...], look: _Look) -> Iterator[Mistake]:
    """One person with two certificates, or one certificate for two persons."""
    of_person: dict[str, tuple[Row, str]] = {}
    of_certificate: dict[str, tuple[Row, str]] = {}
    for row, person in zip(look.sheet.rows, people, strict=True):
        if not person.email or not person.certificate:
            continue
        owner, certificate = of_person.setdefault(person.email, (row, person.certificate))
        if certificate != person.certificate:
            yield look.wrong("certificate_other", row, "certificate", line=owner.number)
        owner, email = of_certificate.setdefault(person.certificate, (row, person.email))
        if email != person.email:
            yield look.wrong("certificate_taken", row, "certificate", email=email, line=owner.number)
