"""AZW3 and KEPUB: converters that are not there, too old or fail, and what calibre is not left.

The converters are small scripts, found as real ones are; what they cannot show, how real books
come out, is written down in docs/e-readers.md.
"""

import struct
from datetime import datetime
from pathlib import Path

import pytest

from diglot.errors import DiglotError, Exit
from diglot.publish.archive import pack
from diglot.publish.calibre import make_azw3, make_kepub, repacked, settled

IDENTIFIER = "urn:uuid:203dc7d8-2a26-55e0-9c50-ed87f468ca89"
MODIFIED = "2026-11-22T01:02:03Z"
PACKAGE = f"""<package xmlns="http://www.idpf.org/2007/opf"><metadata>
<meta property="dcterms:modified">{MODIFIED}</meta></metadata></package>"""
BOOK = pack({"mimetype": b"application/epub+zip", "EPUB/content.opf": PACKAGE.encode()}, "mimetype")
COPY = """#!/bin/sh
if [ "$1" = --version ]; then echo "ebook-convert (calibre VERSION)"; exit; fi
echo "$@" >"HERE/called"
cat "$1" >"$2"
"""
# Writes a PalmDB of one record that is long enough.
PALM = """#!/bin/sh
echo "$@" >"HERE/called"
{ head -c 77 /dev/zero; printf '\\001\\000\\000\\000\\130'; head -c 80 /dev/zero; } >"$2"
"""


class Machine:
    """A folder of commands that is the whole PATH."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.setattr("diglot.publish.calibre._MACOS", str(folder / "none"))

    def has(self, name: str, script: str) -> None:
        for command in ("cat", "head", "sh"):
            if not (self.folder / command).exists():
                (self.folder / command).symlink_to(f"/bin/{command}")
        file = self.folder / name
        file.write_text(script.replace("HERE", str(self.folder)))
        file.chmod(0o755)

    @property
    def called(self) -> list[str]:
        return (self.folder / "called").read_text().split()


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


def refusal(error: DiglotError) -> str:
    (problem,) = error.problems
    assert error.exit_code is Exit.ENVIRONMENT
    return f"{problem.code}: {problem.message}"


def palm(identifier: str, dates: int, number: int) -> bytes:
    """As much of an AZW3 as matters: a PalmDB of one record with MOBI's number and identifiers."""
    header = b"Title".ljust(36, b"\0") + struct.pack(">II", dates, dates)
    header = header.ljust(76, b"\0") + struct.pack(">H", 1) + struct.pack(">II", 88, 0) + b"\0\0"
    record = b"\0" * 32 + struct.pack(">I", number) + b"EXTH"
    return header + record + identifier.encode() + b"calibre:" + identifier.encode()


def test_n_005_azw3_without_calibre(machine: Machine) -> None:
    with pytest.raises(DiglotError) as caught:
        make_azw3(b"epub", IDENTIFIER)
    assert refusal(caught.value) == "n-005: AZW3 needs calibre, which is not installed"


def test_n_006_kepub_without_calibre(machine: Machine) -> None:
    with pytest.raises(DiglotError) as caught:
        make_kepub(b"epub", IDENTIFIER)
    said = "n-006: KEPUB needs calibre 8 or newer, or kepubify, and none is installed"
    assert refusal(caught.value) == said


def test_n_006_kepub_with_a_calibre_that_is_too_old(machine: Machine) -> None:
    machine.has("ebook-convert", COPY.replace("VERSION", "7.26.0"))
    with pytest.raises(DiglotError) as caught:
        make_kepub(b"epub", IDENTIFIER)
    assert refusal(caught.value).startswith("n-006")


def test_n_007_a_converter_that_fails(machine: Machine) -> None:
    machine.has("ebook-convert", "#!/bin/sh\necho first >&2; echo 'bad spine' >&2; exit 1\n")
    with pytest.raises(DiglotError) as caught:
        make_azw3(b"epub", IDENTIFIER)
    assert refusal(caught.value) == "n-007: ebook-convert refuses the EPUB: bad spine"


def test_n_007_a_converter_that_says_it_is_done_and_is_not(machine: Machine) -> None:
    machine.has("ebook-convert", "#!/bin/sh\n")
    with pytest.raises(DiglotError) as caught:
        make_azw3(b"epub", IDENTIFIER)
    assert refusal(caught.value) == "n-007: ebook-convert refuses the EPUB: it says nothing"


def test_calibre_8_writes_kepub(machine: Machine) -> None:
    machine.has("ebook-convert", COPY.replace("VERSION", "8.5.0"))
    assert make_kepub(BOOK, IDENTIFIER) == BOOK
    assert machine.called[1].endswith(".kepub")


def test_kepubify_writes_kepub_where_calibre_is_too_old(machine: Machine) -> None:
    machine.has("ebook-convert", COPY.replace("VERSION", "6.13.0"))
    machine.has("kepubify", '#!/bin/sh\n[ "$1" = --output ] && cat "$3" >"$2"\n')
    assert make_kepub(BOOK, IDENTIFIER) == BOOK


def test_a_kepub_does_not_tell_when_it_was_converted() -> None:
    package = """<dc:identifier>uuid:{}</dc:identifier>
<meta property="dcterms:modified" scheme="dcterms:W3CDTF">{}</meta>"""
    first = package.format("23786921-4923-4a53-8276-162a91c9169c", "2026-11-22T08:44:30Z")
    second = package.format("ebb51bd1-8676-4fd9-bdcb-2b86a95367bd", "2027-01-01T00:00:00Z")
    made = {
        repacked(pack({"content.opf": text.encode()}), IDENTIFIER, MODIFIED)
        for text in (first, second)
    }
    expected = package.format(IDENTIFIER.removeprefix("urn:uuid:"), MODIFIED)
    assert made == {pack({"content.opf": expected.encode()})}


def test_calibre_leaves_sizes_and_chapters_as_the_epub_has_them(machine: Machine) -> None:
    machine.has("ebook-convert", PALM)
    make_azw3(BOOK, IDENTIFIER)
    assert {"--disable-font-rescaling", "--no-chapters-in-toc"} <= set(machine.called)


def test_a_kindle_knows_the_book_again() -> None:
    first = palm("222b7a7e-5754-414a-bb31-a9fec7cdaaaf", 1795334779, 123)
    second = palm("ebb51bd1-8676-4fd9-bdcb-2b86a95367bd", 1795334781, 456)
    assert settled(first, IDENTIFIER, MODIFIED) == settled(second, IDENTIFIER, MODIFIED)
    code = IDENTIFIER.removeprefix("urn:uuid:")
    assert settled(first, IDENTIFIER, MODIFIED).count(code.encode()) == 2


def test_calibre_converts_in_an_order_of_its_own_where_it_can(machine: Machine) -> None:
    machine.has("ebook-convert", "#!/bin/sh\nexit 1\n")
    machine.has("calibre-debug", PALM.replace("$2", "$5"))
    make_azw3(BOOK, IDENTIFIER)
    execute, script, rest, *_ = machine.called
    assert (execute, rest) == ("-e", "--")
    assert Path(script).read_text("utf-8").startswith('"""Run by calibre')


def test_an_azw3_is_of_the_instant_of_its_epub(machine: Machine) -> None:
    machine.has("ebook-convert", PALM)
    book = make_azw3(BOOK, IDENTIFIER)
    moment = int(datetime.fromisoformat(MODIFIED).timestamp())
    assert struct.unpack_from(">II", book, 36) == (moment, moment)
