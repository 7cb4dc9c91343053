"""Quantities: the amounts of a text with unit, bound, item and base value.

The component ``depesje_quantities`` reads the text with the scanner of `depesje.numerals`, finds the unit of each
numeral (``lexicon/units.toml``), decides by the words around (``lexicon/quantities.toml``) what a bare number is,
and leaves `depesje.annotations.Quantity` values on ``doc._.quantities``. Spans, values and units come from the text
alone; the pipeline's tags, parse and names refine the item and rule out numbers inside names.
"""

from depesje.quantities.component import QuantityExtractor, create_quantity_extractor
from depesje.quantities.units import to_base

__all__ = ["QuantityExtractor", "create_quantity_extractor", "to_base"]
