"""Charts of a briefing: from the tables to SVG, each with its message, its alt text and its numbers.

Every function takes tables of the contract and a language of the briefing, and gives a `Chart`, or None where there is
nothing to show. The same tables give the same bytes.
"""

from typing import TYPE_CHECKING

from depesje.charts.actors import actors_chart
from depesje.charts.canvas import Chart
from depesje.charts.map import map_chart
from depesje.charts.network import network_chart
from depesje.charts.quantities import quantities_chart
from depesje.charts.statements import statements_chart
from depesje.charts.themes import themes_chart
from depesje.charts.timeline import timeline_chart

if TYPE_CHECKING:
    from depesje.tables import Extraction

__all__ = [
    "Chart",
    "actors_chart",
    "briefing_charts",
    "map_chart",
    "network_chart",
    "quantities_chart",
    "statements_chart",
    "themes_chart",
    "timeline_chart",
]


def briefing_charts(found: "Extraction", language: str = "en") -> dict[str, Chart]:
    """All charts that the tables have something for.

    Parameters
    ----------
    found
        The tables of one article.
    language
        The language of titles, labels and notes, a key of ``depesje.messages.LOCALES``.

    Returns
    -------
    dict
        By name, in the order of a briefing: ``actors``, ``network``, ``map``, ``quantities``, ``timeline``,
        ``statements``, ``themes``; without those that would be empty.
    """
    drawn = [
        actors_chart(found.actors, found.mentions, language),
        network_chart(found.actors, found.relations, language),
        map_chart(found.places, found.actors, found.mentions, found.quantities, language),
        quantities_chart(found.quantities, found.statements, language),
        timeline_chart(found.dates, found.article, language),
        statements_chart(found.statements, language),
        themes_chart(found.themes, found.sentences, language),
    ]
    return {chart.name: chart for chart in drawn if chart is not None}
