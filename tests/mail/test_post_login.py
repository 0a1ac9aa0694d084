"""Letters only over a connection that is what it should be: TLS, certificates and logins of the SMTP post."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from pipeline.mail.post import SmtpSettings, open_post
from pipeline.model import PipelineError
from tests.scripts import ScriptedServer, smtp_script
from tests.servers import HOST
from tests.smtp_servers import SmtpServer

StartSmtp = Callable[..., SmtpServer]
StartScript = Callable[..., ScriptedServer]

PORTAL = "akses-it@example.com"
RINA = "rina@sefas.example.com"
LETTER = b"Subject: halo\r\n\r\nhalo\r\n"


@pytest.mark.parametrize("kind", ["starttls", "tls"])
def test_a_letter_goes_over_a_verified_connection(start_smtp: StartSmtp, kind: str) -> None:
    server = start_smtp(**{kind: True})
    with closing(open_post(server.settings())) as post:
        assert post.send(PORTAL, (RINA,), LETTER).accepted == (RINA,)
    assert server.messages == [(PORTAL, [RINA], LETTER)]


@pytest.mark.parametrize("kind", ["starttls", "tls"])
@pytest.mark.parametrize("change", [{"ca_file": ""}, {"host": "localhost"}])
def test_a_certificate_that_is_unknown_or_of_another_name_is_refused(
    start_smtp: StartSmtp, kind: str, change: dict[str, str]
) -> None:
    server = start_smtp(**{kind: True})
    with (
        closing(open_post(replace(server.settings(), **change))) as post,
        pytest.raises(PipelineError, match="not trusted"),
    ):
        post.send(PORTAL, (RINA,), LETTER)
    assert server.messages == []


def test_a_server_without_starttls_gets_neither_password_nor_letter(start_script: StartScript) -> None:
    sent: list[str] = []
    server = start_script(b"220 hi\r\n", smtp_script({}, sent))
    wanted = SmtpSettings(HOST, server.port, "akses", "mercusuar", "starttls", 5)
    with closing(open_post(wanted)) as post, pytest.raises(PipelineError, match="STARTTLS"):
        post.send(PORTAL, (RINA,), LETTER)
    assert sent == ["EHLO"]


@pytest.mark.parametrize("password", ["mercusuar-biru", "kunci-rahasiä-✓"])
def test_a_login_is_made_where_the_server_wants_one(start_smtp: StartSmtp, password: str) -> None:
    server = start_smtp(starttls=True, user="akses", password=password)
    with closing(open_post(server.settings())) as post:
        assert post.send(PORTAL, (RINA,), LETTER).accepted == (RINA,)


@pytest.mark.parametrize("password", ["salah-sekali", "salah-sekäli"])
def test_a_refused_login_says_whose_and_not_which_password(start_smtp: StartSmtp, password: str) -> None:
    server = start_smtp(starttls=True, user="akses", password="mercusuar-biru")
    with (
        closing(open_post(replace(server.settings(), password=password))) as post,
        pytest.raises(PipelineError, match="refused the login of akses") as refusal,
    ):
        post.send(PORTAL, (RINA,), LETTER)
    assert password not in repr(refusal.value)
    assert password not in repr(replace(server.settings(), password=password))
    assert refusal.value.__cause__ is None


def test_a_server_that_knows_no_login_is_told_apart_from_a_wrong_password(smtp_server: SmtpServer) -> None:
    with (
        closing(open_post(replace(smtp_server.settings(), user="akses", password="x"))) as post,
        pytest.raises(PipelineError, match="AUTH") as trouble,
    ):
        post.send(PORTAL, (RINA,), LETTER)
    assert "remove post.user" in trouble.value.mend


def test_plain_text_to_another_machine_is_refused_in_the_settings() -> None:
    with pytest.raises(PipelineError, match="another machine"):
        SmtpSettings("smtp.example.com", 25, "", "", "plain")
