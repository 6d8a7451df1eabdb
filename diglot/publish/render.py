"""Templates: a booklet into the text that a typesetter or pandoc reads."""

import marshal
import re
import traceback
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from typing import Any

import jinja2
from jinja2 import nodes
from markupsafe import Markup

from diglot.compose.booklet import Booklet
from diglot.errors import DiglotError, Place, Problem
from diglot.memory import recall
from diglot.pairs.inline import plain
from diglot.publish.fonts import Typefaces
from diglot.publish.page import page_of
from diglot.script import convert_label

_FOLDER = "templates/"
_MEND = "Mend it, or restore it from the project's history."
_CLAUSE = re.compile(r".+?(?:[：，；？！—]+|\s|$)")
# Not figures that belong to a longer run of Latin: a year, a decimal, a percentage, 1+N.
_NUMBER = re.compile(r"(?<![0-9A-Za-z.,%+/–-])([0-9]{1,2})(?![0-9A-Za-z.,%+/–-])")
_BREAKS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


def render(
    template: str,
    booklet: Booklet,
    templates: Mapping[str, str],
    typefaces: Typefaces,
    version: str,
    **names: object,
) -> str:
    """Render a booklet by a template, as `fill` does.

    The template sees ``booklet``, its ``page``, ``typefaces``, ``version`` and the names given; it
    has the filter ``label``, too, which writes a label in the edition's script.

    Without such names, what was rendered last is known, since it is asked for twice: for the key of
    an artifact, and for the artifact.

    Raises:
        DiglotError: as `fill`.
    """
    sources = tuple(sorted(templates.items()))
    if names:
        return _rendered(template, booklet, sources, typefaces, version, **names)
    return _known(template, booklet, sources, typefaces, version)


def _rendered(
    template: str,
    booklet: Booklet,
    templates: tuple[tuple[str, str], ...],
    typefaces: Typefaces,
    version: str,
    **names: object,
) -> str:
    return fill(
        template,
        dict(templates),
        booklet=booklet,
        page=page_of(booklet.edition),
        typefaces=typefaces,
        version=version,
        **names,
    )


_known = lru_cache(maxsize=4)(_rendered)


def fill(template: str, templates: Mapping[str, str], **names: object) -> str:
    """Render a template, found with all it includes in ``templates`` (path to text).

    Templates see the names given, ``medium`` (the template's folder) and ``first`` (whether it is
    called with a value for the first time); the filters are ``plain`` (a gloss without markup),
    ``clauses`` (a title parted where its lines should break), ``short`` (so many characters of a
    heading at most), ``numbers`` (a text parted at its short numbers) and ``markdown`` (text that
    Markdown leaves as it is). All else is escaped for HTML.

    Raises:
        DiglotError: ``r-001``, a template is malformed or missing; ``r-002``, it uses a name that
            does not exist; ``r-010``, it does what cannot be done.
    """
    seen: set[object] = set()

    def first(thing: object) -> bool:
        new = thing not in seen
        seen.add(thing)
        return new

    try:
        page: str = (
            _environment(tuple(sorted(templates.items())))
            .get_template(template)
            .render(names, medium=template.partition("/")[0], first=first)
        )
        return page
    except jinja2.UndefinedError as error:
        hint = "docs/architecture.md lists what templates see."
        raise DiglotError(Problem("r-002", f"{error.message}", hint, _place(error))) from None
    except jinja2.TemplateError as error:
        message = f"the template cannot be read: {error.message or error}"
        raise DiglotError(Problem("r-001", message, _MEND, _place(error))) from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        message = f"the template does what cannot be done: {error}"
        raise DiglotError(Problem("r-010", message, _MEND, _place(error))) from None


def reached(folder: str, templates: Mapping[str, str]) -> str:
    """Name what the templates of a folder, and those that they reach, say apart from comments."""
    sources = tuple(sorted(templates.items()))
    known = sha256(repr(sources).encode()).hexdigest()
    name = f"what the templates in {folder} say, of {known}"
    return recall(name, lambda: _reached(folder, sources)).decode()


