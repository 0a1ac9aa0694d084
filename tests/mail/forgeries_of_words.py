"""Mails with the right sender and the right code in which nobody approves: the word stands where no person says it."""

import base64
import html
import random
import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.demo import company
from tests.mail.forgeries import REFUSAL, Forgery, Maker, Trick, honest
from tests.mail.forgery_noise import APPROVALS, REFUSALS, Draft
from tests.mail.forgery_world import BOSS, ForgeryWorld

#: What a person types who decides nothing.
_NOTHING = (
    "",
    "Terima kasih infonya.",
    "Nanti saya lihat dulu.",
    "Baik, saya pelajari.",
    "Sedang rapat.",
    "FYI",
)
Bend = Callable[[random.Random, Draft, str], Draft]


def _words(bend: Bend, texts: tuple[str, ...] = _NOTHING, shape: str = "") -> Maker:
    """The honest mail with a text that decides nothing, and an approval (the third argument) put elsewhere."""

    def make(rng: random.Random, world: ForgeryWorld) -> Trick:
        good = honest(rng, world)
        bad = replace(good, text=rng.choice(texts), shape=shape or good.shape)
        return Trick(bend(rng, bad, rng.choice(APPROVALS)), good)

    return make


def _in_quote(rng: random.Random, draft: Draft, said: str) -> Draft:
    return replace(draft, quote=f"{said}\n\n{draft.quote}\n{said}")


def _of_others(rng: random.Random, draft: Draft, said: str) -> Draft:
    who = rng.choice(("Pak Budi", "Bu Sari", "Direktur", "Kepala divisi", "Tim legal"))
    text = rng.choice((
        f"{who} bilang: \"{said}\"", f"Kata {who} {said.lower()}", f"{who} wrote:\n> {said}", f"Menurut {who}, \"{said}\"?",
        f"Apakah {who} sudah {said.lower().rstrip('.')}?",
    ))  # fmt: skip
    return replace(draft, text=text)


def _in_signature(rng: random.Random, draft: Draft, said: str) -> Draft:
    foot = rng.choice((
        f"-- \n{BOSS.name}\n{said}", f"--\n{BOSS.name}\nMotto: {said}", f"________________________________\n{BOSS.name}\n{said}",
        f"DISCLAIMER: This e-mail is approved for the addressee only. {said}",
    ))  # fmt: skip
    return replace(draft, text=f"{draft.text}\n\n{foot}")


def _hidden(rng: random.Random, draft: Draft, said: str) -> Draft:
    style = rng.choice((
        "display:none", "DISPLAY : NONE !important", "visibility:hidden", "font-size:0", "font-size:0px;color:red", "opacity:0",
        "max-height:0;overflow:hidden", "mso-hide:all", "color:#fff;background:#ffffff", "color:white", "height:0;overflow:hidden",
        "content-visibility:hidden", "filter:opacity(0)", "clip-path:inset(100%)", "zoom:0", "letter-spacing:-100px", "color:hsl(0,0%,100%)",
        "color:rgb(100%,100%,100%)", "color:rgba(0,0,0,0)", "color:#00000000", "-webkit-text-fill-color:white", "position:relative;left:-9999px",
        "transform:rotateY(90deg)", "font:0/0 a", "display:/**/none", "display:none !IMPORTANT;display:block", "d\\69splay:none", "opacity:5%",
        "text-indent:-9999px", "position:absolute;left:-9999px", "font-size:1px", "transform:scale(0)", "clip:rect(0,0,0,0);position:absolute",
    ))  # fmt: skip
    tag = rng.choice(("div", "span", "p", "font", "b"))
    hidden = rng.choice((
        f"<{tag} style=\"{style}\">{said}</{tag}>", f"<{tag} style='{style}'>{said}</{tag}>",
        f"<style>.x{{{style}}}</style><{tag} class=\"x\">{said}</{tag}>", f"<div style=\"{style}\"><{tag}>{said}</{tag}></div>",
        f"<style>@media all{{.x{{{style}}}}}</style><{tag} class=\"x\">{said}</{tag}>",
        f"<style>@supports (display:block){{.x{{display:none}}}}</style><{tag} class=\"x\">{said}</{tag}>",
        f"<style>.y{{.x{{display:none}}}}</style><div class=\"y\"><{tag} class=\"x\">{said}</{tag}></div>",
        f"<style>@import url(x.css);</style><{tag}>{said}</{tag}>", f"<link rel=stylesheet href=x.css><{tag}>{said}</{tag}>",
        f"<details><summary>x</summary>{said}</details>", f"<bdo dir=rtl>{said}</bdo>", f"<style>p:before{{content:'TIDAK '}}</style><p>{said}</p>",
    ))  # fmt: skip
    return replace(draft, above=hidden)


