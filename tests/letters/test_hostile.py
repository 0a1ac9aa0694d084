"""What strangers write into forms and mails comes out as plain words: no code, markup, link or new line."""

import functools
import re
import unicodedata
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment

from pipeline.letters.clean import defang, many_lines, one_line
from pipeline.letters.render import Rendered
from tests.letters.samples import (
    ASKING,
    EVERY_LETTER,
    SAMPLE_NOW,
    a_letter,
    long_facts,
    the_templates,
    with_every_text,
)

#: Facts with a fixed vocabulary, which never come from outside.
OURS = frozenset({
    "state", "status", "action", "request_type", "signature", "severity", "kind", "letter_kind", "code",
    "field", "ref", "verdict", "left", "apart",
})  # fmt: skip

TEMPLATE_CODE = [
    "{{ 7 * 7 }}",
    "{{7*'7'}}",
    "{% for x in range(9) %}boo{% endfor %}",
    "{{ house }}",
    "{{ self.__init__.__globals__.__builtins__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ config }}{{ request }}",
    "{# gone #}",
    "{%- raw -%}",
    "${7*7} #{7*7} <%= 7*7 %> {0.__class__} %(name)s %s {key} {why}",
]
MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "</td></tr></table><h1>Disetujui</h1>",
    "<!--[if mso]><b>x</b><![endif]-->",
    "<style>.button { display: none }</style>",
    '<a href="mailto:akses-it@nusantara.example?body=SETUJU">klik</a>',
    "' onclick='alert(1)' x='",
    "&lt;b&gt; &amp;amp; &#60;i&#62;",
    "]]><x/>",
]
ODD = [
    "x\r\nBcc: evil@evil.example\r\n\r\nSETUJU SEMUA",
    "a\n.\nQUIT\n",
    "\u202eUJUTES\u202c aman \u2066\u200b\u200d\ufeff",
    "tab\tand\x00nul\x1b[31mred\x07",
    "lone \ud800 surrogate \udfff",
    "emoji 👍🏽 👨‍👩‍👧 ✅ 日本語 العربية",
    "\u2028line\u2029para\x85next\x0bvt\x0cff",
    "K" * 5000,
    "keperluan pekerjaan " * 250,
]


def together(kind: str, payloads: list[str]) -> list[str]:
    """All in one text: whatever is run, or taken for markup, changes it. In one letter each alone, too."""
    return [" ".join(payloads), *(payloads if kind == "approval" else ())]


def hostile(kind: str, language: Any, payload: str) -> Rendered:
    facts = with_every_text(
        long_facts(kind, language), lambda name, text: text if name in OURS or not text else payload
    )
    return the_templates().render(a_letter(kind, language, facts), SAMPLE_NOW)


@functools.lru_cache(maxsize=4)
def page(html: str) -> BeautifulSoup:
    """The page, read once for all that is looked at in it."""
    return BeautifulSoup(html, "html.parser")


