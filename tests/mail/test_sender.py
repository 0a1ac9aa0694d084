"""Who is believed: a strict From, and what our own server says. Threats T2 to T7."""

from email.policy import default
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imap_tools import MailMessage

from pipeline.mail.message import read_mail
from pipeline.mail.sender import SenderPolicy, check_sender, read_from

REQUIRE = SenderPolicy("require", ("mx.contoh.example",))
BOSS = "andi@contoh.example"
PASS = "Authentication-Results: mx.contoh.example; dmarc=pass (p=reject) header.from=contoh.example"


def sender_of(*headers: str, policy: SenderPolicy = REQUIRE):
    return check_sender(read_mail(("\r\n".join(headers) + "\r\n\r\nSETUJU\r\n").encode()), policy)


@pytest.mark.parametrize("value", [
    BOSS, f"<{BOSS}>", f"Andi Nugroho <{BOSS}>", f'"Andi Nugroho" <{BOSS}>', f'"Nugroho, Andi" <{BOSS}>',
    f'"{BOSS}" <{BOSS}>', f"=?utf-8?b?QW5kaQ==?= <{BOSS}>", f"Andi S. Nugroho <{BOSS}>", f"  {BOSS}  ",
    f"Andi (IT) <{BOSS}>", f"Ándi Nugroho <{BOSS}>", f"ANDI <{BOSS.upper()}>",
    f'"Andi \\"Boss\\" N" <{BOSS}>',
    f"Andi Nugroho<{BOSS}>", f"'Andi' <{BOSS}>", f"Andi/IT/Contoh <{BOSS}>",
])  # fmt: skip
def test_a_plain_from_is_read(value):
    assert read_from((value,)) == (BOSS, "")


@pytest.mark.parametrize("value", [
    f"{BOSS} <evil@evil.example>",                      # read as the boss by three parsers
    f"{BOSS}, evil@evil.example",
    f"Andi <{BOSS}>, Evil <evil@evil.example>",
    f"boss: {BOSS};",                                   # a group
    f"Andi <{BOSS}> <evil@evil.example>",
    f"<evil@evil.example> Andi <{BOSS}>",
    f"(<{BOSS}>) evil@evil.example",
    f"Andi (a <x@y.example>) <{BOSS}>",
    "=?utf-8?q?andi=40contoh=2Eexample?=",              # an encoded address
    "=?utf-8?q?andi?=@contoh.example",
    "andi@[192.0.2.1]", "andi@localhost", "andi", "", "<>",
    '"andi"@contoh.example', "andi@contoh..example",
    ".andi@contoh.example", "andi.@contoh.example", "andi@-contoh.example", "andi @contoh.example",
    "andi@ contoh.example", "andi@contoh.example\x00", "an\x00di@contoh.example", f"Andi\u202e <{BOSS}>",
    f"Andi\u200b <{BOSS}>", "andi@cont\u043eh.example", "ɑndi@contoh.example", f"Wijaya, Andi <{BOSS}>",
    f"\"Andi <{BOSS}>", f"Andi <{BOSS}", f"Andi {BOSS}>", f"@evil.example:{BOSS}", f"<@evil.example:{BOSS}>",
    f"Andi; <{BOSS}>", f"Andi [IT] <{BOSS}>", f"Andi\\ <{BOSS}>", "x" * 2000 + f" <{BOSS}>",
    f"Andi <{'a' * 255}@contoh.example>", "andi@contoh.example.", "andi%evil.example@", f"mailto:{BOSS}",
])  # fmt: skip
def test_anything_else_is_a_defect(value):
    address, defect = read_from((value,))
    assert address == ""
    assert defect


def test_an_address_in_a_quoted_name_is_only_a_name():
    assert read_from((f'"{BOSS}" <evil@evil.example>',)) == ("evil@evil.example", "")


def test_two_from_headers_are_a_defect_in_either_order():
    for pair in ((BOSS, "evil@evil.example"), ("evil@evil.example", BOSS), (BOSS, BOSS)):
        assert sender_of(*(f"From: {value}" for value in pair), PASS).defect


@pytest.mark.parametrize(
    "second", ["from: evil@evil.example", "FROM : evil@evil.example", "From:\r\n evil@evil.example"]
)
def test_a_second_from_in_disguise_is_seen(second):
    assert sender_of(f"From: {BOSS}", second, PASS).defect


def test_no_from_is_a_defect():
    assert sender_of(f"Sender: {BOSS}", f"Reply-To: {BOSS}", f"Return-Path: <{BOSS}>", PASS).defect


