"""How an IMAP session begins: TLS, login, and how it stops when the server is not as it should be."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

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


# --- login and TLS --------------------------------------------------------------------------------


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_mail_is_fetched_over_a_verified_connection(dovecot: ImapServer, security: str) -> None:
    user = dovecot.new_user()
    dovecot.append(user, RAW)
    with closing(open_mailbox(dovecot.settings(user, security))) as mailbox:  # type: ignore[arg-type]
        assert mailbox.fetch(only_mail(mailbox), PLENTY) == RAW


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(dovecot: ImapServer, security: str) -> None:
    untrusted = replace(dovecot.settings(dovecot.new_user(), security), ca_file="")  # type: ignore[arg-type]
    with pytest.raises(PipelineError, match="not trusted") as refusal:
        open_mailbox(untrusted)
    assert "mailbox.ca_file" in refusal.value.mend


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_a_certificate_of_another_name_is_refused(dovecot: ImapServer, security: str) -> None:
    elsewhere = replace(dovecot.settings(dovecot.new_user(), security), host="localhost")  # type: ignore[arg-type]
    with pytest.raises(PipelineError, match="not trusted"):
        open_mailbox(elsewhere)


def test_a_server_without_starttls_gets_no_password(start_script: StartScript) -> None:
    server = start_script(ImapScript.GREETING, ImapScript({7: RAW}))
    with pytest.raises(PipelineError, match="does not offer starttls"):
        open_mailbox(replace(settings(server), security="starttls"))
    assert server.commands == ["CAPABILITY"]


def test_a_greeting_that_skips_the_login_cannot_skip_starttls(start_script: StartScript) -> None:
    # The stripping trick of CVE-2021-38371 and its kin: PREAUTH makes careless clients go on in the clear.
    server = start_script(
        b"* PREAUTH welcome\r\n", ImapScript({7: RAW}, logged_in=True, able="STARTTLS MOVE")
    )
    with pytest.raises(PipelineError, match="does not offer starttls"):
        open_mailbox(replace(settings(server), security="starttls"))
    assert server.commands == ["CAPABILITY"]


def test_tls_where_none_is_spoken_is_explained(dovecot: ImapServer) -> None:
    wrong_port = replace(dovecot.settings(dovecot.new_user()), security="ssl")
    with pytest.raises(PipelineError, match="No TLS connection") as refusal:
        open_mailbox(wrong_port)
    assert "mailbox.port" in refusal.value.mend


def test_a_refused_login_says_whose_and_not_which_password(dovecot: ImapServer) -> None:
    wrong = replace(dovecot.settings(dovecot.new_user()), password="salah-sekali")
    with pytest.raises(PipelineError, match=f"refused the login of {wrong.user}") as refusal:
        open_mailbox(wrong)
    assert "salah-sekali" not in repr(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_password_beyond_ascii_logs_in(dovecot: ImapServer) -> None:
    user = dovecot.new_user(password="kunci-rahasiä-✓")
    with closing(open_mailbox(dovecot.settings(user))) as mailbox:
        assert mailbox.waiting() == ()


def test_a_server_that_repeats_the_password_does_not_bring_it_into_the_message(
    start_script: StartScript,
) -> None:
    script = ImapScript(instead={"LOGIN": f'TAG BAD cannot parse LOGIN "akses" "{PASSWORD}"\r\n'})
    with pytest.raises(PipelineError) as refusal:
        open_mailbox(settings(start_script(ImapScript.GREETING, script)))
    assert PASSWORD not in str(refusal.value)
    assert PASSWORD not in repr(settings(ScriptedServer(1)))


def test_plain_text_to_another_machine_is_refused_in_the_settings() -> None:
    with pytest.raises(PipelineError, match="another machine"):
        ImapSettings("imap.example.com", 143, "akses", PASSWORD, "plain", Folders())


def test_a_ca_file_that_is_not_there_is_named(dovecot: ImapServer) -> None:
    with pytest.raises(PipelineError, match=r"nowhere\.pem"):
        open_mailbox(replace(dovecot.settings(dovecot.new_user(), "ssl"), ca_file="nowhere.pem"))


# --- broken servers -------------------------------------------------------------------------------


def test_a_server_that_falls_silent_is_given_up_after_the_timeout(start_script: StartScript) -> None:
    server = start_script(ImapScript.GREETING, ImapScript({7: RAW}, instead={"SELECT": ""}))
    with closing(open_mailbox(settings(server, timeout_s=0.3))) as mailbox:
        started = time.monotonic()
        with pytest.raises(PipelineError, match="timed out"):
            mailbox.waiting()
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "greeting", [b"", b"* BYE closed for today\r\n", b"HTTP/1.1 400 Bad Request\r\n", b"\xff\xfe\r\n"]
)
def test_what_is_no_imap_server_is_told(start_script: StartScript, greeting: bytes) -> None:
    server = start_script(greeting, ImapScript())
    with pytest.raises(PipelineError) as refusal:
        open_mailbox(settings(server, timeout_s=0.3))
    assert str(server.port) in refusal.value.what


@pytest.mark.parametrize(
    "command", ["CAPABILITY", "LOGIN", "LIST", "CREATE", "SELECT", "UID FETCH 1", "UID FETCH 7", "UID MOVE"]
)
@pytest.mark.parametrize(
    "answer", ["* BYE maintenance\r\n", "TAG BAD what?\r\n", "* gibberish\r\nTAG NO \xff\xfe\r\n"]
)
def test_a_server_that_answers_with_nonsense_at_any_step_is_one_error(
    start_script: StartScript, command: str, answer: str
) -> None:
    script = ImapScript({7: RAW}, instead={command: answer})

    def session() -> None:
        with closing(open_mailbox(settings(start_script(ImapScript.GREETING, script), 0.5))) as mailbox:
            handle = only_mail(mailbox)
            mailbox.fetch(handle, PLENTY)
            mailbox.move(handle, "Akses/Processed")

    with pytest.raises(PipelineError):
        session()


def test_nobody_listening_is_told_with_the_place() -> None:
    with pytest.raises(PipelineError, match=r"127\.0\.0\.1:9 cannot be reached"):
        open_mailbox(ImapSettings(HOST, 9, "akses", PASSWORD, "plain", Folders(), 2))
