"""The inbox rules: their own examples, their order, and the mistakes one can make in them."""

import re
from pathlib import Path

import pytest

from pipeline.desks import DESKS
from pipeline.mail.conditions import CONDITIONS
from pipeline.mail.message import read_mail
from pipeline.mail.rule_examples import OUR_LETTER, example_failures, example_mail
from pipeline.mail.rules import DESK_NAMES, Example, classify, explain_lines, load_rules
from pipeline.mail.sender import SenderPolicy, check_sender
from pipeline.model import PipelineError

SHIPPED = Path(__file__).parents[2] / "inbox_rules"
RULES = load_rules(SHIPPED)
OPEN = SenderPolicy("token-only", ())


def desk_of(**example: object) -> str:
    return verdict_of(**example).desk


def verdict_of(**example: object):
    mail = read_mail(example_mail(Example(about="", **example)))
    return classify(mail, RULES, check_sender(mail, OPEN), lambda name: name == OUR_LETTER)


def test_every_example_does_what_its_rule_says():
    assert example_failures(RULES) == ()


def test_every_rule_shows_what_it_matches_and_every_one_but_the_last_what_it_misses():
    assert all(rule.matches for rule in RULES)
    assert all(rule.misses for rule in RULES[:-1])


def test_there_is_a_desk_for_every_name_a_rule_can_use():
    assert set(DESKS) == set(DESK_NAMES) == {rule.desk for rule in RULES}


def test_a_wrong_example_is_found(tmp_path):
    write(tmp_path, "10-a.yaml", "desk: form\nabout: x\nwhen: {subject: akses}\n"
          "matches: [{about: good, subject: Minta akses}, {about: bad, subject: lain}]\n"
          "misses: [{about: also bad, subject: akses}]\n")  # fmt: skip
    write(tmp_path, "90-z.yaml", LAST.replace("about: any", "about: any, subject: Akses"))
    failures = example_failures(load_rules(tmp_path))
    assert [re.search(r"'(.*?)'", one).group(1) for one in failures] == ["bad", "also bad", "any"]


def test_the_first_rule_wins_and_all_hits_are_kept():
    verdict = verdict_of(answers=True, subject="Re: form", attachments=("form.xlsx",))
    assert verdict.desk == "form"
    assert [hit.rule for hit in verdict.hits] == ["40-forms", "50-answers", "90-person"]


@pytest.mark.parametrize("name", ["form.XLSX", "form.xlsm", "form.ods", "FORM.xls", "book.et", "f.xlsb"])
def test_any_workbook_goes_to_the_form_desk(name):
    assert desk_of(attachments=(name,)) == "form"


def test_a_picture_in_the_signature_is_no_form():
    assert desk_of(answers=True, text="Setuju", attachments=("logo.png",)) == "reply"


def test_a_form_from_a_robot_that_says_so_is_not_read():
    mail = {"attachments": ("form.xlsx",), "headers": {"Auto-Submitted": "auto-generated"}}
    assert desk_of(**mail) == "automatic"


def test_a_mail_that_passed_too_many_servers_is_in_a_loop():
    raw = "".join(f"Received: from a by b{n}\n" for n in range(31)) + "From: a@b.example\n\nhello\n"
    assert desk_of(raw=raw) == "own"


def test_explain_says_who_what_and_why():
    mail = read_mail(example_mail(Example(about="", attachments=("form.xlsx",))))
    sender = check_sender(mail, OPEN)
    verdict = classify(mail, RULES, sender, lambda _name: False)
    lines = "\n".join(explain_lines(mail, sender, verdict, "id"))
    assert "Pengirim: sari@contoh.example" in lines
    assert "Aturan 40-forms menentukan: attachment form.xlsx" in lines
    assert "Aturan 90-person juga cocok" in lines


LAST = "desk: person\nabout: rest\nwhen: {always: true}\nmatches: [{about: any}]\n"


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("when", "says"), [
    ("{subjcet: x}", "when.subjcet: is no condition"),
    ("{subject: '('}", "is no regular expression"),
    ("{subject: 5}", "valid string"),
    ("{}", "name at least one condition"),
    ("{any: []}", "when.any: is no condition"),
    ("{all: [{subject: x}, {size_over_kb: big}]}", "when.all[1].size_over_kb"),
    ("{not: {header: {X-A: '['}}}", "when.not.header"),
    ("{automatic: bounce}", "when.automatic"),
])  # fmt: skip
def test_a_wrong_condition_is_named_with_its_file_and_place(tmp_path, when, says):
    write(tmp_path, "10-a.yaml", f"desk: form\nabout: x\nwhen: {when}\nmatches: [{{about: a}}]\n")
    write(tmp_path, "90-z.yaml", LAST)
    with pytest.raises(PipelineError) as told:
        load_rules(tmp_path)
    assert "10-a.yaml" in str(told.value)
    assert says in str(told.value)


def test_all_mistakes_are_told_at_once(tmp_path):
    write(tmp_path, "10-a.yaml", "desk: frm\nabout: x\nwhen: {subject: '('}\nmatches: [{about: a}]\n")
    write(tmp_path, "20-b.yaml", "desk: form\nwhen: {always: true}\nmatches: []\ntypo: 1\n")
    write(tmp_path, "30-c.yaml", "desk: [\n")
    with pytest.raises(PipelineError) as told:
        load_rules(tmp_path)
    text = str(told.value)
    for part in (
        "'frm' is none of",
        "regular expression",
        "20-b.yaml: about",
        "20-b.yaml: typo",
        "30-c.yaml",
    ):
        assert part in text


