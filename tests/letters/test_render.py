"""Every kind of letter says what it must, in both languages, as text and as HTML."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from pipeline.letters.kinds import KINDS
from pipeline.letters.render import Templates
from pipeline.letters.samples import sample_case
from pipeline.model import PipelineError
from pipeline.register.columns import COLUMNS
from tests.letters.samples import (
    ASKING,
    EVERY_LETTER,
    HOUSE,
    LANGUAGES,
    SAMPLE_CODE,
    SAMPLE_NOW,
    TEMPLATES,
    a_letter,
    crowded_facts,
    long_facts,
    sample_facts,
    the_templates,
)

#: Gmail shows this much of a mail's HTML and hides the rest behind a link.
GMAIL_LIMIT = 102 * 1024


def words(text: str) -> list[str]:
    """The words of a text, without what only one of the two forms draws (rules, dots, quotes, columns)."""
    # A digest is longer than a line of the text, and broken there.
    bare = re.sub(r"d{10,}", "", text)
    return re.sub(r"[|:·().,\-]|…", " ", bare).lower().split()


def seen(html: str) -> str:
    return BeautifulSoup(html, "html.parser").body.get_text(" ")  # type: ignore[union-attr]


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_every_letter_has_a_subject_of_one_line_a_text_and_a_page(kind: str, language: Any) -> None:
    letter = the_templates().render(a_letter(kind, language), SAMPLE_NOW)
    assert letter.subject == " ".join(letter.subject.split())
    assert 10 < len(letter.subject) <= 200
    assert " ".join(letter.text.split()).endswith(f"{HOUSE.it_contact}.")
    assert letter.html.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_every_letter_says_what_its_reader_does_next(kind: str, language: Any) -> None:
    letter = the_templates().render(a_letter(kind, language), SAMPLE_NOW)
    asks_to_decide = kind in ASKING
    heading = {
        "id": "keputusan bapak/ibu" if asks_to_decide else "langkah berikutnya",
        "en": "your decision" if asks_to_decide else "what you do next",
    }[language]
    assert heading in letter.text.lower()
    assert heading in seen(letter.html).lower()


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_no_line_of_the_text_is_too_long_for_an_old_mail_program(kind: str, language: Any) -> None:
    text = the_templates().render(a_letter(kind, language, long_facts(kind, language)), SAMPLE_NOW).text
    assert max(map(len, text.splitlines())) <= 72


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_text_and_html_hold_the_same_facts(kind: str, language: Any) -> None:
    facts = long_facts(kind, language)
    letter = the_templates().render(a_letter(kind, language, facts), SAMPLE_NOW)
    page, text = set(words(seen(letter.html))), set(words(letter.text))
    # Only HTML has buttons, with a sentence on what they do; only the text explains each with its own line.
    buttons = set(words(
        "Tombol membuka email jawaban yang sudah terisi; Bapak/Ibu tinggal mengirimnya Membalas email ini "
        "atau juga bisa Setujui Tolak no A button opens a mail with your answer already written; you only "
        "send it Replying or works as well Approve"
    ))  # fmt: skip
    instead = set(
        words("balas email ini dengan kata TOLAK dan alasannya")
        + words("reply to this mail with the word words and reason")
    )
    labels = {"masa", "berlaku", "period", "kebutuhan", "need", "status", "_", "*"}
    assert text - page <= instead | labels
    assert page - text <= buttons | labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_approval_shows_on_a_phone_all_that_is_needed_to_decide(language: Any) -> None:
    facts = long_facts("approval", language)
    case = facts["case"]
    letter = the_templates().render(a_letter("approval", language, facts), SAMPLE_NOW)
    page = " ".join(seen(letter.html).split())
    for one in case.items:
        shown = (
            one.item.employee.name, one.item.employee.employee_id, one.item.employee.position,
            one.item.system_label, one.item.access_level,
        )  # fmt: skip
        assert all(part in page for part in shown)
    for part in (
        case.form.requester_name, case.form.requester_position, case.requester, facts["signature_text"],
        "Dibutuhkan untuk menyusun laporan keuangan bulanan", facts["digest_short"], SAMPLE_CODE,
        "2026 – 31 Mar",         facts["previous"].splitlines()[0],
    ):  # fmt: skip
        assert part in page
    assert letter.subject.startswith(f"[{case.ref}] ")
    assert letter.subject.endswith(f" [{SAMPLE_CODE}]")


def test_items_are_grouped_by_employee_and_keep_their_numbers() -> None:
    text = the_templates().render(a_letter("approval", "id", long_facts("approval")), SAMPLE_NOW).text
    heads = re.findall(r"(?m)^\S.* - NIK (\d+)| +(\d+)\. [A-Z]", text)
    assert [nik or number for nik, number in heads] == [
        "00000417", "1", "2", "3", "4", "00421", "5", "6", "7", "00588", "8", "9",
    ]  # fmt: skip


def test_a_justification_that_was_shown_is_named_by_its_number_and_not_repeated() -> None:
    page = seen(the_templates().render(a_letter("approval", "id", long_facts("approval")), SAMPLE_NOW).html)
    assert page.count("Dibutuhkan untuk menyusun laporan keuangan bulanan") == 1
    assert page.count("sama dengan no. 1") == 5


@pytest.mark.parametrize("kind", ["approval", "unclear", "received", "decided", "provision"])
def test_450_items_with_long_reasons_fit_into_what_gmail_shows(kind: str) -> None:
    facts = crowded_facts(kind)
    letter = the_templates().render(a_letter(kind, "id", facts), SAMPLE_NOW)
    assert len(letter.html.encode()) < GMAIL_LIMIT
    page = " ".join(seen(letter.html).split())
    assert all(
        f"{no} Karyawan Nomor {(no - 1) // 30 + 1} (" in page.replace("\xa0", " ") for no in range(1, 451)
    )


def test_a_justification_that_is_cut_says_how_much_is_missing() -> None:
    letter = the_templates().render(a_letter("approval", "id", crowded_facts("approval")), SAMPLE_NOW)
    assert "karakter lagi ada di formulir terlampir" in " ".join(letter.text.split())


def test_the_same_facts_give_the_same_words() -> None:
    first, again = (the_templates().render(a_letter("approval"), SAMPLE_NOW) for _ in range(2))
    assert first == again


def test_times_are_shown_in_the_companys_zone() -> None:
    text = the_templates().render(a_letter("approval"), SAMPLE_NOW).text
    assert "24 November 2026 pukul 15.05 WIB" in text


def test_a_rejection_says_how_to_send_the_form_again_under_its_number() -> None:
    facts = long_facts("decided")
    facts["decided"] = tuple(one for one in facts["decided"] if one.status == "rejected")
    letter = the_templates().render(a_letter("decided", "id", facts), SAMPLE_NOW)
    text = " ".join(letter.text.split())
    assert "Ditolak, mohon diperbaiki" in letter.subject
    assert "nomor REQ-2026-0001 sudah kami isikan" in text
    assert "kirim dengan membalas email ini" in text
    assert "Cukup folder Laporan; folder lain bukan tugas bagian ini." in text


def test_an_employee_whose_access_was_only_revoked_is_not_told_it_is_ready() -> None:
    facts = long_facts("ready_employee")
    facts["items"] = tuple(one for one in facts["items"] if one.item.action == "revoke")
    letter = the_templates().render(a_letter("ready_employee", "id", facts), SAMPLE_NOW)
    assert "Akses sudah dicabut" in letter.subject
    assert "sudah siap" not in letter.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["awaiting_approval", "awaiting_signoff"])
def test_a_late_answer_to_an_open_request_is_pointed_to_the_newer_mail(state: Any, language: Any) -> None:
    facts = {**sample_facts("late", language), "deputy_name": ""}
    facts["case"] = replace(sample_case(language), state=state)
    text = " ".join(the_templates().render(a_letter("late", language, facts), SAMPLE_NOW).text.split())
    assert {"id": "lebih baru untuk REQ-2026-0001", "en": "newer approval mail for REQ-2026-0001"}[
        language
    ] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_that_staff_are_to_fill_bear_the_names_they_have_in_the_register(language: Any) -> None:
    wanted = {"provision": ("status", "done_by", "done_on", "account_id"), "take_away": ("revoked_on",)}
    for kind, keys in wanted.items():
        text = " ".join(the_templates().render(a_letter(kind, language), SAMPLE_NOW).text.split())
        labels = [column.label(language) for column in COLUMNS if column.key in keys]
        assert len(labels) == len(keys)
        assert [label for label in labels if label not in text] == []


# --- broken templates -----------------------------------------------------------------------------


def broken(tmp_path: Path, file: str, old: str, new: str) -> Templates:
    """The templates with one mistake in one file."""
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return Templates(folder, HOUSE)


def test_the_templates_that_come_with_akses_pass_the_doctor() -> None:
    the_templates().check_all()


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("en/late.j2", "case.state)", "case.stat)", r"en/late\.j2, line 14: .*stat"),
        ("id/decided.j2", "{% endcall %}", "", r"id/decided\.j2, line \d+: "),
        ("id/decided.j2", "block body", "block bodi", r"id/decided\.j2: the block 'body' is missing"),
        ("parts.html.j2", "{{ w.dear }}", "{{ w.deer }}", r"parts\.html\.j2, line \d+: .*deer"),
        ("base.txt.j2", "house.company", "hause.company", r"base\.txt\.j2, line \d+: .*hause"),
        ("id/monthly.j2", "month_text(month)", "month_text(month, 1, 2)", r"id/monthly\.j2, line 2: "),
        ("id/monthly.j2", "Ringkasan", "{{ 1 / 0 }}", r"id/monthly\.j2, line 2: "),
    ],
)
def test_a_mistake_in_a_template_is_named_with_its_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, place: str
) -> None:
    templates = broken(tmp_path, file, old, new)
    with pytest.raises(PipelineError, match=place) as error:
        templates.check_all()
    assert "run.py doctor" in error.value.mend


def test_a_template_without_a_subject_is_an_error(tmp_path: Path) -> None:
    templates = broken(tmp_path, "id/late.j2", "[{{ case.ref }}] Jawaban ini tidak mengubah apa pun", "")
    with pytest.raises(PipelineError, match="the subject is empty"):
        templates.check_all()


def test_a_missing_template_and_a_missing_folder_are_errors(tmp_path: Path) -> None:
    templates = broken(tmp_path, "id/late.j2", "Jawaban", "Jawaban")
    (tmp_path / "templates/id/late.j2").unlink()
    with pytest.raises(PipelineError, match=r"id/late\.j2"):
        templates.check_all()
    with pytest.raises(PipelineError, match="does not exist"):
        Templates(tmp_path / "nowhere", HOUSE)


def test_every_fact_of_every_kind_is_asked_for() -> None:
    for kind in KINDS:
        for name in kind.facts:
            facts = long_facts(kind.name)
            del facts[name]
            with pytest.raises(PipelineError, match=rf"{kind.name} lacks the facts {name}\."):
                the_templates().render(a_letter(kind.name, "id", facts), SAMPLE_NOW)


def test_an_unknown_kind_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(PipelineError, match="approver_missing"):
        the_templates().render(a_letter("aproval", "id", {}), SAMPLE_NOW)
