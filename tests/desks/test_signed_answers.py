"""A signed answer decides where DMARC says nothing; no forged, altered or re-used one does."""

from dataclasses import replace

import pytest

from pipeline.approval.tokens import find_codes
from pipeline.demo import clients, company
from pipeline.demo.clients import Received
from tests.company import BOSS, MORNING, Company, edited, workbook
from tests.mail.signing import part, sign, signed_mail, signer

FINANCE = company.finance_form(MORNING.date())
HR = company.hr_form(MORNING.date())
ANDI = signer(BOSS.name)
TWIN = signer(BOSS.name, copy=1)
ALL = {1: "approved", 2: "approved", 3: "approved"}


def made(folder, **proof) -> Company:
    """Finance has asked; the directory pins the IT Manager's certificate."""
    settings = {"mode": "require", "authserv_ids": [company.AUTHSERV], "smime": True} | proof
    house = Company(folder, lambda data: data.update(sender_proof=settings))
    pinned = tuple(
        replace(person, certificate=ANDI.fingerprint) if person.email == BOSS.email else person
        for person in company.DIRECTORY.people
    )
    house.write_directory(replace(company.DIRECTORY, people=pinned))
    house.send_form(FINANCE)
    house.poll()
    return house


@pytest.fixture
def house(tmp_path):
    return made(tmp_path)


def envelope(house, letter: Received, **headers) -> bytes:
    """The headers of an answer that no mail server has confirmed."""
    raw = edited(clients.answer(BOSS, letter, "x", house.clock.now), Authentication_Results=None, **headers)
    lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return b"\r\n".join(one for one in lines if not one.lower().startswith((b"content-", b"mime-")))


def words(letter: Received, text: str) -> bytes:
    quote = "\n".join(f"> {line}" for line in letter.text.splitlines())
    return part(f"{text}\n\nPada 24/11/2026 09.05, Portal Akses IT <{company.PORTAL}> menulis:\n\n{quote}\n")


def signed(house, letter: Received, text: str = "SETUJU", by=ANDI, **headers) -> bytes:
    content = words(letter, text)
    return signed_mail(envelope(house, letter, **headers), content, sign(content, by))


def polled(house) -> tuple[str, str]:
    house.poll()
    return house.last()


def test_a_signed_approval_decides_where_dmarc_is_missing_and_its_proof_is_recorded(house):
    house.send(signed(house, house.asked()))
    assert polled(house) == ("processed", "decision")
    assert house.statuses() == ALL
    with house.office.journal.entry() as entry:
        events = entry.events(ref="REQ-2026-0001")
    (decided,) = [event for event in events if event.kind == "decision_recorded"]
    assert decided.data["proof"] == "smime"
    assert ANDI.fingerprint[:16] in str(decided.data["proof_detail"])


def test_a_signed_refusal_is_a_refusal(house):
    house.send(signed(house, house.asked(), "TOLAK\nAlasan: kuota habis"))
    assert polled(house) == ("processed", "decision")
    assert set(house.statuses().values()) == {"rejected"}


def test_nothing_that_is_forged_about_a_signature_changes_a_request(house):
    letter, before = house.asked(), house.digest()
    good = signed(house, letter)
    content = words(letter, "SETUJU")
    bare = part("SETUJU\n")
    inner = good[good.index(b"Content-Type: multipart/signed") :]
    wrapped = b"Content-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\n" + inner + b"\r\n--out--\r\n"
    attempts = {
        "unsigned": envelope(house, letter) + b"\r\n" + content,
        "another certificate of the same name": signed(house, letter, by=TWIN),
        "a changed text": signed(house, letter, "Jangan dulu").replace(b"Jangan dulu", b"SETUJU"),
        "an added part": signed_mail(
            envelope(house, letter), content, sign(content, ANDI), b"\r\n--sig\r\n" + bare
        ),
        "wrapped": envelope(house, letter) + b"\r\n" + wrapped,
        "two signers": signed_mail(envelope(house, letter), content, sign(content, ANDI, TWIN)),
        "the code in the headers alone": signed_mail(envelope(house, letter), bare, sign(bare, ANDI)),
        "the signature of another mail": signed_mail(
            envelope(house, letter), content, sign(words(letter, "TOLAK"), ANDI)
        ),
    }  # fmt: skip
    for number, (name, raw) in enumerate(attempts.items()):
        house.send(edited(raw, Message_ID=f"<attempt{number}@x.example>"))
        assert polled(house) == ("quarantined", "sender-not-proven"), name
        assert house.digest() == before, name
    house.send(good)
    assert polled(house) == ("processed", "decision")


