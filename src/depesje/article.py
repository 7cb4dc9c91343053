"""Read an article from a file and find its outline: headings, sections and paragraphs."""

import hashlib
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from depesje import lexicon

Precision = Literal["day", "month", "year"]

#: The first line of a file may begin with its publication date: ` date 2023-09 `.
_HEADER = re.compile(r"\s*dat[eo]:?[ \t]+(\S+)(?:[ \t]+|[ \t]*\r?\n|[ \t]*$)", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
#: Characters that text files don't hold: control characters other than tab, newline, form feed and return.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_WORD = re.compile(r"\w+")
#: Headings in running text are closed by a bar in some archives: `Tettere sammen | Krigen har …`.
_BAR = re.compile(r" \| ")
_LINE = re.compile(r"[^\r\n]+")
_SENTENCE_END = re.compile(r"[.!?…][»”\"')]*\s+(?=[\"«“–—-]?\s?[A-ZÆØÅÄÖ0-9])")


class ArticleError(ValueError):
    """An article or its date cannot be used; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: the first and last day that it may have been.

    The two are the same day when the date is known to the day.
    """

    first: date
    last: date
    precision: Precision

    @classmethod
    def parse(cls, value: "str | date | Published") -> "Published":
        """Read a publication date of day, month or year precision.

        Parameters
        ----------
        value
            A ``date`` or an ISO string: ``2023-09-12``, ``2023-09`` or ``2023``.

        Raises
        ------
        ArticleError
            The string is no such date.
        """
        if isinstance(value, Published):
            return value
        if isinstance(value, date):
            day = date(value.year, value.month, value.day)
            return cls(day, day, "day")
        match = _ISO.fullmatch(value.strip())
        try:
            if match is None:
                raise ValueError(value)
            year, month, day_ = (int(part) if part else None for part in match.groups())
            assert year is not None
            if month is None:
                return cls(date(year, 1, 1), date(year, 12, 31), "year")
            if day_ is None:
                return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")
            day = date(year, month, day_)
            return cls(day, day, "day")
        except ValueError as error:
            raise ArticleError(
                f"The publication date {value!r} is not a date: write it as 2023-09-12, 2023-09 or 2023."
            ) from error

    def isoformat(self) -> str:
        """The date as it was given: ``2023-09-12``, ``2023-09`` or ``2023``."""
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph: ``text[start:end]``, without the white space around it."""

    start: int
    end: int
    kind: Literal["heading", "paragraph"]
    #: The heading that the block stands under; None before the first one. The article's title opens no section.
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read from a file."""

    text: str
    published: Published | None
    slug: str
    #: Of the file's bytes.
    sha256: str


def read_article(path: str | Path, published: str | date | None = None) -> Article:
    """Read an article from a text file.

    A header such as `` date 2023-09 `` at the very beginning gives the publication date and is
    no part of the text. UTF-8, UTF-16 with a byte order mark and Latin-1 (as cp1252) are understood.

    Parameters
    ----------
    path
        The file.
    published
        The publication date; goes before the header's.

    Raises
    ------
    ArticleError
        The file is missing, empty or not a text, or a date cannot be read.
    """
    path = Path(path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ArticleError(f"{path}: there is no such file; give the path of a text file.") from None
    except OSError as error:
        raise ArticleError(
            f"{path}: cannot be read ({error.strerror}); give the path of a text file."
        ) from None
    text = _decode(raw, path)
    header = _HEADER.match(text)
    if header:
        try:
            stated = Published.parse(header[1])
        except ArticleError:
            stated = None
            if re.match(r"\d{4}", header[1]):
                raise ArticleError(
                    f"{path}: the header's date {header[1]!r} is not a date; write it as 2023-09-12, 2023-09 or 2023."
                ) from None
        if stated:
            text = text[header.end() :]
            published = published or stated  # type: ignore[assignment]
    if not _WORD.search(text):
        raise ArticleError(f"{path}: the file holds no text; put the article's text in it.")
    return Article(
        text=text,
        published=Published.parse(published) if published else None,
        slug=slug(path),
        sha256=hashlib.sha256(raw).hexdigest(),
    )


def slug(path: str | Path) -> str:
    """The name of an article's folder under ``reports/``: its file name without the ending."""
    return re.sub(r"[^\w.-]+", "-", Path(path).stem).strip("-.") or "article"


def _decode(raw: bytes, path: Path) -> str:
    has_mark = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if has_mark else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise ArticleError(f"{path}: this is not a text file; save the article as plain text in UTF-8.")


def blocks(text: str) -> list[Block]:
    """Find the headings and paragraphs of a text.

    Every line is a block. A heading is a short line that does not end like a sentence and that
    something follows; in running text, a bar (`` | ``) closes a heading.

    Parameters
    ----------
    text
        The article's body.

    Returns
    -------
    list of Block
        In order, without overlap; every word of the text is in one of them.
    """
    spans = [span for line in _LINE.finditer(text) for span in _cut(text, *line.span())]
    found: list[Block] = []
    section: str | None = None
    for index, (start, end, closed) in enumerate(spans):
        is_last = index == len(spans) - 1
        if not is_last and _is_heading(text[start:end], closed, not index):
            if found:  # the first is the title
                section = text[start:end]
            found.append(Block(start, end, "heading", section))
        else:
            found.append(Block(start, end, "paragraph", section))
    return found


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Cut a line at its bars; the flag says that a bar closed the piece."""
    position = start
    for bar in _BAR.finditer(text, start, end):
        tail = position
        for stop in _SENTENCE_END.finditer(text, position, bar.start()):
            tail = stop.end()
        yield from _strip(text, position, tail, False)
        yield from _strip(text, tail, bar.start(), True)
        position = bar.end()
    yield from _strip(text, position, end, False)


def _strip(text: str, start: int, end: int, closed: bool) -> Iterator[tuple[int, int, bool]]:
    piece = text[start:end]
    if _WORD.search(piece):
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(piece.strip()), closed


def _is_heading(piece: str, closed: bool, is_first: bool) -> bool:
    rules = lexicon.load("layout")["heading"]
    if piece.lower().startswith(tuple(rules["not_heading"])):
        return False
    size = "title" if is_first else "max"
    if len(piece) > rules[f"{size}_characters"] or len(piece.split()) > rules[f"{size}_words"]:
        return False
    return closed or not piece.endswith(tuple(rules["closing"]))


def language(text: str) -> Literal["nb", "nn"]:
    """The written standard that most of a text's telling words belong to, Bokmål if it is a tie."""
    counts = _language_counts(text)
    return "nn" if counts["nn"] > counts["nb"] else "nb"


def looks_danish(text: str) -> bool:
    """Whether a text has more words that only Danish has than words that only Norwegian has."""
    counts = _language_counts(text)
    return counts["da"] > max(counts["nb"], counts["nn"], 3)


def _language_counts(text: str) -> dict[str, int]:
    words: dict[str, set[str]] = {
        name: set(listed) for name, listed in lexicon.load("layout")["language"].items()
    }
    only = {
        name: listed.difference(*(other for key, other in words.items() if key != name))
        for name, listed in words.items()
    }
    found = [word.lower() for word in _WORD.findall(text[:200_000])]
    return {name: sum(word in listed for word in found) for name, listed in only.items()}
