"""What stands beside BATAL: which numbers, a reason, or words that leave it open."""

import pytest

from pipeline.mail.commands import Command, command_of, read_command
from pipeline.mail.message import read_mail


def said(text: str) -> Command | None:
    line, _, rest = text.partition("\n")
    return command_of(line, rest)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("BATAL 2", (2,)), ("BATAL, nomor 2", (2,)), ("Batal, nomor 2 saja", (2,)), ("BATAL - 2", (2,)),
        ("BATAL\nnomor 2", (2,)), ("BATAL\n\n2", (2,)), ("BATAL (2)", (2,)), ("BATAL #2", (2,)),
        ("BATAL REQ-2026-0001 nomor 3", (3,)), ("BATAL 2 terima kasih pak", (2,)),
        ("BATAL 1,3", (1, 3)), ("BATAL 1; 3", (1, 3)), ("BATAL item 3, 2", (2, 3)),
        ("Withdraw item 2 and 3", (2, 3)), ("BATAL no. 1 dan no. 3 saja", (1, 3)),
        ("BATAL 1, 2 dan 5", (1, 2, 5)),
        ("BATAL 1-2", (1, 2)), ("BATAL 1 - 3", (1, 2, 3)), ("WITHDRAW 2–3", (2, 3)),
        ("BATAL 1 s/d 2", (1, 2)),
        ("BATAL 1 sampai 3", (1, 2, 3)), ("withdraw 1 to 3", (1, 2, 3)), ("BATAL 1, 3-5", (1, 3, 4, 5)),
    ],
)  # fmt: skip
def test_numbers_lists_and_ranges_are_what_is_taken_back(text, items):
    read = said(text)
    assert (read.items, read.reason, read.unsure) == (items, "", False)


@pytest.mark.parametrize(
    ("text", "items", "reason"),
    [
        ("Batal nomor 2, karyawannya tidak jadi pindah.", (2,), "karyawannya tidak jadi pindah."),
        ("BATAL 3 karena karyawan mundur", (3,), "karyawan mundur"),
        ("BATAL, sudah tidak diperlukan", (), "sudah tidak diperlukan"),
        ("BATAL\nsalah isi formulir", (), "salah isi formulir"),
        ("BATAL 2\nkaryawan mundur", (2,), "karyawan mundur"),
        ("BATAL, 1 Desember karyawan pindah", (), "1 Desember karyawan pindah"),
        ("BATAL karena pindah per 01/12/2026", (), "pindah per 01/12/2026"),
        ("BATAL. Maaf merepotkan.", (), "Maaf merepotkan."),
        ("Withdraw, not needed any more", (), "not needed any more"),
        ("BATAL. Yang bersangkutan mengundurkan diri.", (), "Yang bersangkutan mengundurkan diri."),
        ("BATAL\nSari W.\nManajer Finance\nTelp 0812", (), "Sari W. Manajer Finance Telp 0812"),
    ],
)  # fmt: skip
def test_a_plain_reason_is_a_reason(text, items, reason):
    read = said(text)
    assert (read.items, read.reason, read.unsure) == (items, reason, False)


@pytest.mark.parametrize(
    "text",
    [
        "BATAL\nVPN saja", "Batal. Yang VPN.", "BATAL yang VPN", "BATAL VPN",
        "Batal... eh, maaf salah kirim",
        "BATAL\nSalah kirim, abaikan email ini", "BATAL, abaikan", "Batal, kecuali VPN",
        "BATAL kecuali nomor 2",
        "Batal, tapi nomor 2 tetap", "Batal. Eh, jangan", "BATAL 3-1", "BATAL 1-2-3",
        "BATAL 1/2", "BATAL 1.2.30",
        "BATAL dua saja", "BATAL yang kedua", "BATAL, 2 karyawan mundur", "BATAL semua kecuali 2",
        "BATAL semua nomor 2", "BATAL, maaf",
        "BATAL\nTidak jadi batal", "BATAL\nLanjutkan saja",
        "BATAL sebagian",
        "BATAL untuk Putri", "BATAL kalau belum disetujui", "BATAL\n1\n3", "WITHDRAW\nSorry, wrong mail",
        "BATAL\nkaryawan 2 mundur", "cancel\nSari 2", "BATAL 1 Des",
    ],
)  # fmt: skip
def test_what_could_mean_a_part_or_nothing_is_never_a_reason(text):
    assert said(text).unsure


@pytest.mark.parametrize(
    "text",
    [
        "BATAL semua", "BATAL semuanya ya pak, terima kasih", "Mohon dibatalkan ya pak",
        "Batal ya, makasih bu",
        "withdraw all", "BATAL: semua permintaan ini",
    ],
)  # fmt: skip
def test_all_of_it_in_other_words(text):
    read = said(text)
    assert (read.name, read.items, read.unsure) == ("withdraw", (), False)


@pytest.mark.parametrize(
    "text", ["Batal rapatnya, aksesnya tetap", "Batal cuti", "Batal 2?", "STATUS\nBATAL"]
)
def test_a_sentence_or_a_question_is_for_a_person(text):
    assert said(text) is None


def mail(text: str):
    head = "From: Sari <sari@contoh.example>\r\nTo: akses-it@contoh.example\r\nSubject: Re: x\r\n"
    head += "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return read_mail((head + text.replace("\n", "\r\n")).encode())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Selamat siang Tim IT,\nBATAL", "withdraw"), ("Dear team,\n\nWITHDRAW 2", "withdraw"),
        ("Yth. Portal Akses,\nSelamat siang,\n\nBATAL\n\nSari", "withdraw"),
        ("Selamat siang, mohon dibatalkan ya pak", "withdraw"), ("Halo,\n\nSTATUS", "status"),
        ("Pagi Bu Dewi,\nMohon info status permintaan ini", "status"),
    ],
)  # fmt: skip
def test_a_greeting_may_stand_before_the_command(text, name):
    assert read_command(mail(text)).name == name


@pytest.mark.parametrize(
    "text",
    [
        "Pagi ini batal,\nBATAL", "Halo, saya tidak jadi,\nBATAL",
        "Selamat siang,\nPengganti saya: budi@contoh.example 1-14 Des",
        "Selamat siang Pak, saya mau tanya\nBATAL",
    ],
)  # fmt: skip
def test_more_than_a_greeting_is_for_a_person_and_no_robot_names_a_deputy_below_one(text):
    assert read_command(mail(text)) is None
