"""Commands for any text: normalized, its words, another script."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import click

from diglot.cli.group import main, reporting


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--report", type=click.Choice(["json"]), help="Show the edits instead of the text.")
@click.option("--off", multiple=True, metavar="RULE", help="Switch a rule off.")
@reporting
def normalize(file: Path, report: str | None, off: tuple[str, ...]) -> None:
    """Show a source text normalized, or each edit and what is left for review."""
    from diglot.source.read import read_source, report_json

    source = read_source(file.read_bytes(), str(file), off=off)
    click.echo(report_json(source) if report else source.normalized.text, nl=False)


_text_file = click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE|-",
)


def _lines(file: str) -> Iterator[str]:
    from diglot.source.stream import read_lines

    with click.open_file(file, "rb") as data:
        yield from read_lines(cast(BinaryIO, data), file)


@main.command()
@_text_file
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line of the text.")
@click.option(
    "--dictionary",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A newer CC-CEDICT, plain or gzip.",
)
@click.option(
    "--spelling",
    type=click.Choice(["marks", "numbers", "zhuyin"]),
    default="marks",
    show_default=True,
    help="Pinyin with tone marks or numbers, or zhuyin.",
)
@click.option("--sandhi", "spoken", is_flag=True, help="Write 一 and 不 with their spoken tones.")
@reporting
def words(file: str, as_json: bool, dictionary: Path | None, spelling: str, spoken: bool) -> None:
    """Show the words of a text line by line, with readings, levels and senses.

    A question mark follows a reading that is not sure. - reads UTF-8 from standard input.
    """
    from diglot.words import Annotator, Style, annotated, respelled, sandhi, to_json, to_table

    show = to_json if as_json else to_table
    lines = (line.rstrip("\r\n") for line in _lines(file))
    for number, found in annotated(lines, Annotator(dictionary)):
        said = sandhi(found) if spoken else found
        click.echo(show(number, [respelled(word, Style(spelling)) for word in said]))


@main.command()
@_text_file
@click.option(
    "--to",
    required=True,
    type=click.Choice(["hans", "hant", "hant-tw", "hant-hk"]),
    help="Simplified, Traditional, or Traditional as in Taiwan or Hong Kong.",
)
@click.option("--quotes", is_flag=True, help="Use the region's quotation marks, too.")
@reporting
def convert(file: str, to: str, quotes: bool) -> None:
    """Show a text in another script; what is in that script already stays as it is.

    - reads UTF-8 from standard input.
    """
    from diglot import script
    from diglot.model import Script

    text, wanted = "".join(_lines(file)), Script(to)
    source = script.detect(text) or (Script.HANT if wanted is Script.HANS else Script.HANS)
    if source is Script.HANT and wanted is not Script.HANT:
        source = script.region(text)
    text = script.convert(text, wanted, source)
    click.echo(script.regional_quotes(text, wanted) if quotes else text, nl=False)
