"""Sources resolved to actors: names, pronouns (`sier han`) and definite descriptions (`statsministeren mener`)."""

from collections.abc import Collection
from dataclasses import replace

from depesje.cues import is_document, word_class
from depesje.discourse import Discourse, Speaker
from depesje.speaker_descriptions import Descriptions
from depesje.speaker_names import Names
from depesje.speaker_pronouns import FEMALE, MALE, PLURAL, POSSESSIVE, Pronouns
from depesje.syntax import Sentence, Syntax

#: Tokens of a sentence that are looked through for a writing.
_LOOKED_AT = 60


class SpeakerResolver:
    """Resolves the sources of one document, called in the order of the text.

    Parameters
    ----------
    syntax
        The document's sentences and relations; ``doc._.actors`` is read.
    quoted
        The sentences of direct speech, by index: whom they name is talked about.
    """

    def __init__(self, syntax: Syntax, quoted: Collection[int] = ()) -> None:
        self.doc = syntax.doc
        self.discourse = Discourse(syntax, quoted)
        self.names = Names(self.discourse)
        self.descriptions = Descriptions(self.discourse)
        self.pronouns = Pronouns(self.discourse, self.names, self.descriptions)

    def resolve(self, source: tuple[int, int, int]) -> Speaker | None:
        """Resolve a noun phrase.

        Parameters
        ----------
        source
            First token, last token (exclusive) and head of the noun phrase.

        Returns
        -------
        Speaker or None
            None if the phrase is a pronoun that nobody in the text fits.
        """
        first, last, head = source
        if not any(map(str.isalnum, self.doc[first:last].text)):
            return None
        lower = self.doc[head].lower_
        is_name = head in self.discourse.by_token
        if not is_name and ((last - first == 1 and lower in MALE | FEMALE) or lower in POSSESSIVE):
            return self.pronouns.person(head)
        if last - first == 1 and lower in PLURAL:
            return self.pronouns.several(head)
        if last - first == 1 and lower in word_class("written_there"):
            return self._written_there(head)
        joint = self.names.joint(first, last, head)
        if joint:
            return joint
        return (
            self.names.named(first, last, head)
            or self.descriptions.described(first, last, head)
            or self.discourse.unnamed(first, last)
        )

    def _written_there(self, head: int) -> Speaker | None:
        """`Der går det fram at …`: the writing or newspaper in which the sentence before says that something stands."""
        syntax = self.discourse.syntax
        before = syntax.sentences[max(0, syntax.sentence_of(head).index - 1)]
        for k in range(before.last - 1, max(before.first, before.last - _LOOKED_AT) - 1, -1):
            inner = syntax.child(k, "PUTFYLL") if self.doc[k].lower_ in word_class("written_in") else None
            if inner is None or not (inner in self.discourse.by_token or is_document(self.doc[inner])):
                continue
            if inner in self.discourse.by_token and self.doc[inner].ent_type_ not in {"ORG", "PROD"}:
                continue
            found = self.resolve((*syntax.noun_phrase(inner), inner))
            here = self.doc[head]
            return found and replace(found, start=here.idx, end=here.idx + len(here))
        return None

    def person_at(self, token: int) -> Speaker | None:
        """The person whose name stands at a token, or whom a pronoun or noun there means."""
        named = self.discourse.by_token.get(token)
        if named:
            return self.discourse.speaker(*named) if self.discourse.is_person(token) else None
        if self.doc[token].lower_ in MALE | FEMALE:
            return self.pronouns.person(token)
        return self.descriptions.person(token)

    def read_subjects(self, sentence: Sentence) -> None:
        """Note whom the article's own sentence is about, where it uses a noun: a pronoun may take that up."""
        if self.discourse.is_quoted(sentence):
            return
        for k in range(sentence.first, min(sentence.last, sentence.first + _LOOKED_AT)):
            if self.doc[k].dep_ == "SUBJ" and k not in self.discourse.by_token:
                found = self.descriptions.person(k)
                if found is not None and found.actor is not None:
                    self.discourse.mention(found.actor, k)

    def is_person_like(self, speaker: Speaker) -> bool:
        """Whether a speaker is a person or unnamed people, so that a dash without attribution may be theirs."""
        if speaker.actor is not None and self.doc._.actors[speaker.actor].type not in {"PER", "GROUP"}:
            return False
        span = self.doc.char_span(speaker.start, speaker.end, alignment_mode="expand")
        return speaker.named or span is None or not is_document(span.root)
