"""One request, one thread: each reader's later letters name an earlier mail that lies in his own mailbox.

What mail programs make of that, and what we leave as it is, stands in docs/letters.md (Threads).
"""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, compat32
from functools import cached_property

import pytest

from pipeline.approval.tokens import find_codes
from pipeline.demo import company
from pipeline.demo.clients import Received
from pipeline.model import Person
from tests.company import BOSS, MORNING, Company

REF = "REQ-2026-0001"
FINANCE = company.finance_form(MORNING.date())
UNSIGNED = replace(FINANCE, signature="none", signed_on=None)
HEAD, DIRECTOR, STAFF = company.HEAD_OF_FINANCE, company.DIRECTOR, company.IT_STAFF
REQUESTER = next(p for p in company.DIRECTORY.people if p.email == FINANCE.requester_email)


@dataclass(frozen=True)
class Mailed:
    """A letter as one of its readers has it."""

    kind: str
    name: str
    answers: tuple[str, ...]
    references: tuple[str, ...]


class Post:
    """A company, and what each of its people wrote: with the letters, that is what lies in his mailbox."""

    def __init__(self, folder, form=FINANCE) -> None:
        self.house = Company(folder)
        self.wrote: dict[str, list[str]] = {}
        self._keep(REQUESTER, self.house.send_form(form))
        self.house.poll()

    def _keep(self, who: Person, raw: bytes) -> None:
        self.wrote.setdefault(who.email, []).append(str(_read(raw)["Message-ID"]))

    def newest(self, kind: str, to: Person):
        return [one for one in self.house.letters(kind) if to.email in one.to][-1]

    def say(self, who: Person, text: str, kind: str = "approval", letter=None) -> tuple[str, str]:
        answered = letter or self.newest(kind, who)
        self._keep(who, self.house.answer(answered, text, who))
        self.house.poll()
        return self.house.last()

    def on(self, day: int, month: int = 12) -> None:
        self.house.clock.now = MORNING.replace(month=month, day=day, hour=0) + timedelta(hours=2.5)
        self.house.poll()

    def done(self) -> None:
        self.house.fill_register(status="Selesai", done_by="Dewi", done_on="2026-11-26")
        self.house.poll()

    @cached_property
    def letters(self) -> list[Received]:
        """The letters of the request, oldest first. To be looked at when the play is over."""
        return self.house.letters(ref=REF)

    def box(self, who: str) -> list[Mailed]:
        """Those that this person has."""
        return [_mailed(one.kind, one.raw) for one in self.letters if who in one.to]

    def readers(self) -> list[str]:
        return list(dict.fromkeys(", ".join(one.to for one in self.letters).split(", ")))


def _read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=SMTP)  # type: ignore[return-value]


def _mailed(kind: str, raw: bytes) -> Mailed:
    mail = _read(raw)

    def ids(name: str) -> tuple[str, ...]:
        return tuple(str(mail[name] or "").split())

    return Mailed(kind, str(mail["Message-ID"]), ids("In-Reply-To"), ids("References"))


def loose(post: Post, reader: str) -> list[str]:
    """The kinds of this reader's letters that hang on nothing he has, the first of his thread aside."""
    has = set(post.wrote.get(reader, ()))
    torn: list[str] = []
    for number, one in enumerate(post.box(reader)):
        # Only the requester has written before we wrote to him.
        begins = number == 0 and reader != REQUESTER.email
        if not begins and not (set(one.references) & has and set(one.answers) & has):
            torn.append(one.kind)
        has.add(one.name)
    return torn


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    """Signed off, unclear, reminded, decided in part and then in whole, asked about, taken back, done."""
    post = Post(tmp_path_factory.mktemp("decided"), UNSIGNED)
    post.say(HEAD, "Setuju kalau hanya akses baca")
    post.on(26, 11)
    post.say(HEAD, "SETUJU", "reminder")
    post.say(BOSS, "SETUJU 1, TOLAK 2 alasan: belum perlu")
    post.on(1)
    post.say(BOSS, "SETUJU", "reminder")
    post.say(BOSS, "SETUJU", "reminder")
    post.say(REQUESTER, "STATUS", "decided")
    post.say(REQUESTER, "BATAL nomor 3", "decided")
    post.done()
    return post


