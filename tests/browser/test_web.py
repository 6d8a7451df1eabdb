"""The web page as a reader has it: opened from its file, offline, on a phone and a desktop."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from diglot.compose.booklet import Booklet
from diglot.config import Format
from diglot.pipeline import plan, run
from diglot.project import Project
from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE, NewPage
from tests.builder import TinyProject

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
WORKS = ("jingjinji-article", "jingjinji-quotations")
# Something of everything that a page sets.
TEXT = """> # 山水之间 ^0

Between Hills and Rivers

> 目前头发长了。 ^1

For now the hair has grown long.[^hair]

> ## 第一节 ^2

Part One

> “山是山，水是水。” ^3

“Mountains are mountains, and rivers are rivers.”

> ——一位老人 ^4

— An old man

> | 国破山河在
> | 城春草木深 ^5

The state is shattered; mountains and rivers remain.
Spring in the city: grass and trees grow deep.

<!-- was: 山高。 -->
> 山更高。 ^6

The mountains are high.

> 水[长]{py="cháng"}。
> 发现了中国。 ^7

> ### 尾声 ^8

Coda

[^hair]: Long hair, 长发, see [elsewhere](https://example.org/).
"""
GLOSSARY = """term,pinyin,english,pos,note,hant
山,shān,mountain,noun,Also *hill*.,
中国,Zhōngguó,China,place,,
"""
EDITIONS = """[[edition]]
name = "web"
formats = ["web"]
known = ["hsk:1"]
[[edition]]
name = "hongkong"
script = "hant-hk"
"""
STATES = {
    "as it opens": "",
    "its settings open": "document.querySelector('.settings').open = true",
    "all pinyin, English on tap, one open": """
        for (const value of ["all", "tap"]) document.querySelector(`[value=${value}]`).click();
        document.querySelector(".reveal").click()""",
    "in Traditional, English beside": """
        for (const value of ["zh-Hant-HK", "beside"])
          document.querySelector(`[value=${value}]`).click()""",
    "a word looked up": "document.querySelector('#pair-7 [data-word]').click()",
    "a note open": "document.querySelector('.reference').click()",
    "its words listed": "document.querySelector('.words').open = true",
}


@pytest.fixture
def tiny(project: TinyProject) -> str:
    """The address of a tiny work's page."""
    project.write("content/editions.toml", EDITIONS)
    project.write("content/w/text.md", TEXT)
    project.write("content/w/glossary.csv", GLOSSARY)
    built = project.build("--format", "web")
    assert built.exit_code == 0, built.output
    return (project.root / "output/w/w-web.html").as_uri()


@pytest.fixture(scope="package")
def booklets() -> Mapping[str, Booklet]:
    """What the pages of the real works show."""
    return {job.booklet.work: job.booklet for job in plan(Project(ROOT), formats=(Format.WEB,))}


@pytest.fixture(scope="package")
def works(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The addresses of the pages of the real works."""
    folder = tmp_path_factory.mktemp("web")
    addresses = {}
    for job in plan(Project(ROOT), formats=(Format.WEB,)):
        file = folder / Path(job.path).name
        file.write_bytes(run(job))
        addresses[job.booklet.work] = file.as_uri()
    return addresses


@pytest.fixture
def page(tiny: str, new_page: NewPage) -> Page:
    """The tiny work's page, on a desktop."""
    page = new_page(offline=True)
    page.goto(tiny)
    return page


def choose(page: Page, name: str, value: str) -> None:
    """Make a choice as a reader does."""
    page.locator(".settings summary").click()
    if name in ("known", "size"):
        field = page.locator(f"[name={name}]")
        field.select_option(value) if name == "known" else field.fill(value)
    else:
        page.locator(f"label:has([name={name}][value={value}])").click()
    page.keyboard.press("Escape")


def above(page: Page, pair: str) -> list[str]:
    """The readings that are seen above a pair's words."""
    return page.locator(f"#pair-{pair} rt:visible").all_inner_texts()


def shown(page: Page, pair: str) -> list[str]:
    """The English of a pair that is seen."""
    return page.locator(f"#pair-{pair} .gloss p:visible").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_in_any_state(
    tiny: str, new_page: NewPage, viewport: object, scheme: str
) -> None:
    page = new_page(viewport=viewport, color_scheme=scheme, offline=True)
    page.goto(tiny)
    for name, script in STATES.items():
        page.evaluate(script)
        assert violations(page) == [], name


@pytest.mark.booklets
@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_in_the_real_works(
    work: str, works: Mapping[str, str], new_page: NewPage, viewport: object
) -> None:
    page = new_page(viewport=viewport, offline=True)
    page.goto(works[work])
    page.evaluate("for (const list of document.querySelectorAll('.words')) list.open = true")
    # The tiny work has the same colours; on thousands of elements they take minutes.
    colours = {rule: {"enabled": False} for rule in ("color-contrast", "link-in-text-block")}
    assert violations(page, rules=colours) == []
    assert violations(page, within=[".bar", ".title-page", "#pair-2", "#pair-3"]) == []


@pytest.mark.booklets
@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_is_wider_than_the_screen(
    work: str, works: Mapping[str, str], new_page: NewPage, viewport: object
) -> None:
    page = new_page(viewport=viewport, offline=True)
    page.goto(works[work])
    for english in ("beside", "below", "tap"):
        for pinyin in ("none", "all"):
            choose(page, "english", english)
            choose(page, "pinyin", pinyin)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.booklets
@pytest.mark.parametrize("work", WORKS)
def test_each_script_is_the_edition_in_that_script(
    work: str, works: Mapping[str, str], booklets: Mapping[str, Booklet], new_page: NewPage
) -> None:
    page = new_page(offline=True)
    page.goto(works[work])
    own = booklets[work]
    for booklet in (*own.others, own):
        choose(page, "script", booklet.language)
        expected = [row.zh for s in booklet.sections for block in s.all for row in block.rows]
        rows = "main .section :is(h2, h3, p.zh)"
        assert page.locator(rows).all_text_contents() == expected
        assert page.locator("h1").text_content() == booklet.titles.zh
        assert page.title().startswith(booklet.titles.zh)
        terms = [entry.term for group in booklet.glossary for entry in group]
        assert page.locator("#glossary dt").all_text_contents() == terms
        languages = page.eval_on_selector_all("[lang^='zh-Han']", "all => all.map(e => e.lang)")
        assert set(languages) == {booklet.language}


def test_the_scripts_are_those_of_the_work_s_editions(page: Page) -> None:
    values = page.eval_on_selector_all("[name=script]", "all => all.map(e => e.value)")
    assert values == ["zh-Hans", "zh-Hant-HK"]
    choose(page, "script", "zh-Hant-HK")
    assert page.locator("#pair-1 p.zh").text_content() == "目前頭髮長了。"
    assert page.locator("#pair-3 p.zh").text_content() == "「山是山，水是水。」"
    assert page.locator("#pair-7 p.zh").all_text_contents() == ["水長。發現了中國。"]


def test_pinyin_stands_above_no_words_those_unknown_or_all(page: Page) -> None:
    assert above(page, "7") == []
    choose(page, "pinyin", "all")
    assert above(page, "7") == ["shuǐ", "cháng", "fāxiàn", "le", "Zhōngguó"]
    choose(page, "pinyin", "unknown")  # to who knows HSK 1, as the edition says
    assert above(page, "7") == ["cháng", "fāxiàn"]
    choose(page, "known", "2")
    assert above(page, "7") == []
    choose(page, "known", "0")
    assert len(above(page, "7")) == 5
    choose(page, "script", "zh-Hant-HK")
    assert len(above(page, "7")) == 5
    choose(page, "pinyin", "none")
    assert above(page, "7") == []
    assert page.locator("#pair-7 p.zh").text_content() == "水長。發現了中國。"


def test_a_line_with_pinyin_may_break_between_words_and_nowhere_else(page: Page) -> None:
    choose(page, "pinyin", "all")
    breaks = page.eval_on_selector_all(
        "#pair-3 [data-word]", "all => all.map(word => word.querySelector('wbr') !== null)"
    )
    # “山是山，水是水。”
    assert breaks == [True, True, False, True, True, False]


def test_english_stands_beside_or_below(page: Page) -> None:
    def boxes() -> tuple[float, float]:
        zh = page.locator("#pair-1 p.zh").bounding_box()
        en = page.locator("#pair-1 .gloss").bounding_box()
        assert zh
        assert en
        return en["x"] - zh["x"] - zh["width"], en["y"] - zh["y"] - zh["height"]

    assert boxes()[0] > 0  # the layout of the edition
    choose(page, "english", "below")
    assert boxes()[1] >= 0


def test_on_a_phone_english_stands_below_until_the_reader_says_otherwise(
    tiny: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, offline=True)
    page.goto(tiny)
    assert page.locator("[name=english]:checked").input_value() == "below"
    choose(page, "english", "beside")
    zh, en = (page.locator(f"#pair-1 {name}").bounding_box() for name in ("p.zh", ".gloss"))
    assert zh
    assert en
    assert en["x"] >= zh["x"] + zh["width"]


def test_english_on_tap_is_hidden_until_its_sentence_is_asked(page: Page) -> None:
    choose(page, "english", "tap")
    assert shown(page, "5") == []
    button = page.locator("#pair-5 .reveal").first
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert shown(page, "5") == ["The state is shattered; mountains and rivers remain."]
    button.click()
    assert shown(page, "5") == []
    choose(page, "english", "below")
    assert len(shown(page, "5")) == 2
    assert page.locator(".reveal").count() == 0


def test_the_type_grows_and_shrinks(page: Page) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('p.zh')).fontSize)"
    usual = page.evaluate(size)
    for percent in ("150", "80"):
        choose(page, "size", percent)
        assert page.evaluate(size) == pytest.approx(usual * int(percent) / 100, rel=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_system_until_the_reader_chooses(
    tiny: str, new_page: NewPage, scheme: str
) -> None:
    page = new_page(color_scheme=scheme, offline=True)
    page.goto(tiny)

    def is_dark() -> bool:
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        return sum(map(int, colour[4:-1].split(","))) < 3 * 128

    assert is_dark() == (scheme == "dark")
    for theme in ("light", "dark"):
        choose(page, "theme", theme)
        assert is_dark() == (theme == "dark")


def test_a_tap_on_a_word_tells_its_forms_reading_sense_and_level(page: Page) -> None:
    page.locator("#pair-7 [data-word]", has_text="发现").click()
    panel = page.locator(".panel")
    assert panel.locator("b").all_inner_texts() == ["发现", "發現"]
    assert panel.locator(".pinyin").inner_text() == "fāxiàn"
    assert panel.locator(".level").inner_text() == "HSK 2"
    assert panel.locator(".panel-body").inner_text() == "verb to notice; to become aware of"
    page.locator("#pair-7 [data-word]", has_text="中国").click()
    assert panel.locator(".panel-body").inner_text() == "place China\n\nIn the glossary"
    panel.locator("a").click()
    assert page.url.endswith("#term-4e2d56fd")  # 中国
    assert panel.is_hidden()


def test_a_note_opens_where_it_is_referred_to(page: Page) -> None:
    page.locator("#pair-1 .reference").click()
    panel = page.locator(".panel")
    assert panel.inner_text().startswith("Note 1")
    assert "Long hair, 长发, see elsewhere." in panel.inner_text()
    page.locator("#pair-3 .number").click()
    assert panel.is_hidden()


def test_everything_can_be_done_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    settings = page.locator(".settings summary")
    settings.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("[name=script]:checked").input_value() == "zh-Hant-HK"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    button = page.locator("#pair-7 .look-up")
    button.focus()
    page.keyboard.press("Enter")
    head = page.locator("#panel-head b").first
    assert head.inner_text() == "水"
    page.keyboard.press("ArrowRight")
    assert head.inner_text() == "長"
    page.keyboard.press("ArrowLeft")
    assert head.inner_text() == "水"
    page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()
    assert page.evaluate("document.activeElement.ariaLabel") == "Words of pair 7"


def test_what_is_read_aloud_has_a_name_and_a_role(page: Page) -> None:
    page.locator("#pair-7 .look-up").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name="水").is_visible()
    page.keyboard.press("Escape")
    page.locator(".settings summary").click()
    for group in ("简繁 Script", "拼音 Pinyin", "英文 English", "明暗 Light"):
        assert page.get_by_role("group", name=group).is_visible()
    assert page.get_by_role("slider", name="Type size").get_attribute("aria-valuetext")
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("navigation", name="Contents").is_visible()


