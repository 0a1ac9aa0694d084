"""One behaviour, three mailboxes: the same tests run on Maildir, Dovecot and pymap."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.mail.mailbox import Folders, ImapSettings, Mailbox, MaildirSettings, deliver, open_mailbox
from pipeline.model import PipelineError
from tests.servers import ImapServer, User

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
PLENTY = 1_000_000


@dataclass(frozen=True)
class Place:
    """A mailbox under test, seen from both sides: ours, and that of the world which delivers."""

    settings: ImapSettings | MaildirSettings
    arrive: Callable[..., None]
    mails: Callable[[str], tuple[tuple[str, bytes], ...]]
    remove: Callable[[int], None]
    delete_folder: Callable[[str], object]

    @contextmanager
    def opened(self) -> Iterator[Mailbox]:
        with closing(open_mailbox(self.settings)) as mailbox:
            yield mailbox


def imap_place(server: ImapServer, user: User, folders: Folders | None = None) -> Place:
    def remove(number: int) -> None:
        with server.client(user) as client:
            client.select("INBOX")
            client.store(str(number), "+FLAGS", r"(\Deleted)")
            client.expunge()

    return Place(
        server.settings(user, folders=folders),
        lambda raw, at=NOON, flags="": server.append(user, raw, flags=flags, at=at),
        lambda folder: server.mails(user, folder),
        remove,
        lambda folder: server.delete_folder(user, folder),
    )


def maildir_place(path: Path) -> Place:
    def arrive(raw: bytes, at: datetime = NOON, flags: str = "") -> None:
        mail = deliver(path, raw)
        if flags:
            letters = flags.replace(r"\Deleted", "T").replace(r"\Seen", "S")
            mail = mail.rename(path / "cur" / f"{mail.name}:2,{letters}")
        os.utime(mail, (at.timestamp(), at.timestamp()))

    def found(folder: str) -> list[Path]:
        root = path if folder == "INBOX" else path / f".{folder.replace('/', '.')}"
        return sorted((p for sub in ("new", "cur") for p in (root / sub).iterdir()), key=lambda p: p.name)

    def mails(folder: str) -> tuple[tuple[str, bytes], ...]:
        words = {"T": r"\Deleted", "S": r"\Seen"}
        return tuple((words.get(p.name.partition(":2,")[2], ""), p.read_bytes()) for p in found(folder))

    return Place(
        MaildirSettings(path, Folders()),
        arrive,
        mails,
        lambda number: found("INBOX")[number - 1].unlink(),
        lambda folder: shutil.rmtree(path / f".{folder.replace('/', '.')}"),
    )


@pytest.fixture(params=["maildir", "dovecot", "dovecot-prefixed", "pymap"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "maildir":
        return maildir_place(tmp_path / "mail")
    server: ImapServer = request.getfixturevalue("pymap_server" if request.param == "pymap" else "dovecot")
    return imap_place(server, server.new_user("INBOX.") if "prefixed" in request.param else server.new_user())


def letter(text: str) -> bytes:
    return f"From: rina@sefas.example.com\r\nSubject: {text}\r\n\r\n{text}\r\n".encode()


def test_a_new_mailbox_gets_its_folders_and_nothing_waits(place: Place) -> None:
    with place.opened() as mailbox:
        assert mailbox.waiting() == ()
    for folder in place.settings.folders:
        assert place.mails(folder) == ()


def test_opening_a_second_time_finds_the_folders_there(place: Place) -> None:
    for _ in range(2):
        with place.opened() as mailbox:
            assert mailbox.waiting() == ()


def test_a_look_sees_what_waits_and_makes_nothing(place: Place) -> None:
    place.arrive(b"Subject: one\r\n\r\nx")
    with closing(open_mailbox(place.settings, make=False)) as mailbox:
        (waiting,) = mailbox.waiting()
        assert mailbox.fetch(waiting.handle, PLENTY) == b"Subject: one\r\n\r\nx"
    with pytest.raises((AssertionError, FileNotFoundError)):
        place.mails(place.settings.folders.processed)


def test_the_oldest_arrival_comes_first_and_sizes_are_right(place: Place) -> None:
    for text, hours in (("noon", 0), ("evening", 6), ("morning", -5)):
        place.arrive(letter(text), NOON + timedelta(hours=hours))
    with place.opened() as mailbox:
        waiting = mailbox.waiting()
        raws = [mailbox.fetch(each.handle, PLENTY) for each in waiting]
    assert raws == [letter("morning"), letter("noon"), letter("evening")]
    assert [each.size for each in waiting] == [len(raw) for raw in raws if raw]


def test_mails_of_one_second_keep_the_order_they_came_in(place: Place) -> None:
    for number in range(12):
        place.arrive(letter(str(number)))
    with place.opened() as mailbox:
        assert [mailbox.fetch(w.handle, PLENTY) for w in mailbox.waiting()] == [
            letter(str(number)) for number in range(12)
        ]


def test_fetching_leaves_a_mail_unseen_and_where_it_was(place: Place) -> None:
    place.arrive(letter("one"))
    with place.opened() as mailbox:
        (mail,) = mailbox.waiting()
        mailbox.fetch(mail.handle, PLENTY)
    assert [(flags.replace(r"\Recent", "").strip(), raw) for flags, raw in place.mails("INBOX")] == [
        ("", letter("one"))
    ]


def test_a_mail_that_someone_has_read_already_waits_all_the_same(place: Place) -> None:
    place.arrive(letter("read"), flags=r"\Seen")
    with place.opened() as mailbox:
        (mail,) = mailbox.waiting()
        mailbox.move(mail.handle, "Akses/Processed")
    assert [(r"\Seen" in flags, raw) for flags, raw in place.mails("Akses/Processed")] == [
        (True, letter("read"))
    ]


@pytest.mark.parametrize("limit", [1, 7, 60])
def test_no_more_than_the_limit_is_fetched(place: Place, limit: int) -> None:
    place.arrive(letter("a long one " * 50))
    with place.opened() as mailbox:
        (mail,) = mailbox.waiting()
        assert mailbox.fetch(mail.handle, limit) == letter("a long one " * 50)[:limit]


def test_a_move_takes_one_mail_and_leaves_what_others_marked_deleted(place: Place) -> None:
    place.arrive(letter("first"), NOON)
    place.arrive(letter("deleted by a colleague"), NOON + timedelta(hours=1), flags=r"\Deleted")
    place.arrive(letter("third"), NOON + timedelta(hours=2))
    with place.opened() as mailbox:
        mailbox.move(mailbox.waiting()[2].handle, "Akses/Processed")
        assert len(mailbox.waiting()) == 2
    assert [raw for _, raw in place.mails("Akses/Processed")] == [letter("third")]
    left = {raw: flags for flags, raw in place.mails("INBOX")}
    assert left.keys() == {letter("first"), letter("deleted by a colleague")}
    assert r"\Deleted" in left[letter("deleted by a colleague")]


def test_moving_a_mail_a_second_time_does_nothing(place: Place) -> None:
    place.arrive(letter("one"))
    place.arrive(letter("two"))
    with place.opened() as mailbox:
        first, _ = mailbox.waiting()
        mailbox.move(first.handle, "Akses/Returned")
        mailbox.move(first.handle, "Akses/Returned")
        assert mailbox.fetch(first.handle, PLENTY) is None
    assert [raw for _, raw in place.mails("Akses/Returned")] == [letter("one")]
    assert [raw for _, raw in place.mails("INBOX")] == [letter("two")]


def test_a_mail_that_someone_takes_away_meanwhile_is_no_error(place: Place) -> None:
    place.arrive(letter("one"))
    place.arrive(letter("two"))
    with place.opened() as mailbox:
        first, second = mailbox.waiting()
        place.remove(1)
        # pymap goes on showing it until it may say that it is gone (RFC 3501, 5.5): then it is whole.
        assert mailbox.fetch(first.handle, PLENTY) in (None, letter("one"))
        mailbox.move(first.handle, "Akses/Processed")
        assert mailbox.fetch(first.handle, PLENTY) is None
        assert mailbox.fetch(second.handle, PLENTY) == letter("two")
        assert [each.size for each in mailbox.waiting()] == [second.size]
    assert place.mails("Akses/Processed") == ()


def test_what_arrives_while_the_mailbox_is_open_is_seen(place: Place) -> None:
    with place.opened() as mailbox:
        assert mailbox.waiting() == ()
        place.arrive(letter("late"))
        assert [mailbox.fetch(w.handle, PLENTY) for w in mailbox.waiting()] == [letter("late")]


def test_eight_bit_bytes_and_odd_line_ends_survive(place: Place) -> None:
    raw = (
        b"Subject: "
        + bytes(range(0x80, 0x100))
        + b'\r\n\r\n"quoted" \\ {12}\r\n * 1 FETCH (UID 9)\r\n)\r\n.\r\n'
    )
    place.arrive(raw)
    with place.opened() as mailbox:
        (mail,) = mailbox.waiting()
        assert mailbox.fetch(mail.handle, PLENTY) == raw


def test_a_mail_with_nul_bytes_comes_through_in_full_length(place: Place) -> None:
    raw = b"Subject: nul\r\n\r\nbefore\x00after\r\n"
    place.arrive(raw)
    with place.opened() as mailbox:
        (mail,) = mailbox.waiting()
        # RFC 3501 forbids NUL on the wire; Dovecot shows 0x80 in its place.
        assert mailbox.fetch(mail.handle, PLENTY) in (raw, raw.replace(b"\x00", b"\x80"))


def test_a_handle_of_another_session_reaches_nothing(place: Place) -> None:
    place.arrive(letter("one"))
    with place.opened() as mailbox:
        for handle in ("1", "0.1", "1.1\r\nA1 LOGOUT", "../../etc/passwd", ""):
            with pytest.raises(PipelineError):
                mailbox.move(handle, "Akses/Processed")
            with pytest.raises(PipelineError):
                mailbox.fetch(handle, PLENTY)
    assert len(place.mails("INBOX")) == 1


def test_only_configured_folders_can_be_moved_to(place: Place) -> None:
    place.arrive(letter("one"))
    with place.opened() as mailbox:
        (mail,) = mailbox.waiting()
        with pytest.raises(PipelineError, match="no folder of this mailbox"):
            mailbox.move(mail.handle, 'X"\r\nA1 LOGOUT')
    assert len(place.mails("INBOX")) == 1


def test_a_folder_that_someone_deletes_meanwhile_is_made_again(place: Place) -> None:
    place.arrive(letter("one"))
    with place.opened() as mailbox:
        (mail,) = mailbox.waiting()
        place.delete_folder("Akses/Quarantine")
        mailbox.move(mail.handle, "Akses/Quarantine")
    assert [raw for _, raw in place.mails("Akses/Quarantine")] == [letter("one")]
    assert place.mails("INBOX") == ()


def test_closing_twice_is_harmless(place: Place) -> None:
    mailbox = open_mailbox(place.settings)
    mailbox.close()
    mailbox.close()
