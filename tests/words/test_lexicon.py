import gzip
from pathlib import Path

import pytest

from diglot.errors import DiglotError
from diglot.words import Annotator
from diglot.words.cache import default_folder
from diglot.words.lexicon import load_lexicon

LINE = "新詞 新词 [xin1 ci2] /a new word/"


def test_a_newer_dictionary_can_be_given_by_path(tmp_path: Path) -> None:
    file = tmp_path / "cedict.txt"
    file.write_text(f"# CC-CEDICT\n{LINE}\n", encoding="utf-8")
    words = Annotator(file, tmp_path / "cache").annotate("新词")
    assert [(w.text, w.reading, w.english) for w in words] == [("新词", "xīncí", "a new word")]


def test_a_gzip_dictionary_reads_the_same(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.txt", tmp_path / "a.txt.gz"
    plain.write_text(LINE, encoding="utf-8")
    packed.write_bytes(gzip.compress(LINE.encode()))
    read = [load_lexicon(file, tmp_path).entries("新词") for file in (plain, packed)]
    assert read[0] == read[1] != ()


def test_an_edited_dictionary_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "cedict.txt"
    for sense in ("old", "new"):
        file.write_text(f"新 新 [xin1] /{sense}/", encoding="utf-8")
        assert load_lexicon(file, tmp_path / "cache").entries("新")[0].senses == (sense,)


def test_a_torn_derived_table_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "cedict.txt"
    file.write_text(LINE, encoding="utf-8")
    load_lexicon(file, tmp_path / "cache")
    (table,) = (tmp_path / "cache").iterdir()
    table.write_bytes(table.read_bytes()[:9])
    assert "新词" in load_lexicon(file, tmp_path / "cache")


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    file = tmp_path / "cedict.txt"
    file.write_text(LINE, encoding="utf-8")
    assert "新词" in load_lexicon(file, tmp_path / "taken" / "cache")


def test_the_cache_lies_where_xdg_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "diglot"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert default_folder() == Path.home() / ".cache" / "diglot"


BROKEN = [
    (
        f"{LINE}\n新 [xin1] /no Simplified form/".encode(),
        "cedict.txt:2: error a-011: Not a line of CC-CEDICT.\n"
        "  Hint: A line is: Traditional Simplified [pin1 yin1] /sense/sense/",
    ),
    (
        b"\x1f\x8b torn",
        "cedict.txt: error a-010: The dictionary cannot be read: neither UTF-8 text nor a whole "
        "gzip file\n  Hint: Give the path of a CC-CEDICT file, plain or gzip.",
    ),
    (
        b"\xff\xfe\xff",
        "cedict.txt: error a-010: The dictionary cannot be read: neither UTF-8 text nor a whole "
        "gzip file\n  Hint: Give the path of a CC-CEDICT file, plain or gzip.",
    ),
    (
        None,
        "cedict.txt: error a-010: The dictionary cannot be read: No such file or directory\n"
        "  Hint: Give the path of a CC-CEDICT file, plain or gzip.",
    ),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_a_broken_dictionary_is_said_at_its_line(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    file = tmp_path / "cedict.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DiglotError) as caught:
        load_lexicon(file, tmp_path / "cache")
    assert str(caught.value).removeprefix(f"{tmp_path}/") == message
