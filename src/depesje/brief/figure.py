"""A chart as a display."""

import pandas as pd

from depesje.brief.wording import Displays, article
from depesje.charts import Chart
from depesje.display import Column, Figure, Row, Table
from depesje.messages import translator
from depesje.tables import Extraction


def figure(chart: Chart | None, found: Extraction, language: str = "en") -> Displays:
    """A chart with its numbers as a table; nothing where there is no chart."""
    if chart is None:
        return ()
    data = chart.data
    shown = [name for name in data.columns if name != "sentence_ids"]
    evidence = data["sentence_ids"] if "sentence_ids" in data else [()] * len(data)
    rows = tuple(
        Row(tuple("" if pd.isna(cell) else str(cell) for cell in cells), tuple(ids))
        for cells, ids in zip(data[shown].itertuples(index=False), evidence, strict=True)
    )
    numbers = Table(
        id=f"{chart.name}-numbers",
        caption=translator(language).gettext("The numbers of the figure"),
        columns=tuple(Column(str(name), "quote" if name in chart.quoted else "text") for name in shown),
        rows=rows,
        language=language,
        article_language=article(found)["language"],
    )
    return (
        Figure(
            id=f"figure-{chart.name}",
            title=chart.title,
            svg=chart.svg,
            alt=f"{chart.title}. {chart.alt}",
            note=chart.note,
            source=chart.source,
            table=numbers,
            narrow=chart.narrow_svg,
            language=language,
        ),
    )
