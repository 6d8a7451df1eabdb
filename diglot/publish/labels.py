"""How editions are called, in Chinese and English."""

from diglot.compose.booklet import Booklet
from diglot.config import Format

_SCRIPTS = {
    "zh-Hans": ("简体", "Simplified characters"),
    "zh-Hant": ("繁體", "Traditional characters"),
    "zh-Hant-TW": ("繁體（台灣）", "Traditional characters (Taiwan)"),
    "zh-Hant-HK": ("繁體（香港）", "Traditional characters (Hong Kong)"),
}


def script_label(language: str) -> tuple[str, str]:
    """Name the script of a language in that script and in English."""
    return _SCRIPTS[language]


def kind_label(about: Booklet) -> tuple[str, str]:
    """Say what an edition is: its script; a web page has any, as its reader chooses."""
    if about.edition.formats == (Format.WEB,):
        chinese = "网页" if about.language == "zh-Hans" else "網頁"
        return chinese, "Web page with script, pinyin and English as you choose"
    return script_label(about.language)


def edition_label(about: Booklet) -> str:
    """Name an edition among the others of its work: its kind, and its own name."""
    return f"{kind_label(about)[0]} · {about.edition.name}"
