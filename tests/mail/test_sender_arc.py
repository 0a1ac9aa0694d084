"""A mailing list's word on a sender counts only under the newest seal, and only if our server checked it."""

import pytest

from pipeline.mail.message import read_mail
from pipeline.mail.sender import SenderPolicy, check_sender

BOSS = "andi@contoh.example"
POLICY = SenderPolicy("require", ("mx.contoh.example",), arc_sealers=("lists.example.com",))
OURS = "Authentication-Results: mx.contoh.example; dmarc=fail header.from=contoh.example; arc=pass (i=1)"


def arc_set(
    i: object = 1,
    sealer: str = "lists.example.com",
    cv: str = "",
    aar: str = "",
    ams: str = "",
    seal: str = "",
) -> list[str]:
    """The three headers a sealer adds, as it adds them: the seal on top."""
    cv = cv or ("none" if i == 1 else "pass")
    return [
        seal or f"ARC-Seal: i={i}; a=rsa-sha256; t=1732400000; cv={cv}; d={sealer}; s=arc; b=AbCd/+==",
        ams or f"ARC-Message-Signature: i={i}; a=rsa-sha256; c=relaxed/relaxed; d={sealer}; s=arc;"
        "\r\n h=from:subject:date; bh=abc=; b=\r\n\tAbCd\r\n EfGh==",
        aar or f"ARC-Authentication-Results: i={i}; {sealer};\r\n dkim=pass header.d=contoh.example;"
        "\r\n dmarc=pass (p=reject dis=none) header.from=contoh.example",
    ]  # fmt: skip


def sender_of(*headers: str, policy: SenderPolicy = POLICY, sender: str = BOSS):
    raw = "\r\n".join((*headers, f"From: Andi <{sender}>")) + "\r\n\r\nSETUJU\r\n"
    return check_sender(read_mail(raw.encode()), policy)


def test_a_sender_whom_a_trusted_list_saw_pass_is_proven_though_our_own_dmarc_fails():
    sender = sender_of(OURS, *arc_set())
    assert (sender.proof, sender.proven, sender.address) == ("arc", True, BOSS)
    assert "dmarc=fail" in sender.detail
    assert "ARC i=1 sealed by lists.example.com" in sender.detail


@pytest.mark.parametrize("ours", [
    OURS.replace("dmarc=fail", "dmarc=none"),
    "Authentication-Results: mx.contoh.example; arc=pass",
    "Authentication-Results: mx.contoh.example;\r\n arc=pass header.oldest-pass=0 smtp.remote-ip=192.0.2.1;"
    "\r\n dmarc=fail header.from=contoh.example",
])  # fmt: skip
def test_it_counts_where_our_server_has_no_verdict_of_its_own(ours):
    assert sender_of(ours, *arc_set()).proof == "arc"


def test_a_pass_of_our_own_server_is_named_first():
    assert sender_of(OURS.replace("dmarc=fail", "dmarc=pass")).proof == "dmarc"


def test_of_several_sealers_the_newest_is_asked():
    chain = [*arc_set(2), *arc_set(1, "luar.example")]
    assert sender_of(OURS, *chain).proof == "arc"
    assert sender_of(OURS, *arc_set(2, "luar.example"), *arc_set(1)).proof == "none"


def test_what_our_own_servers_sealed_above_their_result_is_not_part_of_the_chain_that_came_in():
    own = arc_set(2, "contoh.example")
    assert sender_of(*own, OURS, *arc_set()).proof == "arc"
    assert sender_of(*arc_set(2), OURS, *arc_set(1, "luar.example")).proof == "none"


