"""Words: whether a token can be a source, or a verb of saying."""

from depesje.attribution import Phrase
from depesje.cues import cue_forms, is_document, is_people, listed
from depesje.syntax import Syntax

#: Tokens behind a verb among which the words that complete it stand.
_COMPLETED = 6
_NEVER_SOURCES = frozenset({"VERB", "AUX", "ADP", "ADV", "SCONJ", "PART", "PUNCT", "CCONJ"})


class Words:
    """Answers what the words of one document can be."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.doc = syntax.doc

    def is_person(self, source: Phrase) -> bool:
        """Whether a source can act: a name, a pronoun of persons, a noun of people."""
        head = self.doc[source[2]]
        if head.ent_type_ or head.pos_ in {"PROPN", "PRON", "NUM", "DET", "ADJ"} or not self.syntax.tagged:
            return True
        return is_people(head)

    def is_abstract(self, head: int) -> bool:
        token = self.doc[head]
        return token.lower_.endswith(tuple(listed("people", "abstract"))) or is_document(token)

    def is_det(self, i: int) -> bool:
        return self.doc[i].lower_ in {"det", "dette"}

    def can_speak(self, i: int) -> bool:
        token = self.doc[i]
        if token.lower_ in listed("not_speakers", "pronouns"):
            tied = (self.doc[c] for c in self.syntax.children[i] if c > i)
            return any(c.dep_ == "FLAT" or c.lower_ == "av" for c in tied)  # `Det hvite hus`, `en av dem`
        is_word = any(map(str.isalnum, token.text))
        if not is_word or self.is_time(i):
            return False
        return token.pos_ not in _NEVER_SOURCES and token.lower_ != "å"

    def is_time(self, i: int) -> bool:
        """Whether a noun tells when, not who (Dag and Vår are names)."""
        token = self.doc[i]
        is_name = token.ent_type_ == "PER" or token.pos_ == "PROPN"
        return not is_name and token.lemma_.lower() in listed("not_speakers", "times")

    def may_act(self, head: int) -> bool:
        return self.can_speak(head) and (
            self.is_person((head, head + 1, head)) or is_document(self.doc[head])
        )

    def takes_names(self, i: int) -> bool:
        """Whether the verb at `i` calls somebody something: `Moe kalte Berg en venn`."""
        return any("names" in cue.takes for cue in cue_forms().get(self.doc[i].lower_, ()))

    def is_saying(self, i: int) -> bool:
        """Whether a token can be a cue by itself, also one for direct speech alone."""
        return any(not cue.particles for cue in cue_forms().get(self.doc[i].lower_, ()))

    def is_cue(self, i: int) -> bool:
        """Whether a token is a finite verb of saying with the words that complete it."""
        cues = cue_forms().get(self.doc[i].lower_, ())
        behind = [t.lower_ for t in self.doc[i + 1 : i + _COMPLETED]]
        return any(cue.finite and cue.takes and all(p in behind for p in cue.particles) for cue in cues)

    def outer_cue(self, i: int) -> int | None:
        """The cue that a cue without subject goes with, where the parse puts it into the other's content.

        `Hun mener at broen er farlig og krever at den stenges`: she demands, not the bridge.
        """
        doc, syntax = self.doc, self.syntax
        if (
            doc[i].dep_ != "KOORD"
            or syntax.child(i, "SUBJ", "FSUBJ", "SBU") is not None
            or not syntax.is_finite(i)
        ):
            return None
        at = doc[i].head.i
        for _ in range(8):
            head = doc[at].head.i
            if head == at or head >= i:
                return None
            if self.is_cue(head) and doc[head].morph.get("Tense", []) == doc[i].morph.get("Tense", []):
                return head if syntax.subject(head) is not None else None
            at = head
        return None

    def trails(self, k: int) -> int:
        """Tokens behind the source that belong to it: a bracket (`(Sp)`) or closing mark."""
        doc = self.doc
        if doc[k].text == "(":
            return next((n + 1 for n in range(1, 6) if k + n < len(doc) and doc[k + n].text == ")"), 0)
        return 1 if doc[k].text in {")", "»", '"', "”"} else 0
