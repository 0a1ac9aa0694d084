"""The words a person typed, found in answers of every mail program we know."""

import base64
import struct

import pytest

from pipeline.mail.message import read_mail
from pipeline.mail.newtext import NewText, new_text
from tests.mail.answers import PROGRAMS, Program, answer

TYPED = (
    "Setuju, terima kasih.",
    "Tidak setuju, user sudah pindah divisi.",
    "SETUJU 1,3\nTOLAK 2 kuota penuh",
    "Approved. Please proceed.",
    "I did not\napprove this.",
)


def read(program: Program, typed: str) -> NewText:
    return new_text(read_mail(answer(program, typed)))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
@pytest.mark.parametrize("typed", TYPED)
def test_only_what_was_typed_is_read(program: Program, typed: str) -> None:
    new = read(program, typed)
    assert new.text.split() == typed.split()
    assert not new.conflict, new.conflict_why
    assert new.quoted
    assert not new.automatic


HEAD = (
    "From: Ratna Wibowo <ratna.wibowo@sentosa-abadi.example>\nTo: akses@sentosa-abadi.example\n"
    "Subject: Re: [REQ-2026-0042]\n"
    "In-Reply-To: <ask-0042@sentosa-abadi.example>\nMIME-Version: 1.0\n"
)


def plain(text: str, kind: str = "text/plain; charset=utf-8") -> NewText:
    return new_text(read_mail(f"{HEAD}Content-Type: {kind}\n\n{text}".encode()))


def page(html: str) -> NewText:
    return plain(html, "text/html; charset=utf-8")


def both(text: str, html: str) -> NewText:
    part = "--b\nContent-Type: text/{}; charset=utf-8\n\n{}\n"
    body = part.format("plain", text) + part.format("html", html) + "--b--\n"
    return plain(body, 'multipart/alternative; boundary="b"')


def test_an_answer_between_quoted_lines_keeps_the_line_it_stands_under() -> None:
    new = plain("> 1. Accurate\n\nSetuju\n\n> 2. VPN\n\nTolak, penuh\n\n> Salam\n")
    assert new.answers == (("1. Accurate", "Setuju"), ("2. VPN", "Tolak, penuh"))


def test_answers_between_quotes_are_found_in_html_too() -> None:
    new = page(
        "<blockquote>1. Accurate</blockquote><div>Setuju</div>"
        "<blockquote>2. VPN</blockquote><div>Tolak</div><blockquote>Salam</blockquote>"
    )
    assert new.answers == (("1. Accurate", "Setuju"), ("2. VPN", "Tolak"))


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility:hidden",
        "font-size:0",
        "font-size:1px",
        "opacity:0",
        "color:#fff",
        "color:white",
        "mso-hide:all",
        "max-height:0;overflow:hidden",
        "position:absolute;left:-9999px",
        "text-indent:-999px",
        "color:transparent",
        "height:0;overflow:hidden",
        "background:#000;color:#000",
    ],
)
def test_words_nobody_can_see_are_not_read(style: str) -> None:
    assert page(f'<p>Tolak</p><p style="{style}">Ralat: setuju</p>').text == "Tolak"


def test_words_hidden_by_a_style_sheet_are_not_read() -> None:
    assert page("<style>.x{display:none}</style><p>Tolak</p><p class='x'>setuju</p>").text == "Tolak"


@pytest.mark.parametrize("tag", ["script", "style", "title", "template", "noscript", "svg"])
def test_what_is_no_text_is_not_read(tag: str) -> None:
    assert page(f"<p>Tolak</p><{tag}>setuju</{tag}>").text == "Tolak"


def test_text_and_html_that_disagree_are_a_conflict() -> None:
    assert both("Setuju", "<p>Tolak</p>").conflict
    assert not both("Setuju.", "<p>Setuju.</p>").conflict


@pytest.mark.parametrize(
    "html", ["<p><s>Setuju</s> Tolak</p>", '<p style="text-decoration:line-through">Setuju</p>']
)
def test_words_struck_through_are_a_conflict(html: str) -> None:
    assert page(html).conflict


@pytest.mark.parametrize("text", ["~~Setuju~~ Tolak", "\u202eujutes", "S\u0336e\u0336t\u0336uju"])
def test_words_that_are_not_what_they_look_like_are_a_conflict(text: str) -> None:
    assert plain(text).conflict


@pytest.mark.parametrize(
    "tail",
    [
        "-- \nRatna Wibowo\nApproved Vendor Manager",
        "Best regards,\nRatna",
        "Salam,\nRatna Wibowo\nManajer TI",
        "Dikirim dari iPhone saya",
        "Sent from my Galaxy",
        "Get Outlook for iOS",
        "Dapatkan Outlook untuk Android",
        "DISCLAIMER: setuju atau tidak",
        "Ratna Wibowo\nManajer TI\nPT Sentosa Abadi\nTelp. 021-5550000",
        "Pernyataan: email ini rahasia dan disetujui",
        "This e-mail was approved by the mail gateway and is confidential.",
        "____________\nRatna Wibowo",
        "Hormat saya,\nRatna",
        "Mohon pertimbangkan lingkungan sebelum mencetak email ini",
    ],
)
def test_what_stands_below_an_answer_is_cut_whatever_it_says(tail: str) -> None:
    assert plain(f"Ditolak, kuota habis.\n\n{tail}\n").text == "Ditolak, kuota habis."


def test_an_afterthought_below_the_name_is_kept() -> None:
    assert "kecuali VPN" in plain("Setuju semua\n\nRatna\n\nkecuali VPN\n").text


def test_the_line_with_our_code_is_cut() -> None:
    assert plain("SETUJU\n\n[REQ-2026-0042 · Kode AK1-0123456789ABCDEFGHJKMNPQRS]").text == "SETUJU"


