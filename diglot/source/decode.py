"""Bytes to text: UTF-8, GB18030, Big5 or UTF-16, told apart by how Chinese each reading looks."""

import codecs
from collections import Counter
from dataclasses import dataclass

import regex

from diglot.errors import DiglotError, Place, Problem

MAX_BYTES = 20_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive (such as .docx, .odt or .epub)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (such as .doc)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE = 65_536  # bytes that suffice to tell encodings apart; even, so that UTF-16 stays in step
_CHANCE = 16  # bytes of another encoding up to which strict UTF-8 may hold by chance
_MAX_CONTROL = 0.005  # the share of control characters above which a file is no text

# The commonest hanzi of present-day texts, then the Traditional forms among them.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过"
    "发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本"
    "前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很"
    "最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度"
    "门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电"
    "数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马"
    "科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万"
    "取拉格望觉术领共确传师观清今切院让识候带导争运"
    "這個們來為國說時會對著過發後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭"
    "體見產話內給門兒東聲員論處義幾認條係氣題爾別變總電數報結務場計資許統區隊決馬書則聽達強難權"
    "設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運習總書記協黨臺灣"
)
_MARKS = frozenset("，。、；：？！“”‘’（）《》「」『』…—\u3000")
_HANZI = regex.compile(r"\p{Han}")
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, its lines ended by LF, and how it was encoded."""

    text: str
    encoding: str
    bom: bool


def decode(data: bytes, path: str) -> Decoded:
    """Read the bytes of a Chinese text file, whose encoding is found out.

    A byte order mark decides; then strict UTF-8; then the encoding whose reading holds the most
    common hanzi. CRLF and CR become LF. ``path`` only names the file in messages.

    Raises:
        DiglotError: s-001 empty, s-002 not text, s-003 damaged or cut off, s-004 no hanzi,
            s-005 too large, s-006 in no encoding that gives Chinese.
    """
    if len(data) > MAX_BYTES:
        raise _error(
            "s-005",
            f"The file has {len(data):,} bytes; a source text may have {MAX_BYTES:,}.",
            "Split it into several works.",
            Place(path),
        )
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise _not_text(f"This is {what}, not a plain text.", path)
    encoding, mark = next(
        ((name, mark) for mark, name in _BOMS if data.startswith(mark)), ("", b"")
    )
    body = data[len(mark) :]
    if not body.strip():
        raise _error(
            "s-001", "The file is empty.", "Give a file that holds Chinese text.", Place(path)
        )
    encoding = encoding or _guess(body, path)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(body, len(mark), encoding, error, path) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_foreign(text, path)
    return Decoded(text, encoding, bool(mark))


def _guess(body: bytes, path: str) -> str:
    """Tell the encoding of bytes without a mark."""
    if _is_utf8(body):
        return "utf-8"
    sample = _sample(body)
    scores = {name: _score(sample, name) for name in _CANDIDATES}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > _threshold(best, len(sample)):
        return best
    if b"\0" in body:
        raise _not_text("The file holds NUL bytes: it is not a plain text.", path)
    raise _error(
        "s-006",
        "The file is not Chinese text in UTF-8, GB18030, Big5 or UTF-16.",
        "Save it as UTF-8 and try again.",
        Place(path),
    )


def _is_utf8(body: bytes) -> bool:
    """Whether the bytes are UTF-8 beyond doubt: a short UTF-16 text can pass for it by chance."""
    if b"\0" in body:
        return False
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if _CONTROL.search(text):
        return len(body) > 4 * _CHANCE
    return text.isascii() or len(body) > _CHANCE or bool(_HANZI.search(text))


def _sample(body: bytes) -> bytes:
    """Bytes around the first that are not ASCII, from an even offset."""
    first = len(body) - len(body.lstrip(bytes(range(1, 128))))
    start = first - first % 2
    return body[start : start + _SAMPLE]


def _score(sample: bytes, encoding: str) -> float:
    """The mean weight of the characters of one reading: how Chinese it looks, from -9 to 3."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    counts = Counter(decoder.decode(sample))  # not final: a cut at the sample's end is no fault
    weights = 0.0
    total = 0
    for char, count in counts.items():
        if char < "\x80" and not _CONTROL.match(char):
            continue
        weights += _weight(char) * count
        total += count
    return weights / total if total else float("-inf")


def _threshold(encoding: str, size: int) -> float:
    """The mean weight from which a reading is Chinese; a few rare hanzi alone may have less."""
    if size > 60:
        return 0.6
    return 0.35 if encoding.startswith("utf-16") else 0.0


def _weight(char: str) -> float:
    if char in _COMMON:
        return 3
    if char in _MARKS:
        return 2
    if "\u4e00" <= char <= "\u9fff":
        return 0.3 if _in_charset(char, "gb2312") else 0 if _in_charset(char, "big5") else -1
    if char == "\ufffd" or not char.isprintable():
        return -9  # undecodable, control, private use or unassigned
    return -1


def _in_charset(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _refuse_foreign(text: str, path: str) -> None:
    """Refuse what decodes and yet is no Chinese text."""
    controls = _CONTROL.findall(text)
    if "\0" in controls or len(controls) > _MAX_CONTROL * len(text):
        first = text.index(controls[0])
        raise _not_text(
            f"The file holds control characters, the first U+{ord(controls[0]):04X}.",
            path,
            text.count("\n", 0, first) + 1,
        )
    if not text.strip():
        raise _error(
            "s-001", "The file is empty.", "Give a file that holds Chinese text.", Place(path)
        )
    if not _HANZI.search(text):
        raise _error(
            "s-004",
            "The file holds no Chinese character.",
            "Give the Chinese text; a translation goes into text.md.",
            Place(path),
        )


def _damaged(
    body: bytes, skipped: int, encoding: str, error: UnicodeDecodeError, path: str
) -> DiglotError:
    before = body[: error.start].decode(encoding, "replace")
    line = before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    cut = error.start + 4 > len(body)
    what = "ends inside a character" if cut else "is damaged"
    return _error(
        "s-003",
        f"The file {what}: byte {skipped + error.start:,} begins no {encoding.upper()} character.",
        "Get the file again from where it came; a copy that was cut off loses text.",
        Place(path, line),
    )


def _not_text(message: str, path: str, line: int = 0) -> DiglotError:
    return _error("s-002", message, "Export it as plain text (UTF-8) first.", Place(path, line))


def _error(code: str, message: str, hint: str, place: Place) -> DiglotError:
    return DiglotError(Problem(code, message, hint, place))
