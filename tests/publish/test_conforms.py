"""What a PDF says of itself to readers and archives, and that it has what it says."""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pytest
from pikepdf import Dictionary, Object, Pdf

from tests.builder import TinyProject

# WeasyPrint leaves the colour profile of PDF/A open until it is collected.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*sRGB2014:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

TEXT = """> # 山中 ^0

In the Mountains

> ## 山 ^1

Hills

> 山高。 ^2

The mountains are high. ![A hill](hill.png)
"""


def made(project: TinyProject, conforms: str) -> bytes:
    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    project.write("content/w/hill.png", picture.getvalue())
    project.write("content/w/text.md", TEXT)
    project.write(
        "content/editions.toml",
        f'[[edition]]\nname = "study"\nformats = ["pdf"]\nconforms = "{conforms}"\nindex = true\n',
    )
    assert project.build().exit_code == 0
    return (project.root / "output/w/w-study.pdf").read_bytes()


def elements(node: Object) -> Iterator[Object]:
    """The structure elements below a node, in reading order."""
    kids = node.get("/K")
    for kid in kids if kids is not None and kids._type_name == "array" else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.mark.parametrize("conforms", ["pdf/ua-1", "pdf/a-2a", "pdf/a-2u"])
def test_a_pdf_declares_its_standard_and_has_what_that_asks_for(
    project: TinyProject, conforms: str
) -> None:
    with Pdf.open(BytesIO(made(project, conforms))) as pdf:
        declared = pdf.Root.Metadata.read_bytes().decode()
        if conforms == "pdf/ua-1":
            assert 'pdfuaid:part="1"' in declared
        else:
            assert 'pdfaid:part="2"' in declared
            assert f'pdfaid:conformance="{conforms[-1].upper()}"' in declared
            assert "/DestOutputProfile" in pdf.Root.OutputIntents[0]
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        fonts = [each for each in pdf.objects if isinstance(each, Dictionary)]
        fonts = [each for each in fonts if each.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_headings_go_down_level_by_level_and_pictures_have_their_text(project: TinyProject) -> None:
    with Pdf.open(BytesIO(made(project, ""))) as pdf:
        found = list(elements(pdf.Root.StructTreeRoot))
        levels = [int(str(each.S)[2]) for each in found if str(each.S)[1:] in ("H1", "H2", "H3")]
        pictures = [str(each.Alt) for each in found if each.S == "/Figure"]
        lists = [each for each in found if each.S == "/L"]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert pictures == ["A hill"]
    assert lists


def test_an_edition_that_asks_for_nothing_declares_nothing(project: TinyProject) -> None:
    with Pdf.open(BytesIO(made(project, ""))) as pdf:
        assert "/Metadata" not in pdf.Root


@pytest.mark.parametrize("conforms", ["pdf/ua-1", "pdf/a-2a"])
def test_the_same_text_gives_the_same_bytes(project: TinyProject, conforms: str) -> None:
    first = made(project, conforms)
    (project.root / "output/w/w-study.pdf").unlink()
    assert made(project, conforms) == first
