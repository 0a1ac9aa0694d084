"""Who decides a request: the approver, the deputy whose dates run, or the alternate. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Directory, Form, Person


@dataclass(frozen=True)
class Chosen:
    """The approver of a request. `acting_for` is the approver whose deputy this is."""

    person: Person
    acting_for: Person | None

    @property
    def principal(self) -> str:
        """The address of who is entitled himself, whoever stands in for him."""
        return (self.acting_for or self.person).email


def entitled(
    directory: Directory,
    who: Iterable[str],
    form: Form,
    askers: Sequence[str],
    deputy_of: Callable[[str], Person | None],
    but: frozenset[str] = frozenset(),
    nobody_left_out: bool = False,
) -> Iterator[Chosen]:
    """Those of `who` (roles and addresses, in that order) who may decide this request, each by himself or by
    the deputy who stands in for him.

    Nobody decides a request of his own or one that gives him access (design.md, when a reply decides, 7),
    and a deputy stands in only for one who could decide himself. `askers` are the addresses of all who sent
    this request or a revision of it, `but` those of who did not answer. With `nobody_left_out` an approver
    whose deputy may not decide is to decide himself, whether or not he is away.
    """
    seen: set[str] = set()
    for one in who:
        for person in holders(directory, one, form.requester_department):
            if person.email in but | seen or gains(directory, person, form, askers):
                continue
            seen.add(person.email)
            deputy = deputy_of(person.email)
            if deputy is None:
                yield Chosen(person, None)
            elif deputy.email not in but and not gains(directory, deputy, form, askers):
                yield Chosen(deputy, person)
            elif nobody_left_out:
                yield Chosen(person, None)


def holders(directory: Directory, role: str, department: str) -> tuple[Person, ...]:
    """The people of a role, or of an address; a division head is the one of the requesting department."""
    if "@" in role:
        return tuple(person for person in directory.people if person.email == role)[:1]
    if role != "division_head":
        return directory.with_role(role)
    heads = {d.division_head for d in directory.departments if d.name.casefold() == department.casefold()}
    return tuple(person for person in directory.people if person.email in heads)


def may_decide(directory: Directory, roles: Iterable[str], email: str, acting_for: str, form: Form) -> bool:
    """Does this address hold one of the roles still, or stand in for one who does (`acting_for`)?"""
    holder = acting_for or email
    return any(
        person.email == holder
        for role in roles
        for person in holders(directory, role, form.requester_department)
    )


def gains(directory: Directory, person: Person, form: Form, askers: Sequence[str]) -> bool:
    """Is this person one of those who asked, or one who would get the access?

    A name counts however it is written: in doubt somebody else is asked, which costs little."""
    written = (*askers, form.requester_email, *(employee.email for employee in form.employees))
    addresses = {_mailbox(address) for address in written} - {""}
    if _mailbox(person.email) in addresses:
        return True
    names = [form.requester_name, *(employee.name for employee in form.employees)]
    # Somebody may stand in the directory under two addresses.
    names += [other.name for other in directory.people if _mailbox(other.email) in addresses]
    return any(_same_name(person.name, name) for name in names)


def _mailbox(address: str) -> str:
    """An address without what many servers let anybody add to it: andi+vpn@ is read by andi@."""
    name, at, domain = address.casefold().partition("@")
    return name.partition("+")[0] + at + domain


_TITLES = frozenset((
    "bapak", "bpk", "pak", "ibu", "bu", "sdr", "sdri", "saudara", "saudari", "mr", "mrs", "ms", "h", "hj",
    "ir", "dr", "drs", "dra", "st", "mt", "mm", "se", "skom",
))  # fmt: skip
#: Cyrillic and Greek letters that look like Latin ones, as they look.
_LOOKS = str.maketrans("аеорсухіѕјһԁԛԝɑοαικνυτ", "aeopcyxisjhdqwaoaikvut")


def _same_name(one: str, other: str) -> bool:
    """The same words without titles, or the shorter name's words in the longer one, initials for words."""
    first, second = _words(one), _words(other)
    if first == second:
        return bool(first)
    common = any(len(word) > 2 for word in first & second)
    return common and any(
        len(some) > 1 and all(_stands_in(word, more) for word in some)
        for some, more in ((first, second), (second, first))
    )


def _stands_in(word: str, words: frozenset[str]) -> bool:
    return word in words or (len(word) == 1 and any(other.startswith(word) for other in words))


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_LOOKS)
    return frozenset(re.sub(r"[^\w\s]|_", " ", plain).split()) - _TITLES