def test_choices_are_remembered_by_every_page(
    tiny: str, works: Mapping[str, str], new_page: NewPage
) -> None:
    page = new_page(offline=True)
    page.goto(tiny)
    choices = {"pinyin": "all", "english": "tap", "theme": "dark", "size": "120", "known": "4"}
    for name, value in choices.items():
        choose(page, name, value)
    choose(page, "script", "zh-Hant-HK")
    page.goto("about:blank")
    page.goto(tiny)
    kept = page.evaluate("Object.fromEntries(new FormData(document.querySelector('form')))")
    assert kept == choices | {"script": "zh-Hant-HK"}
    assert above(page, "7") == ["shuǐ", "cháng", "fāxiàn", "le", "Zhōngguó"]
    assert shown(page, "7") == []
    # Another work has no Hong Kong edition; the rest holds there, too.
    page.goto(works["jingjinji-quotations"])
    kept = page.evaluate("Object.fromEntries(new FormData(document.querySelector('form')))")
    assert kept == choices | {"script": "zh-Hant"}


@pytest.mark.parametrize("kept", ["null", "7", "{", '{"script":"<b>","english":"x","size":"x"}'])
def test_what_others_left_in_the_browser_s_memory_does_no_harm(
    tiny: str, new_page: NewPage, kept: str
) -> None:
    page = new_page(offline=True)
    page.goto(tiny)
    page.evaluate("kept => localStorage.setItem('diglot', kept)", kept)
    page.reload()
    assert len(shown(page, "5")) == 2
    choose(page, "english", "tap")
    assert shown(page, "5") == []