def _unrendered(rng: random.Random, draft: Draft, said: str) -> Draft:
    shown = html.escape(said)
    return replace(draft, above=rng.choice((
        f"<!-- {said} -->", f"<style>/* {said} */ .a:before {{ content: '{said}' }}</style>", f"<script>document.write('{said}')</script>",
        f"<title>{shown}</title>", f"<img alt=\"{shown}\" src=\"cid:x\">", f"<a title=\"{shown}\" href=\"#\"></a>", f"<input value=\"{shown}\">",
        f"<template>{shown}</template>", f"<noscript>{shown}</noscript>", f"<div hidden>{shown}</div>", f"<!--[if mso]>{shown}<![endif]-->",
        f"<textarea>{shown}</textarea>", f"<select><option>{shown}</option></select>", f"<object data='x'>{shown}</object>", f"<svg><text>{shown}</text></svg>",
        f"<meta name=\"d\" content=\"{shown}\">", f"<del>{shown}</del>", f"<s>{shown}</s>", f"<iframe srcdoc=\"{shown}\"></iframe>",
    )))  # fmt: skip


def _in_file(rng: random.Random, draft: Draft, said: str) -> Draft:
    name = rng.choice(("jawaban.txt", "note.html", "x.eml", "a.csv", "SETUJU.txt", "image.png"))
    kind = rng.choice(("text/plain", "text/html", "application/octet-stream", "text/csv"))
    part = (
        f'Content-Type: {kind}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(said.encode()).decode()}"
    )
    return replace(draft, parts=(part.encode(),))


def _in_mail(rng: random.Random, draft: Draft, said: str) -> Draft:
    """A whole approval, honest or not, wrapped into the mail."""
    head = f"From: {BOSS.email}\r\nTo: {company.PORTAL}\r\nSubject: Re: persetujuan\r\n"
    inner = rng.choice(("", "Content-Type: text/plain; charset=utf-8\r\n", "Content-Type: text/html\r\n"))
    top = rng.choice(
        (
            "message/rfc822",
            "message/global",
            "text/rfc822-headers",
            "message/partial; id=1; number=1; total=1",
        )
    )
    return replace(draft, parts=(f"Content-Type: {top}\r\n\r\n{head}{inner}\r\n{said}\r\n".encode(),))


def _differs(rng: random.Random, draft: Draft, said: str) -> Draft:
    """The text says one thing, the page another."""
    refusal = rng.choice((*REFUSALS, "Jangan diproses dulu.", "Tunda dulu, saya cek.", "Mohon direvisi."))
    one, other = rng.choice(((said, refusal), (refusal, said)))
    return replace(draft, text=one, page=other, shape="both")


def _robot(rng: random.Random, draft: Draft, said: str) -> Draft:
    name, value = rng.choice((
        ("Auto-Submitted", "auto-replied"), ("Auto-Submitted", "auto-generated (vacation)"), ("X-Autoreply", "yes"),
        ("X-Autorespond", "1"), ("Precedence", "auto_reply"), ("X-Auto-Response-Suppress", "All"), ("X-Autogenerated", "Reply"),
    ))  # fmt: skip
    subject = rng.choice(("Balasan otomatis: ", "Automatic reply: ", "Di luar kantor: ", "Out of Office: "))
    text = rng.choice(("Saya sedang cuti. ", "I am out of office. ", "")) + said
    if name == "X-Auto-Response-Suppress":
        draft = draft.but(Subject=subject + "persetujuan")
    return replace(draft.but(**{name: value}), text=text)


