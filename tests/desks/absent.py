"""A house whose approver is away: it asks him, his robot answers, and one looks at what came of it."""

import functools
from dataclasses import replace
from datetime import timedelta

from pipeline.demo import clients, company
from tests.company import BOSS, MORNING, Company, edited, plain_mail
from tests.once import new_folder

TODAY = MORNING.date()
FINANCE = company.finance_form(TODAY)
DEPUTY, OTHER_STAFF = company.IT_STAFF, company.IT_STAFF_2
FAILED = f"{company.AUTHSERV}; dmarc=fail header.from={company.DOMAIN}"


def asked_house(folder, on=False, form=FINANCE, **boss) -> Company:
    return _asked(on, form, tuple(boss.items())).copied(folder)


@functools.cache
def _asked(on, form, boss) -> Company:
    """Where most tests begin, lived through once."""
    made = Company(
        new_folder(), (lambda data: data["approval"].update(deputy_on_absence=True)) if on else None
    )
    if boss:
        name_deputy(made, **dict(boss))
    made.send_form(form)
    made.poll()
    return made


def approved_house(folder) -> Company:
    """As shipped; Finance has asked, and the IT Manager has approved all of it."""
    return _approved().copied(folder)


@functools.cache
def _approved() -> Company:
    made = asked_house(new_folder())
    made.answer(made.asked(), "SETUJU")
    made.poll()
    return made


def name_deputy(house, deputy="", begins=3, lasts=5):
    """The directory as it is, with this deputy for the IT Manager."""
    dates = {
        "deputy_from": TODAY + timedelta(days=begins),
        "deputy_until": TODAY + timedelta(days=begins + lasts),
    }
    boss = replace(BOSS, deputy=deputy, **(dates if deputy else {}))
    people = tuple(boss if person == BOSS else person for person in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))


def away(house, letter=None, sender=BOSS, **headers):
    """An out-of-office answer of `sender` to `letter`, and what came of it."""
    raw = clients.out_of_office(sender, letter or house.asked(), house.clock.now)
    house.send(edited(raw, **headers) if headers else raw)
    house.poll()
    return house.last()


def thread_mail(letter, text, sender=BOSS):
    """An answer with nothing beneath the words typed."""
    headers = {"In-Reply-To": letter.message_id, "References": letter.message_id}
    return plain_mail(sender, f"Re: {letter.subject}", text, **headers)


def read(table):
    """The words of a table's cells, as far as its narrow columns leave lines whole."""
    return " ".join(table.replace("│", " ").split())


def events(house, kind):
    with house.office.journal.entry() as entry:
        return entry.events(kind=kind)


def asked_now(house):
    (asked,) = [one for one in house.case().asked if one.open]
    return asked


def only_noted(house) -> bool:
    return (
        bool(events(house, "automatic_answer"))
        and asked_now(house).approver == BOSS.email
        and asked_now(house).away_since is None
        and not events(house, "deputy_brought_in")
    )
