"""A signature proves its sender only with the pinned certificate, over the very bytes that are read."""

import hashlib
import random
import subprocess
from datetime import timedelta

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives import hashes

from pipeline.mail.message import read_mail
from pipeline.mail.sender import Pins, SenderPolicy, check_sender
from pipeline.mail.smime import NotProven, check_signature
from pipeline.model import Directory, Person, SignedPart
from tests.mail.signing import MOMENT, part, sign, signed_mail, signer

BOSS = "andi@contoh.example"
CODE = "AK1-" + "0123456789ABCDEFGHJKMNPQRS"
ANDI = signer("Andi Nugroho")
TEXT = part(f"SETUJU\n\nPada hari ini, Portal menulis:\n> REQ-2026-0001 {CODE}\n")
HEADERS = f"From: Andi Nugroho <{BOSS}>\r\nSubject: Re: akses\r\n".encode()
POLICY = SenderPolicy("require", ("mx.contoh.example",), smime=True)


def pins(fingerprint: str = ANDI.fingerprint, now=MOMENT) -> Pins:
    people = (
        Person("Andi Nugroho", BOSS, "IT", "Umum", "it_manager", certificate=fingerprint),
        Person("Sari Wulandari", "sari@contoh.example", "Finance", "Umum", "manager"),
    )
    return Pins(Directory(people, ()), now)


def proof(raw: bytes, policy: SenderPolicy = POLICY, held: Pins | None = None) -> tuple[str, str]:
    sender = check_sender(read_mail(raw), policy, held or pins())
    assert sender.proven == (sender.proof != "none")
    return sender.proof, sender.detail


SIGNED = signed_mail(HEADERS, TEXT, sign(TEXT, ANDI))


def test_an_answer_signed_with_the_pinned_certificate_is_proven_without_dmarc():
    found, detail = proof(SIGNED)
    assert found == "smime"
    assert ANDI.fingerprint[:16] in detail
    assert read_mail(SIGNED).text.startswith("SETUJU")


@pytest.mark.parametrize(("kind", "digest", "pss"), [
    ("p256", hashes.SHA256, False), ("p384", hashes.SHA384, False), ("p256", hashes.SHA512, False),
    ("rsa", hashes.SHA256, False), ("rsa", hashes.SHA512, False), ("rsa", hashes.SHA256, True),
    ("rsa", hashes.SHA384, True),
])  # fmt: skip
def test_rsa_and_ecdsa_signatures_of_today_are_understood(kind, digest, pss):
    one = signer("Andi Nugroho", kind)
    raw = signed_mail(HEADERS, TEXT, sign(TEXT, one, digest=digest, pss=pss))
    assert proof(raw, held=pins(one.fingerprint))[0] == "smime"


