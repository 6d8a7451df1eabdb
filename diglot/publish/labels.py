"""How editions are called, in Chinese and English."""

from diglot.compose.booklet import Booklet
from diglot.config import Format, Layout, Writing

_SCRIPTS = {
    "zh-Hans": ("简体", "Simplified characters"),
    "zh-Hant": ("繁體", "Traditional characters"),
    "zh-Hant-TW": ("繁體（台灣）", "Traditional characters (Taiwan)"),
    "zh-Hant-HK": ("繁體（香港）", "Traditional characters (Hong Kong)"),
}


_LAYOUTS = {  # in Simplified, in Traditional, in English
    Layout.PARALLEL: ("对照", "對照", "parallel columns"),
    Layout.INTERLEAVED: ("逐句", "逐句", "sentence by sentence"),
    Layout.FACING: ("对页", "對頁", "facing pages"),
    Layout.INTERLINEAR: ("逐词", "逐詞", "word by word"),
}
_VERTICAL = ("直排", "直排", "vertical")


def script_label(language: str) -> tuple[str, str]:
    """Name the script of a language in that script and in English."""
    return _SCRIPTS[language]


def kind_label(about: Booklet) -> tuple[str, str]:
    """Say what an edition is: its script and layout; a web page has any, as its reader chooses."""
    if about.edition.formats == (Format.WEB,):
        chinese = "网页" if about.language == "zh-Hans" else "網頁"
        return chinese, "Web page with script, pinyin and English as you choose"
    chinese, english = script_label(about.language)
    own = [_LAYOUTS[about.edition.layout]]
    own += [_VERTICAL] * (about.edition.writing is Writing.VERTICAL)
    form = 0 if about.language == "zh-Hans" else 1
    parts = [chinese, *(each[form] for each in own)], [english, *(each[2] for each in own)]
    return " · ".join(parts[0]), ", ".join(parts[1])


def edition_label(about: Booklet) -> str:
    """Name an edition among the others of its work: its kind, and its own name."""
    return f"{kind_label(about)[0]} · {about.edition.name}"