def test_an_expired_certificate_proves_nothing(house):
    letter = house.asked()
    old = signer(BOSS.name, days=(-400, -1))
    people = tuple(
        replace(person, certificate=old.fingerprint) if person.email == BOSS.email else person
        for person in company.DIRECTORY.people
    )
    house.write_directory(replace(company.DIRECTORY, people=people))
    house.send(signed(house, letter, by=old))
    assert polled(house) == ("quarantined", "sender-not-proven")
    assert "was valid from" in " ".join(house.letters("quarantine")[-1].text.split())


def test_an_old_signed_approval_decides_no_other_request_whatever_its_headers_say(house):
    first = house.asked()
    old = words(first, "SETUJU")
    house.send(signed_mail(envelope(house, first), old, sign(old, ANDI)))
    house.poll()
    house.send_form(HR)
    house.poll()
    second, before = house.asked("REQ-2026-0002"), house.digest()
    for number, headers in enumerate(({}, {"In_Reply_To": None, "References": None})):
        again = envelope(house, second, Message_ID=f"<again{number}@x.example>", **headers)
        house.send(signed_mail(again, old, sign(old, ANDI)))
        assert polled(house)[0] == "quarantined"
        assert house.digest() == before


def test_an_old_signed_approval_decides_no_later_round_or_revision(house):
    first = house.asked()
    old = words(first, "SETUJU 1")
    house.send(signed_mail(envelope(house, first), old, sign(old, ANDI)))
    assert polled(house) == ("processed", "decision")
    second = house.asked()
    assert find_codes(second.subject) != find_codes(first.subject)
    before = house.digest()
    house.send(signed_mail(envelope(house, second, Message_ID="<r@x.example>"), old, sign(old, ANDI)))
    assert polled(house) == ("quarantined", "sender-not-proven")
    assert "this code is not signed with it" in " ".join(house.letters("quarantine")[-1].text.split())
    assert house.digest() == before


@pytest.mark.parametrize("text", ["", "Saya pelajari dahulu."])
def test_no_verdict_is_taken_from_the_subject_of_a_signed_answer(house, text):
    letter, before = house.asked(), house.digest()
    headers = {"In_Reply_To": None, "References": None, "Subject": "SETUJU REQ-2026-0001"}
    house.send(signed(house, letter, text, **headers))
    assert polled(house) == ("processed", "unclear-answer")
    assert house.digest() == before


def test_a_forged_name_in_from_cuts_nothing_off_a_signed_answer(house):
    """The sender's name below a text is taken for his signature; headers are not signed."""
    letter = house.asked()
    text = "SETUJU semua\n\nkecuali nomor tiga"
    house.send(signed(house, letter, text, From=f'"Kecuali nomor tiga" <{BOSS.email}>'))
    house.poll()
    assert house.statuses()[3] != "approved"


@pytest.mark.parametrize("subject", ["STATUS REQ-2026-0001", "Form akses"])
def test_a_signature_proves_no_command_and_no_form(house, subject):
    """No code is asked of either, and headers tell what is meant: an old signed mail could be sent again."""
    foreign = "AK1-0123456789ABCDEFGHJKMNPQRS"
    content = part(f"STATUS\n\n> {foreign}\n")
    if subject == "Form akses":
        form = clients.form_mail(BOSS, workbook(FINANCE), subject, f"Mohon. {foreign}", house.clock.now)
        content = form[form.index(b"Content-Type: multipart") :].rstrip(b"\r\n")
    blank = {"In_Reply_To": None, "References": None, "Subject": subject}
    house.send(signed_mail(envelope(house, house.asked(), **blank), content, sign(content, ANDI)))
    assert polled(house) == ("quarantined", "sender-not-proven")
    told = " ".join(house.letters("quarantine")[-1].text.split())
    assert "that proves an approver's answer only" in told


