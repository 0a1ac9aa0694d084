"""Who sends the same thing again and again is answered once in 24 hours; each mail keeps its own outcome."""

from dataclasses import replace

import pytest

from pipeline.demo import company
from tests.company import BOSS, MORNING, Company, edited

TODAY = MORNING.date()
FINANCE = company.finance_form(TODAY)
FAULTY = company.sales_form_with_mistakes(TODAY)
A_DAY = 24 * 60


@pytest.fixture
def house(tmp_path):
    return Company(tmp_path)


def sent(house, form, count=1, **headers) -> list[tuple[str, str]]:
    """The outcomes of `count` mails with this form."""
    for _ in range(count):
        house.send_form(form, **headers)
    house.poll()
    return [(mail.outcome, mail.reason) for mail in house.mails()][-count:]


# --- the same sound form ------------------------------------------------------------------------------


def test_a_form_sent_ten_times_is_one_request_and_one_note(house):
    outcomes = sent(house, FINANCE, 10)
    assert outcomes == [
        ("processed", "new-request"), ("duplicate", "same-form"), *[("duplicate", "same-form-again")] * 8,
    ]  # fmt: skip
    assert len(house.cases()) == len(house.letters("approval")) == len(house.letters("duplicate")) == 1
    assert len(house.in_folder("duplicates")) == 9
    assert {mail.ref for mail in house.mails()} == {"REQ-2026-0001"}
    with house.office.journal.entry() as entry:
        assert len(entry.events(kind="form_repeated")) == 9


def test_the_next_day_the_same_form_is_answered_again(house):
    sent(house, FINANCE, 3)
    house.clock.pass_minutes(A_DAY)
    assert sent(house, FINANCE) == [("duplicate", "same-form")]
    assert len(house.letters("duplicate")) == 2


def test_each_request_has_its_own_note(house):
    sent(house, FINANCE, 2)
    hr = company.hr_form(TODAY)
    assert sent(house, hr, 2) == [("processed", "new-request"), ("duplicate", "same-form")]
    assert len(house.letters("duplicate")) == 2


# --- the same faulty form -----------------------------------------------------------------------------


def test_a_faulty_file_sent_ten_times_goes_back_once(house):
    outcomes = sent(house, FAULTY, 10)
    assert outcomes == [("returned", "form-problems"), *[("duplicate", "same-faulty-form")] * 9]
    assert len(house.letters("returned")) == 1
    assert not house.letters("quarantine"), "no flood: none of them was answered"
    with house.office.journal.entry() as entry:
        assert len(entry.events(kind="form_repeated")) == 9


def test_in_the_same_thread_too(house):
    sent(house, FAULTY)
    letter = house.letters("returned")[0]
    assert sent(house, FAULTY, reply_to=letter) == [("duplicate", "same-faulty-form")]


def test_a_corrected_form_that_is_still_faulty_is_answered_at_once(house):
    sent(house, FAULTY)
    letter = house.letters("returned")[0]
    better = replace(FAULTY, employees=company.sales_form(TODAY).employees)
    assert sent(house, better, reply_to=letter) == [("returned", "form-problems")]
    assert len(house.letters("returned")) == 2


def test_the_next_day_the_same_faulty_file_is_answered_again(house):
    sent(house, FAULTY, 2)
    house.clock.pass_minutes(A_DAY)
    assert sent(house, FAULTY) == [("returned", "form-problems")]
    assert len(house.letters("returned")) == 2


def test_the_same_file_with_another_problem_is_answered_since_the_answer_is_new(house):
    """The directory has changed meanwhile: who mended nothing in the file has something new to read."""
    sent(house, FAULTY)
    people = tuple(
        replace(p, role="employee") if p == company.SALES_PIC else p for p in company.DIRECTORY.people
    )
    house.write_directory(replace(company.DIRECTORY, people=people))
    assert sent(house, FAULTY) == [("returned", "form-problems")]
    assert len(house.letters("returned")) == 2


def test_the_same_file_from_somebody_else_is_answered_to_him(house):
    sent(house, FAULTY)
    assert sent(house, FAULTY, sender=company.FINANCE_MANAGER) == [("returned", "form-problems")]
    assert house.letters("returned")[-1].to == company.FINANCE_MANAGER.email


# --- answers of approvers, and robots -----------------------------------------------------------------


def test_unclear_and_late_answers_are_answered_once_each(house):
    sent(house, FINANCE)
    letter = house.asked()
    for text in ("Hmm?", "Nanti dulu", "Bagaimana ya?"):
        house.answer(letter, text)
    house.answer(letter, "SETUJU")
    for text in ("SETUJU", "Setuju ya", "Setuju sekali lagi"):
        house.answer(letter, text)
    house.poll()
    reasons = [mail.reason for mail in house.mails()[1:]]
    assert reasons == ["unclear-answer"] * 3 + ["decision"] + ["late-answer"] * 3
    assert len(house.letters("unclear")) == len(house.letters("late")) == 1


ROBOTS = {
    "a robot by its header": {"Auto_Submitted": "auto-replied"},
    "Outlook's": {"X_Auto_Response_Suppress": "All"},
    "an empty return path": {"Return_Path": "<>", "Subject": "Automatic reply: x"},
}


@pytest.mark.parametrize("headers", ROBOTS.values(), ids=ROBOTS)
def test_nothing_automatic_is_ever_answered_whatever_it_brings(house, headers):
    """A form, an unclear answer and a late one, each from a robot: no letter at all."""
    sent(house, FINANCE)
    letter, before = house.asked(), len(house.letters())
    house.answer(letter, "Hmm?", **headers)
    house.answer(letter, "SETUJU", **headers)
    if "Subject" not in headers:
        raw = house.send_form(FAULTY, subject="Formulir")
        for file in (house.config.mailbox.path / "new").iterdir():
            if file.read_bytes() == raw:
                file.write_bytes(edited(raw, **headers))
    house.poll()
    assert {mail.outcome for mail in house.mails()[1:]} == {"ignored"}
    assert len(house.letters()) == before
    assert house.case().state == "awaiting_approval"
    assert house.asked().to == BOSS.email


def server_report(house, *actions):
    """A server's report on the approval mail: what it did with each recipient."""
    letter = house.asked()
    fields = "".join(
        f"\nFinal-Recipient: rfc822; a{n}@contoh.example\nAction: {a}\n" for n, a in enumerate(actions)
    )
    house.send((
        f"From: MAILER-DAEMON@{company.DOMAIN}\nSubject: Report\nIn-Reply-To: {letter.message_id}\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n'
        f"\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n{fields}\n--b--\n"
    ).replace("\n", "\r\n").encode())  # fmt: skip
    house.poll()
    return house.last()


@pytest.mark.parametrize(("actions", "reason"), [
    (["delayed"], "delivery-report"), (["relayed", "delivered"], "delivery-report"),
    (["expanded"], "delivery-report"),
    (["failed"], "bounce"), (["delayed", "failed"], "bounce"),
])  # fmt: skip
def test_only_a_failure_is_told_to_it_as_one(house, actions, reason):
    sent(house, FINANCE)
    assert server_report(house, *actions) == ("ignored", reason)
    assert len(house.letters("undeliverable")) == (reason == "bounce")
    assert house.mails()[-1].ref == "REQ-2026-0001"