def outline(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """The page without its words: every element in order, with the names of its attributes."""
    return [(tag.name, tuple(sorted(tag.attrs))) for tag in page(html).find_all(True) if tag.name != "br"]


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_code_of_a_template_in_a_form_is_shown_and_never_run(kind: str, language: Any) -> None:
    for payload in together(kind, TEMPLATE_CODE):
        letter = hostile(kind, language, payload)
        assert flat(payload) in flat(page(letter.html).get_text())
        text = flat(letter.text).replace("|", "")
        assert flat(payload) in text
        rest = text.replace(flat(payload), "")
        assert not re.search(r"(?<!\d)49(?!\d)|7777777|booboo|built-in|<class|House\(", rest)


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_markup_in_a_form_is_shown_as_text_and_changes_no_element(kind: str, language: Any) -> None:
    plain = outline(hostile(kind, language, "kata biasa").html)
    for payload in together(kind, MARKUP):
        letter = hostile(kind, language, payload)
        assert outline(letter.html) == plain
        assert flat(defang(payload)) in flat(page(letter.html).get_text())
        comments = {str(c) for c in page(letter.html).find_all(string=lambda s: isinstance(s, Comment))}
        assert all("<b>x</b>" not in comment for comment in comments)


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_odd_characters_disappear_and_the_rest_of_the_text_stays(kind: str, language: Any) -> None:
    short = [payload for payload in ODD if len(payload) < 100]
    for payload in (*together(kind, short), *(payload for payload in ODD if payload not in short)):
        letter = hostile(kind, language, payload)
        assert "\n" not in letter.subject
        assert len(letter.subject) <= 200
        for text in (letter.subject, letter.text, letter.html):
            assert {c for c in set(text) if unicodedata.category(c) in {"Cc", "Cf", "Cs"}} <= {"\n"}
            text.encode("utf-8")
        assert flat(many_lines(payload))[:150] in flat(page(letter.html).get_text())


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_no_line_of_the_text_can_be_written_by_a_stranger(kind: str, language: Any) -> None:
    payload = "Baik.\nPalsu baris\r\nPalsu lagi\u2028Palsu pula\n\n\n\nPalsu akhir"
    letter = hostile(kind, language, payload)
    assert not [line for line in letter.text.splitlines() if re.match(r" ?Palsu", line) and " ".join(
        line.split()) in {"Palsu baris", "Palsu lagi", "Palsu pula", "Palsu akhir"}]  # fmt: skip


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_the_only_links_are_our_own_prepared_answers(kind: str, language: Any) -> None:
    payload = (
        "Lihat https://evil.example.com/login?a=b atau www.evil.co.id, HTTP://EVIL.TOP, mailto:x@evil.example"
    )
    letter = hostile(kind, language, payload)
    links = [str(a["href"]) for a in page(letter.html).find_all("a")]
    assert all(link.startswith("mailto:akses-it@nusantara.example?subject=Re%3A%20") for link in links)
    assert bool(links) == (kind in ASKING)
    for text in (letter.text, page(letter.html).get_text()):
        assert not re.search(r"(?i)https?://|www\.evil|evil\.(example\.com|co|top)|mailto:", text)
    assert not page(letter.html).find_all(["img", "script", "iframe", "link", "form", "object", "base"])


def test_a_number_that_a_form_claims_to_revise_can_not_fill_the_subject() -> None:
    facts = {**long_facts("returned"), "ref": "REQ " * 500 + "\r\nBcc: evil@evil.example"}
    letter = the_templates().render(a_letter("returned", "id", facts), SAMPLE_NOW)
    assert len(letter.subject) < 120
    assert "\n" not in letter.subject


def test_a_stranger_can_not_move_the_buttons_with_a_code_of_his_own() -> None:
    letter = hostile("approval", "id", "[REQ-2026-0001 · Kode AK1-" + "9" * 26 + "]")
    links = [str(a["href"]) for a in page(letter.html).find_all("a", class_="push")]
    assert links
    assert all(link.endswith("Kode%20AK1-0123456789ABCDEFGHJKMNPQRS%5D") for link in links)


# --- the cleaning itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://evil.example.com/x", "https[:]//evil[.]example[.]com/x"),
        ("www.evil.id", "www[.]evil[.]id"),
        ("www.masuk.bank, atau WWW.x.finance", "www[.]masuk[.]bank, atau WWW[.]x[.]finance"),
        ("buka bit.ly/abc sekarang", "buka bit[.]ly/abc sekarang"),
        ("buka tinyurl.com/abc", "buka tinyurl[.]com/abc"),
        ("javascript:alert(1)", "javascript[:]alert(1)"),
        ("ms-word:ofe|u|http://x.com", "ms-word:ofe|u|http[:]//x[.]com"),
        ("putri.lestari@contoh.co.id", "putri.lestari@contoh.co.id"),
        ("Dra. Sri, M.Kom. dan PT. Maju", "Dra. Sri, M.Kom. dan PT. Maju"),
        ("Form.2026.xlsx, versi 2.1", "Form.2026.xlsx, versi 2.1"),
        ("Catatan: jam 08.00", "Catatan: jam 08.00"),
        ("\\\\fs01\\keuangan", "\\\\fs01\\keuangan"),
    ],
)
def test_links_are_broken_and_everything_else_is_left_alone(text: str, shown: str) -> None:
    assert defang(text) == shown


def test_short_urls_with_a_path_are_broken_too() -> None:
    assert defang("s.id/hadiah t.me/x youtu.be/y") == "s[.]id/hadiah t[.]me/x youtu[.]be/y"


def test_every_character_of_unicode_is_cleaned_without_an_error() -> None:
    for start in range(0, 0x110000, 0x1000):
        block = "".join(map(chr, range(start, start + 0x1000)))
        for clean in (one_line(block), many_lines(block)):
            assert not {c for c in clean if unicodedata.category(c) in {"Cc", "Cf", "Cs"}} - {"\n"}
        assert "\n" not in one_line(block)


def test_lines_are_kept_where_they_are_wanted_and_empty_ones_are_few() -> None:
    assert many_lines("  satu \r\n\r\n\r\n\r\n dua\u2028tiga\t empat \n") == "satu\n\ndua\ntiga empat"
    assert one_line("  satu \r\n dua\u2028tiga\t empat \n") == "satu dua tiga empat"
