"""An executed briefing notebook → HTML and PDF, by two nbconvert exporters, and its linked data.

The HTML is one file that asks for nothing: style, script, faces and drawings are inside, and its content
security policy allows only them. The PDF is written by Typst, which needs neither LaTeX nor a browser. Both
are the same bytes for the same notebook on every machine.

In a notebook, cells show displays (`depesje.display`). Markdown cells, printed text, pictures and tables that
an analyst adds are set too, with scripts and styles taken out. Code is never shown.
"""

import base64
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import nbformat
from markupsafe import Markup
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from depesje import messages, style, tokens
from depesje.display import CERTAINTIES, JSON_LD, METADATA, TYPST
from depesje.escaping import clean, html, typst
from depesje.files import write_atomically
from depesje.markdown import to_html as markdown_to_html
from depesje.markdown import to_typst as markdown_to_typst
from depesje.svg import plain_svg

Role = Literal["masthead", "source", "style", "other"]
#: The tag of cells that speak to whoever runs the notebook, and that no output shows.
HIDDEN = "remove_cell"
#: Stands in the PDF for a character that none of its faces has.
_NO_GLYPH = "\u25a1"


def to_html(notebook: str | Path | NotebookNode, output: str | Path) -> Path:
    """Write the briefing as one HTML file.

    Parameters
    ----------
    notebook
        An executed notebook, or the path of one.
    output
        The file to write. It is replaced whole or, when anything fails, not at all.

    Returns
    -------
    Path
        The file written.
    """
    return _write(BriefingHTMLExporter(), notebook, Path(output))


def to_pdf(notebook: str | Path | NotebookNode, output: str | Path) -> Path:
    """Write the briefing as a PDF (A4, PDF/UA-1).

    Parameters
    ----------
    notebook
        An executed notebook, or the path of one.
    output
        The file to write. It is replaced whole or, when anything fails, not at all.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    typst.TypstError
        The notebook holds something that can't be set, such as a Typst output of its own that is wrong.
    """
    return _write(BriefingPDFExporter(), notebook, Path(output))