@pytest.mark.parametrize("options", [
    [], ["-md", "sha384"], ["-binary"], ["-keyid"], ["-md", "sha512", "-nosmimecap"],
    ["-keyopt", "rsa_padding_mode:pss"], ["-keyopt", "rsa_padding_mode:pss", "-md", "sha512"],
])  # fmt: skip
def test_what_openssl_signs_is_understood(tmp_path, options):
    one = signer("Andi Nugroho", "rsa")
    for name, data in zip(("cert.pem", "key.pem"), one.pem(), strict=True):
        (tmp_path / name).write_bytes(data)
    (tmp_path / "part").write_bytes(TEXT)
    made = subprocess.run(
        ["openssl", "cms", "-sign", "-in", "part", "-signer", "cert.pem", "-inkey", "key.pem", *options],
        cwd=tmp_path, capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert proof(HEADERS + made, held=pins(one.fingerprint))[0] == "smime"
    assert proof(HEADERS + made)[0] == "none"


def test_line_ends_that_a_mailbox_changed_do_not_break_the_signature():
    assert proof(SIGNED.replace(b"\r\n", b"\n"))[0] == "smime"


@pytest.mark.parametrize("text", ["SETUJU", "", " ", "Terima kasih\n\n"])
def test_html_and_nested_parts_are_signed_with_all_their_words(text):
    inner = (
        b"Content-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\n" + TEXT + b"\r\n--in\r\n"
        + part(f"<p>SETUJU</p><p>{text}</p>", "text/html") + b"\r\n--in--\r\n"
    )  # fmt: skip
    raw = signed_mail(HEADERS, inner, sign(inner, ANDI))
    assert proof(raw)[0] == "smime"
    assert proof(raw.replace(b"<p>SETUJU</p>", b"<p>TOLAK</p>"))[0] == "none"


# --- attacks ------------------------------------------------------------------------------------------


def attacks() -> dict[str, bytes]:
    twin, other = signer("Andi Nugroho", copy=1), part(f"TOLAK\n> {CODE}\n")
    inside = SIGNED[len(HEADERS) :]
    added = b"\r\n--sig\r\n" + part("SETUJU semua")
    wrapped = b'Content-Type: multipart/mixed; boundary="out"\r\n\r\n--out\r\n' + inside
    bare = part("SETUJU\n")
    return {
        "another certificate with the same name": signed_mail(HEADERS, TEXT, sign(TEXT, twin)),
        "a changed word": SIGNED.replace(b"SETUJU", b"SETUJv"),
        "a changed header of the signed part": SIGNED.replace(b"text/plain", b"text/html", 1),
        "a word in front": SIGNED.replace(b"SETUJU", b"TIDAK SETUJU"),
        "a blank at a line's end": SIGNED.replace(b"SETUJU\r\n", b"SETUJU \r\n"),
        "a line end more": SIGNED.replace(TEXT, TEXT + b"\r\n"),
        "a part after the signature": signed_mail(HEADERS, TEXT, sign(TEXT, ANDI), added),
        "a part in front": SIGNED.replace(b"--sig\r\n", b"--sig\r\n" + part("SETUJU") + b"\r\n--sig\r\n", 1),
        "wrapped in multipart/mixed": HEADERS + wrapped + b"\r\n--out--\r\n",
        "wrapped with a footer": HEADERS + wrapped + b"\r\n--out\r\n" + part("SETUJU") + b"\r\n--out--\r\n",
        "attached as a message": HEADERS + b"Content-Type: message/rfc822\r\n\r\n" + inside,
        "two signers": signed_mail(HEADERS, TEXT, sign(TEXT, ANDI, twin)),
        "the same signer twice": signed_mail(HEADERS, TEXT, sign(TEXT, ANDI, ANDI)),
        "the signature of another mail": signed_mail(HEADERS, TEXT, sign(other, ANDI)),
        "the code in the headers alone": signed_mail(
            HEADERS + f"In-Reply-To: <{CODE}@contoh.example>\r\n".encode(), bare, sign(bare, ANDI)
        ),
        "a signature with a content of its own": signed_mail(
            HEADERS, TEXT, sign(TEXT, ANDI, detached=False)
        ),
        "an opaque signature": HEADERS + b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n"
        b"Content-Transfer-Encoding: binary\r\n\r\n" + sign(TEXT, ANDI, detached=False),
        "another protocol": SIGNED.replace(b'="application/pkcs7-signature"', b'="application/pgp"'),
        "no protocol": SIGNED.replace(b' protocol="application/pkcs7-signature";', b""),
        "another type of signature": SIGNED.replace(b"Type: application/pkcs7", b"Type: text/pkcs7"),
        "a colleague's name in From": SIGNED.replace(b"andi@", b"sari@"),
        "an outside address": SIGNED.replace(b"andi@contoh", b"andi@luar"),
        "two From headers": b"From: x@luar.example\r\n" + SIGNED,
        "no signature": signed_mail(HEADERS, TEXT, b""),
        "a text for a signature": signed_mail(HEADERS, TEXT, b"signed, Andi"),
        "a huge signature": signed_mail(HEADERS, TEXT, sign(TEXT, ANDI) + b"\0" * 300_000),
        "bytes after the signature": signed_mail(HEADERS, TEXT, sign(TEXT, ANDI) + b"\0\0"),
    }  # fmt: skip


@pytest.mark.parametrize("name", attacks())
def test_nothing_else_is_proven(name):
    assert proof(attacks()[name])[0] == "none"


@pytest.mark.parametrize(("kind", "pss"), [("p256", False), ("rsa", False), ("rsa", True)])
def test_a_real_signature_whose_digest_was_exchanged_proves_nothing(kind, pss):
    """Everything fits the text but the signature itself: only the key tells that Andi never signed it."""
    one, other = signer("Andi Nugroho", kind), part(f"TOLAK\n> {CODE}\n")
    made = sign(other, one, pss=pss)
    old, new = hashlib.sha256(other).digest(), hashlib.sha256(TEXT).digest()
    assert made.count(old) == 1
    found, detail = proof(signed_mail(HEADERS, TEXT, made.replace(old, new)), held=pins(one.fingerprint))
    assert (found, "does not fit its certificate" in detail) == ("none", True)


@pytest.mark.parametrize("first", [0, 1])
def test_a_second_signer_put_before_or_after_the_right_one_spoils_it(first):
    good, bad = (cms.ContentInfo.load(sign(TEXT, one)) for one in (ANDI, signer("Andi Nugroho", copy=1)))
    infos = [good["content"]["signer_infos"][0], bad["content"]["signer_infos"][0]]
    inside = good["content"].copy()
    inside["signer_infos"] = cms.SignerInfos(infos[first:] + infos[:first])
    both = cms.ContentInfo({"content_type": "signed_data", "content": inside}).dump()
    found, detail = proof(signed_mail(HEADERS, TEXT, both))
    assert (found, "2 S/MIME signers" in detail) == ("none", True)


def test_a_signer_who_names_another_certificate_than_the_pinned_one_is_not_believed():
    made = sign(TEXT, ANDI)
    serial = bytes.fromhex("02021267")
    place = made.rindex(serial)
    changed = made[:place] + bytes.fromhex("02021268") + made[place + len(serial) :]
    found, detail = proof(signed_mail(HEADERS, TEXT, changed))
    assert (found, "another certificate" in detail) == ("none", True)


def test_a_certificate_counts_from_its_first_to_its_last_day():
    for now, wanted in (
        (MOMENT - timedelta(days=31), "none"), (MOMENT - timedelta(days=29), "smime"),
        (MOMENT + timedelta(days=364), "smime"), (MOMENT + timedelta(days=366), "none"),
    ):  # fmt: skip
        assert proof(SIGNED, held=pins(now=now))[0] == wanted
    assert "valid from" in proof(SIGNED, held=pins(now=MOMENT + timedelta(days=366)))[1]


@pytest.mark.parametrize("md", ["sha1", "md5", "sha224", "sha3-256"])
def test_hashes_that_are_not_trusted_are_refused(tmp_path, md):
    one = signer("Andi Nugroho", "rsa")
    for name, data in zip(("cert.pem", "key.pem"), one.pem(), strict=True):
        (tmp_path / name).write_bytes(data)
    (tmp_path / "part").write_bytes(TEXT)
    command = ["openssl", "cms", "-sign", "-in", "part", "-signer", "cert.pem", "-inkey", "key.pem"]
    made = subprocess.run([*command, "-md", md], cwd=tmp_path, capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"this openssl does not sign with {md}")
    found, detail = proof(HEADERS + made.stdout, held=pins(one.fingerprint))
    assert found == "none"
    assert "not trusted" in detail


@pytest.mark.parametrize("kind", ["short", "k256"])
def test_keys_that_are_not_trusted_are_refused(kind):
    one = signer("Andi Nugroho", kind)
    found, detail = proof(signed_mail(HEADERS, TEXT, sign(TEXT, one)), held=pins(one.fingerprint))
    assert found == "none"
    assert "not trusted" in detail


def test_without_signed_attributes_nothing_is_believed(tmp_path):
    """Such a signature could be one over attributes, taken for one over a text (RFC 5652, 5.3)."""
    one = signer("Andi Nugroho", "rsa")
    for name, data in zip(("cert.pem", "key.pem"), one.pem(), strict=True):
        (tmp_path / name).write_bytes(data)
    (tmp_path / "part").write_bytes(TEXT)
    made = subprocess.run(
        ["openssl", "cms", "-sign", "-in", "part", "-signer", "cert.pem", "-inkey", "key.pem", "-noattr"],
        cwd=tmp_path, capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert proof(HEADERS + made, held=pins(one.fingerprint))[0] == "none"


def test_the_pinned_certificate_beside_another_signers_signature_proves_nothing(tmp_path):
    twin = signer("Andi Nugroho", "rsa")
    cert, key = twin.pem()
    for name, data in (("cert.pem", cert), ("key.pem", key), ("more.pem", ANDI.pem()[0]), ("part", TEXT)):
        (tmp_path / name).write_bytes(data)
    made = subprocess.run(
        ["openssl", "cms", "-sign", "-in", "part", "-signer", "cert.pem", "-inkey", "key.pem",
         "-certfile", "more.pem"],
        cwd=tmp_path, capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert proof(HEADERS + made, held=pins(twin.fingerprint))[0] == "smime"
    assert proof(HEADERS + made, held=pins(ANDI.fingerprint))[0] == "none"


def test_a_company_that_does_not_use_it_and_a_person_without_a_certificate_are_not_proven_by_it():
    assert proof(SIGNED, SenderPolicy("require", ("mx.contoh.example",)))[0] == "none"
    assert proof(SIGNED, held=pins(fingerprint=""))[0] == "none"
    assert check_sender(read_mail(SIGNED), POLICY).proof == "none"


def test_in_token_only_mode_a_signature_is_the_better_proof_and_a_broken_one_is_no_worse_than_none():
    policy = SenderPolicy("token-only", (), smime=True)
    assert proof(SIGNED, policy)[0] == "smime"
    assert proof(attacks()["a changed word"], policy)[0] == "token-only"


def test_dmarc_is_named_first_and_a_signature_stands_where_dmarc_fails():
    said = b"Authentication-Results: mx.contoh.example; dmarc=%s header.from=contoh.example\r\n"
    assert proof(said % b"pass" + SIGNED)[0] == "dmarc"
    assert proof(said % b"fail" + SIGNED)[0] == "smime"


def test_no_damage_to_a_signature_is_an_error_or_lets_another_text_pass():
    dice, signature = random.Random(4), sign(TEXT, signer("Andi Nugroho", "rsa"))
    pinned = signer("Andi Nugroho", "rsa").fingerprint
    for _ in range(3000):
        data = bytearray(signature)
        for _ in range(dice.choice((1, 1, 2, 8))):
            place = dice.randrange(len(data))
            action = dice.randrange(3)
            data[place : place + (action > 0)] = bytes([dice.randrange(256)]) if action < 2 else b""
        with pytest.raises(NotProven):
            check_signature(SignedPart(TEXT.replace(b"SETUJU", b"TOLAK"), bytes(data)), pinned, MOMENT)
