"""Chinese text setting for WeasyPrint: what a Chinese typesetter does and WeasyPrint does not.

Justification between hanzi, line-start and line-end prohibitions, squeezed punctuation, space
between hanzi and Latin, and languages on the tags of a PDF. It acts on text whose ``lang`` is
Chinese and leaves everything else to WeasyPrint. The text of the PDF stays what it was.
"""

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


def _patch() -> None:
    try:
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
