"""The corridor under trouble: mails nobody can read, servers that are down, crashes between the steps."""

import dataclasses
import shutil
from dataclasses import replace
from email import message_from_bytes, policy

import openpyxl
import pytest

from pipeline import flow
from pipeline.demo import clients, company
from pipeline.desks import DESKS, Desk
from pipeline.mail.message import read_mail
from pipeline.mail.post import Delivery, Refusal
from pipeline.model import PipelineError
from pipeline.office import Busy, only_one
from pipeline.witness import witness_file
from tests.company import MORNING, Company, plain_mail, workbook

TODAY = MORNING.date()
FINANCE = company.finance_form(TODAY)
HR = company.hr_form(TODAY)


@pytest.fixture
def house(tmp_path):
    return Company(tmp_path)


class _Broken:
    """A door to the outside that fails: open it, and it raises."""

    def __init__(self, error):
        self.error = error

    def __call__(self):
        raise self.error


def with_doors(house, **doors):
    house.office = dataclasses.replace(house.office, **doors)


# --- mails nobody can read ----------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [
    b"", b"\x00" * 1000, b"no headers at all", b"From: a@b.example\r\n\r\n",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 50,
    b"Subject: =?utf-8?q?=0ABcc:_evil=40x?=\r\nFrom: a@b.example\r\n\r\nx",
    b"Content-Type: text/plain; charset=idna\r\nFrom: a@b.example\r\n\r\nx", b"\xff\xfe" * 500,
])  # fmt: skip
def test_damaged_mail_ends_in_quarantine_and_the_next_one_is_handled(house, raw):
    house.send(raw)
    house.send_form(FINANCE)
    house.poll()
    assert [m.outcome for m in house.mails()] == ["quarantined", "processed"]
    assert house.in_folder("quarantine") == [raw]
    assert house.in_folder("inbox") == []


def test_a_mail_above_the_limit_is_set_aside_unread(tmp_path):
    def small(data):
        data["limits"]["mail_mb"] = 1

    house = Company(tmp_path, small)
    raw = clients.form_mail(company.FINANCE_MANAGER, workbook(FINANCE), "x", "y" * 80 + "\n", house.clock.now)
    raw += b"z" * 2**20
    house.send(raw)
    house.poll()
    assert house.last() == ("quarantined", "too-large")
    assert house.in_folder("quarantine") == [raw]


def test_a_mail_that_fails_its_reader_again_and_again_never_stops_the_others(house, monkeypatch):
    def explode(*_):
        raise ValueError("a bug")

    monkeypatch.setitem(DESKS, "person", Desk(explode, DESKS["person"].decide))
    house.send(plain_mail(company.HR_MANAGER, "Tanya", "Apa?"))
    house.send_form(FINANCE)
    for round_ in range(3):
        tally = house.poll()
        assert tally.failed == 1
        assert house.case().state == "awaiting_approval", round_
    assert house.poll().failed == 0
    assert {m.reason for m in house.mails()} == {"unreadable", "new-request"}
    assert len(house.letters("quarantine")) == 1


def test_a_process_that_dies_while_reading_is_counted_too(house, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*_):
        raise Killed

    monkeypatch.setitem(DESKS, "person", Desk(die, DESKS["person"].decide))
    house.send(plain_mail(company.HR_MANAGER, "Tanya", "Apa?"))
    for _ in range(3):
        with pytest.raises(Killed):
            house.poll()
        house.open()
    house.poll()
    assert house.last() == ("quarantined", "unreadable")


def test_a_broken_world_does_not_count_against_the_mail(house, monkeypatch):
    def no_disk(*_):
        raise PipelineError("The disk is full.")

    house.send(plain_mail(company.HR_MANAGER, "Tanya", "Apa?"))
    with monkeypatch.context() as patch:
        patch.setitem(DESKS, "person", Desk(no_disk, DESKS["person"].decide))
        for _ in range(5):
            with pytest.raises(PipelineError):
                house.poll()
    house.poll()
    assert house.last() == ("quarantined", "for-a-person")


# --- letters out --------------------------------------------------------------------------------------


def test_a_server_that_is_down_loses_no_letter_and_the_same_bytes_go_out_later(house):
    real = house.office.open_post
    with_doors(house, open_post=_Broken(PipelineError("SMTP is down.")))
    house.send_form(FINANCE)
    with pytest.raises(PipelineError):
        house.poll()
    assert house.last() == ("processed", "new-request")
    with house.office.journal.entry() as entry:
        queued = [row.data for row in entry.outbox.all()]
    with_doors(house, open_post=real)
    house.clock.pass_minutes(5)
    house.poll()
    assert sorted(letter.raw for letter in house.letters()) == sorted(queued)


def test_letters_leave_and_the_register_is_kept_while_the_mailbox_is_down(house):
    house.send_form(FINANCE)
    post, mailbox = house.office.open_post, house.office.open_mailbox
    with_doors(house, open_post=_Broken(PipelineError("SMTP is down.")))
    with pytest.raises(PipelineError, match="SMTP"):
        house.poll()
    assert house.config.files.register_workbook.exists(), "letters that wait keep no row waiting"
    with_doors(house, open_post=post, open_mailbox=_Broken(PipelineError("IMAP is down.")))
    with pytest.raises(PipelineError, match="IMAP"):
        house.poll()
    assert {letter.kind for letter in house.letters()} == {"approval", "received"}
    with_doors(house, open_mailbox=mailbox)
    house.poll()