def to_json_ld(notebook: str | Path | NotebookNode, output: str | Path) -> Path:
    """Write the linked data of the briefing, the same that stands in its page, as a file of its own.

    Parameters
    ----------
    notebook
        An executed notebook, or the path of one.
    output
        The file to write. It is replaced whole or, when anything fails, not at all.

    Returns
    -------
    Path
        The file written.
    """
    found = Page.of(_read(notebook)).linked_data
    data = found[0] if len(found) == 1 else found
    write_atomically(Path(output), clean(json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
    return Path(output)


def warm_up() -> None:
    """Do what takes a second and needs no notebook: a thread can, while notebooks run."""
    style.page()
    _drawable()


def _write(exporter: TemplateExporter, notebook: str | Path | NotebookNode, output: Path) -> Path:
    body, _resources = exporter.from_notebook_node(_read(notebook))
    content = body if isinstance(body, bytes) else body.encode()
    write_atomically(output, content)
    return output


def _read(notebook: str | Path | NotebookNode) -> NotebookNode:
    return notebook if isinstance(notebook, NotebookNode) else nbformat.read(Path(notebook), as_version=4)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document in its target's language, and the part that it plays."""

    body: str
    role: Role = "other"


@dataclass(frozen=True, slots=True)
class Page:
    """What the document as a whole must know, gathered from the notebook's displays."""

    title: str = "Depesje"
    description: str = ""
    kicker: str = ""
    language: str = "en"
    contents: list[dict[str, Any]] = field(default_factory=list)
    linked_data: list[Any] = field(default_factory=list)

    @classmethod
    def of(cls, notebook: NotebookNode) -> "Page":
        """Read the displays' metadata."""
        found: dict[str, Any] = {"contents": [], "linked_data": []}
        for data in _bundles(notebook):
            metadata = data.get(METADATA, {})
            found |= {
                name: metadata[name]
                for name in ("title", "description", "kicker", "language")
                if name in metadata
            }
            heading = metadata.get("heading")
            if heading and heading["level"] == 2:
                found["contents"].append(heading)
            if JSON_LD in data:
                found["linked_data"].append(data[JSON_LD])
        return cls(**found)


def _bundles(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield output.get("data", {})


def _role(data: dict[str, Any]) -> Role:
    return data.get(METADATA, {}).get("role", "other")


class BriefingExporter(TemplateExporter):
    """What the two exporters share: our templates, and the notebook as blocks."""

    exclude_input = True

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return style.template_directories()

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert an executed notebook; see `nbconvert.exporters.Exporter`."""
        resources = self._init_resources(resources)
        resources["briefing"] = self.briefing(Page.of(nb), list(self.blocks(nb)))
        return super().from_notebook_node(nb, resources, **kw)

    def blocks(self, notebook: NotebookNode) -> Iterator[Block]:
        """The cells of a notebook, each output and each Markdown cell as a block."""
        for cell in notebook.cells:
            if HIDDEN in cell.metadata.get("tags", []):
                continue
            if cell.cell_type == "markdown":
                yield Block(self.markdown(cell.source))
            for output in cell.get("outputs", []):
                yield from self.output(output)

    def output(self, output: NotebookNode) -> Iterator[Block]:
        """One output of a cell: a display, or what an analyst printed or drew."""
        data = output.get("data", {})
        if output.output_type == "stream":
            if output.name == "stdout":
                yield Block(self.printed(output.text))
        elif JSON_LD in data or _role(data) == "style":
            return
        elif TYPST in data:
            yield Block(data[self.media_type], _role(data))
        elif "image/svg+xml" in data:
            yield Block(self.drawing(data["image/svg+xml"], _alt(output)))
        elif "image/png" in data:
            yield Block(self.picture(base64.b64decode(data["image/png"]), _alt(output)))
        elif "text/markdown" in data:
            yield Block(self.markdown(data["text/markdown"]))
        elif "text/html" in data:
            yield Block(self.foreign_html(data["text/html"], data.get("text/plain", "")))
        elif "text/plain" in data:
            yield Block(self.printed(data["text/plain"]))

    def source(self, name: str) -> str:
        """The text of a file of the template."""
        return str(self.environment.loader.get_source(self.environment, name)[0])

    #: The form of a display that this exporter takes.
    media_type: str

    def briefing(self, page: Page, blocks: list[Block]) -> dict[str, Any]:
        """What the template needs."""
        raise NotImplementedError

    def markdown(self, source: str) -> str:
        """A Markdown cell."""
        raise NotImplementedError

    def printed(self, text: str) -> str:
        """Plain text, line by line."""
        raise NotImplementedError

    def drawing(self, svg: str, alt: str) -> str:
        """An SVG output that isn't a display's."""
        raise NotImplementedError

    def picture(self, png: bytes, alt: str) -> str:
        """A PNG output."""
        raise NotImplementedError

    def foreign_html(self, source: str, plain: str) -> str:
        """An HTML output that isn't a display's, such as a DataFrame's; ``plain`` is its plain form."""
        raise NotImplementedError


def _alt(output: NotebookNode) -> str:
    """The alternative text of a picture: its metadata's, else its plain form."""
    metadata = output.get("metadata", {})
    return str(metadata.get("alt") or output.data.get("text/plain") or "Picture")


class BriefingHTMLExporter(BriefingExporter):
    """The briefing as one HTML file, without code cells."""

    export_from_notebook = "Depesje briefing (HTML)"
    output_mimetype = "text/html"
    media_type = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "depesje"

    def briefing(self, page: Page, blocks: list[Block]) -> dict[str, Any]:
        _ = messages.translator(page.language).gettext
        styles, script = style.page(), self.source("script.js")
        body = [block for block in blocks if block.role != "masthead"]
        return {
            "title": clean(page.title),
            "description": clean(page.description),
            "language": page.language,
            "policy": content_security_policy(styles, script),
            "style": styles,
            "script": script,
            "linked_data": [_script_data(data) for data in page.linked_data],
            "words": {"skip": _("Skip to the content"), "contents": _("Contents")},
            "contents": page.contents,
            "blocks": blocks,
            "parts": [(role, list(run)) for role, run in groupby(body, key=lambda block: block.role)],
            "has_source": any(block.role == "source" for block in blocks),
        }

    def markdown(self, source: str) -> str:
        return html('<div class="prose added">{}</div>', Markup(markdown_to_html(source)))

    def printed(self, text: str) -> str:
        return html('<pre class="added" tabindex="0">{}</pre>', text)

    def drawing(self, svg: str, alt: str) -> str:
        digest = hashlib.sha256(svg.encode()).hexdigest()[:8]
        plain = plain_svg(svg, f"added-{digest}").removeprefix("<svg")
        return html('<figure class="chart"><svg role="img" aria-label="{}"{}</figure>', alt, Markup(plain))

    def picture(self, png: bytes, alt: str) -> str:
        data = base64.b64encode(png).decode()
        return html('<figure class="chart"><img alt="{}" src="data:image/png;base64,{}"></figure>', alt, data)

    def foreign_html(self, source: str, plain: str) -> str:
        return f'<div class="table added" tabindex="0">{_sanitised(source)}</div>'


class BriefingPDFExporter(BriefingExporter):
    """The briefing as a PDF by Typst: A4, tagged, PDF/UA-1."""

    export_from_notebook = "Depesje briefing (PDF)"
    output_mimetype = "application/pdf"
    media_type = TYPST

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".typ.j2"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "depesje_typst"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert an executed notebook to the bytes of a PDF."""
        source, resources = super().from_notebook_node(nb, resources, **kw)
        resources["output_extension"] = ".pdf"
        return compile_typst(source), resources

    def briefing(self, page: Page, blocks: list[Block]) -> dict[str, Any]:
        _ = messages.translator(page.language).gettext
        info = {
            "title": page.title,
            "description": page.description,
            "kicker": page.kicker,
            "language": page.language,
            "footer": "Depesje",
        }
        # The source text, which the references lead to, closes the document.
        ordered = sorted(blocks, key=lambda block: block.role == "source")
        return {
            "library": self.source("briefing.typ"),
            "colours": typst({name: pair["light"] for name, pair in tokens.colours().items()}),
            "levels": typst(tokens.load()["certainty"]["level"]),
            "words": typst({code: _(word) for code, word in CERTAINTIES.items()}),
            "info": typst(info),
            "missing": self.missing("".join(block.body for block in blocks), page.language),
            "blocks": [block.body for block in ordered],
        }

    def missing(self, text: str, language: str) -> str:
        """What the document says of characters that none of its faces has; empty where there is no such one."""
        n = len(_missing(text))
        words = messages.translator(language).ngettext(
            "One character of this text can’t be set here and is shown as {box}; the web page has it.",
            "{n} characters of this text can’t be set here and are shown as {box}; the web page has them.",
            n,
        )
        return f"#missing-characters({typst(words.format(n=n, box=_NO_GLYPH))})" if n else ""

    def markdown(self, source: str) -> str:
        return markdown_to_typst(source)

    def printed(self, text: str) -> str:
        return f"#printed({typst(text)})"

    def drawing(self, svg: str, alt: str) -> str:
        return (
            f"#picture((bytes: {typst(plain_svg(svg, 'added'))}, format: {typst('svg')}, alt: {typst(alt)}))"
        )

    def picture(self, png: bytes, alt: str) -> str:
        return f"#picture((bytes: {typst(list(png))}, format: {typst('png')}, alt: {typst(alt)}))"

    def foreign_html(self, source: str, plain: str) -> str:
        return self.printed(plain)


def compile_typst(source: str) -> bytes:
    """Compile Typst to PDF/UA-1, with the faces of the tokens and no others.

    Parameters
    ----------
    source
        A whole Typst document. It can read no file and no package.

    Raises
    ------
    typst.TypstError
        The source is wrong, or not accessible.
    """
    import typst as compiler

    with tempfile.TemporaryDirectory() as folder:
        root, faces = Path(folder, "root"), Path(folder, "faces")
        root.mkdir()
        faces.mkdir()
        # A folder of their own, because where two files hold the same face, their order on disk would choose.
        for name, file in (tokens.font_files() | _fallbacks_for(source)).items():
            shutil.copyfile(file, faces / f"{name}.ttf")
        fonts = compiler.Fonts(include_system_fonts=False, font_paths=[str(faces)])
        document = compiler.Compiler(
            _with_glyphs(source).encode(),
            root=str(root),
            font_paths=fonts,
            package_path=str(root),
            package_cache_path=str(root),
        )
        pdf = document.compile(format="pdf", pdf_standards=["ua-1"])
    assert isinstance(pdf, bytes)
    return pdf


def _with_glyphs(source: str) -> str:
    """Replace what no face of the PDF can draw, which PDF/UA forbids, by a box."""
    return source.translate(dict.fromkeys(_missing(source), _NO_GLYPH))


def _missing(text: str) -> frozenset[int]:
    """The characters of a text that no face of the PDF can draw."""
    left = _beyond_the_faces(text)
    return left.difference(*(_characters(file) for file in _fallbacks_for(text).values()))


def _fallbacks_for(text: str) -> dict[str, Path]:
    """The faces that a text needs besides those of the tokens."""
    left = _beyond_the_faces(text)
    files = tokens.fallback_font_files().items() if left else ()
    return {name: file for name, file in files if not left.isdisjoint(_characters(file))}


def _beyond_the_faces(text: str) -> frozenset[int]:
    return frozenset(ord(c) for c in set(text) if ord(c) > 0x17F) - _drawable()


@cache
def _drawable() -> frozenset[int]:
    return frozenset().union(*map(_characters, tokens.font_files().values()))


@cache
def _characters(file: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(file, lazy=True).getBestCmap())


def _script_data(data: Any) -> str:
    """JSON that can't end the script element that it stands in."""
    return clean(json.dumps(data, ensure_ascii=False)).replace("<", "\\u003c")


def content_security_policy(style: str, script: str) -> str:
    """The policy of a page that asks for nothing: it allows this style and this script, by their hashes."""
    policy = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "img-src": "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


#: What may stand in HTML of another's making.
_TAGS = frozenset(
    """
    b blockquote br caption code dd div dl dt em h2 h3 h4 hr i li ol p pre span strong sub sup
    table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905
)


def _sanitised(source: str) -> str:
    """HTML of another's making without script, style, links and attributes."""
    import bleach
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(source, "html.parser")
    for element in soup(["script", "style", "template", "noscript"]):
        element.decompose()
    attributes = {"th": ["colspan", "rowspan", "scope"], "td": ["colspan", "rowspan"]}
    return str(bleach.clean(str(soup), tags=_TAGS, attributes=attributes, strip=True))
