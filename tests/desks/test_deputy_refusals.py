"""DEPUTI that changes nothing: unclear, by somebody who may not, forged, or by a robot."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.demo import company
from tests.company import BOSS, Company, plain_mail
from tests.desks.test_answers import EVIL
from tests.desks.test_deputising import DEPUTY, NOW, OTHER, ask, events, say, sleep, words


@pytest.fixture
def house(tmp_path):
    return Company(tmp_path)


# --- refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("DEPUTI budi@contoh.example 1-14 Des", "budi@contoh.example tidak ada di direktori"),
        ("DEPUTI budi@contoh 1-14 Des", "budi@contoh tidak ada di direktori"),
        ("DEPUTI Budi Santoso 1-14 Des", "Budi Santoso tidak ada di direktori"),
        (f"DEPUTI {BOSS.email} 1-14 Des", "milik Bapak/Ibu sendiri"),
        ("DEPUTI Andi Nugroho 1-14 Des", "milik Bapak/Ibu sendiri"),
        (f"DEPUTI {DEPUTY.email} {OTHER.email} 1-14 Des", "lebih dari satu alamat"),
        (f"DEPUTI {DEPUTY.email}", "dari kapan sampai kapan"),
        (f"DEPUTI {DEPUTY.email} mulai 1 Des", "sampai kapan"),
        (f"DEPUTI {DEPUTY.email} 1-14 Nov", "1-14 Nov sudah lewat"),
        (f"DEPUTI {DEPUTY.email} 14-1 Des", "sebelum hari pertamanya"),
        (f"DEPUTI {DEPUTY.email} 1 Des 2026 - 31 Des 2027", "lebih dari satu tahun"),
        (f"DEPUTI {DEPUTY.email} 1-14 Des 2206", "terlalu jauh"),
        (f"DEPUTI {DEPUTY.email} 32 Des", "belum dapat kami baca dengan pasti: 32 Des"),
        (f"DEPUTI {DEPUTY.email} 1-14 Des\nTapi hanya untuk Accurate.", "syarat, atau pengecualian"),
        ("DEPUTI 1-14 Des", "siapa yang ditunjuk"),
        ("DEPUTI SELESAI\nKecuali untuk VPN.", "syarat, atau pengecualian"),
    ],
)
def test_what_is_unclear_changes_nothing_and_is_told_what_to_write(house, text, says):
    assert say(house, text) == ("processed", "deputy-refused")
    (letter,) = house.letters()
    assert (letter.kind, letter.to) == ("deputy_refused", BOSS.email)
    assert says in words(letter)
    assert "| DEPUTI " in letter.text
    assert not events(house, "deputy_named")
    assert ask(house).to == BOSS.email


def test_the_line_that_a_refusal_gives_as_an_example_is_accepted(house):
    say(house, f"DEPUTI {DEPUTY.email}")
    letter = house.letters("deputy_refused")[0]
    example = next(line for line in letter.text.splitlines() if "| DEPUTI" in line).strip(" |")
    house.answer(letter, example)
    house.poll()
    assert house.last() == ("processed", "deputy-named")


def test_a_name_that_two_bear_is_asked_back(house):
    twin = replace(OTHER, name=DEPUTY.name, email=f"dewi2@{company.DOMAIN}")
    house.write_directory(replace(company.DIRECTORY, people=(*company.DIRECTORY.people, twin)))
    assert say(house, f"DEPUTI {DEPUTY.name} 1-14 Des") == ("processed", "deputy-refused")
    assert "lebih dari satu orang" in words(house.letters("deputy_refused")[0])


def test_who_approves_nothing_is_told_so(house):
    assert say(house, f"DEPUTI {DEPUTY.email} 1-14 Des", company.SALES_PIC) == ("processed", "deputy-refused")
    assert "tidak tercatat sebagai pemberi persetujuan" in words(house.letters()[0])
    assert not events(house, "deputy_named")


def test_a_deputy_cannot_delegate_on(house):
    say(house, NOW)
    assert say(house, f"DEPUTI {OTHER.email} hari ini", DEPUTY) == ("processed", "deputy-refused")
    assert "tidak dapat diteruskan" in words(house.letters("deputy_refused")[0])
    assert ask(house).to == DEPUTY.email


def test_nor_does_one_who_approves_himself(house):
    """The director stands in for the IT Manager and is away too: the IT Manager is asked, as he was told."""
    say(house, f"DEPUTI {OTHER.email} hari ini", company.DIRECTOR)
    assert say(house, f"DEPUTI {company.DIRECTOR.email} hari ini - 30 Nov") == ("processed", "deputy-named")
    assert "tetap kami tanyakan kepada Bapak/Ibu" in words(house.letters("deputy_named")[-1])
    assert ask(house).to == BOSS.email
    sleep(house, 1)
    assert house.asked().to == company.DIRECTOR.email


def test_who_would_gain_the_access_is_not_asked_as_a_deputy(house):
    say(house, f"DEPUTI {company.FINANCE_MANAGER.email} hari ini - 30 Nov")
    assert ask(house).to not in {company.FINANCE_MANAGER.email, ""}


# --- forged -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [NOW, "DEPUTI SELESAI"])
def test_a_forged_one_changes_nothing_and_answers_nobody(house, text):
    say(house, f"DEPUTI {OTHER.email} hari ini - 30 Nov")
    before = len(house.letters("deputy_named")), len(house.letters("deputy_ended"))
    raw = plain_mail(BOSS, "Cuti", text).replace(b"dmarc=pass", b"dmarc=fail")
    house.send(raw.replace(b"Message-ID: <", b"Message-ID: <forged"))
    house.poll()
    assert house.last() == ("quarantined", "sender-not-proven")
    assert (len(house.letters("deputy_named")), len(house.letters("deputy_ended"))) == before
    assert ask(house).to == OTHER.email


def test_a_stranger_is_not_answered(house):
    raw = plain_mail(EVIL, "Cuti", NOW)
    domain = EVIL.email.rpartition("@")[2].encode()
    house.send(raw.replace(b"header.from=" + company.DOMAIN.encode(), b"header.from=" + domain))
    house.poll()
    assert house.last()[0] == "quarantined"
    assert {letter.kind for letter in house.letters()} <= {"quarantine"}


def test_without_proof_of_senders_a_name_in_from_makes_nobody_a_deputy(tmp_path):
    house = Company(tmp_path, lambda data: data["sender_proof"].update(mode="token-only"))
    raw = plain_mail(BOSS, "Cuti", NOW).replace(b"dmarc=pass", b"dmarc=none")
    house.send(raw)
    house.poll()
    assert house.last() == ("quarantined", "sender-not-proven")
    assert not events(house, "deputy_named")


def test_a_robot_that_writes_it_names_nobody(house):
    assert say(house, NOW, Auto_Submitted="auto-replied") == ("ignored", "automatic")
    assert not events(house, "deputy_named")


def test_a_machine_that_asks_again_and_again_is_not_answered_for_ever(house):
    for number in range(13):
        say(house, f"DEPUTI {DEPUTY.email} {number + 1}-14 Nov")
    assert len(house.letters("deputy_refused")) == 10
    assert house.last() == ("quarantined", "too-many-answers")


def test_the_dates_are_the_companys_days(house):
    """Half past eleven in the evening UTC is the next morning in Jakarta."""
    house.clock.pass_minutes(20 * 60)
    say(house, f"DEPUTI {DEPUTY.email} hari ini")
    assert events(house, "deputy_named")[0].data["from"] == date(2026, 11, 25).isoformat()