class _Post:
    """A server that answers as told, letter by letter."""

    def __init__(self, *answers):
        self.answers, self.sent = list(answers), []

    def send(self, sender, recipients, data):
        self.sent.append((recipients, data))
        answer = self.answers.pop(0) if self.answers else Delivery(recipients, (), "250 OK")
        if isinstance(answer, Exception):
            raise answer
        return answer(recipients) if callable(answer) else answer

    def close(self):
        pass


def test_a_letter_is_tried_again_later_and_later_with_the_same_bytes(house):
    post = _Post(PipelineError("451 try later"), PipelineError("451 try later"))
    with_doors(house, open_post=lambda: post)
    house.send_form(HR)
    house.poll()
    assert len(post.sent) == 1, "a server that is down is not asked again in the same round"
    house.poll()
    assert [data for _, data in post.sent].count(post.sent[0][1]) == 1, "nor that letter before its time"
    for _ in range(3):
        house.clock.pass_minutes(61)
        house.poll()
    first = post.sent[0][1]
    assert [data for _, data in post.sent].count(first) >= 2
    with house.office.journal.entry() as entry:
        assert {row.state for row in entry.outbox.all()} == {"sent"}


def test_a_refused_recipient_is_told_to_it_and_the_others_get_the_letter(house):
    def refuse_one(recipients):
        bad = Refusal(recipients[0], 550, "5.1.1 unknown", True)
        return Delivery(tuple(recipients[1:]), (bad,), "250 OK")

    post = _Post(refuse_one)
    with_doors(house, open_post=lambda: post)
    house.send(clients.strangers_form(workbook(FINANCE), house.clock.now))
    house.poll()
    with house.office.journal.entry() as entry:
        assert [row.kind for row in entry.outbox.all()] == ["quarantine", "undeliverable"]
        assert len(entry.events(kind="letter_refused")) == 1


def test_a_letter_that_is_put_off_for_days_is_given_up_and_it_is_told(house):
    def put_off(recipients):
        return Delivery((), tuple(Refusal(one, 451, "greylisted", False) for one in recipients), "")

    post = _Post(*[put_off] * 2)
    with_doors(house, open_post=lambda: post)
    house.send_form(HR)
    house.poll()
    house.clock.pass_minutes(6 * 24 * 60)
    post.answers = [put_off, put_off]
    house.poll()
    with house.office.journal.entry() as entry:
        states = {row.kind: row.state for row in entry.outbox.all()}
    assert states["approval"] == states["received"] == "dead"
    assert states["undeliverable"] == "sent"


def test_a_notice_that_cannot_be_delivered_makes_no_further_notice(house):
    def refuse_all(recipients):
        return Delivery((), tuple(Refusal(one, 550, "no", True) for one in recipients), "")

    post = _Post(*[refuse_all] * 20)
    with_doors(house, open_post=lambda: post)
    house.send(clients.strangers_form(workbook(FINANCE), house.clock.now))
    for _ in range(4):
        house.clock.pass_minutes(61)
        house.poll()
    assert len(post.sent) == 2


# --- one writer, the directory, the stop --------------------------------------------------------------


def test_a_second_poller_is_told_that_one_is_at_work(house):
    state = house.config.files.state
    with only_one(state), pytest.raises(Busy), only_one(state):
        pass


def test_a_stop_finishes_the_mail_in_hand_and_takes_no_other(house):
    house.send_form(FINANCE)
    house.send_form(HR)
    asked = iter([False, False, *[True] * 20])
    flow.tick(house.office, lambda: next(asked))
    assert len(house.in_folder("inbox")) == 1
    assert house.mails()[0].outcome == "processed"
    house.poll()
    assert len(house.cases()) == 2


def test_try_tick_never_raises_whatever_happens(house, monkeypatch):
    monkeypatch.setattr(flow, "take_in", _raise(RuntimeError("a bug")))
    assert flow.try_tick(house.office) is False
    monkeypatch.setattr(flow, "take_in", _raise(PipelineError("server down")))
    assert flow.try_tick(house.office) is False


def _raise(error):
    def raiser(*_):
        raise error

    return raiser


def test_a_directory_that_an_edit_broke_stops_nothing_and_it_is_told_once(house):
    house.poll()
    house.config.files.directory.write_bytes(b"PK broken")
    house.send_form(FINANCE)
    house.poll()
    house.poll()
    assert house.last() == ("processed", "new-request")
    (told,) = house.letters("directory")
    assert "directory.xlsx" in told.text


def test_a_directory_change_counts_at_the_next_poll(house):
    people = tuple(p for p in company.DIRECTORY.people if p != company.FINANCE_MANAGER)
    house.poll()
    house.write_directory(replace(company.DIRECTORY, people=people))
    house.send_form(FINANCE)
    house.poll()
    assert house.last() == ("quarantined", "stranger")


