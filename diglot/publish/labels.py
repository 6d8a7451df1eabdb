"""How editions are called, in Chinese and English."""

from diglot.compose.booklet import Booklet

_SCRIPTS = {
    "zh-Hans": ("简体", "Simplified characters"),
    "zh-Hant": ("繁體", "Traditional characters"),
    "zh-Hant-TW": ("繁體（台灣）", "Traditional characters (Taiwan)"),
    "zh-Hant-HK": ("繁體（香港）", "Traditional characters (Hong Kong)"),
}


def script_label(language: str) -> tuple[str, str]:
    """Name the script of a language in that script and in English."""
    return _SCRIPTS[language]


def edition_label(about: Booklet) -> str:
    """Name an edition among the others of its work: its script, and its own name."""
    return f"{script_label(about.language)[0]} · {about.edition.name}"