@lru_cache(maxsize=16)
def _reached(folder: str, templates: tuple[tuple[str, str], ...]) -> bytes:
    environment, sources = _environment(templates), dict(templates)
    said: dict[str, str] = {}
    waiting = [name for name in sources if name.startswith(f"{folder}/")]
    while waiting:
        name = waiting.pop()
        if name in said or name not in sources:
            continue
        try:
            tree = environment.parse(sources[name])
        except jinja2.TemplateError:  # whoever runs it says so
            said[name] = sources[name]
            continue
        said[name] = repr(tree)
        for beginning in _called(tree):
            waiting.extend(other for other in sources if other.startswith(beginning))
    return sha256(repr(sorted(said.items())).encode()).hexdigest().encode()


def _called(tree: nodes.Template) -> Iterator[str]:
    """Give how the names of the templates begin that one calls: empty if it may be any."""
    calls: Any = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
    for call in tree.find_all(calls):
        name = call.template
        while isinstance(name, nodes.Concat):
            name = name.nodes[0]
        known = isinstance(name, nodes.Const) and isinstance(name.value, str)
        yield name.value if known else ""


def markdown(text: str) -> str:
    """Write text on one line, so that Markdown leaves it as it is."""
    return _MARKDOWN.sub(r"\\\1", _BREAKS.sub(" ", text))


def short(text: str, most: int) -> str:
    """Cut a heading down to ``most`` characters, after a clause if one ends within them."""
    if len(text) <= most:
        return text
    ends = [match.end() for match in _CLAUSE.finditer(text)]
    end = max((end for end in ends if end <= most - 1), default=most - 2)
    return text[:end].rstrip("：，；、 —") + "……"


def prepare(templates: Mapping[str, str], folder: str) -> None:
    """Compile the templates of a folder; what is wrong with one is told when it is used."""
    environment = _environment(tuple(sorted(templates.items())))
    for name in templates:
        if name.rpartition("/")[0] == folder:
            with suppress(jinja2.TemplateError):
                environment.get_template(name)


class _Loader(jinja2.FunctionLoader):
    """Loads templates; what they were compiled to is remembered."""

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (Jinja's name)
    ) -> jinja2.Template:
        """See `jinja2.BaseLoader.load`."""
        source, file, is_current = self.get_source(environment, name)
        known = f"template {name} {sha256(source.encode()).hexdigest()}"
        code = recall(known, lambda: marshal.dumps(environment.compile(source, name, file)))
        return environment.template_class.from_code(
            environment,
            marshal.loads(code),  # noqa: S302 (as Jinja does it; we wrote it)
            globals or {},
            is_current,
        )


@lru_cache(maxsize=4)
def _environment(templates: tuple[tuple[str, str], ...]) -> jinja2.Environment:
    """Make the environment of a set of templates, which then compiles each of them only once."""
    sources = dict(templates)

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = sources.get(name)
        return None if source is None else (source, f"{_FOLDER}{name}", lambda: True)

    environment = jinja2.Environment(
        loader=_Loader(load),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["label"] = _label
    environment.filters["plain"] = plain
    environment.filters["clauses"] = _CLAUSE.findall
    environment.filters["numbers"] = _numbers
    environment.filters["short"] = short
    environment.filters["markdown"] = lambda text: Markup(markdown(text))  # noqa: S704
    return environment


def _numbers(text: str) -> list[tuple[str, bool]]:
    """Part a text at its short numbers; each part says whether it is one."""
    parts = enumerate(_NUMBER.split(text))
    return [(part, bool(place % 2)) for place, part in parts if part]


@jinja2.pass_context
def _label(context: jinja2.runtime.Context, text: str) -> str:
    return convert_label(text, context["booklet"].script)


def _place(error: Exception) -> Place:
    """Find the template and line where an error arose: the innermost that it went through."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Place(error.filename or _FOLDER, error.lineno)
    frames = traceback.extract_tb(error.__traceback__)
    passed = (f for f in reversed(frames) if f.filename.startswith(_FOLDER))
    return next((Place(f.filename, f.lineno or 0) for f in passed), Place(_FOLDER))