def _absent(rng: random.Random, draft: Draft, said: str) -> Draft:
    """No header says so, only the words."""
    text = rng.choice((
        "Saya sedang cuti sampai 3 Desember. Permintaan yang saya setujui akan saya balas nanti.",
        "I am out of the office until Monday. Anything approved by my deputy is fine.",
        "Ini adalah balasan otomatis. Email Anda sudah disetujui untuk diproses oleh tim kami.",
    ))  # fmt: skip
    return replace(
        draft.but(Subject=rng.choice(("Balasan otomatis: x", "Automatic reply: persetujuan"))), text=text
    )


def _bounced(rng: random.Random, draft: Draft, said: str) -> Draft:
    """A bounce that carries an approval along, with the thread of our letter."""
    mark = f"b{rng.getrandbits(40)}"
    body = (
        f'\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="{mark}"\r\n\r\n--{mark}\r\n\r\n{said}\r\n'
        f"--{mark}\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; {BOSS.email}\r\nAction: failed\r\n\r\n"
        f"--{mark}\r\nContent-Type: message/rfc822\r\n\r\nFrom: {BOSS.email}\r\n\r\n{said}\r\n--{mark}--\r\n"
    )
    return draft.then(_body_of(body))


def _calendar(rng: random.Random, draft: Draft, said: str) -> Draft:
    mark = f"b{rng.getrandbits(40)}"
    body = (
        f'\r\nContent-Type: multipart/alternative; boundary="{mark}"\r\n\r\n--{mark}\r\n\r\n{said}\r\n--{mark}\r\n'
        f"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nSUMMARY:{said}\r\nEND:VCALENDAR\r\n--{mark}--\r\n"
    )
    return draft.then(_body_of(body))


def _receipt(rng: random.Random, draft: Draft, said: str) -> Draft:
    mark = f"b{rng.getrandbits(40)}"
    body = (
        f'\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary="{mark}"\r\n\r\n--{mark}\r\n\r\n'
        f"{said}\r\n--{mark}\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: manual-action; displayed\r\n--{mark}--\r\n"
    )
    return draft.then(_body_of(body))


def _body_of(body: str) -> Callable[[bytes], bytes]:
    return lambda raw: (
        re.split(rb"(?i)\r\nMIME-Version: 1.0", raw, maxsplit=1)[0] + b"\r\nMIME-Version: 1.0" + body.encode()
    )


def _listed(rng: random.Random, draft: Draft, said: str) -> Draft:
    """A list's copy, without the thread of our letter."""
    name, value = rng.choice(
        (("List-Id", "<kabar.example>"), ("Precedence", "bulk"), ("List-Unsubscribe", "<https://x.example>"))
    )
    return replace(draft.but(In_Reply_To=None, References=None, **{name: value}), text=said)


def _charset(rng: random.Random, draft: Draft, said: str) -> Draft:
    """Words that one reader sees and another does not."""
    kind = rng.randrange(3)
    utf7 = "+" + base64.b64encode(said.encode("utf-16-be")).decode().rstrip("=") + "-"
    text, charset = {
        0: (f"Nanti ya. {utf7}".encode(), "us-ascii"), 1: (base64.b64encode(said.encode()), "utf-8"),
        2: (said.encode().hex().encode(), "hex"),
    }[kind]  # fmt: skip
    return draft.then(
        _body_of(f"\r\nContent-Type: text/plain; charset={charset}\r\n\r\n{text.decode('latin-1')}\r\n")
    )


def _homoglyphs(rng: random.Random, draft: Draft, said: str) -> Draft:
    return replace(draft, text=rng.choice((
        "\u0405\u0415\u0422UJU", "SETUJ\u0426", "\u202eUJUTES", "\u2066\u202eujutes\u2069", "S\u0336E\u0336T\u0336U\u0336J\u0336U\u0336",
        "~~SETUJU~~", "S E T U J U ?", "\u202eASAL SETUJU\u202c tidak", "setuju\u202e kadit", "\u0441\u043e\u0433\u043b\u0430\u0441\u0435\u043d SETUJU?",
    )))  # fmt: skip