def test_a_state_folder_from_an_old_backup_is_refused_until_somebody_says_so(house, tmp_path):
    state = house.config.files.state
    house.send_form(FINANCE)
    house.poll()
    house.office.journal.close()
    shutil.copytree(state, tmp_path / "backup")
    house.send_form(HR)
    house.poll()
    house.office.journal.close()
    shutil.rmtree(state)
    shutil.copytree(tmp_path / "backup", state)
    house.open()
    house.send_form(company.technical_form(TODAY))
    with pytest.raises(PipelineError, match="older backup"):
        house.poll()
    assert [case.ref for case in house.cases()] == ["REQ-2026-0001"]
    assert len(house.in_folder("inbox")) == 1
    witness_file(house.office).unlink()
    house.poll()
    assert len(house.cases()) == 2


def test_a_journal_that_is_gone_is_not_begun_anew_in_silence(house):
    house.send_form(FINANCE)
    house.poll()
    house.office.journal.close()
    (house.config.files.state / "journal.sqlite").unlink()
    house.open()
    with pytest.raises(PipelineError, match="older backup"):
        house.poll()


def test_a_request_nobody_could_decide_is_asked_about_when_somebody_can(house):
    both = tuple(
        replace(FINANCE.employees[0], no=no, name=who.name, employee_id=f"0090{no}", email=who.email)
        for no, who in enumerate((company.IT_MANAGER, company.DIRECTOR), 1)
    )
    house.send_form(replace(FINANCE, employees=both))
    house.poll()
    assert not house.letters("approval")
    second = replace(company.DIRECTOR, name="Wulan Sari", email="wulan.sari@contoh.example")
    house.write_directory(replace(company.DIRECTORY, people=(*company.DIRECTORY.people, second)))
    house.poll()
    assert [letter.to for letter in house.letters("approval")] == [second.email]
    house.poll()
    assert len(house.letters("approval")) == 1


def test_an_approval_mail_that_ran_out_is_sent_anew_with_another_code(tmp_path):
    house = Company(tmp_path, lambda data: data["approval"].update(valid_days=1))
    house.send_form(FINANCE)
    house.poll()
    house.clock.pass_minutes(25 * 60)
    house.poll()
    first, second = house.letters("approval")
    assert first.subject != second.subject
    house.answer(second, "SETUJU")
    house.poll()
    assert house.case().state == "approved"


def test_the_summaries_of_months_in_which_the_service_stood_still_are_made_up_for(house):
    house.send_form(FINANCE)
    house.poll()
    house.clock.pass_minutes(100 * 24 * 60)
    house.poll()
    subjects = [letter.subject for letter in house.letters("monthly")]
    months = ("November 2026", "Desember 2026", "Januari 2027", "Februari 2027")
    assert all(month in subject for month, subject in zip(months, subjects, strict=True))
    house.poll()
    assert len(house.letters("monthly")) == 4


def test_many_files_in_one_mail_are_set_aside_and_the_next_form_is_read(house):
    mail = message_from_bytes(
        clients.form_mail(company.FINANCE_MANAGER, b"x", "Form", "x", house.clock.now), policy=policy.SMTP
    )
    for number in range(300):
        mail.add_attachment(b"ab", maintype="application", subtype="octet-stream", filename=f"{number}.xlsx")
    house.send(mail.as_bytes())
    house.send_form(FINANCE)
    house.poll()
    assert [m.reason for m in house.mails()] == ["too-many-files", "new-request"]
    assert not house.letters("returned")


def test_a_department_may_be_named_by_any_of_its_names(house):
    for name in ("Keuangan", "dept. finance", "Departemen  Keuangan"):
        house.send_form(replace(FINANCE, requester_department=name, requester_position=f"Manajer {name}"))
    house.poll()
    assert {case.form.requester_department for case in house.cases()} == {"Finance"}


def test_emptying_the_status_of_a_done_item_opens_the_request_again(house):
    house.send_form(HR)
    house.poll()
    house.answer(house.asked(), "SETUJU")
    house.poll()
    house.fill_register(status="done", done_by="Dewi", done_on="2026-11-24", account_id="U1")
    house.poll()
    assert house.case().state == "completed"
    book = openpyxl.load_workbook(house.config.files.register_workbook)
    for row in book["Register"].iter_rows():
        for cell in row:
            if cell.value == "Selesai" and cell.column_letter == status_column(book):
                cell.value = None
    book.save(house.config.files.register_workbook)
    house.poll()
    assert house.case().state != "completed"


def status_column(book) -> str:
    cells = [c for row in book["Register"].iter_rows() for c in row if c.value == "Status pengerjaan"]
    return cells[0].column_letter


def test_every_mail_has_its_original_bytes_in_the_spool(house):
    raws = [house.send_form(FINANCE), house.send(b"junk"), house.send(plain_mail(company.IT_STAFF, "a", "b"))]
    house.poll()
    for raw in raws:
        assert house.office.spool.read(read_mail(raw).sha256) == raw