def test_a_forwarded_message_is_noticed() -> None:
    new = plain(
        "FYI\n\n---------- Forwarded message ---------\n"
        "From: Budi <b@x.example>\nDate: Mon\nSubject: x\nTo: Ratna\n\nSetuju\n"
    )
    assert (new.text, new.forwarded) == ("FYI", True)


def test_a_pasted_chat_is_noticed() -> None:
    new = plain("Lihat ini\n[25/11 08.47] Pak Budi: setuju\n")
    assert (new.text, new.forwarded) == ("Lihat ini", True)


def test_flowed_text_is_put_together() -> None:
    new = plain("Saya tidak \nsetuju.\n", "text/plain; charset=utf-8; format=flowed")
    assert new.text == "Saya tidak setuju."


def test_the_inside_of_a_signed_text_is_read() -> None:
    new = plain(
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nTolak\n"
        "-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n"
    )
    assert new.text == "Tolak"


@pytest.mark.parametrize(
    "charset", ["x-unknown", "utf-7x", "koi9", "", "iso-8859-1", "windows-1252", "us-ascii"]
)
def test_a_charset_nobody_knows_survives(charset: str) -> None:
    assert plain("Setuju", f'text/plain; charset="{charset}"').text == "Setuju"


def tnef(identity: int, content: bytes) -> bytes:
    """A winmail.dat with one attribute (MS-OXTNEF, 2.1)."""
    return (
        struct.pack("<IH", 0x223E9F78, 1) + struct.pack("<BII", 1, identity, len(content)) + content + b"\0\0"
    )


@pytest.mark.parametrize(
    ("identity", "content"),
    [
        (0x0002800C, b"Tolak, kuota habis.\0"),
        (0x00069003, struct.pack("<IHHII", 1, 0x001E, 0x1000, 1, 20) + b"Tolak, kuota habis.\0"),
    ],
)
def test_the_text_inside_winmail_dat_is_read(identity: int, content: bytes) -> None:
    coded = base64.encodebytes(tnef(identity, content)).decode()
    new = plain(
        f"--b\nContent-Type: application/ms-tnef; name=winmail.dat\n"
        f"Content-Transfer-Encoding: base64\n\n{coded}--b--\n",
        'multipart/mixed; boundary="b"',
    )
    assert new.text == "Tolak, kuota habis."


def test_a_broken_winmail_dat_has_no_text() -> None:
    coded = base64.encodebytes(tnef(0x00069003, b"\xff" * 40)).decode()
    new = plain(
        f"--b\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n{coded}--b--\n",
        'multipart/mixed; boundary="b"',
    )
    assert new.text == ""


def test_a_mail_without_words_has_none() -> None:
    assert plain("\n\n").text == ""
    assert page("<p>&nbsp;</p>").text == ""


def test_a_style_sheet_too_large_to_follow_is_a_conflict() -> None:
    assert page("<style>" + "p{color:red}" * 4000 + "</style>" + "<p>a</p>" * 2000 + "<p>Setuju</p>").conflict


@pytest.mark.parametrize("line", ["--", "-- ", "—"])
@pytest.mark.parametrize(
    "below",
    [
        "Andi\nTapi CCTV jangan",
        "CCTV jangan",
        "Ratna\nPS: VPN tolak",
        "Ratna\nNB: hanya Tracy",
        "Ratna\nsyaratnya ada NDA",
        "Ratna\nManajer TI\n\nKecuali nomor 4",
        "Ratna\nNot the VPN",
        "DISCLAIMER: confidential\nPS: VPN jangan",
    ],
)
def test_words_below_the_signature_that_take_something_back_are_a_conflict(line: str, below: str) -> None:
    assert plain(f"Setuju\n{line}\n{below}").conflict


@pytest.mark.parametrize(
    "below",
    ["Ratna Wibowo\nManajer TI\nNo. 5, Jalan Sudirman\nTelp. 021-5550000", "Ratna\nApproved Vendor Manager"],
)
def test_a_plain_signature_is_no_conflict(below: str) -> None:
    new = plain(f"Setuju\n-- \n{below}")
    assert (new.text, new.conflict) == ("Setuju", False)


def test_words_typed_behind_the_program_s_own_line_are_kept() -> None:
    assert "jangan" in plain("Setuju\nSent from my iPhone tapi CCTV jangan").text


@pytest.mark.parametrize(
    "below",
    [
        "Pesan ini bersifat rahasia. Apabila Anda bukan penerima, jangan disebarkan dan mohon ditolak.",
        "DISCLAIMER: This email is confidential. If you are not the intended\nrecipient, you are not "
        "approved to read it; please\nreject and delete it.",
    ],
)
def test_a_disclaimer_below_the_signature_takes_nothing_back(below: str) -> None:
    new = plain(f"Setuju\n-- \nRatna\n\n{below}")
    assert (new.text, new.conflict) == ("Setuju", False)


@pytest.mark.parametrize("line", ["Ratna - tolak VPN", "Ratna, VPN jangan", "Ratna | IT Manager, bukan VPN"])
def test_a_line_that_begins_with_a_name_and_goes_on_talking_is_kept(line: str) -> None:
    assert line in plain(f"Setuju\n{line}").text


def test_three_answers_with_an_item_in_front_of_an_angle_are_no_quote() -> None:
    assert plain("VPN> tolak\nVPN> tolak\nVPN> tolak").text.count("tolak") == 3


def test_what_stands_below_more_rules_than_a_signature_has_is_not_cut_off() -> None:
    """From each of them on the rest is looked at: the search has an end, and beyond it nothing is a tail."""
    new = plain("\n".join(["Setuju", *["_" * 40] * 1500, "Kecuali nomor dua"]))
    assert "Kecuali" in new.text or new.conflict
