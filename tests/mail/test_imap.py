"""What an IMAP session puts on the wire, and how it stops when the server is not as it should be."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from pipeline.mail.imap_wire import read_answers
from pipeline.mail.mailbox import Folders, ImapSettings, Mailbox, open_mailbox
from pipeline.model import PipelineError
from tests.scripts import ImapScript, ScriptedServer
from tests.servers import HOST, ImapServer

StartScript = Callable[[bytes, object], ScriptedServer]

RAW = b"From: rina@sefas.example.com\r\nSubject: akses\r\n\r\n" + b"Mohon akses VPN.\r\n" * 20
PASSWORD = "mercusuar-biru"
PLENTY = 1_000_000


def settings(server: ScriptedServer, timeout_s: float = 5) -> ImapSettings:
    return ImapSettings(HOST, server.port, "akses", PASSWORD, "plain", Folders(), timeout_s)


def only_mail(mailbox: Mailbox) -> str:
    (waiting,) = mailbox.waiting()
    return waiting.handle


# --- moving ---------------------------------------------------------------------------------------


def test_a_server_with_neither_move_nor_uidplus_is_refused_before_anything_is_made(
    start_script: StartScript,
) -> None:
    server = start_script(ImapScript.GREETING, ImapScript({7: RAW}, able="IDLE"))
    with pytest.raises(PipelineError, match="neither MOVE nor UIDPLUS") as refusal:
        open_mailbox(settings(server))
    assert "Maildir" in refusal.value.mend
    assert not any(command.startswith(("CREATE", "SELECT")) for command in server.commands)


def test_move_is_used_though_the_server_names_it_only_after_login(start_script: StartScript) -> None:
    server = start_script(ImapScript.GREETING, ImapScript({7: RAW}))
    with closing(open_mailbox(settings(server))) as mailbox:
        mailbox.move(only_mail(mailbox), "Akses/Processed")
    assert 'UID MOVE 7 "Akses/Processed"' in server.commands
    assert not any("EXPUNGE" in command or "COPY" in command for command in server.commands)


def test_with_uidplus_alone_only_the_one_mail_is_expunged(start_script: StartScript) -> None:
    server = start_script(ImapScript.GREETING, ImapScript({7: RAW}, able="UIDPLUS"))
    with closing(open_mailbox(settings(server))) as mailbox:
        mailbox.move(only_mail(mailbox), "Akses/Processed")
    start = server.commands.index('UID COPY 7 "Akses/Processed"')
    assert server.commands[start + 1 : start + 3] == [
        r"UID STORE 7 +FLAGS.SILENT (\Deleted)",
        "UID EXPUNGE 7",
    ]
    assert not any(command.startswith(("EXPUNGE", "CLOSE")) for command in server.commands)


@pytest.mark.parametrize("step", ["UID COPY", "UID STORE"])
def test_a_copy_or_mark_that_fails_expunges_nothing(start_script: StartScript, step: str) -> None:
    script = ImapScript({7: RAW}, able="UIDPLUS", instead={step: "TAG NO [OVERQUOTA] the box is full\r\n"})
    server = start_script(ImapScript.GREETING, script)
    with (
        closing(open_mailbox(settings(server))) as mailbox,
        pytest.raises(PipelineError, match="box is full"),
    ):
        mailbox.move(only_mail(mailbox), "Akses/Processed")
    assert not any("EXPUNGE" in command for command in server.commands)


def test_a_target_folder_that_is_gone_is_made_and_the_move_done_again(start_script: StartScript) -> None:
    script = ImapScript({7: RAW}, instead={"UID MOVE": "TAG NO [TRYCREATE] no such folder\r\n"})
    server = start_script(ImapScript.GREETING, script)
    with closing(open_mailbox(settings(server))) as mailbox:
        handle = only_mail(mailbox)
        before = len(server.commands)
        with pytest.raises(PipelineError, match="no such folder"):
            mailbox.move(handle, "Akses/Returned")
    assert [c for c in server.commands[before:] if c.startswith(("UID MOVE", "CREATE"))] == [
        'UID MOVE 7 "Akses/Returned"', 'CREATE "Akses/Returned"', 'UID MOVE 7 "Akses/Returned"',
    ]  # fmt: skip


# --- nothing foreign on the wire ------------------------------------------------------------------


def test_every_line_on_the_wire_is_a_command_of_ours_whatever_the_mail_says(
    start_script: StartScript,
) -> None:
    hostile = b'Subject: x"\r\nA1 LOGOUT\r\nMessage-ID: <y\r\nA2 DELETE INBOX>\r\n\r\n)\r\nA3 OK\r\n'
    server = start_script(ImapScript.GREETING, ImapScript({7: hostile}))
    with closing(open_mailbox(settings(server))) as mailbox:
        handle = only_mail(mailbox)
        assert mailbox.fetch(handle, PLENTY) == hostile
        mailbox.move(handle, "Akses/Quarantine")
    ours = (
        "CAPABILITY",
        "LOGIN ",
        "LIST ",
        "CREATE ",
        "SUBSCRIBE ",
        "SELECT ",
        "UID FETCH ",
        "UID MOVE 7 ",
        "LOGOUT",
    )
    assert all(command.startswith(ours) for command in server.commands)
    tags = [line.split(b" ")[0] for line in server.lines]
    assert len(set(tags)) == len(tags)
    assert not {b"A1", b"A2", b"A3"} & set(tags)


@pytest.mark.parametrize(
    "name", ["X\r\nA1 LOGOUT", "X\x00", "", "Akses//Y", "../X", "Akses/..", "Akses/*", 'A"B', "A%"]
)
def test_a_folder_name_that_could_do_harm_is_refused_in_the_settings(name: str) -> None:
    with pytest.raises(PipelineError, match="cannot be the name of a mail folder"):
        Folders(processed=name)


@pytest.mark.parametrize("where", ["host", "user", "password"])
def test_a_control_character_in_the_login_is_refused_in_the_settings(where: str) -> None:
    fine = ImapSettings("localhost", 143, "akses", PASSWORD, "plain", Folders())
    with pytest.raises(PipelineError, match="control character") as refusal:
        replace(fine, **{where: "geheim\r\nA1 LOGOUT"})
    assert "geheim" not in str(refusal.value)


# --- fetching -------------------------------------------------------------------------------------


def test_a_connection_that_drops_anywhere_in_a_mail_never_gives_half_a_mail(
    start_script: StartScript,
) -> None:
    whole = len(ImapScript({7: RAW}).do_uid_fetch("7", f"BODY.PEEK[]<0.{PLENTY}>")) + len(
        "ABCD99 OK done\r\n"
    )
    script = ImapScript({7: RAW})
    server = start_script(ImapScript.GREETING, script)
    for cut in range(0, whole - 3, 3):
        script.cut = cut
        with closing(open_mailbox(settings(server))) as mailbox:
            handle = only_mail(mailbox)
            with pytest.raises(PipelineError, match="broke while fetching"):
                mailbox.fetch(handle, PLENTY)


def test_a_mail_that_the_server_gives_only_in_part_is_an_error(start_script: StartScript) -> None:
    part = f"* 1 FETCH (UID 7 RFC822.SIZE {len(RAW)} BODY[]<0> {{9}}\r\nFrom: rin)\r\nTAG OK done\r\n"
    script = ImapScript({7: RAW}, instead={"UID FETCH 7": part})
    with closing(open_mailbox(settings(start_script(ImapScript.GREETING, script)))) as mailbox:
        handle = only_mail(mailbox)
        with pytest.raises(PipelineError, match=f"only 9 of {len(RAW)} bytes"):
            mailbox.fetch(handle, PLENTY)


def test_a_size_that_the_server_only_estimated_does_not_hold_a_mail_for_ever(
    start_script: StartScript,
) -> None:
    # Exchange says so much before it has turned the mail into MIME.
    answer = (
        f"* 1 FETCH (UID 7 RFC822.SIZE 9999 BODY[]<0> {{{len(RAW)}}}\r\n{RAW.decode()})\r\nTAG OK done\r\n"
    )
    nothing_follows = f'* 1 FETCH (UID 7 BODY[]<{len(RAW)}> "")\r\nTAG OK done\r\n'
    script = ImapScript({7: RAW}, instead={
        f"UID FETCH 7 (UID BODY.PEEK[]<{len(RAW)}.1>": nothing_follows, "UID FETCH 7": answer,
    })  # fmt: skip
    with closing(open_mailbox(settings(start_script(ImapScript.GREETING, script)))) as mailbox:
        assert mailbox.fetch(only_mail(mailbox), PLENTY) == RAW


def test_a_server_that_ignores_the_limit_is_cut_to_it(start_script: StartScript) -> None:
    answer = (
        f"* 1 FETCH (UID 7 RFC822.SIZE {len(RAW)} BODY[] {{{len(RAW)}}}\r\n{RAW.decode()})\r\nTAG OK done\r\n"
    )
    script = ImapScript({7: RAW}, instead={"UID FETCH 7": answer})
    with closing(open_mailbox(settings(start_script(ImapScript.GREETING, script)))) as mailbox:
        assert mailbox.fetch(only_mail(mailbox), 40) == RAW[:40]


def test_one_mail_that_the_server_cannot_list_does_not_hide_the_others(start_script: StartScript) -> None:
    listed = (
        '* 2 FETCH (UID 8 INTERNALDATE "24-Nov-2026 12:00:00 +0700" RFC822.SIZE 20)\r\nTAG NO damaged\r\n'
    )
    script = ImapScript({7: RAW, 8: RAW}, instead={"UID FETCH 1:*": listed})
    with closing(open_mailbox(settings(start_script(ImapScript.GREETING, script)))) as mailbox:
        assert [each.size for each in mailbox.waiting()] == [20]


def test_an_inbox_that_the_server_rebuilt_makes_old_handles_void(start_script: StartScript) -> None:
    script = ImapScript({7: RAW})
    with closing(open_mailbox(settings(start_script(ImapScript.GREETING, script)))) as mailbox:
        old = only_mail(mailbox)
        script.validity += 1
        new = only_mail(mailbox)
        with pytest.raises(PipelineError, match="rebuilt its inbox"):
            mailbox.fetch(old, PLENTY)
        assert mailbox.fetch(new, PLENTY) == RAW


@pytest.mark.parametrize(
    ("data", "body"),
    [
        ([(b"1 (UID 7 RFC822.SIZE 3 BODY[]<0> {3}", b"abc"), b")"], b"abc"),
        ([(b"1 (BODY[]<0> {3}", b"abc"), b" UID 7 RFC822.SIZE 3)"], b"abc"),
        ([(rb"1 (FLAGS (\Seen UID 5) BODY[]<0> {3}", b"abc"), b" UID 7)"], b"abc"),
        ([b'1 (UID 7 BODY[]<0> "a \\"b\\" \\\\")'], b'a "b" \\'),
        ([b"1 (UID 7 BODY[]<0> NIL)"], b""),
        ([b"1 (UID 7 RFC822.SIZE 3)"], None),
    ],
)
def test_answers_are_read_in_every_shape_the_rfc_allows(data: list[object], body: bytes | None) -> None:
    (answer,) = read_answers(data)  # type: ignore[arg-type]
    assert (answer.uid, answer.body) == (7, body)


@pytest.mark.parametrize("date", [b"99-Foo-0000 99:99:99 +0000", b""])
def test_a_senseless_arrival_time_counts_as_oldest(date: bytes) -> None:
    (answer,) = read_answers([b'1 (UID 7 INTERNALDATE "' + date + b'" RFC822.SIZE 3)'])
    assert answer.arrived == 0


# --- folders --------------------------------------------------------------------------------------


def test_names_follow_a_server_that_keeps_all_folders_below_the_inbox(start_script: StartScript) -> None:
    script = ImapScript(folders=["INBOX", "INBOX.Sent"], delimiter=".")
    server = start_script(ImapScript.GREETING, script)
    open_mailbox(settings(server)).close()
    assert 'CREATE "INBOX.Akses.Processed"' in server.commands


def test_a_folder_that_cannot_be_made_is_named(start_script: StartScript) -> None:
    server = start_script(ImapScript.GREETING, ImapScript(instead={"CREATE": "TAG NO no rights\r\n"}))
    with pytest.raises(PipelineError, match=r"Akses/Processed.*no rights"):
        open_mailbox(settings(server))


def test_a_folder_that_holds_only_folders_is_made_real(start_script: StartScript) -> None:
    listed = r'* LIST (\Noselect) "/" "Akses/Processed"' + "\r\nTAG OK done\r\n"
    server = start_script(ImapScript.GREETING, ImapScript(instead={'LIST "" "*"': listed}))
    open_mailbox(settings(server)).close()
    assert 'CREATE "Akses/Processed"' in server.commands


def test_folder_names_in_any_script_reach_the_server(dovecot: ImapServer) -> None:
    folders = Folders(processed="Akses/Selesai ✓", returned="Akses & Izin/Dikembalikan — é")
    user = dovecot.new_user()
    dovecot.append(user, RAW)
    for _ in range(2):
        with closing(open_mailbox(dovecot.settings(user, folders=folders))) as mailbox:
            for each in mailbox.waiting():
                mailbox.move(each.handle, folders.processed)
    assert [raw for _, raw in dovecot.mails(user, folders.processed)] == [RAW]
    assert dovecot.mails(user, folders.returned) == ()
