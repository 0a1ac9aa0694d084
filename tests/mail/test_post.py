"""Letters over a real SMTP server, and what is told when it refuses, breaks off or cannot be trusted."""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.mail import post as post_module
from pipeline.mail.post import Delivery, OutboxSettings, SmtpSettings, open_post
from pipeline.model import PipelineError
from tests.scripts import ScriptedServer, smtp_script
from tests.servers import HOST
from tests.smtp_servers import SmtpServer

StartSmtp = Callable[..., SmtpServer]
StartScript = Callable[..., ScriptedServer]

PORTAL = "akses-it@example.com"
RINA, BUDI = "rina@sefas.example.com", "budi@sefas.example.com"
LETTER = b"Subject: halo\r\nMessage-ID: <k1@akses>\r\n\r\n.satu titik\r\n..dua\r\n.\r\nakhir\r\n"


def send(server: SmtpServer, *recipients: str, data: bytes = LETTER) -> Delivery:
    with closing(open_post(server.settings())) as post:
        return post.send(PORTAL, recipients, data)


def test_a_letter_arrives_byte_for_byte_lines_that_begin_with_a_dot_included(smtp_server: SmtpServer) -> None:
    delivery = send(smtp_server, RINA, BUDI)
    assert smtp_server.messages == [(PORTAL, [RINA, BUDI], LETTER)]
    assert delivery == Delivery((RINA, BUDI), (), "250 2.0.0 taken")


def test_bare_line_ends_become_crlf_so_that_no_server_sees_a_second_mail(smtp_server: SmtpServer) -> None:
    send(smtp_server, RINA, data=b"Subject: a\n\nx\r.\rMAIL FROM:<y@example.com>\n.\nlast")
    ((_, _, received),) = smtp_server.messages
    assert received == b"Subject: a\r\n\r\nx\r\n.\r\nMAIL FROM:<y@example.com>\r\n.\r\nlast\r\n"


def test_eight_bit_letters_are_announced_and_unchanged(smtp_server: SmtpServer) -> None:
    send(smtp_server, RINA, data="Subject: é\r\n\r\nselesai ✓\r\n".encode())
    assert smtp_server.messages[0][2] == "Subject: é\r\n\r\nselesai ✓\r\n".encode()
    assert "BODY=8BITMIME" in smtp_server.options[0]


def test_one_connection_carries_many_letters(smtp_server: SmtpServer) -> None:
    with closing(open_post(smtp_server.settings())) as post:
        assert smtp_server.connections == 0
        for number in range(5):
            post.send(PORTAL, (RINA,), b"Subject: %d\r\n\r\n" % number)
    assert len(smtp_server.messages) == 5
    assert smtp_server.connections == 1


def test_recipients_are_refused_one_by_one_and_the_others_get_the_letter(start_smtp: StartSmtp) -> None:
    server = start_smtp(refuse={RINA: "550 5.1.1 no such user", "full@example.com": "450 4.2.2 mailbox full"})
    delivery = send(server, RINA, BUDI, "full@example.com")
    assert server.messages == [(PORTAL, [BUDI], LETTER)]
    assert delivery.accepted == (BUDI,)
    assert [(r.address, r.code, r.permanent) for r in delivery.refused] == [
        (RINA, 550, True),
        ("full@example.com", 450, False),
    ]
    assert "no such user" in delivery.refused[0].text


def test_when_all_are_refused_no_letter_is_handed_over_and_the_next_one_goes(start_smtp: StartSmtp) -> None:
    server = start_smtp(refuse={RINA: "550 no such user"})
    with closing(open_post(server.settings())) as post:
        assert post.send(PORTAL, (RINA,), LETTER).accepted == ()
        assert post.send(PORTAL, (BUDI,), LETTER).accepted == (BUDI,)
    assert server.messages == [(PORTAL, [BUDI], LETTER)]


@pytest.mark.parametrize(
    ("answer", "permanent"), [("451 4.7.1 come back later", False), ("554 5.7.1 spam", True)]
)
def test_a_letter_refused_at_its_end_is_refused_for_every_recipient(
    start_smtp: StartSmtp, answer: str, permanent: bool
) -> None:
    delivery = send(start_smtp(answer=answer), RINA, BUDI)
    assert delivery.accepted == ()
    assert [(r.address, r.permanent) for r in delivery.refused] == [(RINA, permanent), (BUDI, permanent)]


@pytest.mark.parametrize(
    "address",
    [
        "rina@sefas.example.com> SIZE=1",
        "a@b\r\nRCPT TO:<evil@example.com>",
        "a@b,c@d",
        "",
        "rina",
        "é@example.com",
        "<a@b>",
    ],
)
def test_what_is_no_plain_address_never_reaches_the_server(smtp_server: SmtpServer, address: str) -> None:
    delivery = send(smtp_server, BUDI, address)
    assert delivery.accepted == (BUDI,)
    assert [(r.address, r.permanent) for r in delivery.refused] == [(address, True)]
    assert smtp_server.messages[0][1] == [BUDI]


def test_a_sender_that_the_server_does_not_take_is_a_fault_of_the_set_up(start_smtp: StartSmtp) -> None:
    with pytest.raises(PipelineError, match="550 not yours") as refusal:
        send(start_smtp(refuse={PORTAL: "550 not yours"}), RINA)
    assert "portal.address" in refusal.value.mend


