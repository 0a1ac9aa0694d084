"""From a letter's facts to its words: subject, text and HTML out of one template. Decides nothing."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import Environment
from markupsafe import Markup

from pipeline.letters.clean import clean_facts
from pipeline.letters.environment import BROKEN, fill_block, helpers, open_environment, tidy
from pipeline.letters.headers import header_text
from pipeline.letters.kinds import KINDS, kind_of
from pipeline.letters.links import AnswerLinks
from pipeline.letters.samples import SAMPLE_NOW, sample_facts
from pipeline.model import Language, Letter, PipelineError

_MEND = "Correct it, or put back the template that came with Akses; `run.py doctor` tries them all."
_LANGUAGES: tuple[Language, ...] = ("id", "en")


@dataclass(frozen=True)
class House:
    """The company a letter comes from."""

    company: str
    #: our mail address: answers go there
    portal: str
    portal_name: str
    #: a name of the tz database, such as Asia/Jakarta
    timezone: str
    #: where people ask for help
    it_contact: str


@dataclass(frozen=True)
class Rendered:
    """A letter's words. `text` and `html` say the same: both come from the same block of the template."""

    subject: str
    text: str
    html: str


class Templates:
    """The letters' templates in one folder: id/KIND.j2, en/KIND.j2, the parts they share, and the frame.

    Each letter has a block `subject` and a block `body`. The body is filled in twice: with the parts of
    parts.txt.j2 it becomes the text, with those of parts.html.j2 the HTML.
    """

    def __init__(self, folder: Path, house: House) -> None:
        if not folder.is_dir():
            raise PipelineError(f"The templates folder {folder} does not exist.", "Name it in config.yaml.")
        self._folder = folder
        self._house = house
        self._plain = open_environment(folder, escape=False)
        self._markup = open_environment(folder, escape=True)
        self._inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)

    def render(self, letter: Letter, now: datetime) -> Rendered:
        """The words of `letter`. PipelineError names the template and the line that can't be filled in."""
        missing = [name for name in kind_of(letter.kind).facts if name not in letter.facts]
        if missing:
            raise PipelineError(
                f"A letter of kind {letter.kind} lacks the facts {', '.join(missing)}.", "This is a bug."
            )
        name = f"{letter.language}/{letter.kind}.j2"
        try:
            return self._render(name, letter, now)
        except BROKEN as error:
            raise PipelineError(f"The template {self._place(error, name)}: {error}.", _MEND) from error

    def check_all(self) -> None:
        """Fill in every kind in every language with sample facts; PipelineError at the first that fails."""
        for kind in KINDS:
            for language in _LANGUAGES:
                letter = Letter("check", kind.name, (), language, sample_facts(kind.name, language))
                self.render(letter, SAMPLE_NOW)

    def _render(self, name: str, letter: Letter, now: datetime) -> Rendered:
        words = self._words(letter, now)
        subject = header_text(fill_block(self._plain, name, "subject", words))
        if not subject:
            raise ValueError("the subject is empty")
        words |= {"mailto": AnswerLinks(self._house.portal, subject, _foot(words)), "subject_line": subject}
        text = self._body(self._plain, "txt", name, words)
        html = self._body(self._markup, "html", name, words)
        return Rendered(subject, tidy(text), self._inliner.inline(html))

    def _body(self, environment: Environment, form: str, name: str, words: Mapping[str, Any]) -> str:
        parts = environment.get_template(f"parts.{form}.j2").make_module(dict(words))
        body = fill_block(environment, name, "body", {**words, "ui": parts})
        # The body is HTML already: every value in it was escaped while its block was filled in.
        done = Markup(body) if form == "html" else body  # noqa: S704
        return environment.get_template(f"base.{form}.j2").render({**words, "body": done})

    def _words(self, letter: Letter, now: datetime) -> dict[str, Any]:
        """What templates may use: the cleaned facts, the house, and words for dates and states."""
        language = letter.language
        return {
            **clean_facts(letter.facts),
            **helpers(language, self._house.timezone),
            "house": self._house,
            "kind": letter.kind,
            "language": language,
            "now": now,
        }

    def _place(self, error: BaseException, name: str) -> str:
        """The file and line in which the mistake stands: an error in the shared parts names the parts."""
        line = getattr(error, "lineno", None)
        if line:
            return f"{getattr(error, 'name', None) or name}, line {line}"
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
        if not frames:
            return name
        return f"{Path(frames[-1].filename).relative_to(self._folder)}, line {frames[-1].lineno}"


def _foot(words: Mapping[str, Any]) -> str:
    """The line under a prepared answer: it brings the code back where a mail program drops In-Reply-To."""
    if "code" not in words:
        return ""
    english = words["language"] == "en"
    what = words["case"].ref if "case" in words else f"{'List' if english else 'Daftar'} {words['number']}"
    return f"[{what} · {'Code' if english else 'Kode'} {words['code']}]"