def _nested(rng: random.Random, draft: Draft, said: str) -> Draft:
    """The word below more MIME than anybody reads, or in parts without a boundary."""
    depth = rng.choice((31, 40, 120))
    inner = f"Content-Type: text/plain\r\n\r\n{said}"
    for level in range(depth):
        inner = f'Content-Type: multipart/mixed; boundary="d{level}"\r\n\r\n--d{level}\r\n{inner}\r\n--d{level}--\r\n'
    odd = rng.choice(
        (f"\r\n{inner}", f"\r\nContent-Type: multipart/mixed\r\n\r\n--x\r\n\r\n{said}\r\n--x--\r\n")
    )
    return draft.then(_body_of(odd))


def _two_types(rng: random.Random, draft: Draft, said: str) -> Draft:
    """Content-Type twice, or a boundary that readers take otherwise: what one shows, the other does not."""
    refusal = rng.choice(REFUSALS)
    one, other = "aaa", "bbb"
    parts = f"--{one}\r\nContent-Type: text/html\r\n\r\n{refusal}\r\n--{one}--\r\n--{other}\r\n\r\n{said}\r\n--{other}--\r\n"
    head = rng.choice((
        f"Content-Type: multipart/mixed; boundary={one}\r\nContent-Type: multipart/mixed; boundary={other}",
        f"Content-Type: multipart/mixed; boundary={one}; boundary={other}", f"Content-Type: multipart/mixed; boundary=\"{one}\"; x=\"boundary={other}\"",
    ))  # fmt: skip
    return draft.then(_body_of(f"\r\n{head}\r\n\r\n{parts}"))


def _unclear(rng: random.Random, draft: Draft, said: str) -> Draft:
    plain = said.rstrip(".").lower()
    return replace(draft, text=rng.choice((
        f"{said.rstrip('.')}?", f"Belum {plain}", f"Kalau legal oke, {plain}", f"{plain} asal kepala divisi tanda tangan", f"Besok saya {plain}",
        f"Bukan berarti {plain}", f"Jangan dianggap {plain}", f"Tidak bisa saya {plain}", f"{said}\n\nEh tunggu, jangan dulu.",
        f"REQ-2026-0002 {plain}", f"Seandainya {plain} bagaimana?",
    )))  # fmt: skip


def _of(name: str, make: Maker, *reasons: str) -> Forgery:
    return Forgery(name, make, frozenset(reasons))


_BACK = "unclear-answer"
FORGERIES: tuple[Forgery, ...] = (
    _of("the word only in the quote", _words(_in_quote), _BACK),
    _of("the word of somebody else", _words(_of_others), _BACK),
    _of("the word only in the signature", _words(_in_signature), _BACK),
    _of("the word in hidden HTML", _words(_hidden, shape="page"), _BACK),
    _of("the word in what no reader renders", _words(_unrendered, shape="page"), _BACK),
    _of("the word in an attachment", _words(_in_file), _BACK),
    _of("an approval wrapped as a mail", _words(_in_mail), _BACK, "automatic", "bounce"),
    _of("text and page disagree", _words(_differs), _BACK),
    _of("a robot's answer with the word", _words(_robot), "automatic", "bounce", "receipt"),
    _of("an absence told in words", _words(_absent), "automatic"),
    _of("a bounce with the word", _words(_bounced), "bounce"),
    _of("a calendar's answer", _words(_calendar), "automatic"),
    _of("a receipt with the word", _words(_receipt), "receipt"),
    _of("a list's copy", _words(_listed), "automatic"),
    _of("charsets that hide the word", _words(_charset), _BACK),
    _of("letters that look alike, turned or struck out", _words(_homoglyphs), _BACK),
    _of("MIME too deep or without a boundary", _words(_nested), _BACK, "no-token"),
    _of("Content-Type twice", _words(_two_types), "from-defect", _BACK, REFUSAL),
    _of("negated, conditional, asked, of another request", _words(_unclear), _BACK, "token-conflict", REFUSAL),
)  # fmt: skip