def test_a_letter_too_large_for_the_server_is_refused_and_holds_up_no_other(start_smtp: StartSmtp) -> None:
    delivery = send(start_smtp(refuse={PORTAL: "552 too big"}), RINA)
    assert [(r.address, r.code, r.permanent) for r in delivery.refused] == [(RINA, 552, True)]


def test_without_any_recipient_the_letter_is_not_offered(start_script: StartScript) -> None:
    sent: list[str] = []
    server = start_script(b"220 hi\r\n", smtp_script({"RCPT": b"550 unknown\r\n"}, sent))
    with closing(open_post(scripted(server))) as post:
        assert post.send(PORTAL, (RINA,), LETTER).accepted == ()
    assert sent == ["EHLO", "MAIL", "RCPT", "QUIT"]


# --- connections that break -----------------------------------------------------------------------


def test_a_server_that_takes_the_letter_and_hangs_up_leaves_it_uncertain(start_smtp: StartSmtp) -> None:
    server = start_smtp(answer="")
    with closing(open_post(server.settings())) as post:
        with pytest.raises(PipelineError, match="whether it was taken is not known"):
            post.send(PORTAL, (RINA,), LETTER)
        server.answer = "250 taken"
        assert post.send(PORTAL, (RINA,), LETTER).accepted == (RINA,)
    # The same bytes: whoever gets both sees one Message-ID.
    assert [data for _, _, data in server.messages] == [LETTER, LETTER]


def scripted(server: ScriptedServer, timeout_s: float = 5) -> SmtpSettings:
    return SmtpSettings(HOST, server.port, "", "", "plain", timeout_s)


def test_a_connection_dropped_while_idle_is_opened_again_before_the_next_letter(
    start_script: StartScript,
) -> None:
    sent: list[str] = []
    server = start_script(b"220 hi\r\n", smtp_script({"RSET": b""}, sent))
    with closing(open_post(scripted(server))) as post:
        for _ in range(2):
            assert post.send(PORTAL, (RINA,), LETTER).reply == "250 taken"
    one_letter = ["MAIL", "RCPT", "DATA", "."]
    assert sent == ["EHLO", *one_letter, "RSET", "EHLO", *one_letter, "QUIT"]


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
def test_a_connection_dropped_within_a_letter_is_not_retried_here(
    start_script: StartScript, verb: str
) -> None:
    sent: list[str] = []
    server = start_script(b"220 hi\r\n", smtp_script({verb: b""}, sent))
    with closing(open_post(scripted(server))) as post, pytest.raises(PipelineError):
        post.send(PORTAL, (RINA,), LETTER)
    assert sent.count(verb) == 1
    assert sent.count("EHLO") == 1


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_closes_down_in_between_is_trouble_and_no_refusal(
    start_script: StartScript, verb: str
) -> None:
    server = start_script(b"220 hi\r\n", smtp_script({verb: b"421 closing\r\n"}, []))
    with closing(open_post(scripted(server))) as post, pytest.raises(PipelineError, match="421 closing"):
        post.send(PORTAL, (RINA,), LETTER)


def test_a_slow_answer_to_a_letter_is_waited_for_beyond_the_usual_timeout(start_script: StartScript) -> None:
    usual = smtp_script({}, [])

    def slow(line: bytes) -> bytes:
        if line == b".":
            time.sleep(0.8)
        return usual(line)

    with closing(open_post(scripted(start_script(b"220 hi\r\n", slow), timeout_s=0.3))) as post:
        assert post.send(PORTAL, (RINA,), LETTER).accepted == (RINA,)


def test_a_server_that_never_answers_a_letter_is_given_up_at_last(
    start_script: StartScript, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert post_module.FINAL_ANSWER_S >= 600
    monkeypatch.setattr(post_module, "FINAL_ANSWER_S", 0.3)
    server = start_script(b"220 hi\r\n", smtp_script({".": b"250-not yet\r\n"}, []))
    with closing(open_post(scripted(server, 0.2))) as post, pytest.raises(PipelineError, match="not known"):
        post.send(PORTAL, (RINA,), LETTER)


@pytest.mark.parametrize("greeting", [b"421 too busy\r\n", b"554 go away\r\n", b"", b"* OK IMAP ready\r\n"])
def test_a_server_that_does_not_want_to_talk_is_told(start_script: StartScript, greeting: bytes) -> None:
    server = start_script(greeting, smtp_script({}, []))
    with closing(open_post(scripted(server, 0.3))) as post, pytest.raises(PipelineError) as trouble:
        post.send(PORTAL, (RINA,), LETTER)
    assert str(server.port) in trouble.value.what
    assert trouble.value.mend


def test_nobody_listening_is_told_with_the_place() -> None:
    with (
        closing(open_post(SmtpSettings(HOST, 9, "", "", "plain", 2))) as post,
        pytest.raises(PipelineError, match=r"127\.0\.0\.1:9 cannot be reached"),
    ):
        post.send(PORTAL, (RINA,), LETTER)


# --- outbox ---------------------------------------------------------------------------------------


def test_the_outbox_holds_each_letter_once_with_its_bytes(tmp_path: Path) -> None:
    with closing(open_post(OutboxSettings(tmp_path / "outbox"))) as post:
        for _ in range(2):
            assert post.send(PORTAL, (RINA, BUDI), LETTER).accepted == (RINA, BUDI)
        post.send(PORTAL, (BUDI,), LETTER + b"lagi\r\n")
    letters = sorted(p.read_bytes() for p in (tmp_path / "outbox" / "new").iterdir())
    assert letters == [LETTER, LETTER + b"lagi\r\n"]