def test_a_colleague_cannot_sign_for_the_approver_nor_the_approver_under_another_name(house):
    letter, before = house.asked(), house.digest()
    house.send(signed(house, letter, From=f"<{company.DIRECTOR.email}>"))
    assert polled(house) == ("quarantined", "not-the-approver")
    assert house.digest() == before


def test_without_the_setting_a_signature_is_no_proof(tmp_path):
    house = made(tmp_path, smime=False)
    house.send(signed(house, house.asked()))
    assert polled(house) == ("quarantined", "sender-not-proven")


def test_a_certificate_taken_out_of_the_directory_proves_nothing_any_more(house):
    house.write_directory(company.DIRECTORY)
    house.clock.pass_minutes(1)
    house.send(signed(house, house.asked()))
    assert polled(house) == ("quarantined", "sender-not-proven")


# --- the other ways -------------------------------------------------------------------------------------


def test_an_approval_that_a_trusted_list_has_sealed_decides(tmp_path):
    house = made(tmp_path, smime=False, arc_sealers=["lists.example.com"])
    ours = f"{company.AUTHSERV}; dmarc=fail header.from={company.DOMAIN}; arc=pass"
    sealed = {
        "ARC_Seal": "i=1; a=rsa-sha256; cv=none; d=lists.example.com; s=a; b=x",
        "ARC_Message_Signature": "i=1; a=rsa-sha256; d=lists.example.com; s=a; h=from; bh=x; b=x",
        "ARC_Authentication_Results": f"i=1; lists.example.com; dmarc=pass header.from={company.DOMAIN}",
    }
    letter, before = house.asked(), house.digest()
    raw = clients.answer(BOSS, letter, "SETUJU", house.clock.now)
    for number, (word, seal) in enumerate((("fail", "lists.example.com"), ("pass", "luar.example"))):
        forged = sealed | {"ARC_Seal": sealed["ARC_Seal"].replace("lists.example.com", seal)}
        result = ours.replace("arc=pass", f"arc={word}")
        house.send(edited(raw, Authentication_Results=result, Message_ID=f"<{number}@x.example>", **forged))
        assert polled(house) == ("quarantined", "sender-not-proven")
        assert house.digest() == before
    house.send(edited(raw, Authentication_Results=ours, **sealed))
    assert polled(house) == ("processed", "decision")
    assert house.statuses() == ALL


def test_a_mailbox_at_microsoft_365_gets_its_decision_from_a_colleague_of_the_tenant(tmp_path):
    house = Company(
        tmp_path, lambda data: data.update(sender_proof={"mode": "require", "microsoft365": True})
    )
    tenant = {
        "Authentication_Results": None,
        "Received": "from a.apcprd03.prod.outlook.com by b.apcprd03.prod.outlook.com with HTTPS",
        "X-MS-Exchange-Organization-AuthAs": "Internal",
    }
    form = clients.form_mail(company.FINANCE_MANAGER, workbook(FINANCE), "Form", "Mohon", house.clock.now)
    house.send(edited(form, **tenant))
    assert polled(house) == ("processed", "new-request")
    raw = clients.answer(BOSS, house.asked(), "SETUJU", house.clock.now)
    outside = tenant | {"Received": "from x by y.mail.protection.outlook.com"}
    house.send(edited(raw, Message_ID="<o@x.example>", **outside))
    assert polled(house) == ("quarantined", "sender-not-proven")
    house.send(edited(raw, **tenant))
    assert polled(house) == ("processed", "decision")
