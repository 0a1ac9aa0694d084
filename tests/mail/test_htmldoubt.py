"""Text whose styles may hide it, add to it or turn it round decides nothing; what mail programs write is not suspected."""

import pytest

from pipeline.mail.htmltext import read_page
from tests.letters.samples import EVERY_LETTER, SAMPLE_NOW, a_letter, the_templates
from tests.mail import answers

HIDDEN = [
    "<div style='content-visibility:hidden'>X</div>", "<div style='color:rgba(0,0,0,0)'>X</div>", "<div style='color:#00000000'>X</div>",
    "<div style='-webkit-text-fill-color:white'>X</div>", "<div style='font:0/0 a'>X</div>", "<div style='opacity:5%'>X</div>",
    "<div style='display:/**/none'>X</div>", "<div style='d\\69splay:none'>X</div>", "<div style='display:none ! important'>X</div>",
    "<div style='display:none !important;display:block'>X</div>", "<style>body{background:#fff}.x{color:#fefefe}</style><p class=x>X</p>",
]  # fmt: skip
DOUBTFUL = [
    "<style>@media all{.x{opacity:5%}}</style><p class=x>X</p>", "<style>@media all{.x{opacity:.1}}</style><p class=x>X</p>",
    "<style>@media all{.x{display:none}}</style><p class=x>X</p>", "<style>@media screen{.x{color:#fff}}</style><p class=x>X</p>",
    "<style>@supports (display:block){.x{display:none}}</style><p class=x>X</p>", "<style>.y{.x{display:none}}</style><p class=x>X</p>",
    "<style>@media all{.x{d\\69splay:none}}</style><p class=x>X</p>", "<style>@m\\65 dia all{.x{display:none}}</style><p class=x>X</p>",
    "<style>@media all{@supports(display:block){.x{display:none}}}</style><p class=x>X</p>", "<style>@keyframes h{to{opacity:0}}.x{animation:h 0s forwards}</style><p class=x>X</p>",
    "<style>@import url(x.css);</style><p>X</p>", "<link rel='stylesheet' href='x.css'><p>X</p>",
    "<style>p:before{content:'TIDAK '}</style><p>X</p>", "<style>.x{--a:none;display:var(--a)}</style><p class=x>X</p>",
    "<div style='filter:opacity(0)'>X</div>", "<div style='clip-path:inset(100%)'>X</div>", "<div style='zoom:0'>X</div>",
    "<div style='letter-spacing:-100px'>X</div>", "<div style='color:hsl(0,0%,100%)'>X</div>", "<bdo dir=rtl>X</bdo>",
    "<div style='position:relative;left:-9999px'>X</div>", "<div style='transform:rotateY(90deg)'>X</div>", "<details>X</details>",
    "<div style='unicode-bidi:bidi-override;direction:rtl'>X</div>", "<div style='font-size:0.01em'>X</div>", "<dialog>X</dialog>",
    "<div style='inline-size:0;overflow:hidden'>X</div>", "<table width=0 style='overflow:hidden'><tr><td>X</td></tr></table>",
]  # fmt: skip
SEEN = [
    # A comment parts two words: this is no "display", and a browser shows the text.
    "<div style='dis/**/play:none'>X</div>", "<style>@media all{.x{opacity:1}}</style><p class=x>X</p>",
    "<div style='font-family:\"a;display:none\";color:red'>X</div>", "<div style='display:none;display:block'>X</div>",
    "<div style='font:12pt Arial;line-height:120%;letter-spacing:-0.2px;margin-left:36.0pt'>X</div>",
    "<style>@media (max-width:480px){.x{padding:8px !important}}</style><p class=x>X</p>",
    "<style>@media (prefers-color-scheme: dark){.x{color:#fff !important}}</style><p class=x>X</p>",
    "<div style='font-size:1.1em;position:static;width:100%;max-width:600px'>X</div>",
]  # fmt: skip


@pytest.mark.parametrize("page", HIDDEN)
def test_hidden_text_is_dropped(page):
    assert "X" not in "".join(read_page(page + "<p>hai</p>").lines)


@pytest.mark.parametrize("page", DOUBTFUL)
def test_text_that_may_be_hidden_or_shown_otherwise_is_doubted(page):
    assert read_page(page + "<p>hai</p>").unjudged


@pytest.mark.parametrize("page", SEEN)
def test_ordinary_styles_are_not_doubted(page):
    read = read_page(page)
    assert (read.lines, read.unjudged) == (["X"], False)


def test_what_stands_in_a_quote_is_not_doubted():
    assert not read_page(
        "<p>X</p><blockquote type='cite'><p style='filter:blur(1px)'>lama</p></blockquote>"
    ).unjudged


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_no_letter_of_ours_is_doubted_when_it_is_quoted(kind, language):
    assert not read_page(the_templates().render(a_letter(kind, language), SAMPLE_NOW).html).unjudged


def test_no_mail_program_writes_what_is_doubted():
    pages = (answers.answer(program, "Setuju.").decode() for program in answers.PROGRAMS if program.page)
    assert not [page for page in pages if read_page(page).unjudged]
