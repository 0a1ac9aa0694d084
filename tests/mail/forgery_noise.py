"""The same mail in a hundred dresses: case, folding, order, encodings, clients. What it says never changes."""

import base64
import html
import quopri
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pipeline.demo import company

#: Approvals that nobody can misread; each alone decides every item.
APPROVALS = (
    "SETUJU", "Setuju.", "setuju semua", "Disetujui.", "Saya setuju, silakan diproses.", "Approved.", "ACC semua",
    "Approve all, thanks", "Ya, saya setujui.", "DISETUJUI SEMUA",
)  # fmt: skip
REFUSALS = ("TOLAK", "Ditolak.", "Tidak disetujui.", "Rejected", "tolak semua")
_NAMES = (
    "Andi Nugroho",
    '"Andi Nugroho"',
    '"Nugroho, Andi"',
    "=?utf-8?b?QW5kaSBOdWdyb2hv?=",
    "Andi (IT)",
    "ANDI",
    "",
)
_HARMLESS = (
    ("X-Mailer", "Microsoft Outlook 16.0"), ("X-Priority", "3"), ("Thread-Index", "AdpX0q=="), ("Importance", "Normal"),
    ("User-Agent", "Mozilla Thunderbird"), ("Content-Language", "id-ID"), ("X-Originating-IP", "[192.0.2.44]"),
    ("DKIM-Signature", "v=1; a=rsa-sha256; d=contoh.example; s=s1; bh=abc=; b=def="),
)  # fmt: skip
Edit = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Draft:
    """A mail before it is written. `trace` stands on top in this order; `headers` may be shuffled."""

    trace: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    text: str
    quote: str
    #: the text of the page where it is to differ; None: the same
    page: str | None = None
    #: raw HTML to put into the page, before and after what was typed
    above: str = ""
    below: str = ""
    shape: str = ""
    #: whole MIME parts to add
    parts: tuple[bytes, ...] = ()
    #: what is done to the written bytes
    edits: tuple[Edit, ...] = field(default=())

    def but(self, **headers: str | list[str] | None) -> "Draft":
        """With headers replaced (None: without); a list gives several."""
        kept = list(self.headers)
        for name, value in headers.items():
            real = name.replace("_", "-")
            kept = [one for one in kept if one[0].lower() != real.lower()]
            kept += [(real, one) for one in ([value] if isinstance(value, str) else value or [])]
        return replace(self, headers=tuple(kept))

    def judged(self, *values: str) -> "Draft":
        """With these Authentication-Results on top instead of the true one."""
        rest = tuple(one for one in self.trace if one[0] != "Authentication-Results")
        return replace(self, trace=(*(("Authentication-Results", value) for value in values), *rest))

    def then(self, *edits: Edit) -> "Draft":
        return replace(self, edits=(*self.edits, *edits))


def verdict_of(rng: random.Random, domain: str = company.DOMAIN, dmarc: str = "pass") -> str:
    """An Authentication-Results value of the company's server, as one of several programs writes it."""
    note = rng.choice(("", " (p=reject dis=none)", " (policy=quarantine)"))
    first = f"{rng.choice((company.AUTHSERV, company.AUTHSERV.upper()))};"
    spf = f" spf=pass smtp.mailfrom={domain}"
    dkim = rng.choice(("", f" dkim=pass header.d={domain};"))
    judged = f" dmarc={dmarc}{note} header.from={domain}"
    return first + rng.choice((f"{dkim}{spf};{judged}", f"{judged};{dkim}{spf}", judged))


def name_of(rng: random.Random, address: str, names: tuple[str, ...] = _NAMES) -> str:
    """A plain From value for `address`."""
    name = rng.choice(names)
    return f"{name}{rng.choice(' ')}<{address}>" if name else rng.choice((address, f"<{address}>"))


def written(draft: Draft, rng: random.Random) -> bytes:
    """The bytes of `draft`: other dice give other bytes of the same mail."""
    headers = [*draft.headers, *rng.sample(_HARMLESS, rng.randrange(4))]
    rng.shuffle(headers)
    lines = [_line(rng, name, value) for name, value in (*draft.trace, *headers)]
    raw = ("\r\n".join([*lines, "MIME-Version: 1.0"]) + "\r\n").encode("utf-8", "surrogateescape") + _body(
        draft, rng
    )
    for edit in draft.edits:
        raw = edit(raw)
    return raw


def _line(rng: random.Random, name: str, value: str) -> str:
    shown = rng.choice((name, name, name.lower(), name.upper()))
    pieces = value.split(" ")
    folded = pieces[0]
    for piece in pieces[1:]:
        folded += ("\r\n " if piece and rng.random() < 0.15 else " ") + piece
    return f"{shown}:{rng.choice((' ', ' ', '  ', chr(9)))}{folded}"


def _body(draft: Draft, rng: random.Random) -> bytes:
    shape = draft.shape or rng.choice(("plain", "plain", "both", "page"))
    head = rng.choice((
        f"Pada 24/11/2026 09.05, Portal Akses IT <{company.PORTAL}> menulis:",
        f"On Tue, 24 Nov 2026 at 09:05, Portal Akses IT <{company.PORTAL}> wrote:",
        f"-----Pesan Asli-----\nDari: Portal Akses IT <{company.PORTAL}>\nDikirim: Selasa, 24 November 2026 9:05\n"
        "Kepada: Andi Nugroho\nSubjek: Mohon persetujuan\n",
    ))  # fmt: skip
    marked = "\n".join(f"> {line}" for line in draft.quote.splitlines())
    blank = "\n" * rng.randrange(1, 3)
    plain = _part("text/plain", f"{draft.text}{blank}\n{head}\n{marked}\n", rng)
    said = html.escape(draft.text if draft.page is None else draft.page).replace("\n", "<br>")
    old = html.escape(draft.quote).replace("\n", "<br>")
    page = _part("text/html", (
        f"<html><body>{draft.above}<div>{said}</div>{draft.below}<br><div class=\"gmail_quote\"><div>"
        f"{html.escape(head).replace(chr(10), '<br>')}</div><blockquote class=\"gmail_quote\">{old}</blockquote></div></body></html>"
    ), rng)  # fmt: skip
    parts = {"plain": [plain], "page": [page], "both": [plain, page]}[shape]
    body = parts[0] if len(parts) == 1 else _multipart("alternative", parts, rng)
    return body if not draft.parts else _multipart("mixed", [body, *draft.parts], rng)


def _part(kind: str, text: str, rng: random.Random) -> bytes:
    coding = rng.choice(("8bit", "quoted-printable", "base64"))
    charset = rng.choice(("utf-8", '"UTF-8"', "utf-8"))
    raw = text.encode("utf-8", "surrogatepass")
    data = {"8bit": raw, "quoted-printable": quopri.encodestring(raw), "base64": base64.encodebytes(raw)}[
        coding
    ]
    head = f"Content-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n"
    return head.encode() + data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _multipart(kind: str, parts: list[bytes], rng: random.Random) -> bytes:
    mark = f"=_{rng.getrandbits(64):x}".encode()
    inner = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts)
    return (
        b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n' % (kind.encode(), mark)
        + inner
        + b"--"
        + mark
        + b"--\r\n"
    )