def test_other_headers_never_change_who_it_is():
    assert sender_of("Reply-To: " + BOSS, f"Sender: {BOSS}", PASS, "From: evil@evil.example").address != BOSS


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=60))
def test_whatever_is_written_into_the_name_never_gives_another_address(noise):
    address, defect = read_from((f"{noise} <evil@evil.example>",))
    assert defect or address == "evil@evil.example"


@given(st.lists(st.sampled_from(
    [BOSS, "evil@evil.example", "<", ">", '"', "(", ")", ",", ";", ":", "\\", " ", "@", "a", "=?utf-8?q?x?="]
), max_size=8))  # fmt: skip
def test_where_parsers_disagree_the_header_is_a_defect(pieces):
    """Of our reading and three lenient ones, ours never finds an address that another reads otherwise."""
    value = "".join(pieces)
    address, defect = read_from((value,))
    if defect:
        return
    raw = f"From: {value}\r\n\r\n".encode()
    lenient = {parseaddr(value)[1].lower(), (MailMessage.from_bytes(raw).from_ or "").lower()}
    header = default.header_factory("From", value)
    lenient |= {a.addr_spec.lower() for a in header.addresses}
    assert lenient == {address}


# --- what our own server says -------------------------------------------------------------------------


def test_the_topmost_result_of_our_server_counts():
    sender = sender_of(PASS, f"From: {BOSS}")
    assert (sender.address, sender.proof, sender.proven) == (BOSS, "dmarc", True)
    assert "dmarc=pass header.from=contoh.example" in sender.detail


@pytest.mark.parametrize("results", [
    "",
    "Authentication-Results: mx.contoh.example; none",
    "Authentication-Results: mx.contoh.example; dmarc=fail header.from=contoh.example",
    "Authentication-Results: mx.contoh.example; dmarc=none header.from=contoh.example",
    "Authentication-Results: mx.contoh.example; dmarc=pass header.from=evil.example",
    "Authentication-Results: mx.contoh.example; dmarc=pass",
    "Authentication-Results: mx.contoh.example; dkim=pass header.d=contoh.example",
    "Authentication-Results: mx.contoh.example; spf=pass smtp.mailfrom=contoh.example",
    "Authentication-Results: other.example; dmarc=pass header.from=contoh.example",
    "Authentication-Results: (mx.contoh.example) other.example; dmarc=pass header.from=contoh.example",
    "Authentication-Results: mx.contoh.example; (dmarc=pass) dmarc=fail header.from=contoh.example",
    "Authentication-Results: mx.contoh.example; dmarc=fail (dmarc=pass header.from=contoh.example)",
    "Authentication-Results: mx.contoh.example; dmarc=fail header.from=contoh.example; "
    "dmarc=pass header.from=contoh.example",
    "Authentication-Results: mx.contoh.example dmarc=pass header.from=contoh.example",
    "Authentication-Results: mx.contoh.example.evil.example; dmarc=pass header.from=contoh.example",
    "Authentication-Results: mx.contoh.example; dmarc=pass header.from=\"contoh.example evil.example\"",
    "ARC-Authentication-Results: i=1; mx.contoh.example; dmarc=pass header.from=contoh.example",
    "X-Authentication-Results: mx.contoh.example; dmarc=pass header.from=contoh.example",
])  # fmt: skip
def test_anything_less_is_no_proof(results):
    headers = [results] if results else []
    sender = sender_of(*headers, f"From: {BOSS}")
    assert (sender.address, sender.proven) == (BOSS, False)


def test_a_forged_result_below_our_servers_own_does_not_count():
    fail = "Authentication-Results: mx.contoh.example; dmarc=fail header.from=contoh.example"
    assert not sender_of(fail, PASS, f"From: {BOSS}").proven


def test_a_result_below_a_foreign_servers_line_does_not_count():
    received = "Received: from x by mail.evil.example with ESMTP; Tue, 24 Nov 2026 10:00:00 +0700"
    assert not sender_of(received, PASS, f"From: {BOSS}").proven


@pytest.mark.parametrize("by", ["mx.contoh.example", "imap.contoh.example", "mail", "10.0.0.7"])
def test_a_result_below_our_own_servers_lines_counts(by):
    received = f"Received: from a by {by} with LMTP; Tue, 24 Nov 2026 10:00:00 +0700"
    assert sender_of(received, PASS, f"From: {BOSS}").proven


