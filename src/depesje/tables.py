"""The tables: what the components found in a ``Doc``, as pandas DataFrames; saved and loaded.

This is the one place where columns are defined. Every row names its sentence, and every ``start``/``end`` is a
character offset into the text exactly as given.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pyarrow import ArrowInvalid
from spacy.tokens import Doc

from depesje.annotations import PlaceMention, Statement, Theme
from depesje.article import ArticleError, language, looks_danish
from depesje.certainty import certainty_of
from depesje.escaping import spreadsheet_text
from depesje.files import write_atomically
from depesje.keyterms import key_terms

Rows = list[dict[str, Any]]


def _schema(key: str | None = None, /, **columns: Any) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(
        {
            name.rstrip("_"): column if isinstance(column, pa.Column) else pa.Column(column)
            for name, column in columns.items()
        },
        unique=key,
        coerce=True,
        strict=True,
        ordered=True,
    )


_TEXT = pa.Column("str", nullable=True)
_ID = pa.Column("Int64", nullable=True)
#: A list in each cell: these columns.
_LISTS = frozenset({"sentence_ids", "words", "candidates"})
_LIST = pa.Column("object", nullable=True)


def _one_of(*values: str, nullable: bool = False) -> pa.Column:
    return pa.Column("str", pa.Check.isin(values), nullable=nullable)


_CERTAINTY = ("confirmed", "asserted", "likely", "possible", "uncertain", "unconfirmed", "denied")
_ACTOR_TYPES = ("PER", "ORG", "GPE", "LOC", "PROD", "EVT", "GROUP")
_THEMES = {
    "code": pa.Column("str", pa.Check.str_matches(r"^medtop:\d{8}$")),
    "label": "str",
    "label_nb": "str",
    "level": "int64",
    "score": pa.Column("float64", pa.Check.in_range(0, 1)),
    "sentence_ids": _LIST,
    "words": _LIST,
}

#: Table name → its columns, in order, with their types and what may stand in them.
SCHEMAS: dict[str, pa.DataFrameSchema] = {
    "article": _schema(
        title=_TEXT,
        published=_TEXT,
        published_precision=_one_of("day", "month", "year", nullable=True),
        language=_one_of("nb", "nn"),
        looks_danish="bool",
        sha256="str",
        n_characters="int64",
        n_sentences="int64",
    ),
    "sentences": _schema(
        "sentence_id",
        sentence_id="int64",
        paragraph_id="int64",
        section=_TEXT,
        kind=_one_of("heading", "paragraph"),
        start="int64",
        end="int64",
        text="str",
    ),
    "mentions": _schema(
        "mention_id",
        mention_id="int64",
        actor_id="int64",
        sentence_id="int64",
        start="int64",
        end="int64",
        text="str",
        type=_one_of(*_ACTOR_TYPES),
    ),
    "actors": _schema(
        "actor_id",
        actor_id="int64",
        name="str",
        type=_one_of(*_ACTOR_TYPES),
        country=pa.Column("str", pa.Check.str_matches(r"^[A-Z]{3}$"), nullable=True),
        role=_TEXT,
        n_mentions="int64",
        n_statements="int64",
    ),
    # A row a mention, like `mentions`; a name that could not be placed has none.
    "places": _schema(
        "place_id",
        place_id="int64",
        actor_id=_ID,
        sentence_id="int64",
        start="int64",
        end="int64",
        text="str",
        name="str",
        kind=_one_of("settlement", "municipality", "region", "nature"),
        country=pa.Column("str", pa.Check.str_matches(r"^[A-Z]{3}$"), nullable=True),
        latitude=pa.Column("float64", pa.Check.in_range(-90, 90)),
        longitude=pa.Column("float64", pa.Check.in_range(-180, 180)),
        reach="float64",
        decided_by=_one_of("stated", "lexicon", "context", "norway", "population", "near"),
        quantity_id=_ID,
    ),
    "quantities": _schema(
        "quantity_id",
        quantity_id="int64",
        sentence_id="int64",
        start="int64",
        end="int64",
        text="str",
        low="float64",
        high="float64",
        unit="str",
        bound=_one_of("exact", "approx", "at_least", "at_most", "range"),
        dimension="str",
        base_low="float64",
        base_high="float64",
        base_unit="str",
        item=_TEXT,
        change=_TEXT,
        certainty=_one_of(*_CERTAINTY),
        statement_id=_ID,
    ),
    "dates": _schema(
        "date_id",
        date_id="int64",
        sentence_id="int64",
        start="int64",
        end="int64",
        text="str",
        date_from="str",
        date_to="str",
        precision="str",
        candidates=_LIST,
    ),
    "statements": _schema(
        "statement_id",
        statement_id="int64",
        sentence_id="int64",
        start="int64",
        end="int64",
        text="str",
        speaker=_TEXT,
        speaker_actor_id=_ID,
        speaker_start=_ID,
        speaker_end=_ID,
        cue=_TEXT,
        mode=_one_of("direct", "indirect"),
        named_source="bool",
        certainty=_one_of(*_CERTAINTY),
    ),
    "themes": _schema("code", **_THEMES),
    # Media Topics below the top level, each under a theme. They have a table of their own, so that
    # whoever counts `themes` counts what an editor files the article under.
    "subthemes": _schema("code", **_THEMES),
    "key_terms": _schema(term="str", count="int64", score="float64", sentence_ids=_LIST),
    "relations": _schema(
        source_actor_id="int64",
        target_actor_id="int64",
        kind=_one_of("co-mention", "verb", "statement"),
        verb=_TEXT,
        weight="float64",
        sentence_ids=_LIST,
    ),
}


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one article, one DataFrame a table; ``SCHEMAS`` has their columns."""

    text: str
    article: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    actors: pd.DataFrame
    places: pd.DataFrame
    quantities: pd.DataFrame
    dates: pd.DataFrame
    statements: pd.DataFrame
    themes: pd.DataFrame
    subthemes: pd.DataFrame
    key_terms: pd.DataFrame
    relations: pd.DataFrame

    def save(self, folder: str | Path) -> None:
        """Write ``article.txt`` and each table as Parquet and CSV; a file is replaced whole or not at all.

        Parquet holds the tables as they are. CSV is for other programs: lists are joined by semicolons, and text that
        a spreadsheet would take for a formula has an apostrophe before it.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "article.txt", self.text.encode())
        for name in SCHEMAS:
            table: pd.DataFrame = getattr(self, name)
            write_atomically(folder / f"{name}.parquet", table.to_parquet(index=False))
            write_atomically(folder / f"{name}.csv", _to_csv(table).encode())

    @classmethod
    def load(cls, folder: str | Path) -> "Extraction":
        """Read back what ``save`` wrote.

        Raises
        ------
        ArticleError
            A table is missing, or is not one that this version of Depesje writes.
        """
        folder = Path(folder)
        try:
            found = {
                name: SCHEMAS[name].validate(_lists(pd.read_parquet(folder / f"{name}.parquet")))
                for name in SCHEMAS
            }
            text = (folder / "article.txt").read_bytes().decode()
        except FileNotFoundError as error:
            raise ArticleError(
                f"{error.filename}: this table is missing; run notebooks/01_extract.ipynb (or `make report`) first."
            ) from None
        except (pa.errors.SchemaError, ArrowInvalid):
            raise ArticleError(
                f"{folder}: not the tables that this version of Depesje writes; run `make report` to write them anew."
            ) from None
        return cls(text=text, **found)


def from_doc(doc: Doc, language_code: str | None = None) -> Extraction:
    """Turn the components' findings into the tables.

    Parameters
    ----------
    doc
        A ``Doc`` that the whole pipeline has read.
    language_code
        ``nb`` or ``nn``; found from the words when None.

    Returns
    -------
    Extraction
    """
    sentences = _sentence_rows(doc)
    starts = [row["start"] for row in sentences]

    def sentence_at(offset: int) -> int:
        return max(bisect_right(starts, offset) - 1, 0)

    rows: dict[str, Rows] = {
        "article": [_article_row(doc, sentences, language_code)],
        "sentences": sentences,
        "mentions": [
            {"actor_id": actor_id, "sentence_id": sentence_at(m.start), **_spanned(m), "type": m.type}
            for actor_id, actor in enumerate(doc._.actors)
            for m in actor.mentions
        ],
        "actors": _actor_rows(doc),
        "places": [_place_row(p, sentence_at(p.start)) for p in doc._.places],
        "quantities": _quantity_rows(doc, sentence_at),
        "dates": [
            {
                "sentence_id": sentence_at(d.start),
                **_spanned(d),
                "date_from": d.date_from.isoformat(),
                "date_to": d.date_to.isoformat(),
                "precision": d.precision,
                "candidates": [day.isoformat() for day in d.candidates] if d.candidates else None,
            }
            for d in doc._.dates
        ],
        "statements": [_statement_row(s, sentence_at(s.start)) for s in doc._.statements],
        "themes": [_theme_row(t, sentence_at) for t in doc._.themes if t.level == 1],
        "subthemes": [_theme_row(t, sentence_at) for t in doc._.themes if t.level > 1],
        "key_terms": [
            {
                "term": t.term,
                "count": t.count,
                "score": t.score,
                "sentence_ids": _sentence_ids(t.spans, sentence_at),
            }
            for t in key_terms(doc)
        ],
        "relations": [
            {
                "source_actor_id": r.source,
                "target_actor_id": r.target,
                "kind": r.kind,
                "verb": r.verb,
                "weight": r.weight,
                "sentence_ids": _sentence_ids(r.sentences, sentence_at),
            }
            for r in doc._.relations
        ],
    }
    rows["mentions"].sort(key=lambda row: (row["start"], row["end"]))
    return Extraction(text=doc.text, **{name: _frame(name, found) for name, found in rows.items()})


def _frame(name: str, rows: Rows) -> pd.DataFrame:
    schema = SCHEMAS[name]
    key = f"{name.rstrip('s')}_id" if name != "quantities" else "quantity_id"
    if key in schema.columns:
        rows = [{key: number, **row} for number, row in enumerate(rows)]
    columns = {
        column: pd.Series([row[column] for row in rows], dtype=str(definition.dtype))
        for column, definition in schema.columns.items()
    }
    return schema.validate(pd.DataFrame(columns))


def _spanned(value: Any) -> dict[str, Any]:
    return {"start": value.start, "end": value.end, "text": value.text}


def _sentence_rows(doc: Doc) -> Rows:
    """One row a sentence, trimmed, cut where a block ends."""
    text, blocks = doc.text, doc._.blocks
    ends = [block.end for block in blocks]
    block_starts = [block.start for block in blocks]
    cuts = {block.start for block in blocks} | {block.end for block in blocks}
    cuts |= {sentence.start_char for sentence in doc.sents}
    positions = sorted(cuts | {len(text)})
    rows: Rows = []
    for start, end in pairwise(positions):
        number = bisect_right(block_starts, start) - 1
        piece = text[start:end]
        if number < 0 or start >= ends[number] or not piece.strip():
            continue
        first = start + len(piece) - len(piece.lstrip())
        block = blocks[number]
        rows.append(
            {
                "paragraph_id": number,
                "section": block.section,
                "kind": block.kind,
                "start": first,
                "end": first + len(piece.strip()),
                "text": piece.strip(),
            }
        )
    return rows


def _article_row(doc: Doc, sentences: Rows, language_code: str | None) -> dict[str, Any]:
    published = doc._.published
    return {
        "title": sentences[0]["text"] if sentences and sentences[0]["kind"] == "heading" else None,
        "published": published.isoformat() if published else None,
        "published_precision": published.precision if published else None,
        "language": language_code or language(doc.text),
        "looks_danish": looks_danish(doc.text),
        "sha256": hashlib.sha256(doc.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "n_characters": len(doc.text),
        "n_sentences": len(sentences),
    }


def _actor_rows(doc: Doc) -> Rows:
    speaking = [s.speaker_actor for s in doc._.statements]
    return [
        {
            "name": actor.name,
            "type": actor.type,
            "country": actor.country,
            "role": actor.role,
            "n_mentions": len(actor.mentions),
            "n_statements": speaking.count(actor_id),
        }
        for actor_id, actor in enumerate(doc._.actors)
    ]


def _place_row(place: PlaceMention, sentence_id: int) -> dict[str, Any]:
    return {
        "actor_id": place.actor,
        "sentence_id": sentence_id,
        **_spanned(place),
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "reach": place.reach,
        "decided_by": place.decided_by,
        "quantity_id": place.quantity,
    }


def _quantity_rows(doc: Doc, sentence_at: Any) -> Rows:
    claimed = _innermost(doc._.quantities, doc._.statements)
    return [
        {
            "sentence_id": sentence_at(q.start),
            **{field.name: getattr(q, field.name) for field in fields(q)},
            "certainty": q.certainty or certainty_of(doc, q.start, q.end),
            "statement_id": statement_id,
        }
        for q, statement_id in zip(doc._.quantities, claimed, strict=True)
    ]


def _innermost(values: Sequence[Any], statements: Sequence[Statement]) -> list[int | None]:
    """For each value the shortest statement that holds it; linear but for the few that overlap."""
    order = sorted(range(len(statements)), key=lambda i: statements[i].start)
    open_: list[int] = []
    position = 0
    found: dict[int, int | None] = {}
    for index in sorted(range(len(values)), key=lambda i: values[i].start):
        value = values[index]
        while position < len(order) and statements[order[position]].start <= value.start:
            open_.append(order[position])
            position += 1
        open_ = [i for i in open_ if statements[i].end >= value.end]
        found[index] = min(open_, key=lambda i: statements[i].end - statements[i].start, default=None)
    return [found[index] for index in range(len(values))]


def _statement_row(statement: Statement, sentence_id: int) -> dict[str, Any]:
    return {
        "sentence_id": sentence_id,
        **_spanned(statement),
        "speaker": statement.speaker,
        "speaker_actor_id": statement.speaker_actor,
        "speaker_start": statement.speaker_start,
        "speaker_end": statement.speaker_end,
        "cue": statement.cue,
        "mode": statement.mode,
        "named_source": statement.named_source,
        "certainty": statement.certainty,
    }


def _theme_row(theme: Theme, sentence_at: Any) -> dict[str, Any]:
    return {
        "code": theme.code,
        "label": theme.label_en,
        "label_nb": theme.label_nb,
        "level": theme.level,
        "score": theme.score,
        "sentence_ids": _sentence_ids(theme.sentences, sentence_at),
        "words": list(theme.words),
    }


def _sentence_ids(spans: Iterable[tuple[int, int]], sentence_at: Any) -> list[int]:
    return sorted({sentence_at(start) for start, _ in spans})


def _lists(table: pd.DataFrame) -> pd.DataFrame:
    """Parquet gives lists back as arrays; make them lists again."""
    for column in _LISTS & set(table.columns):
        cells = [None if cell is None else list(cell) for cell in table[column]]
        table[column] = pd.Series(cells, dtype="object", index=table.index)
    return table


def _to_csv(table: pd.DataFrame) -> str:
    flat = table.copy()
    for column in flat.columns:
        if column in _LISTS:
            flat[column] = [
                ";".join(map(str, cell)) if isinstance(cell, list) else cell for cell in flat[column]
            ]
        if column in _LISTS or isinstance(flat[column].dtype, pd.StringDtype):
            flat[column] = [
                spreadsheet_text(cell) if isinstance(cell, str) else cell for cell in flat[column]
            ]
    return flat.to_csv(index=False, lineterminator="\n")
