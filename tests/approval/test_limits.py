"""What limits, reverses or puts off an approval is seen wherever it stands: found by 2,200 hostile answers."""
# ruff: noqa: E501  (lists of answers)

import pytest

from tests.approval.reply_table import read

HOLES = (
    "Segera saya setujui.", "Siap, segera saya setujui ya. Terima kasih.", "Hari ini saya setujui.", "Bisa saya setujui",
    "Let me approve this.", "Approved, yeah right.", "Setuju haha", "Makasih acc-nya.", "Thanks for the go-ahead.",
    "Setuju karena mendesak, sebulan", "Setuju karena mendesak, Bu Rina memutuskan", "Setuju karena mendesak, NDA diteken Siti",
    "Approved because it's urgent, display role.", "Approved because it's urgent, capped at 10m", "Setuju agar diblokir",
    "Setuju supaya aksesnya dimatikan", "Setuju agar permintaan ini ditinjau ulang",
    "Approved as guest.", "Approved as amended below.", "Approved as basic user", "Setuju, kabari HR lalu aktifkan.",
    "Setuju, kabari saya baru diproses ya.", "Approved, notify HR then activate.", "Setuju, saya kabari lagi.",
    "Setuju, semua dokumen beres baru dibuka.", "Setuju, semoga kontraknya diteken", "Setuju, akses malam saja ya mas.",
    "Setuju, hak karyawan saja.", "Setuju untuk keperluan proyek saja.", "Setuju sesuai kebutuhan saja.",
    "Setuju, yang perlu saja dibuka.","Setuju, buat pengajuan baru.",
    "IT has approved.", "We already approved it.", "Approved while in the office.", "Setuju, plafon lima juta",
    "Halo kontraknya diteken,\nSetuju",
)  # fmt: skip
STILL = (
    "Setuju saja", "acc aja", "proses saja, setuju", "Setuju semua, silakan diproses. Terima kasih.",
    "Approved, please set these up before Kevin starts on Monday.", "Semoga lancar. Saya setuju.", "Approved as requested.",
    "Disetujui sesuai permintaan.", "Setuju, tolong kabari Bu Dewi ya.", "Approved. Let me know once done.",
)  # fmt: skip


@pytest.mark.parametrize("sentence", HOLES)
def test_a_word_that_limits_or_puts_off_is_seen_wherever_it_stands(sentence):
    assert "approve" not in read(sentence).items.values()


@pytest.mark.parametrize("sentence", STILL)
def test_what_only_looks_like_it_still_approves(sentence):
    assert set(read(sentence).items.values()) == {"approve"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Setuju kecuali 2, sisanya jangan dulu.", "Setuju kecuali 2, sisanya tahan.", "Setuju kecuali printer, RDP, USB.",
        "Approved except 2 and maybe 3.", "Setuju 1 dan 3. Tolak 2. Semuanya mulai Januari.",
        "Setuju 1 dan 3, tolak 2 karena belum perlu, 3 sebulan", "Approve 1 and 3, reject 2. Access for one month.",
        "Approve 1 as display, reject 2, approve 3",
    ],
)  # fmt: skip
def test_what_is_said_of_the_rest_is_not_the_reason_of_a_refusal(sentence):
    assert "approve" not in read(sentence).items.values()
