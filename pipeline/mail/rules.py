"""The inbox rules: one YAML file each, read in the order of their numbers; the first that matches decides."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pipeline.mail.conditions import CONDITIONS, Seen
from pipeline.model import Hit, Language, Mail, PipelineError, Sender, Verdict

#: The desks a rule can send mail to; pipeline/desks has one entry for each.
DESK_NAMES = ("own", "bounce", "receipt", "automatic", "form", "command", "reply", "person")
_COMBINING = ("all", "any", "not")
_REGEXES = frozenset({"attachment", "attachment_type", "subject", "text"})


class Example(BaseModel):
    """A mail that a rule must match, or must miss, in the fewest words that show it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    from_: str = Field("Sari Wulandari <sari@contoh.example>", alias="from")
    subject: str = "Permintaan akses"
    text: str = ""
    html: str = ""
    headers: dict[str, str] = {}
    attachments: tuple[str, ...] = ()
    #: an answer to a letter of ours
    answers: bool = False
    #: the whole mail as it came, instead of all the rest
    raw: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    desk: str
    about: str
    when: dict[str, Any]
    matches: Annotated[tuple[Example, ...], Field(min_length=1)]
    misses: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One inbox rule. `name` is its file's name without .yaml."""

    name: str
    desk: str
    about: str
    when: Mapping[str, Any]
    matches: tuple[Example, ...] = ()
    misses: tuple[Example, ...] = ()

    def hits(self, seen: Seen) -> str:
        """Why this rule matches, or ""."""
        return _all_hold(self.when, seen)


def load_rules(folder: Path) -> tuple[Rule, ...]:
    """The rules in `folder`, in the order of their names. PipelineError lists every mistake and its file."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise PipelineError(
            f"There are no inbox rules in {folder}.", "Copy inbox_rules/ as it came with Akses."
        )
    rules: list[Rule] = []
    mistakes: list[str] = []
    for file in files:
        try:
            read = _File.model_validate(YAML(typ="safe").load(file.read_text(encoding="utf-8")))
        except (YAMLError, OSError, UnicodeDecodeError) as error:
            mistakes.append(f"{file.name}: cannot be read: {' '.join(str(error).split())}")
            continue
        except ValidationError as error:
            places = ((".".join(map(str, e["loc"])) or "file", e["msg"]) for e in error.errors())
            mistakes += [f"{file.name}: {place}: {message}" for place, message in places]
            continue
        wrong = [*_desk_mistake(read.desk), *_condition_mistakes(read.when)]
        mistakes += [f"{file.name}: {one}" for one in wrong]
        rules.append(Rule(file.stem, read.desk, read.about, read.when, read.matches, read.misses))
    if not mistakes and "always" not in rules[-1].when:
        mistakes.append(
            f"{files[-1].name}: the last rule must be `always: true`, so that no mail is left over"
        )
    if mistakes:
        raise PipelineError(
            "The inbox rules have mistakes:\n  " + "\n  ".join(mistakes) + "\n", "Mend these files."
        )
    return tuple(rules)


def classify(mail: Mail, rules: tuple[Rule, ...], sender: Sender, is_ours: Callable[[str], bool]) -> Verdict:
    """The desk of the first rule that matches `mail`, and every rule that does, for explain."""
    seen = Seen(mail, sender, is_ours)
    hits = tuple(Hit(rule.name, rule.desk, why) for rule in rules if (why := rule.hits(seen)))
    # load_rules sees to a last rule that always matches; a set made by hand may lack it.
    return Verdict(hits[0].desk if hits else "person", hits)


_WORDS: dict[str, dict[Language, str]] = {
    "from": {"id": "Pengirim", "en": "Sender"},
    "subject": {"id": "Subjek", "en": "Subject"},
    "proof": {"id": "Bukti pengirim", "en": "Proof of sender"},
    "files": {"id": "Lampiran", "en": "Attachments"},
    "rule": {"id": "Aturan", "en": "Rule"},
    "desk": {"id": "Meja", "en": "Desk"},
    "first": {"id": "menentukan", "en": "decides"},
    "also": {"id": "juga cocok", "en": "matches too"},
}


def explain_lines(mail: Mail, sender: Sender, verdict: Verdict, language: Language) -> Iterator[str]:
    """What was seen of a mail and which rules matched, a line each, for `run.py explain`."""
    words = {key: texts[language] for key, texts in _WORDS.items()}
    shown = sender.address or f"{', '.join(mail.from_) or '-'} ({sender.defect})"
    yield f"{words['from']}: {shown}"
    yield f"{words['proof']}: {sender.proof} ({sender.detail})"
    yield f"{words['subject']}: {mail.subject or '-'}"
    if mail.attachments:
        yield f"{words['files']}: {', '.join(f'{a.name} ({len(a.data)} B)' for a in mail.attachments)}"
    for number, hit in enumerate(verdict.hits):
        yield f"{words['rule']} {hit.rule} {words['also' if number else 'first']}: {hit.why}"
    yield f"{words['desk']}: {verdict.desk}"


def _all_hold(when: Mapping[str, Any], seen: Seen) -> str:
    """The reasons why every entry of `when` holds, or "" when one does not."""
    reasons = []
    for name, wanted in when.items():
        why = _holds(name, wanted, seen)
        if not why:
            return ""
        reasons.append(why)
    return "; ".join(reasons)


def _holds(name: str, wanted: Any, seen: Seen) -> str:
    if name == "all":
        whys = [_all_hold(one, seen) for one in wanted]
        return "; ".join(whys) if all(whys) else ""
    if name == "any":
        return next((why for one in wanted if (why := _all_hold(one, seen))), "")
    if name == "not":
        return "" if _all_hold(wanted, seen) else "nothing speaks against it"
    check, _kind = CONDITIONS[name]
    return check(seen, wanted)


def _desk_mistake(desk: str) -> list[str]:
    return [] if desk in DESK_NAMES else [f"desk: {desk!r} is none of {', '.join(DESK_NAMES)}"]


def _condition_mistakes(when: Any, place: str = "when") -> Iterator[str]:
    """Everything wrong with a condition and those inside it."""
    if not isinstance(when, dict) or not when:
        yield f"{place}: name at least one condition"
        return
    for name, wanted in when.items():
        here = f"{place}.{name}"
        if name in {"all", "any"} and isinstance(wanted, list) and wanted:
            for number, one in enumerate(wanted):
                yield from _condition_mistakes(one, f"{here}[{number}]")
        elif name == "not":
            yield from _condition_mistakes(wanted, here)
        elif name in CONDITIONS:
            yield from _argument_mistakes(name, wanted, here)
        else:
            known = ", ".join((*_COMBINING, *CONDITIONS))
            yield f"{here}: is no condition; the conditions are {known}"


def _argument_mistakes(name: str, wanted: Any, here: str) -> Iterator[str]:
    _check, kind = CONDITIONS[name]
    try:
        TypeAdapter(kind).validate_python(wanted, strict=True)
    except ValidationError as error:
        yield f"{here}: {error.errors()[0]['msg']}"
        return
    patterns = [wanted] if name in _REGEXES else list(wanted.values()) if name == "header" else []
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"{here}: {pattern!r} is no regular expression: {error}"
