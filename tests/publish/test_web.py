"""The web page as bytes: whole, the same on every run, and nothing runs in it but our own."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diglot.compose.booklet import Errata, Erratum
from diglot.errors import DiglotError
from diglot.pipeline import Job, plan, run
from diglot.publish.web_scripts import changes, chinese
from tests.builder import TinyProject

WEB = '[[edition]]\nname = "web"\nformats = ["web"]\n'
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f8"
    "0f00010501012718e3660000000049454e44ae426082"
)


@pytest.fixture
def web(project: TinyProject) -> TinyProject:
    project.write("content/editions.toml", WEB)
    return project


def jobs(project: TinyProject) -> tuple[Job, ...]:
    return plan(project.project)


def made(project: TinyProject) -> str:
    (job,) = jobs(project)
    return run(job).decode()


def data(page: str) -> dict[str, dict[str, dict[str, object]]]:
    text = lxml.html.document_fromstring(page).get_element_by_id("data").text
    read: dict[str, dict[str, dict[str, object]]] = json.loads(text)
    return read


def test_a_page_lies_beside_the_other_formats(web: TinyProject) -> None:
    assert web.build().exit_code == 0
    assert (web.root / "output/w/w-web.html").read_bytes().startswith(b"<!DOCTYPE html>")


def test_two_runs_give_the_same_bytes(web: TinyProject) -> None:
    assert made(web) == made(web)


def test_both_languages_stand_there_in_order_without_any_script(web: TinyProject) -> None:
    main = lxml.html.document_fromstring(made(web)).get_element_by_id("text")
    text = " ".join(main.text_content().split())
    assert "山高。 The mountains are high. 水长。 The rivers are long." in text


def test_pairs_terms_and_notes_have_the_anchors_of_other_formats(web: TinyProject) -> None:
    web.add("content/w/text.md", "\n> 水[长]{}。 ^2b\n\nIt is long.[^n]\n\n[^n]: A note.\n")
    page = made(web)
    for anchor in ("pair-0", "pair-1", "pair-2b", "term-5c71", "note-n"):
        assert page.count(f'id="{anchor}"') == 1
    assert 'href="#pair-2b"' in page


@pytest.mark.parametrize(
    ("work", "editions", "expected"),
    [
        ("hans", "", ["zh-Hans", "zh-Hant"]),
        ("hans", 'script = "hant"', ["zh-Hant", "zh-Hans"]),
        ("hant", "", ["zh-Hant", "zh-Hans"]),
        ("hans", '[[edition]]\nname = "a"\nscript = "hant-hk"', ["zh-Hans", "zh-Hant-HK"]),
        (
            "hant",
            '[[edition]]\nname = "a"\nscript = "hant-tw"\n[[edition]]\nname = "b"',
            ["zh-Hant", "zh-Hans", "zh-Hant-TW"],
        ),
    ],
)
def test_a_reader_chooses_among_simplified_and_the_scripts_of_the_work_s_editions(
    web: TinyProject, work: str, editions: str, expected: list[str]
) -> None:
    settings = (web.root / "content/w/work.toml").read_text()
    web.write("content/w/work.toml", settings.replace('"hans"', f'"{work}"'))
    others = editions.replace('name = "a"', 'name = "a"\nformats = ["epub"]')
    web.write("content/editions.toml", WEB + others)
    (job, *_) = plan(web.project, edition="web")
    tree = lxml.html.document_fromstring(run(job).decode())
    assert [choice.get("value") for choice in tree.xpath("//*[@name='script']")] == expected


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("", "beside"),
        ('layout = "facing"', "beside"),
        ('layout = "interleaved"', "below"),
        ('layout = "interleaved"\nenglish = "tap"', "tap"),
    ],
)
def test_english_stands_first_where_the_edition_has_it(
    web: TinyProject, setting: str, expected: str
) -> None:
    web.write("content/editions.toml", WEB + setting)
    page = made(web)
    assert f'data-english="{expected}"' in page
    tree = lxml.html.document_fromstring(page)
    assert tree.xpath("//*[@name='english' and @checked]/@value") == [expected]


def test_a_page_asks_nothing_of_any_server(web: TinyProject) -> None:
    web.write("content/w/山 水.png", PIXEL)
    web.add(
        "content/w/text.md",
        "\n> 山。 ^2\n\n![Hills](<山 水.png>) [A link](https://example.org/).\n",
    )
    page = made(web)
    tree = lxml.html.document_fromstring(page)
    (image,) = tree.xpath("//img")
    assert image.get("src") == f"data:image/png;base64,{b64encode(PIXEL).decode()}"
    assert image.get("alt") == "Hills"
    assert tree.xpath("//*[@src] | //link | //iframe | //object | //embed | //base") == [image]
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp|sendBeacon", page)


def test_only_our_own_style_and_scripts_may_run(web: TinyProject) -> None:
    page = made(web)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy[1].split("; ")}
    assert rules["default-src"] == ["'none'"]
    assert rules["base-uri"] == rules["form-action"] == ["'none'"]

    def hashes(tag: str) -> list[str]:
        parts = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        return [f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" for part in parts]

    assert rules["style-src"] == hashes("style")
    assert rules["script-src"] == hashes("script")
    tree = lxml.html.document_fromstring(page)
    assert tree.xpath("//@*[starts-with(name(), 'on')] | //@style") == []


HOSTILE = (
    "<script>alert(1)</script> & \"'</p> \u202eelif\u2066 {{ 7 * 7 }} </title> --> " + "长" * 300
)


def test_markup_in_content_is_text(web: TinyProject) -> None:
    web.write(
        "content/w/text.md", f"> # {HOSTILE} ^0\n\n{HOSTILE}\n\n> {HOSTILE} ^1\n\n{HOSTILE}\n"
    )
    web.write(
        "content/w/glossary.csv",
        'term,pinyin,english,pos,note,hant\n长,cháng,"</script><script>alert(2)//",noun,<b>,\n',
    )
    page = made(web)
    tree = lxml.html.document_fromstring(page)
    assert len(tree.xpath("//script")) == 3
    assert tree.xpath("//b | //main//script") == []
    assert "{{ 7 * 7 }}" in tree.xpath("//h1")[0].text_content()
    assert data(page)["words"]


def test_what_becomes_of_the_text_in_another_script_is_said_in_a_table(web: TinyProject) -> None:
    web.write(
        "content/w/text.md", "> # 头发 ^0\n\nHair\n\n> 头发发了。 ^1\n\nHair has been sent.\n"
    )
    page = made(web)
    change = data(page)["scripts"]["zh-Hant"]
    assert applied(chinese(page.replace("<title", "<meta")), change).count("頭髮") >= 2


def applied(text: str, change: object) -> str:
    """What page.js does with a table."""
    assert isinstance(change, dict)
    usual: dict[str, str] = dict(zip(change["from"], change["to"], strict=True))
    parts = change["except"]
    unusual: dict[int, str] = dict(zip(parts[::2], parts[1::2], strict=True))
    return "".join(unusual.get(place, usual.get(c, c)) for place, c in enumerate(text))


@given(st.lists(st.tuples(st.sampled_from("发后干𠮷a"), st.sampled_from("發髮后後乾幹干𠮷a"))))
def test_a_table_of_changes_gives_the_other_text(pairs: list[tuple[str, str]]) -> None:
    text, other = ("".join(side) for side in (zip(*pairs, strict=True) if pairs else ("", "")))
    assert applied(text, changes(text, other)) == other


def test_changes_are_told_in_the_script_in_which_they_were_made(web: TinyProject) -> None:
    (job,) = jobs(web)
    change = Erratum("1", ("reworded",), "", (("后", "後"), ("来", "来")), (), ())
    errata = Errata("v1", (change,))
    others = tuple(replace(other, errata=errata) for other in job.booklet.others)
    page = run(replace(job, booklet=replace(job.booklet, errata=errata, others=others))).decode()
    assert "<del>后</del><ins>後</ins>来" in page
    assert 'href="#changes"' in page


def test_chinese_is_text_whose_nearest_language_is_chinese() -> None:
    page = (
        '<html lang="en"><p>no <b lang="zh-Hans">一<i>二<u lang="zh-Latn-pinyin">èr</u>三</i>四</b>'
        ' no<b lang="zh-Hant-TW">五<!-- no --></b></p></html>'
    )
    assert chinese(page) == "一二三四五"


def test_a_template_that_says_more_in_one_script_than_in_another_is_refused(
    web: TinyProject,
) -> None:
    template = (web.root / "templates/web/text.html.j2").read_text()
    more = '<p lang="{{ booklet.language }}">{{ booklet.script.value }}{{ booklet.language }}</p>'
    web.write(
        "templates/web/text.html.j2",
        template + more.replace("}}</p>", '}}{{ "!" if booklet.script == "hans" }}</p>'),
    )
    with pytest.raises(DiglotError) as caught:
        made(web)
    (problem,) = caught.value.problems
    assert str(problem) == (
        "templates/web/page.html.j2: error r-009: the page's Chinese has not as many characters in "
        "each of its scripts\n  Hint: Let the template write the same in every script, and mark "
        "only Chinese as such."
    )


@pytest.mark.parametrize(
    ("spelling", "first"),
    [
        ("marks", '<ruby>山<rp>(</rp><rt lang="zh-Latn-pinyin">shān</rt><rp>)</rp></ruby>'),
        ("zhuyin", '<ruby>山<rp>(</rp><rt lang="zh-Bopo">ㄕㄢ</rt><rp>)</rp></ruby>'),
    ],
)
def test_a_page_may_open_with_readings_in_any_of_its_scripts(
    web: TinyProject, spelling: str, first: str
) -> None:
    web.write("content/editions.toml", f'{WEB}pinyin = "all"\nspelling = "{spelling}"\n')
    page = made(web)
    assert first in page
    assert "(" not in chinese(page)
    assert ("gāo" if spelling == "marks" else "ㄍㄠ") in [word[0] for word in data(page)["words"]]


def test_what_is_no_hanzi_has_no_reading(web: TinyProject) -> None:
    web.write("content/editions.toml", f'{WEB}pinyin = "all"\nspelling = "zhuyin"\n')
    text = (web.root / "content/w/text.md").read_text("utf-8")
    web.write("content/w/text.md", text.replace("山高", "卡拉OK好"))
    page = made(web)
    assert re.search(r"拉.{0,80}ㄌㄚ.{0,60}<span>OK</span>", page)
    assert 'ㄎㄚ<span class="tone">ˇ</span>' in page
