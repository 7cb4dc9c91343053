"""The places where a sentence names a source and hands content over to it."""

from collections.abc import Iterator
from dataclasses import replace

from depesje.attribution import Attribution
from depesje.attribution_nouns import Nouns
from depesje.attribution_phrases import SourcePhrases
from depesje.attribution_verbs import Verbs
from depesje.attribution_words import Words
from depesje.syntax import Sentence, Syntax


def attributions(syntax: Syntax) -> Iterator[list[Attribution]]:
    """The attributions of each sentence in turn."""
    finder = AttributionFinder(syntax)
    for sentence in syntax.sentences:
        yield finder.find(sentence)


class AttributionFinder:
    """Finds the attributions of one document.

    Parameters
    ----------
    syntax
        The document's sentences and relations.
    """

    def __init__(self, syntax: Syntax) -> None:
        words = Words(syntax)
        self.phrases = SourcePhrases(syntax, words)
        self.verbs = Verbs(syntax, words)
        self.nouns = Nouns(syntax, words)

    def find(self, sentence: Sentence) -> list[Attribution]:
        """The attributions of a sentence, in order of their cues."""
        found: list[Attribution] = []
        taken: set[int] = set()
        for i in range(sentence.first, sentence.last):
            if i in taken:
                continue
            attribution = (
                self.phrases.read(i, sentence) or self.verbs.read(i, sentence) or self.nouns.read(i, sentence)
            )
            if attribution:
                taken.update(attribution.cue)
                found.append(attribution)
        return _without_asides(found)


def _without_asides(found: list[Attribution]) -> list[Attribution]:
    """Let content end where another attribution begins behind it: `sier at …, skriver avisa`."""
    ends = [a.content[1] for a in found if a.kind == "backward" and a.content and a.group != "preposition"]
    if not ends:
        return found
    return [
        replace(a, content=(a.content[0], min([a.content[1], *(e for e in ends if e > a.content[0])])))
        if a.kind == "forward" and a.content
        else a
        for a in found
    ]
