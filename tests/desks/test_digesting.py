"""Answers to a digest: each line is decided as if its request had been answered by itself, or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.approval.tokens import find_codes
from pipeline.demo import clients, company
from tests.company import BOSS, Company, edited
from tests.digests import (
    EIGHT,
    LINES,
    SIX,
    approved,
    at,
    digest,
    events,
    listed,
    plain,
    press,
    rejected,
    say,
    six,
    states,
)
from tests.mail.signing import part, sign, signed_mail, signer

DECIDED = ("processed", "decision")
LATE = ("processed", "late-answer")
UNCLEAR = ("processed", "unclear-answer")
FAILED = f"{company.AUTHSERV}; dmarc=fail header.from={company.DOMAIN}"
ALL = set(LINES)


@pytest.fixture
def house(tmp_path):
    """Wednesday at eight: six lines, none answered."""
    return listed(tmp_path)


# --- answers in several styles ----------------------------------------------------------------------------


def test_everything_is_approved_with_one_answer_and_confirmed_in_one_letter(house):
    assert say(house, "SETUJU SEMUA") == DECIDED
    assert approved(house) == ALL
    (letter,) = house.letters("digest_recorded")
    assert all(f"No. {no} {ref}" in plain(letter) for no, ref in LINES.items())
    assert plain(letter).count("DISETUJUI") == 6
    assert not house.letters("recorded")
    assert len(house.letters("decided")) == len(house.letters("provision")) == 6
    assert {e.data["through"] for e in events(house, "decision_recorded")} == set(
        find_codes(digest(house).subject)
    )


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("SETUJU 1, 3. TOLAK 2, alasan: cukup akses baca", {1, 3}, {2}),
        ("1 setuju\n2 tolak karena terlalu luas\n4 setuju", {1, 4}, {2}),
        ("setuju semua kecuali no 3", {1, 2, 4, 5, 6}, {3}),
        ("Setuju no. 1-4, sisanya ditolak", {1, 2, 3, 4}, {5, 6}),
        (f"{LINES[3]} tolak, {LINES[5]} setuju", {5}, {3}),
        (f"semua setuju kecuali {LINES[6]}", {1, 2, 3, 4, 5}, {6}),
        ("Approve all except 2 and 4", {1, 3, 5, 6}, {2, 4}),
    ],
)  # fmt: skip
def test_lines_are_decided_one_by_one_in_many_words(house, text, yes, no):
    assert say(house, text) == DECIDED
    assert (approved(house), rejected(house)) == (yes, no)


def test_the_buttons_of_one_list_are_used_one_after_the_other(house):
    letter = digest(house)
    assert press(house, "SETUJU 2", letter) == DECIDED
    assert press(house, "TOLAK 3\nAlasan: belum dianggarkan", letter) == DECIDED
    assert press(house, "SETUJU SEMUA", letter) == DECIDED
    assert (approved(house), rejected(house)) == (ALL - {3}, {3})
    third = plain(house.letters("digest_recorded")[-1])
    assert third.count("TIDAK DICATAT Sudah dijawab sebelumnya") == 2
    assert "belum dianggarkan" in plain(house.letters("decided")[1])


def between(house, **answers: str) -> tuple[str, str]:
    """An answer that writes below the quoted lines, as Outlook users do; what it came to."""
    letter = digest(house)
    lines = [f"> {line}".rstrip() for line in letter.text.splitlines()]
    for no, answer in answers.items():
        place = next(n for n, line in enumerate(lines) if line.startswith(f">   {no[1:]}. REQ"))
        end = next(n for n in range(place, len(lines)) if lines[n] == ">")
        lines[end:end] = ["", answer, ""]
    head = f"Pada 25/11/2026 08.00, Portal Akses IT <{company.PORTAL}> menulis:\n\n"
    raw = edited(
        clients.answer(BOSS, letter, "x", house.clock.now), Content_Type="text/plain; charset=utf-8",
        Content_Transfer_Encoding="8bit",
    ).partition(b"\r\n\r\n")[0]  # fmt: skip
    house.send(raw + ("\n\n" + head + "\n".join(lines)).replace("\n", "\r\n").encode())
    house.poll()
    return house.last()


def test_answers_between_the_quoted_lines_count_below_lines_of_one_item(house):
    assert between(house, _4="setuju", _6="tolak, sudah ada orangnya") == DECIDED
    assert (approved(house), rejected(house)) == ({4}, {6})


def test_answers_between_the_quoted_lines_may_mean_one_item_of_several(house):
    assert between(house, _2="setuju", _3="setuju") == UNCLEAR
    assert not approved(house)


def test_each_requester_reads_the_reason_of_his_own_line_only(house):
    say(house, "2 tolak karena Putri belum diangkat\n3 tolak karena kuota habis\n1 setuju")
    told = {
        letter.to: plain(letter) for letter in house.letters("decided") if "DITOLAK" in letter.text.upper()
    }
    assert "Putri belum diangkat" in plain(house.letters("decided", ref=LINES[2])[0])
    assert "kuota habis" not in plain(house.letters("decided", ref=LINES[2])[0])
    assert "kuota habis" in told[company.SALES_PIC.email]


# --- what is not clear --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "setuju", "Tolak", "OK", "setuju IT", "setuju 1 asal VPN dihapus", "setuju no 2 item 1",
        "setuju 2 (VPN saja)", f"{LINES[2]} setuju no 1", "REQ-2026-0099 setuju", "setuju 7",
        "Kenapa no 3 perlu CL?", "setuju Finance", "",
    ],
)  # fmt: skip
def test_what_leaves_open_which_lines_or_how_much_of_them_changes_nothing(house, text):
    before = house.digest()
    assert say(house, text) == UNCLEAR
    assert house.digest() == before
    assert not events(house, "decision_recorded")


def test_it_is_asked_back_once_with_the_lines_still_open_under_their_numbers(house):
    say(house, "SETUJU 1")
    assert say(house, "setuju") == UNCLEAR
    assert say(house, "setuju ya pak") == UNCLEAR
    (back,) = house.letters("digest_unclear")
    assert "belum ada yang dicatat" in plain(back)
    assert LINES[1] not in back.text
    assert f"2. {LINES[2]}" in plain(back)
    assert say(house, "SETUJU 2", letter=back) == DECIDED
    assert approved(house) == {1, 2}


def test_a_list_that_is_passed_on_to_ourselves_with_a_subject_of_its_own_is_asked_back(house):
    assert say(house, "SETUJU SEMUA", Subject=f"Re: [{LINES[3]}] {digest(house).subject}") == UNCLEAR
    assert not approved(house)


# --- lines that no longer stand -----------------------------------------------------------------------------


def test_a_line_that_was_answered_in_its_own_mail_meanwhile_is_named_and_not_decided_again(house):
    house.answer(house.asked(LINES[2]), "TOLAK\nAlasan: belum perlu")
    house.answer(house.asked(LINES[5]), "SETUJU 1")
    house.poll()
    assert say(house, "SETUJU SEMUA") == DECIDED
    assert approved(house) == {1, 3, 4, 6}
    assert rejected(house) == {2}
    assert house.statuses(LINES[5])[2] == "requested"
    told = plain(house.letters("digest_recorded")[-1])
    assert (
        f"No. 2 {LINES[2]} - Sari Wulandari, Finance, 3 akses - TIDAK DICATAT Sudah dijawab sebelumnya"
        in told
    )
    assert "TIDAK DICATAT Sudah berubah sejak daftar dikirim" in told


def test_a_line_that_was_revised_or_taken_back_is_not_decided(house):
    house.send_form(company.hr_form_revised(EIGHT.date(), LINES[4]))
    house.answer(house.letters("received", ref=LINES[3])[-1], "BATAL", company.SALES_PIC)
    house.poll()
    assert say(house, "setuju 3 dan 4") == LATE
    assert not approved(house)
    told = plain(house.letters("digest_recorded")[-1])
    assert "Pemohon sudah mengirim revisi" in told
    assert "Sudah ditarik kembali oleh pemohon" in told


def test_a_line_of_which_the_requester_took_back_an_item_is_asked_by_its_own_mail(house):
    house.answer(house.letters("received", ref=LINES[2])[-1], "BATAL 1", company.FINANCE_MANAGER)
    house.poll()
    assert house.statuses(LINES[2])[1] == "cancelled"
    assert say(house, "SETUJU 2") == LATE
    assert house.statuses(LINES[2])[2] == "requested"
    assert "Sudah berubah sejak daftar dikirim" in plain(house.letters("digest_recorded")[-1])


def test_a_line_that_went_to_somebody_else_is_not_decided(tmp_path):
    house = listed(tmp_path, lambda data: data["approval"].update(escalate_after=1, remind_after=[]))
    at(house, EIGHT + timedelta(hours=3))
    assert say(house, "SETUJU SEMUA") == DECIDED
    assert approved(house) == {1}, "the urgent one has a clock of its own"
    assert "Sudah kami teruskan kepada orang lain" in plain(house.letters("digest_recorded")[-1])


def test_the_same_answer_sent_again_decides_nothing_and_is_told_once(house):
    say(house, "SETUJU SEMUA")
    before = house.digest()
    for text in ("SETUJU SEMUA ", "SETUJU SEMUA.", "setuju semuanya"):
        assert say(house, text) == LATE
    assert house.digest() == before
    assert len(house.letters("digest_recorded")) == 2
    assert len(events(house, "decision_recorded")) == 6


def test_a_refusal_after_the_approval_is_told_to_it_at_once(house):
    say(house, "SETUJU SEMUA")
    assert say(house, "TOLAK 2\nAlasan: saya keliru") == ("quarantined", "late-refusal")
    assert LINES[2] in house.letters("quarantine")[-1].text
    assert approved(house) == ALL


def test_an_expired_list_decides_nothing_while_the_single_mail_still_does(house):
    old = digest(house)
    at(house, EIGHT.replace(day=28, hour=2))
    assert say(house, "SETUJU 2", letter=old) == LATE
    assert "Waktu untuk menjawabnya sudah habis" in plain(house.letters("digest_recorded")[-1])
    assert not approved(house)
    house.answer(house.asked(LINES[2]), "SETUJU")
    house.poll()
    assert house.last() == DECIDED


# --- what wants more than a list ---------------------------------------------------------------------------


def test_a_line_that_needs_a_reason_is_left_to_its_own_mail(tmp_path):
    step = {"name": "Risiko", "who": ["it_manager"], "stage": 4, "systems": ["VPN"]}
    house = Company(tmp_path, lambda data: (
        data["approval"].update(digest_from=2, exception_by=BOSS.email, steps=[step]),
        [entry.update(conflicts=["VPN"]) for entry in data["catalogue"] if entry["code"] == "ACCURATE"],
    ))  # fmt: skip
    for form in SIX[:2]:
        house.send_form(form)
    house.poll()
    for _ in range(3):
        asked = [a for a in house.case().asked if a.open]
        if all("exception" in names for a in asked for names in a.steps.values()):
            break
        house.answer(house.asked(house.case().ref), "SETUJU")
        house.poll()
    at(house, EIGHT)
    text = plain(digest(house))
    assert "Persetujuannya perlu disertai alasan: mohon jawab email persetujuannya" in text
    number = next(no for no in (1, 2) if f"{no}. REQ-2026-0001" in text)
    assert say(house, f"SETUJU {number}") == UNCLEAR
    assert say(house, "SETUJU SEMUA") == DECIDED
    assert (states(house)["REQ-2026-0001"], states(house)["REQ-2026-0002"]) == (
        "awaiting_approval",
        "approved",
    )
    assert "perlu disertai alasan" in plain(house.letters("digest_recorded")[-1])
    assert say(house, f"TOLAK {number}") == DECIDED
    assert states(house)["REQ-2026-0001"] != "awaiting_approval"


def test_a_line_with_more_items_than_a_list_shows_is_not_approved_unseen(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.desks.listing._MOST_ITEMS", 3)
    # This list is its own: it is not written as the shared one was.
    house = six(tmp_path)
    at(house, EIGHT)
    assert "dan 1 akses lain" in plain(digest(house))
    say(house, "SETUJU SEMUA")
    assert approved(house) == ALL - {5}
    assert "terlalu banyak untuk dimuat" in plain(house.letters("digest_recorded")[-1])


# --- whoever else answers ----------------------------------------------------------------------------------


def test_nobody_else_and_nobody_unproven_decides(house):
    before = house.digest()
    letter = digest(house)
    other = find_codes(letter.subject)[0]
    wrong = other[:-1] + ("0" if other[-1] != "0" else "1")
    tries = {
        "a forwarded list, answered by its reader": (
            say(house, "SETUJU SEMUA", company.DIRECTOR), "not-the-approver"),
        "under his name, not proven": (
            say(house, "SETUJU SEMUA", Authentication_Results=FAILED), "sender-not-proven"),
        "two From": (say(house, "SETUJU 1", From=[BOSS.email, company.DIRECTOR.email]), "from-defect"),
        "a code nobody gave out": (
            say(house, "SETUJU 1", letter=replace(letter, message_id="<x@contoh.example>",
                subject=letter.subject.replace(other, wrong), text="")), "token-unknown"),
        "with the code of a single mail beside it": (
            say(house, f"SETUJU SEMUA\n\n{find_codes(house.asked(LINES[2]).subject)[0]}"), "token-conflict"),
    }  # fmt: skip
    for name, (outcome, reason) in tries.items():
        assert outcome == ("quarantined", reason), name
    assert house.digest() == before
    assert not house.letters("digest_recorded")


def test_the_codes_of_two_lists_in_one_mail_mean_neither(house):
    first = digest(house)
    at(house, EIGHT.replace(day=26))
    second = digest(house)
    assert first.subject != second.subject
    mixed = replace(second, text=first.text)
    assert say(house, "SETUJU 2", letter=mixed) == ("quarantined", "token-conflict")


def test_who_lost_the_role_decides_no_line(house):
    gone = replace(BOSS, role="it_staff")
    people = tuple(gone if p == BOSS else p for p in company.DIRECTORY.people)
    new = replace(company.HEAD_OF_SALES, role="it_manager")
    house.write_directory(
        replace(company.DIRECTORY, people=tuple(new if p == company.HEAD_OF_SALES else p for p in people))
    )
    before = house.digest()
    house.answer(digest(house), "SETUJU SEMUA")
    house.poll()
    assert house.last() == ("quarantined", "not-the-approver")
    assert house.digest() == before
    assert not house.letters("digest_recorded")


def test_a_line_that_would_give_him_access_is_not_his_to_decide(house):
    same = replace(BOSS, name="Mega Puspita")
    people = tuple(same if p == BOSS else p for p in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    house.answer(digest(house), "SETUJU 3, 4")
    house.poll()
    assert house.last() == DECIDED
    assert (approved(house), states(house)[LINES[4]]) == ({3}, "awaiting_approval")
    assert "Bapak/Ibu adalah pemohon atau penerima aksesnya" in plain(house.letters("digest_recorded")[-1])


def test_a_list_whose_lines_would_all_give_him_access_is_set_aside(house):
    same = replace(BOSS, name="Mega Puspita")
    people = tuple(same if p == BOSS else p for p in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    house.answer(digest(house), "SETUJU 4")
    house.poll()
    assert house.last() == ("quarantined", "self-approval")
    assert not house.letters("digest_recorded")


def test_a_late_refusal_beside_a_decision_is_told_to_it_too(house):
    say(house, "SETUJU 2")
    assert say(house, "TOLAK 2, alasan: saya keliru. SETUJU 3") == DECIDED
    assert approved(house) == {2, 3}
    assert LINES[2] in house.letters("quarantine")[-1].text


def test_lines_changed_in_the_journal_no_longer_fit_the_code(house, monkeypatch):
    monkeypatch.setattr("pipeline.desks.listing.lines_digest", lambda _lines: "0" * 64)
    assert say(house, "SETUJU SEMUA") == ("quarantined", "token-unknown")
    assert not approved(house)


def test_robots_decide_nothing(house):
    before = house.digest()
    house.send(clients.out_of_office(BOSS, digest(house), house.clock.now))
    house.poll()
    assert house.mails()[-1].outcome == "ignored"
    assert say(house, "SETUJU SEMUA", Auto_Submitted="auto-replied") == ("ignored", "automatic")
    assert house.digest() == before
    assert not events(house, "deputy_brought_in")


def test_the_single_mails_stay_answerable_beside_the_list(house):
    house.answer(house.asked(LINES[3]), "SETUJU")
    house.poll()
    assert house.last() == DECIDED
    assert house.letters("recorded")


def signed_answer(house, letter, text: str, by, **headers) -> None:
    """An answer to `letter` signed with S/MIME, which no server proves; its quote is signed too."""
    quote = "\n".join(f"> {line}" for line in letter.text.splitlines())
    content = part(
        f"{text}\n\nPada 25/11/2026, Portal <{company.PORTAL}> menulis:\n\n{quote}\n" if quote else text
    )
    envelope = edited(
        clients.answer(BOSS, letter, "x", house.clock.now), Authentication_Results=None, Content_Type=None,
        Content_Transfer_Encoding=None, MIME_Version=None, **headers,
    ).partition(b"\r\n\r\n")[0]  # fmt: skip
    house.send(signed_mail(envelope, content, sign(content, by)))
    house.poll()


def test_a_signed_answer_decides_with_the_code_among_the_signed_words_and_not_without(tmp_path):
    andi = signer(BOSS.name)
    settings = {"mode": "require", "authserv_ids": [company.AUTHSERV], "smime": True}
    house = six(tmp_path, lambda data: data.update(sender_proof=settings))
    pinned = tuple(
        replace(person, certificate=andi.fingerprint) if person.email == BOSS.email else person
        for person in company.DIRECTORY.people
    )
    house.write_directory(replace(company.DIRECTORY, people=pinned))
    at(house, EIGHT)
    letter = digest(house)
    signed_answer(house, replace(letter, text=""), "SETUJU SEMUA", andi)
    assert house.last() == ("quarantined", "sender-not-proven")
    assert not approved(house)
    signed_answer(house, letter, "SETUJU 1", andi, Subject="Re: TOLAK SEMUA")
    assert house.last() == DECIDED
    assert approved(house) == {1}
    assert events(house, "decision_recorded")[0].data["proof"] == "smime"
