"""Mailboxes at Microsoft 365: a result that names no server counts by its place. Headers as published."""

import pytest

from pipeline.mail.message import read_mail
from pipeline.mail.sender import SenderPolicy, check_sender

BOSS = "andi@contoh.example"
POLICY = SenderPolicy("require", (), microsoft365=True, own_domains=("contoh.example", "contoh.co.id"))
MAILBOX = (
    "Received: from PUZPR03CA0012.apcprd03.prod.outlook.com (2603:1096:301::1)\r\n by"
    " TYZPR03MB0002.apcprd03.prod.outlook.com (2603:1096:400::2) with HTTPS; Tue, 24 Nov 2026 02:00:00 +0000"
)
FRONTEND = (
    "Received: from SG2PEPF00000001.apcprd03.prod.outlook.com\r\n (2603:1096:4::b3) by"
    " PUZPR03CA0012.outlook.office365.com\r\n (2603:1096:301::1) with Microsoft SMTP Server (version=TLS1_3)"
    " id 15.20.1.2 via Frontend\r\n Transport; Tue, 24 Nov 2026 02:00:00 +0000"
)
DOOR = (
    "Received: from mail.contoh.example (192.0.2.1) by\r\n SG2PEPF00000001.mail.protection.outlook.com"
    " (10.167.240.1) with Microsoft SMTP\r\n Server id 15.20.1.2 via Frontend Transport; Tue, 24 Nov 2026"
)
RESULT = (
    "Authentication-Results: spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=contoh.example; dkim=pass"
    " (signature was verified)\r\n header.d=contoh.example;dmarc=pass action=none\r\n"
    " header.from=contoh.example;compauth=pass reason=100"
)
PLAIN = "Authentication-Results: dmarc=pass header.from=contoh.example"


def sender_of(*headers: str, policy: SenderPolicy = POLICY, sender: str = BOSS):
    raw = "\r\n".join((*headers, f"From: Andi <{sender}>")) + "\r\n\r\nSETUJU\r\n"
    return check_sender(read_mail(raw.encode()), policy)


@pytest.mark.parametrize("result", [
    RESULT,
    RESULT.replace("smtp.mailfrom=contoh.example;", "smtp.mailfrom=contoh.example; contoh.example;"),
    RESULT.replace("action=none", "(p=reject; sp=none) action=none"),
    RESULT.replace("dkim=pass (signature was verified)", "dkim=none (message not signed)").replace(
        "header.d=contoh.example", "header.d=none"
    ),
])  # fmt: skip
def test_the_topmost_result_above_the_front_door_counts(result):
    sender = sender_of(MAILBOX, FRONTEND, result, "Received-SPF: Pass", DOOR)
    assert (sender.proof, sender.proven) == ("dmarc", True)
    assert "Microsoft 365: dmarc=pass header.from=contoh.example" in sender.detail


