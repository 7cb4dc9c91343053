"""The index of all briefings: a page that filters them, and an Atom feed, ready for static hosting.

python -m depesje.site reports
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from jinja2 import Environment, FileSystemLoader

from depesje import brief
from depesje.article import ArticleError
from depesje.files import write_atomically
from depesje.messages import LOCALES, translator
from depesje.render import content_security_policy
from depesje.style import page, template_directories
from depesje.tables import Extraction

ATOM = "http://www.w3.org/2005/Atom"
#: What the index links beside each briefing, where it is there: file → what it is called.
FILES = {"briefing.pdf": "PDF", "tables.xlsx": "Excel", "briefing.jsonld": "JSON-LD"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One briefing of the index."""

    slug: str
    title: str
    article_language: str
    #: ISO, of day, month or year precision; empty when not known.
    published: str
    published_words: str
    actors: tuple[str, ...]
    themes: tuple[str, ...]
    sha256: str
    #: Names of `FILES` that are there.
    files: tuple[str, ...]

    @property
    def words(self) -> str:
        """What the filter looks through."""
        return " ".join(
            [self.title, self.published, self.published_words, *self.actors, *self.themes]
        ).lower()


def entries(reports: str | Path, language: str = "en") -> list[Entry]:
    """Read the briefings of a folder, the newest first.

    Parameters
    ----------
    reports
        The folder that `depesje.report` writes to.
    language
        The language of the index.
    """
    found = [
        _entry(page.parent, language)
        for page in sorted(Path(reports).glob("*/briefing.html"))
        if (page.parent / "tables").is_dir()
    ]
    return sorted(found, key=lambda entry: (entry.published, entry.slug), reverse=True)


def build(reports: str | Path, language: str = "en") -> Path:
    """Write ``index.html`` and ``feed.xml`` beside the briefings.

    Parameters
    ----------
    reports
        The folder that `depesje.report` writes to.
    language
        The language of the index.

    Returns
    -------
    Path
        The index page.

    Raises
    ------
    ArticleError
        There is no such folder, or the tables of a briefing cannot be read.
    """
    reports = Path(reports)
    if not reports.is_dir():
        raise ArticleError(f"{reports}: there is no such folder; run `make report` first.")
    listed = entries(reports, language)
    write_atomically(reports / "index.html", _page(listed, language).encode())
    write_atomically(reports / "feed.xml", _feed(listed, language))
    return reports / "index.html"


def _entry(folder: Path, language: str) -> Entry:
    found = Extraction.load(folder / "tables")
    article = found.article.iloc[0]
    names = brief.Names(found, language)
    ranked = found.actors[found.actors["type"] != "GROUP"].sort_values(
        ["n_mentions", "actor_id"], ascending=[False, True], kind="stable"
    )
    return Entry(
        slug=folder.name,
        title=brief.title(found, language),
        article_language=article["language"],
        published=article["published"] if isinstance(article["published"], str) else "",
        published_words=brief.published(found, language),
        actors=tuple(names.of[actor_id] for actor_id in ranked["actor_id"].head(6)),
        themes=tuple(found.themes["label" if language == "en" else "label_nb"]),
        sha256=article["sha256"],
        files=tuple(name for name in FILES if (folder / name).is_file()),
    )


def _page(listed: list[Entry], language: str) -> str:
    words = translator(language)
    folder = Path(template_directories()[0]) / "depesje_site"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    script = (folder / "script.js").read_text(encoding="utf-8").strip()
    style = page() + (folder / "style.css").read_text(encoding="utf-8")
    return environment.get_template("index.html.j2").render(
        entries=listed,
        files=FILES,
        language=language,
        style=style,
        script=script,
        policy=content_security_policy(style, script),
        _=words.gettext,
        count=words.ngettext("{n} briefing", "{n} briefings", len(listed)).format(n=len(listed)),
    )


def _feed(listed: list[Entry], language: str) -> bytes:
    """Atom (RFC 4287), with addresses relative to where the feed is hosted."""
    _ = translator(language).gettext
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": language})

    def add(
        parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str
    ) -> ElementTree.Element:
        element = ElementTree.SubElement(parent, tag, attributes)
        element.text = text
        return element

    add(feed, "id", "urn:depesje:briefings")
    add(feed, "title", _("Briefings on Norwegian news"))
    add(feed, "updated", max((_instant(entry.published) for entry in listed), default=_instant("")))
    add(feed, "link", rel="self", href="feed.xml")
    add(add(feed, "author"), "name", "Depesje")
    for entry in listed:
        item = add(feed, "entry")
        add(item, "id", f"urn:sha256:{entry.sha256}")
        add(item, "title", entry.title)
        add(item, "updated", _instant(entry.published))
        add(item, "link", rel="alternate", type="text/html", href=f"{entry.slug}/briefing.html")
        add(item, "link", rel="alternate", type="application/pdf", href=f"{entry.slug}/briefing.pdf")
        for theme in entry.themes:
            add(item, "category", term=theme)
        add(item, "summary", "; ".join(filter(None, [", ".join(entry.themes), ", ".join(entry.actors)])))
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def _instant(published: str) -> str:
    """The first moment of a publication date of any precision; the epoch when it is not known."""
    year, month, day = (*published.split("-"), "01", "01")[:3] if published else ("1970", "01", "01")
    return f"{year}-{month}-{day}T00:00:00Z"


def main(arguments: list[str] | None = None) -> int:
    """Write the index from the command line; the exit code is 0, or 1 with one sentence that says why."""
    parser = argparse.ArgumentParser(
        prog="python -m depesje.site", description="Write the index of all briefings."
    )
    parser.add_argument("reports", help="the folder of the briefings")
    parser.add_argument("--language", default="en", choices=list(LOCALES), help="of the index")
    options = parser.parse_args(arguments)
    try:
        print(build(options.reports, options.language))
    except ArticleError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