NO_ARC = "Authentication-Results: mx.contoh.example; dmarc=fail header.from=contoh.example"
FORGERIES = {
    "our server says nothing of the seals": [NO_ARC, *arc_set()],
    "our server says they are broken": [f"{NO_ARC}; arc=fail", *arc_set()],
    "our server found none": [f"{NO_ARC}; arc=none", *arc_set()],
    "our server says two things": [f"{NO_ARC}; arc=fail; arc=pass", *arc_set()],
    "pass twice": [f"{NO_ARC}; arc=pass; arc=pass", *arc_set()],
    "arc=pass in a comment": [f"{NO_ARC} (arc=pass); arc=fail (arc=pass)", *arc_set()],
    "arc=pass as a property": [f"{NO_ARC} policy.arc=pass", *arc_set()],
    "arc=pass in another server's result": [
        NO_ARC, "Authentication-Results: other.example; arc=pass", *arc_set(),
    ],
    "arc=pass in a forged result below ours": [NO_ARC, OURS, *arc_set()],
    "no result of ours at all": arc_set(),
    "a result below a foreign server's line": [
        "Received: from a by mail.luar.example; Tue, 24 Nov 2026 10:00:00 +0700", OURS, *arc_set(),
    ],
    "two dmarc results of ours": [f"{OURS}; dmarc=pass header.from=contoh.example", *arc_set()],
    "no seals": [OURS],
    "a sealer who is not trusted": [OURS, *arc_set(1, "luar.example")],
    "a sealer below a trusted name": [OURS, *arc_set(1, "lists.example.com.luar.example")],
    "a subdomain of the trusted one": [OURS, *arc_set(1, "x.lists.example.com")],
    "another domain's pass": [OURS, *arc_set(
        aar="ARC-Authentication-Results: i=1; lists.example.com; dmarc=pass header.from=luar.example"
    )],
    "no domain": [OURS, *arc_set(aar="ARC-Authentication-Results: i=1; lists.example.com; dmarc=pass")],
    "the list saw it fail": [OURS, *arc_set(
        aar="ARC-Authentication-Results: i=1; lists.example.com; dmarc=fail header.from=contoh.example"
    )],
    "the list saw only dkim": [OURS, *arc_set(
        aar="ARC-Authentication-Results: i=1; lists.example.com; dkim=pass header.d=contoh.example"
    )],
    "the list says two things": [OURS, *arc_set(
        aar="ARC-Authentication-Results: i=1; lists.example.com; dmarc=fail header.from=contoh.example; "
        "dmarc=pass header.from=contoh.example"
    )],
    "pass in a comment of the list's": [OURS, *arc_set(
        aar="ARC-Authentication-Results: i=1; lists.example.com (dmarc=pass header.from=contoh.example); "
        "dmarc=fail header.from=contoh.example"
    )],
    "a set without its seal": [OURS, *arc_set()[1:]],
    "a set without its signature": [OURS, arc_set()[0], arc_set()[2]],
    "a set without its results": [OURS, *arc_set()[:2]],
    "a set twice": [OURS, *arc_set(), *arc_set()],
    "two results of one set": [OURS, *arc_set(), arc_set()[2]],
    "a missing set": [OURS, *arc_set(3), *arc_set(1)],
    "no first set": [OURS, *arc_set(2)],
    "the sets in the wrong order": [OURS, *arc_set(1), *arc_set(2)],
    "results in the wrong order": [
        OURS, *arc_set(2)[:2], arc_set(1)[2], *arc_set(1)[:2], arc_set(2)[2],
    ],
    "instance 0": [OURS, *arc_set(0, cv="none")],
    "instance 01": [OURS, *arc_set("01", cv="none")],
    "instance 51 alone": [OURS, *arc_set(51)],
    "no instance": [OURS, *arc_set("", cv="none")],
    "a chain that was broken before": [OURS, *arc_set(2, cv="fail"), *arc_set(1)],
    "a second set that calls itself the first": [OURS, *arc_set(2, cv="none"), *arc_set(1)],
    "a first set that vouches for one before": [OURS, *arc_set(1, cv="pass")],
    "a tag twice": [OURS, *arc_set(
        seal="ARC-Seal: i=1; cv=none; d=luar.example; d=lists.example.com; s=a; b=x"
    )],
    "the instance twice": [OURS, *arc_set(seal="ARC-Seal: i=1; i=2; cv=none; d=lists.example.com; s=a; b=x")],
    "a seal that signs headers": [OURS, *arc_set(
        seal="ARC-Seal: i=1; cv=none; h=from; d=lists.example.com; s=a; b=x"
    )],
    "a seal without a signature": [OURS, *arc_set(
        seal="ARC-Seal: i=1; cv=none; d=lists.example.com; s=a; b="
    )],
    "a signature of another domain": [OURS, *arc_set(
        ams="ARC-Message-Signature: i=1; d=luar.example; s=a; h=from; bh=x; b=x"
    )],
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_anything_odd_about_the_seals_is_no_proof(name):
    sender = sender_of(*FORGERIES[name])
    assert (sender.address, sender.proven) == (BOSS, False)


def test_a_company_that_trusts_no_sealer_never_looks_at_the_seals():
    plain = SenderPolicy("require", ("mx.contoh.example",))
    sender = sender_of(OURS, *arc_set(), policy=plain)
    assert (sender.proof, "ARC" in sender.detail) == ("none", False)


def test_another_address_than_the_one_the_list_saw_is_not_proven():
    assert sender_of(OURS, *arc_set(), sender="andi@sub.contoh.example").proof == "none"
    assert sender_of(OURS, *arc_set(), sender="andi@luar.example").proof == "none"
