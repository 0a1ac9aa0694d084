"""In a flood honest mails are answered in their first round, and we flood nobody (threat T32)."""

from collections import Counter
from collections.abc import Callable

import pytest

from pipeline import queueing
from pipeline.demo import clients, company
from pipeline.desks import returning
from pipeline.mail.mailbox import Waiting
from pipeline.mail.maildir import deliver
from tests.company import BOSS, MORNING, Company, edited, plain_mail, workbook

TODAY = MORNING.date()
FAULTY = workbook(company.sales_form_with_mistakes(TODAY))


def stranger(house: Company, number: int) -> bytes:
    raw = clients.strangers_form(b"not even a workbook", house.clock.now)
    return edited(raw, From=f"x{number}@luar.example", Message_ID=f"<{number}@luar.example>")


def chatter(house: Company, number: int) -> bytes:
    return plain_mail(company.SALES_PIC, f"halo {number}", "apa kabar?")


def faulty_form(house: Company, number: int) -> bytes:
    return clients.form_mail(
        company.SALES_PIC, FAULTY + bytes(number), f"Form {number}", "x", house.clock.now
    )


def forged(house: Company, number: int) -> bytes:
    raw = plain_mail(BOSS, f"Re: [REQ-2026-0001] {number}", "SETUJU")
    return raw.replace(b"dmarc=pass", b"dmarc=fail")


@pytest.fixture
def house(tmp_path) -> Company:
    return Company(tmp_path)


@pytest.fixture
def small_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything made small: the flood too."""
    monkeypatch.setattr(queueing, "MOST_MAILS", 12)
    monkeypatch.setattr(queueing, "FLOOD", 6)


def flood(house: Company, mail: Callable[[Company, int], bytes], count: int) -> None:
    for number in range(count):
        deliver(house.config.mailbox.path, mail(house, number))  # type: ignore[union-attr]


@pytest.mark.parametrize("mail", [stranger, chatter, faulty_form, forged])
def test_an_honest_form_in_the_middle_of_a_flood_is_asked_about_in_the_same_round(
    house: Company, small_rounds: None, mail: Callable
) -> None:
    flood(house, mail, 18)
    house.send_form(company.finance_form(TODAY))
    flood(house, lambda house, number: mail(house, 40 + number), 18)
    tally = house.poll()
    assert tally.mails == 12
    assert len(house.letters("approval")) == len(house.letters("received")) == 1
    # And the answer, and the next one's form, while most of the flood still waits.
    house.answer(house.asked(), "SETUJU")
    house.send_form(company.hr_form(TODAY))
    house.poll()
    assert house.case().state == "approved"
    assert len(house.cases()) == 2
    assert len(house.in_folder("inbox")) > 10


def test_a_flood_is_worked_off_to_its_last_mail_and_makes_few_letters(
    house: Company, small_rounds: None
) -> None:
    flood(house, stranger, 40)
    flood(house, faulty_form, 25)
    rounds = 0
    while house.in_folder("inbox"):
        house.poll()
        rounds += 1
    assert rounds == 6
    assert Counter(mail.reason for mail in house.mails()) == {
        "stranger": 40, "form-problems": 20, "too-many-answers": 5,
    }  # fmt: skip
    kinds = Counter(letter.kind for letter in house.letters())
    assert kinds["returned"] == 20
    # Of strangers and of people we know so many each.
    assert kinds["quarantine"] <= 2 * (house.config.limits.notices_per_hour + 1)
    assert set(kinds) == {"returned", "quarantine"}


def test_a_round_that_takes_long_ends_and_the_next_goes_on(
    house: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queueing, "MOST_SECONDS", 0)
    flood(house, stranger, 3)
    assert [house.poll().mails for _ in range(4)] == [1, 1, 1, 0]


def test_when_the_whole_house_sends_nonsense_it_is_no_longer_answered_and_it_is_told(
    house: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(returning, "answers_in_all", lambda _people: 2)
    flood(house, faulty_form, 2)
    house.send_form(company.sales_form_with_mistakes(TODAY), sender=company.HR_MANAGER)
    house.send_form(company.finance_form(TODAY))
    house.poll()
    assert [mail.reason for mail in house.mails()] == [
        "form-problems", "form-problems", "too-many-returned", "new-request",
    ]  # fmt: skip
    (told,) = house.letters("quarantine")
    assert "jawab pengirimnya secara pribadi" in told.text
    house.clock.pass_minutes(24 * 60)
    house.send_form(company.hr_form(TODAY), sender=company.SALES_PIC)
    house.poll()
    assert house.last() == ("returned", "form-problems")


def test_everybody_of_a_company_can_be_answered_twice_a_day_and_a_small_one_two_hundred_times() -> None:
    assert [returning.answers_in_all(people) for people in (0, 11, 100, 3_000)] == [200, 200, 200, 6_000]


_PASS = "Authentication-Results: mx.x;\r\n DMARC=pass\r\n"


class Heads:
    """A mailbox of heads alone, that counts how often it is asked."""

    def __init__(self, senders: list[str]) -> None:
        self.heads = {str(n): f"{_PASS}FROM: {who}\r\n\r\nx".encode() for n, who in enumerate(senders)}
        self.asked = 0

    def fetch(self, handle: str, limit: int) -> bytes | None:
        self.asked += 1
        return self.heads[handle]


def order(senders: list[str]) -> list[int]:
    waiting = tuple(Waiting(str(n), 100) for n in range(len(senders)))
    ordered = queueing.in_turns(Heads(senders), company.DIRECTORY, waiting)  # type: ignore[arg-type]
    assert sorted(ordered, key=lambda one: int(one.handle)) == list(waiting), "each mail once"
    return [int(one.handle) for one in ordered]


def test_few_mails_are_taken_as_they_came_and_nobody_looks_at_them_twice() -> None:
    heads = Heads([BOSS.email] * 100)
    waiting = tuple(Waiting(str(n), 100) for n in range(100))
    assert queueing.in_turns(heads, company.DIRECTORY, waiting) == waiting  # type: ignore[arg-type]
    assert heads.asked == 0


def test_each_known_sender_has_his_turn_and_all_strangers_have_one_between_them() -> None:
    mine, hers = (
        f"Andi Nugroho <{BOSS.email}>",
        f'"{company.HR_MANAGER.email}"\r\n <{company.HR_MANAGER.email}>',
    )
    senders = [*(f"x{n}@luar.example" for n in range(100)), mine, mine.upper(), hers, "nobody", mine]
    first = order(senders)
    assert first[:7] == [0, 100, 102, 1, 101, 2, 104]
    assert first[7:] == [*range(3, 100), 103]


def test_what_only_bears_somebodys_address_has_another_turn_than_he() -> None:
    waiting = tuple(Waiting(str(n), 100) for n in range(102))
    heads = Heads([BOSS.email] * 102)
    for number in range(101):
        false = "Authentication-Results: mx.x; dmarc=fail\r\n"
        heads.heads[str(number)] = false.encode() + heads.heads[str(number)]
    ordered = queueing.in_turns(heads, company.DIRECTORY, waiting)  # type: ignore[arg-type]
    assert [one.handle for one in ordered][:3] == ["0", "101", "1"]
