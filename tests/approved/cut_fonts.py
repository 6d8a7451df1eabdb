"""Cuts the faces of the tests from those of the system, down to what the trial work shows.

    python -m tests.approved.cut_fonts

Needed only when the trial work or a label of the templates has a character that they lack: the
test says so. The faces are renamed, as the Open Font License asks (1.1, 3), and are TrueType or
CFF as they were.
"""

import msgspec
from fontTools import subset
from fontTools.ttLib import TTFont

from diglot.compose.compose import compose
from diglot.config import Edition, Fonts, Front, Layout
from diglot.model import Script
from diglot.project import Project
from diglot.publish.fonts import Face, find_typefaces
from diglot.publish.render import render
from diglot.script import convert_label
from tests.approved.pages import FACES, HERE, templates

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_ZHUYIN = "".join(map(chr, range(0x3105, 0x312A))) + "˙ˊˇˋ"
_NAMES = (0, 13, 14)  # copyright, licence and its address go with every copy
_FEATURES = ("kern", "liga", "ccmp", "mark", "mkmk", "halt", "palt", "chws")
_UNUSED = ("Silt", "Silf", "Sill", "Feat", "Glat", "Gloc", "vhea", "vmtx", "VORG", "BASE", "DSIG")
_WHOLE = Edition(
    name="whole", layout=Layout.INTERLEAVED, front=Front.FULL, exercises=True, index=True
)


def main() -> None:
    """Write every face."""
    work = Project(HERE).work("trial")
    sources = templates()
    shown: dict[str, set[str]] = {}
    found: dict[str, Face] = {}
    for script in (Script.HANS, Script.HANT, Script.HANT_TW, Script.HANT_HK):
        edition = msgspec.structs.replace(_WHOLE, script=script)
        booklet = compose(work, edition)
        faces = find_typefaces(booklet.script, Fonts(), work.folder)
        page = render("print/booklet.html.j2", booklet, sources, faces, "1")
        text = page + convert_label("".join(sources.values()), booklet.script)
        name = FACES[script]
        shown.setdefault(name, set()).update(text + _ZHUYIN * (script is Script.HANT_TW))
        found[name] = faces.chinese[0]
        for face in faces.latin:
            latin = "latin" if face.style == "regular" else f"latin-{face.style}"
            if face.style in ("regular", "italic"):
                shown.setdefault(latin, set()).update(page + _ASCII + _PINYIN)
                found[latin] = face
    for name, face in found.items():
        _cut(face, "".join(sorted(shown[name])), name)


def _cut(face: Face, text: str, name: str) -> None:
    options = subset.Options(
        layout_features=list(_FEATURES),
        name_IDs=list(_NAMES),
        hinting=False,
        drop_tables=list(_UNUSED),
    )
    font = TTFont(face.file, fontNumber=face.index, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    family = "Trial Chinese" if name in FACES.values() else "Trial Latin"
    for record, value in ((1, family), (2, "Regular"), (4, family), (6, f"{family} {name}")):
        font["name"].setName(value.replace(" ", "-") if record == 6 else value, record, 3, 1, 0x409)
    file = HERE / "fonts" / f"{name}.otf"
    font.save(file)
    print(f"{file.name}: {file.stat().st_size // 1000} kB")  # noqa: T201


if __name__ == "__main__":
    main()