@pytest.fixture(scope="module")
def silent(tmp_path_factory):
    """Nobody answers: reminded, passed on, an answer after all, and at last it lapses."""
    post = Post(tmp_path_factory.mktemp("silent"))
    post.on(26, 11)
    post.on(2)
    post.say(BOSS, "TOLAK, alasan: jangan diproses")
    post.on(4)
    post.on(15)
    post.on(23)
    return post


@pytest.fixture(scope="module")
def emergency(tmp_path_factory):
    """Given first, done, and not signed for."""
    post = Post(tmp_path_factory.mktemp("emergency"), replace(UNSIGNED, urgency="emergency"))
    post.say(BOSS, "SETUJU")
    post.done()
    post.on(27, 11)
    return post


@pytest.fixture(params=["decided", "silent", "emergency"])
def post(request) -> Post:
    return request.getfixturevalue(request.param)


def test_the_days_hold_every_kind_of_letter_of_a_request(decided, silent, emergency):
    kinds = {one.kind for post in (decided, silent, emergency) for one in post.letters}
    assert kinds >= {
        "received", "approval", "unclear", "reminder", "recorded", "late", "decided", "status", "withdrawn",
        "withdrawn_notice", "provision", "ready", "ready_employee", "passed_on", "objection", "lapsed",
        "take_away", "ended",
    }  # fmt: skip


def test_every_later_letter_hangs_on_a_mail_that_its_reader_has(post):
    """But one: the IT Manager's `take_away` hangs on no approval mail, or his "OK" would answer that."""
    torn = {
        reader: [kind for kind in loose(post, reader) if kind != "take_away"] for reader in post.readers()
    }
    assert {reader: kinds for reader, kinds in torn.items() if kinds} == {}


def test_staff_have_the_work_and_its_end_in_one_thread(decided, emergency):
    assert loose(emergency, STAFF.email) == loose(decided, STAFF.email) == []
    assert [one.kind for one in emergency.box(STAFF.email)] == ["provision", "take_away"]
    assert "withdrawn_notice" in [one.kind for one in decided.box(STAFF.email)]


def test_no_letter_to_staff_names_a_code_so_that_an_ok_to_it_decides_nothing(decided, emergency):
    for post in (decided, emergency):
        for one in post.box(STAFF.email):
            assert not find_codes(" ".join((*one.references, *one.answers)))


def test_what_it_answers_is_the_last_of_its_references(post):
    """RFC 5322, section 3.6.4: the references of a mail end with the mail it answers."""
    for one in (each for reader in post.readers() for each in post.box(reader)):
        assert one.references[-1:] == one.answers
        assert len(set(one.references)) == len(one.references) <= 20


def test_thread_headers_are_folded_one_id_to_a_line(post):
    for letter in post.letters:
        head = letter.raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
        assert max(map(len, head)) <= 998
        assert not [line for line in head if line.count(b"@") > 1 and b"<" in line]


def test_the_topic_is_the_same_for_all_letters_of_a_request_and_stands_before_the_subject(post):
    for letter in post.letters:
        names = message_from_bytes(letter.raw, policy=compat32).keys()
        assert names.index("Thread-Topic") < names.index("Subject")
        assert _read(letter.raw)["Thread-Topic"] == REF


def test_a_letter_of_no_request_has_no_topic(decided):
    (monthly,) = decided.house.letters("monthly")
    assert _read(monthly.raw)["Thread-Topic"] is None


def test_each_stage_has_its_own_subject_that_begins_with_the_number(post):
    subjects = {}
    for letter in post.letters:
        assert re.match(rf"\[{REF}\] \S", letter.subject), letter.subject
        subjects.setdefault((letter.to, letter.kind), set()).add(letter.subject)
    for (reader, kind), said in subjects.items():
        others = [words for (to, other), words in subjects.items() if to == reader and other != kind]
        assert not said & set().union(*others), "Gmail would fold what the second repeats, its buttons too"
