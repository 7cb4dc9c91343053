"""Attribution: what a cue, its source and the content handed over to it look like."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["forward", "backward", "previous", "colon", "headless"]
#: A noun phrase by its tokens: first, last (exclusive), head.
Phrase = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with its source and, where the sentence has it, its content.

    Attributes
    ----------
    kind
        Where the content stands: after the cue, before it in the sentence, in the sentences before, after a colon;
        ``headless`` is a heading that begins with the cue and leaves its subject out.
    cue
        Tokens of the cue.
    source
        Tokens of the noun phrase that names the source (first, last exclusive, head), or None.
    content
        Characters of the content; of ``previous`` and ``colon`` it is filled in by the paragraph.
    rest
        Content that goes on behind the attribution.
    certainty
        What the cue lends to its content.
    """

    kind: Kind
    sentence: int
    cue: tuple[int, ...]
    source: Phrase | None
    content: tuple[int, int] | None
    certainty: str
    rest: tuple[int, int] | None = None
    #: The cue's group in the lexicon; ``preposition``, ``noun`` or ``open`` for those that are in none.
    group: str = "open"