ATTACKS = {
    "no result": [MAILBOX, FRONTEND, DOOR],
    "a result below the front door": [MAILBOX, FRONTEND, DOOR, RESULT],
    "a forged one below a real one that fails": [
        MAILBOX, RESULT.replace("dmarc=pass", "dmarc=fail"), DOOR, RESULT,
    ],
    "a forged one below a real one without a verdict": [
        MAILBOX, RESULT.replace("dmarc=pass", "dmarc=none"), DOOR, RESULT,
    ],
    "a result below a foreign server's line": [
        "Received: from a by mail.luar.example; Tue, 24 Nov 2026", MAILBOX, RESULT,
    ],
    "a look-alike of Microsoft's hosts": [
        "Received: from a by x.prod-outlook.com; Tue, 24 Nov 2026", RESULT,
    ],
    "Microsoft's host as a subdomain": [
        "Received: from a by x.prod.outlook.com.luar.example; Tue, 24 Nov 2026", RESULT,
    ],
    "Microsoft's name in a foreign server's line": [
        "Received: from a by x.prod.outlook.com by mail.luar.example; Tue, 24 Nov 2026", RESULT,
    ],
    "a line that names no host": ["Received: from a; Tue, 24 Nov 2026", RESULT],
    "a result that names a server": [f"Authentication-Results: mx.contoh.example; {RESULT[24:]}", RESULT],
    "a result that names Microsoft": [MAILBOX, f"Authentication-Results: outlook.com; {RESULT[24:]}"],
    "a bare pass among other words": [MAILBOX, PLAIN.replace("dmarc", "good dmarc")],
    "another domain's pass": [RESULT.replace("header.from=contoh.example", "header.from=luar.example")],
    "no domain": [RESULT.replace("header.from=contoh.example", "")],
    "two domains": [RESULT.replace("action=none", "header.from=luar.example")],
    "the best guess": [RESULT.replace("dmarc=pass", "dmarc=bestguesspass")],
    "two verdicts": [RESULT + ";dmarc=fail header.from=contoh.example"],
    "a verdict written into another value": [
        RESULT.replace("dmarc=pass", "dmarc=fail").replace(
            "header.d=contoh.example", "header.d=x;dmarc=pass header.from=contoh.example"
        ),
    ],
    "a verdict in a comment": [
        RESULT.replace("dmarc=pass", "dmarc=fail").replace(
            "(signature was verified)", "(;dmarc=pass header.from=contoh.example;)"
        ),
    ],
    "a comment that does not end": [RESULT.replace("(signature was verified)", "(signature")],
    "a comment in a comment": [RESULT.replace("(signature was verified)", "(a (b) c)")],
    "quotes": [RESULT.replace("header.d=contoh.example", 'header.d="contoh.example"')],
    "compauth alone": ["Authentication-Results: compauth=pass reason=100"],
    "spf and dkim alone": [RESULT.split("dmarc=", maxsplit=1)[0]],
    "an empty result": ["Authentication-Results:", RESULT],
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_anything_less_is_no_proof(name):
    sender = sender_of(*ATTACKS[name])
    assert (sender.address, sender.proven) == (BOSS, False)


def test_a_result_without_a_name_counts_for_no_other_mailbox():
    assert not sender_of(RESULT, policy=SenderPolicy("require", ("mx.contoh.example",))).proven
    assert not sender_of(RESULT, policy=SenderPolicy("require", ())).proven


def test_a_subdomain_is_another_domain():
    assert not sender_of(RESULT, sender="andi@sub.contoh.example").proven


# --- between two mailboxes of the tenant ----------------------------------------------------------------

INTERNAL = "X-MS-Exchange-Organization-AuthAs: Internal"
STORE = (
    "Received: from TYZPR03MB0009.apcprd03.prod.outlook.com ([fe80::1])\r\n by"
    " TYZPR03MB0009.apcprd03.prod.outlook.com ([fe80::1%5]) with mapi id 15.20.1.2; Tue, 24 Nov 2026 02:00:00"
)
SILENT = (
    "Authentication-Results: dkim=none (message not signed)\r\n header.d=none;dmarc=none action=none"
    " header.from=contoh.example;"
)


@pytest.mark.parametrize("headers", [
    [MAILBOX, STORE, INTERNAL],
    [MAILBOX, STORE, SILENT, INTERNAL],
    [MAILBOX.replace("prod.outlook.com (2603:1096:400", "prod.exchangelabs.com (2603:1096:400"), INTERNAL],
])  # fmt: skip
def test_a_colleagues_mail_that_never_left_the_tenant_is_proven(headers):
    sender = sender_of(*headers)
    assert (sender.proof, sender.proven) == ("microsoft365-internal", True)
    assert "AuthAs: Internal" in sender.detail


def test_only_the_companys_own_domains_are_in_the_tenant():
    assert sender_of(MAILBOX, STORE, INTERNAL, sender="andi@contoh.co.id").proof == "microsoft365-internal"
    assert sender_of(MAILBOX, STORE, INTERNAL, sender="andi@luar.example").proof == "none"
    assert sender_of(MAILBOX, STORE, INTERNAL, sender="andi@x.contoh.example").proof == "none"


@pytest.mark.parametrize("headers", [
    [MAILBOX, STORE],
    [INTERNAL],
    [MAILBOX, STORE, INTERNAL, INTERNAL],
    [MAILBOX, STORE, INTERNAL, INTERNAL.replace("Internal", "Anonymous")],
    [MAILBOX, STORE, INTERNAL.replace("Internal", "Anonymous")],
    [MAILBOX, STORE, INTERNAL.replace("Internal", "Internal74")],
    [MAILBOX, STORE, INTERNAL.replace("Internal", "Partner")],
    [MAILBOX, STORE, "X-MS-Exchange-CrossTenant-AuthAs: Internal"],
    [MAILBOX, FRONTEND, DOOR, INTERNAL],
    [MAILBOX, DOOR, STORE, INTERNAL],
    [MAILBOX, STORE, "Received: from pc by exchange.contoh.example; Tue, 24 Nov 2026", INTERNAL],
    [MAILBOX, STORE, "Received: from pc by mail; Tue, 24 Nov 2026", INTERNAL],
    [MAILBOX, STORE, "Received: by", INTERNAL],
    [MAILBOX, RESULT.replace("dmarc=pass", "dmarc=fail"), STORE, INTERNAL],
])  # fmt: skip
def test_anything_that_came_in_from_outside_is_not_internal(headers):
    assert not sender_of(*headers).proven


def test_a_company_elsewhere_does_not_believe_such_headers():
    assert not sender_of(
        MAILBOX, STORE, INTERNAL, policy=SenderPolicy("require", ("mx.contoh.example",))
    ).proven
