"""The embedded mailbox: a Maildir beside whatever else delivers and reads there."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.mail.mailbox import Folders, Mailbox, MaildirSettings, deliver, open_mailbox
from pipeline.mail.maildir import deliver_once
from pipeline.model import PipelineError
from tests.servers import ImapServer

RAW = b"From: rina@sefas.example.com\nSubject: akses\n\nMohon akses.\n"
PLENTY = 1_000_000


def opened(path: Path, folders: Folders | None = None) -> Mailbox:
    return open_mailbox(MaildirSettings(path, folders or Folders()))


def test_a_delivered_mail_is_whole_private_and_nothing_else_is_left(tmp_path: Path) -> None:
    mail = deliver(tmp_path / "box", RAW)
    assert mail.read_bytes() == RAW
    assert mail.parent == tmp_path / "box" / "new"
    assert mail.stat().st_mode & 0o777 == 0o600
    assert list((tmp_path / "box" / "tmp").iterdir()) == []


def test_a_delivery_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(tmp_path, b"first")

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(PipelineError, match="No space left"):
        deliver(tmp_path, RAW)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert len(list((tmp_path / "new").iterdir())) == 1


def test_deliveries_of_one_tick_of_the_clock_keep_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: os.utime(handle, (1_795_000_000, 1_795_000_000)))
    for number in range(120):
        deliver(tmp_path, b"%d" % number)
    with closing(opened(tmp_path)) as mailbox:
        assert [mailbox.fetch(w.handle, 9) for w in mailbox.waiting()] == [b"%d" % n for n in range(120)]


def test_mails_still_being_delivered_and_things_that_are_no_mail_do_not_wait(tmp_path: Path) -> None:
    deliver(tmp_path, RAW)
    (tmp_path / "tmp" / "half").write_bytes(b"From: ha")
    (tmp_path / "new" / ".hidden").write_bytes(b"x")
    (tmp_path / "new" / "folder").mkdir()
    (tmp_path / "new" / "link").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "cur" / "pipe")
    with closing(opened(tmp_path)) as mailbox:
        assert [mailbox.fetch(each.handle, PLENTY) for each in mailbox.waiting()] == [RAW]


def test_a_mail_client_may_mark_and_move_a_mail_while_we_hold_its_handle(tmp_path: Path) -> None:
    mail = deliver(tmp_path, RAW)
    with closing(opened(tmp_path)) as mailbox:
        (waiting,) = mailbox.waiting()
        mail.rename(tmp_path / "cur" / f"{mail.name}:2,FS")
        assert mailbox.fetch(waiting.handle, PLENTY) == RAW
        mailbox.move(waiting.handle, "Akses/Processed")
    (moved,) = (tmp_path / ".Akses.Processed" / "cur").iterdir()
    assert moved.name == f"{mail.name}:2,FS"


def test_a_move_never_takes_the_place_of_another_mail(tmp_path: Path) -> None:
    mail = deliver(tmp_path, RAW)
    with closing(opened(tmp_path)) as mailbox:
        (tmp_path / ".Akses.Returned" / "new" / mail.name).write_bytes(b"another")
        mailbox.move(mailbox.waiting()[0].handle, "Akses/Returned")
    assert {p.read_bytes() for p in (tmp_path / ".Akses.Returned" / "new").iterdir()} == {RAW, b"another"}
    assert list((tmp_path / "new").iterdir()) == []


def test_an_empty_mail_is_fetched_as_no_bytes(tmp_path: Path) -> None:
    deliver(tmp_path, b"")
    with closing(opened(tmp_path)) as mailbox:
        assert [mailbox.fetch(each.handle, PLENTY) for each in mailbox.waiting()] == [b""]


def test_the_inbox_may_be_a_folder_of_the_maildir(tmp_path: Path) -> None:
    folders = Folders(inbox="Portal Akses")
    deliver(tmp_path, b"private mail of the account")
    deliver(tmp_path / ".Portal Akses", RAW)
    with closing(opened(tmp_path, folders)) as mailbox:
        assert [mailbox.fetch(each.handle, PLENTY) for each in mailbox.waiting()] == [RAW]


def test_folder_names_are_written_as_maildir_servers_write_them(tmp_path: Path) -> None:
    opened(tmp_path, Folders(quarantine="Akses/Karantina é")).close()
    folder = tmp_path / ".Akses.Karantina &AOk-"
    assert (folder / "maildirfolder").is_file()
    assert {p.name for p in folder.iterdir()} == {"tmp", "new", "cur", "maildirfolder"}


def test_the_same_letter_is_put_into_the_outbox_once_also_after_someone_has_read_it(tmp_path: Path) -> None:
    first = deliver_once(tmp_path, RAW, "key1")
    assert deliver_once(tmp_path, RAW, "key1") == first
    read = first.rename(tmp_path / "cur" / "key1:2,S")
    assert deliver_once(tmp_path, RAW, "key1") == read
    assert deliver_once(tmp_path, RAW, "key2") != read
    assert len(list(tmp_path.glob("*/key*"))) == 2


def test_a_place_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(PipelineError, match="file") as refusal:
        opened(tmp_path / "file")
    assert refusal.value.mend
    with pytest.raises(PipelineError, match="file"):
        deliver(tmp_path / "file", RAW)


def test_dovecot_and_we_work_in_one_maildir(dovecot: ImapServer) -> None:
    user = dovecot.new_user()
    dovecot.append(user, RAW.replace(b"\n", b"\r\n"))
    home = Path(dovecot.ca_file).parent / "mail" / user.name / "Maildir"
    with closing(opened(home)) as mailbox:
        owner = home.stat()
        for place in home.rglob("*"):
            os.chown(place, owner.st_uid, owner.st_gid)
        (waiting,) = mailbox.waiting()
        mailbox.move(waiting.handle, "Akses/Processed")
    assert dovecot.mails(user) == ()
    assert [raw for _, raw in dovecot.mails(user, "Akses/Processed")] == [RAW.replace(b"\n", b"\r\n")]
