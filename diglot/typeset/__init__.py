"""Chinese text setting for WeasyPrint: what a Chinese typesetter does and WeasyPrint does not.

Justification between hanzi, line-start and line-end prohibitions, squeezed punctuation, space
between hanzi and Latin, and languages on the tags of a PDF. It acts on text whose ``lang`` is
Chinese and leaves everything else to WeasyPrint. The text of the PDF stays what it was.

Readings of words are one attribute of the element that has the text::

    <p lang="zh-Hans" data-readings="0 Jīng·Jīn·Jì;3 xié·tóng;6 Xī·'ān">京津冀协同，西安</p>

Each entry is the offset of a word in the element's text, in characters as they stand in the HTML,
a space, and the reading with ``·`` between what belongs to one character and to the next:
apostrophe, hyphen or space go with what follows, and a character may have nothing. Entries are in
order and parted by ``;``. The text stays one run, so everything above holds across words; a word on
two lines parts its reading at a ``·``. Readings are centred over their words, which move apart only
where readings would touch. They are artifacts of the PDF and are not copied; a paragraph whose
hanzi all have readings carries them as its pronunciation (``Phoneme``, ISO 32000-2, 14.9.6).

With senses, a JSON list with a text for each reading, both stand below their words instead, which
are not parted; words begin where those before have room::

    <p lang="zh-Hans" data-readings="0 xié·tóng;2 fā·zhǎn" data-senses='["coordinated", "grow"]'>

To assistive technology they are an alternative description behind the paragraph.

With zhuyin, a syllable or nothing for each piece of the readings, this stands beside its character,
which is half an em wider, and the pieces are not painted::

    <p lang="zh-Hant" data-readings="0 xié·tóng" data-zhuyin="ㄒㄧㄝˊ·ㄊㄨㄥˊ">協同</p>

Hanzi that an element emphasizes get a dot each, from where a run begins to where it ends::

    <p lang="zh-Hans" data-emphasis="3-5 8-10">我们要协同，也要发展。</p>

Custom properties, which are inherited: ``--reading-family`` (by default the text's), which must
have ǎ ǐ ǒ ǔ ǚ; ``--reading-size`` (.5em) and ``--reading-rise`` (1.06em, from baseline to
baseline), in em of the text; ``--text-emphasis: dot``, for all hanzi; ``--hanging-punctuation:
allow-end``. Lines do not grow: they need a ``line-height`` of 1.8 at least, and 2.2 if nothing may
rise above the first line's box.
"""

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from diglot.errors import DiglotError, Exit, Problem

WEASYPRINT = "70.0"

_lock = RLock()
_users = 0


def install() -> None:
    """Add Chinese text setting to WeasyPrint in this process, once; later calls do nothing.

    Raises:
        DiglotError: n-021 if WeasyPrint or a library that it needs cannot be loaded; n-022 if its
            version is not the one that is hooked; n-023 if a hooked function has changed.
    """
    global _users
    with _lock:
        if not _users:
            _patch()
        _users += 1


@contextmanager
def installed() -> Iterator[None]:
    """Add Chinese text setting for a while; errors as in `install`."""
    global _users
    install()
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users:
                from diglot.typeset import hooks

                hooks.restore()


def load() -> None:
    """Load WeasyPrint, which takes half a second.

    On Linux ctypes is not asked where its libraries are: for each name that WeasyPrint tries it
    would call gcc, ld and ldconfig, a third of the time, before the one that the system's own
    loader knows has its turn.

    Raises:
        ImportError, OSError: it or a library that it needs is not there.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _nowhere
    try:
        import weasyprint  # noqa: F401
    finally:
        ctypes.util.find_library = find


def _nowhere(name: str) -> str | None:
    return None


def _patch() -> None:
    try:
        load()
        import weasyprint
    except (ImportError, OSError) as error:
        raise _misfit(
            "n-021",
            f"WeasyPrint cannot be loaded: {error}",
            "Install the packages named in the README (Pango, HarfBuzz and Fontconfig).",
        ) from error
    version = weasyprint.__version__
    if version != WEASYPRINT:
        raise _misfit(
            "n-022",
            f"WeasyPrint {version} is installed, but Chinese typesetting fits {WEASYPRINT} only",
            f"Install weasyprint=={WEASYPRINT}, for example with `make`.",
        )
    from diglot.typeset import hooks

    if misfits := hooks.misfits():
        raise _misfit(
            "n-023",
            f"these functions of WeasyPrint {version} are not as expected: {', '.join(misfits)}",
            f"Install an unmodified weasyprint=={WEASYPRINT}, for example with `make`.",
        )
    hooks.patch()


def _misfit(code: str, message: str, hint: str) -> DiglotError:
    return DiglotError(Problem(code, message, hint), exit_code=Exit.ENVIRONMENT)
