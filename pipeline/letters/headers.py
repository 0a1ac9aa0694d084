"""The one gate for header text: whatever comes in, one safe ASCII header line goes out. Decodes nothing."""

import base64
import re

from pipeline.letters.clean import one_line
from pipeline.model import PipelineError

_LONGEST_TEXT = 200
#: RFC 5322, section 2.1.1: a line should have no more than 78 characters.
_LINE = 76
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,248}>")
_PHRASE = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*")


def header_text(value: str) -> str:
    """`value` as a reader is to see it: one line, visible characters only, at most 200 of them."""
    text = one_line(value)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1].rstrip() + "…"


def unstructured(name: str, text: str) -> str:
    """The header `name: text` with its line ends, encoded (RFC 2047) where it is not plain ASCII."""
    pieces = text.split(" ") if _is_plain(text) else _encoded_words(text)
    return _folded(name, pieces)


def mailbox(name: str, display: str, address: str) -> str:
    """The header `name: "display" <address>`."""
    check_address(address)
    text = header_text(display)
    if not text:
        return _folded(name, [f"<{address}>"])
    if not _is_plain(text):
        return _folded(name, [*_encoded_words(text), f"<{address}>"])
    phrase = text if _PHRASE.fullmatch(text) else '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
    return _folded(name, [*phrase.split(" "), f"<{address}>"])


def addresses(name: str, values: tuple[str, ...]) -> str:
    """The header `name: a@x, b@y`. PipelineError for what is no address, or for none at all."""
    if not values:
        raise PipelineError("A letter has no recipient.", "This is a bug: such a letter is not written.")
    for value in values:
        check_address(value)
    return _folded(name, [*(f"{value}," for value in values[:-1]), values[-1]])


def message_ids(name: str, values: tuple[str, ...]) -> str:
    """The header `name: <a@x> <b@y>`, one to a line: they must never be encoded or broken."""
    return f"{name}: " + "\r\n ".join(values) + "\r\n"


def sound_ids(values: tuple[str, ...], most: int) -> tuple[str, ...]:
    """Of Message-IDs that others made those fit for a header: first one kept, then the newest, each once."""
    sound = tuple(dict.fromkeys(value for value in values if _MESSAGE_ID.fullmatch(value)))
    return sound if len(sound) <= most else (sound[0], *sound[1 - most :])


def check_message_id(value: str) -> None:
    """PipelineError unless `value` can stand in Message-ID as it is."""
    if not _MESSAGE_ID.fullmatch(value):
        raise PipelineError(f"{value!r} is no Message-ID.", "Check the portal's address in config.yaml.")


def check_address(value: str) -> None:
    """PipelineError unless `value` is one plain ASCII address."""
    if not _ADDRESS.fullmatch(value):
        raise PipelineError(
            f"{value!r} is no mail address we can write to.", "Correct it in directory.xlsx or config.yaml."
        )


def _is_plain(text: str) -> bool:
    """Text with "=?" in it would be decoded by its reader (and, before Python 3.13, let a header in)."""
    return text.isascii() and "=?" not in text


def _encoded_words(text: str) -> list[str]:
    """`text` as encoded words of at most 75 characters, no character cut in two (RFC 2047, section 2)."""
    words: list[bytes] = [b""]
    for character in text:
        encoded = character.encode("utf-8")
        # 45 bytes are 60 characters of base64; with =?utf-8?b? and ?= that makes 72.
        if len(words[-1]) + len(encoded) > 45:
            words.append(b"")
        words[-1] += encoded
    return [f"=?utf-8?b?{base64.b64encode(word).decode()}?=" for word in words]


def _folded(name: str, pieces: list[str]) -> str:
    """The pieces with single spaces between, broken before a piece that would make the line too long."""
    lines = [f"{name}:"]
    for number, piece in enumerate(pieces):
        # Nothing but the name on the first line would be a header that some servers take for empty.
        if number and len(lines[-1]) + 1 + len(piece) > _LINE:
            lines.append("")
        lines[-1] += f" {piece}"
    return "\r\n".join(lines) + "\r\n"