def test_a_folded_result_with_comments_is_read():
    folded = (
        "Authentication-Results: MX.Contoh.Example (ours);\r\n spf=pass smtp.mailfrom=contoh.example;\r\n"
        "\tdmarc=pass (p=none dis=none)\r\n header.from=Contoh.Example"
    )
    assert sender_of(folded, f"From: {BOSS}").proven


def test_a_subdomain_is_another_domain():
    assert not sender_of(PASS, "From: andi@sub.contoh.example").proven


def test_token_only_mode_takes_a_sound_from_but_not_one_our_server_calls_forged():
    policy = SenderPolicy("token-only", ("mx.contoh.example",))
    assert sender_of(f"From: {BOSS}", policy=policy).proof == "token-only"
    fail = "Authentication-Results: mx.contoh.example; dmarc=fail header.from=contoh.example"
    assert not sender_of(fail, f"From: {BOSS}", policy=policy).proven
    assert not sender_of(f"From: {BOSS} <evil@evil.example>", policy=policy).proven


def test_headers_on_which_readers_disagree_prove_nobody():
    assert sender_of(PASS, f"From: {BOSS}", "this is no header line", "Subject: x").defect
    assert sender_of(PASS, f"Subject: x\rFrom: {BOSS}", "From: " + BOSS).defect


@pytest.mark.parametrize("header", ["Subject", "In-Reply-To", "References", "Content-Type", "Message-ID"])
def test_a_header_that_decides_what_is_read_and_stands_twice_proves_nobody(header):
    """Of two, one reader takes the first and the next the last; a DKIM signature covers only one of them."""
    once, twice = [f"{header}: <a@b.example>"], [f"{header}: <a@b.example>", f"{header}: <c@d.example>"]
    assert sender_of(PASS, f"From: {BOSS}", *once).proven
    assert sender_of(PASS, f"From: {BOSS}", *twice).defect == "a header twice that may stand once"


def test_results_with_thousands_of_brackets_are_unreadable_and_raise_nothing():
    """RecursionError in authres: the mail was tried three times and then called unreadable."""
    for brackets in ("(" * 5000, "(" * 900 + ")" * 900):
        assert not sender_of(f"{PASS} {brackets}", f"From: {BOSS}").proven


@pytest.mark.parametrize(("server", "results"), [
    ("mx.google.com", (
        'mx.google.com;\r\n dkim=pass header.i=@contoh.example header.s=google header.b="AbC/d+e=";\r\n'
        " arc=pass (i=1 spf=pass spfdomain=contoh.example dkim=pass dkdomain=contoh.example dmarc=pass);\r\n"
        " spf=pass (google.com: domain of a@contoh.example designates 192.0.2.1 as permitted sender)"
        " smtp.mailfrom=a@contoh.example;\r\n"
        " dmarc=pass (p=QUARANTINE sp=QUARANTINE dis=NONE) header.from=contoh.example"
    )),
    ("mail.contoh.example", "mail.contoh.example; dmarc=pass (p=reject dis=none) header.from=contoh.example"),
    ("mx.contoh.example", (
        "mx.contoh.example;\r\n\tdkim=pass header.d=contoh.example header.s=dkim header.b=abc;\r\n"
        "\tdmarc=pass (policy=reject) header.from=contoh.example"
    )),
    ("mx3.post.example", (
        "mx3.post.example;\r\n arc=none (no signatures);\r\n iprev=pass smtp.remote-ip=192.0.2.1 (m.x);\r\n"
        " dkim=pass (2048-bit rsa key) header.d=contoh.example header.b=wPz header.s=s1 x-bits=2048;\r\n"
        " dmarc=pass policy.published-domain-policy=none (p=none,d=none) header.from=contoh.example"
    )),
], ids=["Google", "OpenDMARC", "rspamd", "Fastmail"])  # fmt: skip
def test_what_real_servers_write_is_read(server, results):
    headers = (
        "Received: from a by 2002:a05:6a10:1234 with SMTP id x; Tue, 24 Nov 2026 10:00:00 +0700",
        f"Received: from b (b [192.0.2.1]) by {server} with ESMTPS id y; Tue, 24 Nov 2026 10:00:00 +0700",
        f"Authentication-Results: {results}",
        "Received: from pc by out.contoh.example; Tue, 24 Nov 2026 10:00:00 +0700",
        f"From: Andi <{BOSS}>",
    )
    assert sender_of(*headers, policy=SenderPolicy("require", (server,))).proven