def test_rules_that_could_leave_a_mail_over_are_refused(tmp_path):
    write(tmp_path, "10-a.yaml", "desk: form\nabout: x\nwhen: {subject: a}\nmatches: [{about: a}]\n")
    with pytest.raises(PipelineError, match="last rule must be `always: true`"):
        load_rules(tmp_path)


def test_a_folder_without_rules_is_refused(tmp_path):
    with pytest.raises(PipelineError, match="no inbox rules"):
        load_rules(tmp_path)


TRIED = [
    ("{always: true}", True), ("{always: false}", False),
    ("{from: ['@contoh.example']}", True), ("{from: [sari@contoh.example]}", True),
    ("{from: [SARI@contoh.example, lain@contoh.example]}", True), ("{from: ['@lain.example']}", False),
    ("{from: ['@example']}", False),
    ("{size_over_kb: 1000}", False), ("{size_over_kb: 0}", True),
    ("{header: {To: akses-it}}", True), ("{header: {X-Nothing: .}}", False),
    ("{header: {importance: '^high$'}}", True), ("{header: {X-Nothing: ., Importance: high}}", True),
    ("{subject: '^minta'}", True), ("{subject: MINTA}", True), ("{not: {subject: minta}}", False),
    ("{all: [{subject: minta}, {text: mohon}]}", True), ("{all: [{subject: minta}, {text: xyz}]}", False),
    ("{any: [{subject: xyz}, {text: mohon}]}", True), ("{subject: minta, text: xyz}", False),
    ("{attachment: '\\.pdf$'}", True), ("{attachment: '\\.xlsx$'}", False),
    ("{attachment_type: pdf}", True), ("{attachment_type: spreadsheet}", False),
    ("{text: '^mohon'}", True), ("{text: rahasia}", False),
    ("{own_message: true}", False), ("{received_over: 0}", False),
    ("{automatic: [auto_reply]}", True), ("{automatic: [list]}", False),
    ("{automatic_header: [auto_reply]}", True), ("{automatic_header: [bounce]}", False),
    ("{answers_our_letter: true}", True), ("{command: true}", False), ("{names_deputy: true}", False),
]  # fmt: skip


@pytest.mark.parametrize(("when", "hit"), TRIED)
def test_what_each_condition_asks(tmp_path, when, hit):
    write(tmp_path, "10-a.yaml", f"desk: form\nabout: x\nwhen: {when}\nmatches: [{{about: a}}]\n")
    write(tmp_path, "90-z.yaml", LAST)
    rules = load_rules(tmp_path)
    mail = read_mail(example_mail(Example(
        about="", subject="Minta akses", text="mohon dibantu " * 100, attachments=("a.pdf",), answers=True,
        headers={"Importance": "high", "X-Autoreply": "yes"},
    )))  # fmt: skip
    verdict = classify(mail, rules, check_sender(mail, OPEN), lambda name: name == OUR_LETTER)
    assert (verdict.desk == "form") is hit


def test_a_list_of_senders_never_matches_a_from_that_names_nobody_clearly(tmp_path):
    write(
        tmp_path,
        "10-a.yaml",
        "desk: form\nabout: x\nwhen: {from: ['@contoh.example']}\nmatches: [{about: a}]\n",
    )
    write(tmp_path, "90-z.yaml", LAST)
    mail = read_mail(b"From: bos@contoh.example <jahat@luar.example>\nSubject: x\n\nx\n")
    assert classify(mail, load_rules(tmp_path), check_sender(mail, OPEN), lambda _n: False).desk == "person"


def test_the_lower_number_goes_first_whatever_the_file_is_called(tmp_path):
    """That is a rule's priority: 15-z before 20-a, and a company's own 05-x before all that are shipped."""
    for name, desk in (("20-a", "reply"), ("15-z", "form")):
        write(
            tmp_path,
            f"{name}.yaml",
            f"desk: {desk}\nabout: x\nwhen: {{subject: akses}}\nmatches: [{{about: a}}]\n",
        )
    write(tmp_path, "90-z.yaml", LAST)
    mail = read_mail(example_mail(Example(about="")))
    verdict = classify(mail, load_rules(tmp_path), check_sender(mail, OPEN), lambda _n: False)
    assert [hit.rule for hit in verdict.hits] == ["15-z", "20-a", "90-z"]


def test_every_condition_is_tried_here():
    tried = " ".join(when for when, _hit in TRIED)
    assert [name for name in CONDITIONS if not re.search(rf"\b{name}:", tried)] == []


def test_every_condition_is_explained_in_the_docs():
    text = (
        (SHIPPED.parent / "docs" / "mail.md")
        .read_text(encoding="utf-8")
        .partition("## Conditions of a rule")[2]
    )
    assert [name for name in (*CONDITIONS, "all", "any", "not") if f"`{name}`" not in text] == []


def test_the_catalogue_of_robots_has_sixty_shapes_and_more():
    robots = [rule for rule in RULES if rule.desk in {"bounce", "receipt", "automatic"}]
    assert sum(len(rule.matches) for rule in robots) >= 60
    assert sum(len(rule.misses) for rule in robots) >= 20
