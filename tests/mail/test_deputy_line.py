"""Which first lines name a deputy or end one, and which are sentences."""

import pytest

from pipeline.letters.samples import SAMPLE_NOW
from pipeline.mail.commands import Command, command_of
from tests.letters.samples import EVERY_LETTER, a_letter, the_templates

BUDI = "budi@contoh.example"


@pytest.mark.parametrize(
    ("line", "who", "when"),
    [
        (f"DEPUTI {BUDI} 1-14 Des", BUDI, "1-14 Des"),
        (f"Deputi: {BUDI} mulai 1 Des s.d. 14 Des 2026", BUDI, "mulai 1 Des s.d. 14 Des 2026"),
        (f"DEPUTY {BUDI} 1-14 Dec", BUDI, "1-14 Dec"),
        (f"DEPUTI {BUDI} sampai 14/12", BUDI, "sampai 14/12"),
        (f"DEPUTI {BUDI} besok", BUDI, "besok"),
        (f"DEPUTI {BUDI}, hari ini.", BUDI, "hari ini"),
        (f"deputi {BUDI.upper()} 1-14 des", BUDI, "1-14 des"),
        (f"Deputi saya: {BUDI} 1-14 Des", BUDI, "1-14 Des"),
        (f"My deputy is {BUDI} from 1 Dec until 14 Dec", BUDI, "from 1 Dec until 14 Dec"),
        (f"Mohon deputi {BUDI} 1-14 Des", BUDI, "1-14 Des"),
        (f"Pengganti saya: {BUDI} 1-14 Des", BUDI, "1-14 Des"),
        (f"DEPUTI <{BUDI}> 1-14 Des", BUDI, "1-14 Des"),
        (f"DEPUTI {BUDI}<mailto:{BUDI}> 1-14 Des", BUDI, "1-14 Des"),
        (f"DEPUTI Budi Santoso <{BUDI}> 1-14 Des", BUDI, "1-14 Des"),
        (f"DEPUTI {BUDI}", BUDI, ""),
        (f"DEPUTI {BUDI} 32 Des", BUDI, "32 Des"),
        (f"DEPUTI {BUDI} SELESAI", BUDI, "SELESAI"),
        (f"DEPUTI {BUDI}; rudi@contoh.example 1-14 Des", f"{BUDI} rudi@contoh.example", "1-14 Des"),
        ("DEPUTI Budi Santoso 1-14 Des", "Budi Santoso", "1-14 Des"),
        ("deputi budi santoso 1-14 des", "budi santoso", "1-14 des"),
        ("DEPUTI: Bpk. Budi Santoso, 1 Des - 14 Des", "Bpk. Budi Santoso", "1 Des - 14 Des"),
        ("DEPUTI Budi Santoso besok", "Budi Santoso", "besok"),
        ("DEPUTI Budi Santoso", "Budi Santoso", ""),
        ("DEPUTI 1-14 Des", "", "1-14 Des"),
        ("DEPUTI", "", ""),
    ],
)  # fmt: skip
def test_a_line_that_names_a_deputy(line, who, when):
    assert command_of(line) == Command("deputy", who=who, when=when)


@pytest.mark.parametrize(
    "line",
    [
        "DEPUTI SELESAI", "Deputi selesai.", "DEPUTI BATAL", "Deputi dibatalkan, terima kasih", "DEPUTY OFF",
        "deputy ended", "Batalkan deputi", "Mohon akhiri deputi saya", "Deputi sudah selesai",
        "end my deputy",
    ],
)  # fmt: skip
def test_a_line_that_ends_it(line):
    assert command_of(line) == Command("deputy_end")


@pytest.mark.parametrize(
    "line",
    [
        "Deputi kami akan hadir", "deputi gubernur BI datang 5 Desember", "Deputi Gubernur BI 1-14 Des",
        "Deputi kami hadir besok", "Deputi Budi Santoso", f"Deputi {BUDI} akan hadir besok",
        f"DEPUTI {BUDI} 1-14 Des?", "Deputinya siapa", "deputy director of finance 1-14 Dec",
        "DEPUTI KAMI AKAN HADIR",
        "Pengganti kertas printer 5 rim", f"Setuju, deputi {BUDI} 1-14 Des", "Deputi selesai rapat",
        "Deputi dari IT akan hadir 5 Des", f"Saya menunjuk {BUDI} 1-14 Des",
    ],
)  # fmt: skip
def test_a_line_that_says_something_else(line):
    assert command_of(line) is None


def test_the_days_may_stand_beneath():
    below = "Mulai: 1 Des\nSampai: 14 Des\nSaya cuti tahunan."
    found = command_of(f"DEPUTI {BUDI}", below)
    assert (found.when, found.reason) == ("Mulai: 1 Des Sampai: 14 Des", "Saya cuti tahunan.")


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_the_subject_of_no_letter_is_a_command_where_its_answer_is_empty(kind, language):
    subject = the_templates().render(a_letter(kind, language), SAMPLE_NOW).subject
    assert command_of(subject) is None