def test_without_scripts_both_languages_are_there_to_read(tiny: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False, offline=True)
    page.goto(tiny)
    assert page.locator("#pair-7 p.zh").first.is_visible()
    assert shown(page, "5") == [
        "The state is shattered; mountains and rivers remain.",
        "Spring in the city: grass and trees grow deep.",
    ]
    assert page.locator(".settings").is_hidden()
    assert page.locator("#pair-7 .look-up").count() == 0


def test_markup_in_content_is_shown_and_does_nothing(
    project: TinyProject, new_page: NewPage
) -> None:
    text = "<img src=x onerror=alert(1)><script>alert(2)</script>&\u202e山</p>"
    project.write("content/editions.toml", EDITIONS)
    project.write("content/w/text.md", f"> # {text} ^0\n\n{text}\n\n> {text} ^1\n\n{text}\n")
    assert project.build("--format", "web").exit_code == 0
    page = new_page(offline=True)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto((project.root / "output/w/w-web.html").as_uri())
    page.locator("#pair-1 [data-word]").click()
    for place in ("h1", "#pair-1 p.zh", "#pair-1 p.en"):
        assert page.locator(place).text_content() == text
    assert page.locator("main img, main script").count() == 0


def test_print_shows_the_text_and_none_of_the_controls(page: Page) -> None:
    choose(page, "theme", "dark")
    page.emulate_media(media="print")
    for selector in (".bar", ".panel", ".look-up", ".skip"):
        assert page.locator(f"{selector}:visible").count() == 0
    assert shown(page, "1") == ["For now the hair has grown long.1"]
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 27, 24)"


def test_every_pair_has_a_link_and_links_lead_where_they_say(page: Page) -> None:
    for pair in "12345678":
        page.locator(f"#pair-{pair} > .number a").click()
        assert page.url.endswith(f"#pair-{pair}")
    dead = page.eval_on_selector_all(
        "a[href^='#']",
        "all => all.filter(({ hash }) => !document.getElementById(hash.slice(1))).length",
    )
    assert dead == 0


PLACES = """() => [...document.querySelectorAll('main p.zh ruby')].map(ruby => {
  const range = document.createRange()
  range.selectNode(ruby.firstChild)
  const [hanzi] = range.getClientRects()
  const [zhuyin] = ruby.querySelector('rt').getClientRects()
  const tone = ruby.querySelector('.tone')?.getBoundingClientRect()
  const em = parseFloat(getComputedStyle(ruby).fontSize)
  const middle = (hanzi.top + hanzi.bottom) / 2
  return [
    (zhuyin.left - hanzi.left) / em,
    ((zhuyin.top + zhuyin.bottom) / 2 - middle) / em,
    (zhuyin.bottom - zhuyin.top) / em,
    tone ? (tone.left - zhuyin.left) / em : 0.3,
  ]
})"""


def test_zhuyin_stands_at_the_right_of_its_hanzi(project: TinyProject, new_page: NewPage) -> None:
    keys = 'formats = ["web"]\npinyin = "all"\nspelling = "zhuyin"\n'
    project.write("content/editions.toml", f'[[edition]]\nname = "web"\n{keys}')
    project.write("content/w/text.md", TEXT)
    built = project.build()
    assert built.exit_code == 0, built.output
    page = new_page(offline=True)
    page.goto((project.root / "output/w/w-web.html").as_uri())
    assert above(page, "7") == ["ㄕㄨㄟˇ", "ㄔㄤˊ", "ㄈㄚ", "ㄒㄧㄢˋ", "˙ㄌㄜ", "ㄓㄨㄥ", "ㄍㄨㄛˊ"]
    assert page.locator("legend", has_text="Zhuyin").count() == 1
    found = page.evaluate(PLACES)
    assert len(found) > 10
    for left, off_middle, height, tone in found:
        assert 0.98 < left < 1.08
        assert abs(off_middle) < 0.12
        assert height < 1.1
        assert 0.25 < tone < 0.6
    choose(page, "script", "zh-Hant")
    assert page.locator("#pair-7 p.zh").first.inner_text().startswith("水")
    page.locator("#pair-7 [data-word]").first.click()
    assert page.locator(".panel .zhuyin").inner_text() == "ㄕㄨㄟˇ"


def test_emphasis_stays_with_its_characters_whatever_is_above(
    project: TinyProject, new_page: NewPage
) -> None:
    project.write("content/editions.toml", EDITIONS)
    project.write("content/w/text.md", TEXT + "\n> [银]{em}行[很高]{em}。 ^90\n\nA bank.\n")
    assert project.build().exit_code == 0
    page = new_page(offline=True)
    page.goto((project.root / "output/w/w-web.html").as_uri())
    for value in ("none", "all", "unknown", "none"):
        choose(page, "pinyin", value)
        assert page.locator("#pair-90 em").all_inner_texts() == ["银", "很", "高"]
        shown = page.evaluate(
            "() => { const p = document.querySelector('#pair-90 p.zh').cloneNode(true);"
            " for (const e of p.querySelectorAll('rt, rp')) e.remove(); return p.textContent }"
        )
        assert shown == "银行很高。"
    page.locator("#pair-90 [data-word]").first.click()
    assert page.locator("#panel-head b").first.inner_text() == "银行"
    style = page.locator("#pair-90 em").first.evaluate("e => getComputedStyle(e).textEmphasis")
    assert "dot" in style
