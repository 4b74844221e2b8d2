"""Read items as clauses: noun phrases, verbs, prepositions and what belongs to which.

No tagger: the vocabulary says what each item may be, and word order does the rest. English is
read subject-verb-object; German verb-second and verb-last, with separable prefixes.
"""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.choice import (
    choose,
    denies_verb,
    is_adjective,
    is_noun,
    is_particle,
    looks_at,
    shades,
    verb_follows,
)
from lichtspiel.director.frames import Frame, Reading, Relation
from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import Cue, Heading, Left, Pace, Part, Particle, Preposition, Side, Words
from lichtspiel.director.openclause import OpenClause
from lichtspiel.director.openphrase import OpenPhrase
from lichtspiel.director.senses import (
    CueWord,
    Item,
    Measure,
    PlaceName,
    PronominalWord,
    Sense,
    ThingName,
    VerbWord,
    Word,
)
from lichtspiel.director.tokens import Token
from lichtspiel.screenplay import Action

_SENTENCE_ENDS = frozenset(".!?;:\n…")
_SILENT_MARKS = frozenset("\"'“”„«»’‘*_#")


def read_clauses(tokens: Sequence[Token], items: Sequence[Item], words: Words, language: Language) -> Reading:
    """Read all clauses of a prompt."""
    parser = _Parser(tokens, items, words, language)
    for at, item in enumerate(items):
        parser.take(at, item)
    parser.end_sentence()
    return parser.reading


class _Parser:
    """State of reading from left to right."""

    def __init__(
        self, tokens: Sequence[Token], items: Sequence[Item], words: Words, language: Language
    ) -> None:
        self.tokens, self.items, self.language = tokens, items, language
        self.reading = Reading()
        self.clause = OpenClause(tokens, language)
        self.noun = OpenPhrase(tokens, words, language, self.clause, self.reading)
        self.sentence = 0

    def take(self, at: int, item: Item) -> None:
        """Take the next item."""
        if item.mark:
            self._mark(item)
            return
        following = self.items[at + 1] if at + 1 < len(self.items) else None
        if not item.senses:
            self._unknown(item, following)
            return
        in_phrase = not self.noun.phrase.empty or self.noun.determined()
        sense = choose(item, following, in_phrase, self.clause.started, self.language)
        match sense:
            case Word():
                self._word(at, item, following)
            case CueWord():
                self._cue(at, item, sense, following)
            case VerbWord():
                self._verb_or_participle(item, sense, following)
            case Preposition():
                self._preposition(item, sense, following)
            case Particle():
                self.noun.finish(joins=False)
                self.clause.frame.particles.append((item, sense.particle))
            case PronominalWord():
                self.noun.finish(joins=False)
                self.noun.role = (item, sense.role)
                self.noun.take_head(item, Word("pronoun"), None)
            case Pace() | Heading():
                self._manner(item, sense)
            case Left():
                self.reading.left.append((item, sense.reason))
            case ThingName() | PlaceName() | Part():
                self.noun.take_head(item, sense, following)
            case _:
                self._modifier(item, sense, following)

    def _manner(self, item: Item, sense: Pace | Heading) -> None:
        if isinstance(sense, Pace):
            self.clause.frame.paces.append((item, sense.speed))
        else:
            self.clause.frame.headings.append((item, sense.to))

    def _modifier(self, item: Item, sense: Sense, following: Item | None) -> None:
        if isinstance(sense, Measure) and self._is_a_way(following):
            self._way(item, sense)
        elif isinstance(sense, Side) and self._is_adverb(item, following):
            self.reading.left.append((item, "directions are chosen by the stage"))
        else:
            self.noun.phrase.modifiers.append((item, sense))

    def _is_adverb(self, item: Item, following: Item | None) -> bool:
        """`rolls right into the bucket`, where English says no more than the word."""
        bare = self.language == "en" and item.end == item.start + 1
        return bare and not (is_noun(following) or is_adjective(following))

    def _is_a_way(self, following: Item | None) -> bool:
        """A length behind a verb is how far something goes: falls 2 m."""
        of_noun = self.noun.role is not None or is_noun(following) or is_adjective(following)
        verb = self.clause.frame.verb
        right_behind = not (self.clause.behind or self.clause.frame.relations)
        return verb is not None and right_behind and self.noun.phrase.empty and not of_noun

    def _way(self, item: Item, sense: Measure) -> None:
        verb = self.clause.frame.verb
        if verb and verb[1].verb.action in (Action.DROP, Action.FALL):
            self.clause.frame.amounts.append((item, CueWord(Cue(amount="height_m"), sense.metres)))
        else:
            self.reading.left.append((item, "how far it goes follows from the physics"))

    def _unknown(self, item: Item, following: Item | None) -> None:
        """A word nobody knows: behind an article it is a noun, and something does what follows."""
        more = is_noun(following) or is_adjective(following) or (following is not None and following.unknown)
        if (self.noun.determined() or self.noun.role) and not more:
            self.noun.phrase.head = item
            self.noun.complete()
        else:
            self.reading.left.append((item, ""))

    # --- marks and boundaries --------------------------------------------------------

    def _mark(self, item: Item) -> None:
        if item.mark in _SENTENCE_ENDS:
            self.end_sentence()
        elif item.mark not in _SILENT_MARKS:
            self._boundary(joins=True, by_and=False)

    def end_sentence(self) -> None:
        """Close the clause and forget what was pending."""
        self.noun.finish(joins=bool(self.noun.elided))
        self.noun.apposition()
        self._close()
        self.clause.boundary(joins=False, by_and=False)
        self.sentence += 1
        self.clause.be, self.clause.negation = False, None

    def _boundary(self, joins: bool, by_and: bool) -> None:
        self.noun.finish(joins)
        if self.clause.negation and self.clause.before:
            self._deny_nouns(self.clause.negation)
        if self.clause.frame.camera and not self.clause.frame.verb:
            self._close()
        self.clause.boundary(joins, by_and)

    def _deny_nouns(self, negation: Item) -> None:
        """No verb came: `no table, a cup falls`."""
        self.clause.negation = None
        if not negation.word("absent"):
            self.reading.left.append((negation, ""))
            return
        self.reading.evident.append((negation, "left out, as asked"))
        absent = [Relation("without", phrase, None) for phrase in self.clause.before]
        self.reading.frames.append(Frame(relations=absent))
        self.clause.before, self.clause.groups = [], []

    def _close(self) -> None:
        self._keep(self.clause.close())

    def _keep(self, frame: Frame | None) -> None:
        if frame is not None:
            self.reading.frames.append(frame)

    # --- closed classes ---------------------------------------------------------------

    def _word(self, at: int, item: Item, following: Item | None) -> None:
        if item.word("ground", "person"):
            self.noun.take_head(item, item.senses[0], following)
        elif item.word("relative") and self._is_relative(at, following):
            self._relative_clause()
        elif item.word("definite", "indefinite", "every", "both", "other"):
            self.noun.determine(item, following)
        elif item.word("absent"):
            self._absent(at, item)
        elif item.word("pronoun"):
            self.noun.take_head(item, Word("pronoun"), None)
        elif item.word("conjunction", "subordinator"):
            self._boundary(joins=item.word("conjunction"), by_and=item.word("conjunction"))
        elif item.word("sequel"):
            if self.language == "en":
                self._boundary(joins=False, by_and=False)
        else:
            self._small_word(item, following)

    def _absent(self, at: int, item: Item) -> None:
        """`no pin falls` denies its verb; `no text` and `a ball, no bucket` leave something out."""
        head = next(
            (other for other in self.items[at + 1 :] if not is_adjective(other) or is_noun(other)), None
        )
        apart = self.clause.frame.verb is not None and self.clause.bounded and not self.clause.recent
        if head is None or head.sense(ThingName) is None:
            reason = head.sense(Left) if head else None
            self.reading.left.append((item, reason.reason if reason else ""))
        elif self.noun.role or (apart and not verb_follows(self.items, item)):
            self.noun.role = (item, "without")
            self.reading.evident.append((item, "left out, as asked"))
        elif self.clause.frame.verb and not apart:
            self.clause.frame.negation = item
        else:
            self.clause.negation = item

    def _small_word(self, item: Item, following: Item | None) -> None:
        if item.word("negation", "almost"):
            behind = self.clause.frame.verb and self.language == "de"
            self.clause.negation = None if behind else item
            self.clause.frame.negation = item if behind else self.clause.frame.negation
        elif item.word("causative"):
            self.clause.frame.causative = True
        elif item.word("passive", "copula"):
            self.noun.finish(joins=False)
            closes = following is None or bool(following.mark) or following.word("conjunction")
            if self.language == "de" and self.clause.frame.verb and closes:
                self.clause.frame.passive = item.word("passive")
            else:
                self.clause.be = item.word("passive")
        elif item.word("together"):
            self.clause.frame.together.append(item)
        elif item.word("varied"):
            self.noun.phrase.modifiers.append((item, item.senses[0]))
        elif item.word("self_evident"):
            self.noun.role = None
            self.reading.evident.append((item, "follows from the physics"))
        elif item.word("tail"):
            self.noun.finish(joins=False)
            self.reading.evident.append((item, "part of the verb"))

    def _is_relative(self, at: int, following: Item | None) -> bool:
        if self.noun.last is None or self.noun.phrase.head or self.noun.determined():
            return False
        if self.language == "en":
            return not is_noun(following) and not is_adjective(following)
        previous = self.items[at - 1] if at else None
        return bool(previous and previous.mark == ",") and not (is_noun(following) or is_adjective(following))

    def _relative_clause(self) -> None:
        noun = self.noun.last
        assert noun is not None
        self.noun.finish(joins=False)
        if self.clause.frame.verb or noun not in self.clause.before:
            self._close()
            self.clause.restart(noun)
        self.clause.recent, self.clause.joined = [], False

    # --- verbs, prepositions, cues ----------------------------------------------------------

    def _verb_or_participle(self, item: Item, sense: VerbWord, following: Item | None) -> None:
        text = self.tokens[item.end - 1].key
        bent = text.endswith(("ing", "ed", "en")) if self.language == "en" else "nd" in text[-4:]
        opens = not self.clause.started and text.endswith("ing")
        if bent and (is_noun(following) or is_adjective(following)) and (self.noun.determined() or opens):
            self.noun.phrase.modifiers.append((item, sense))
            return
        self.noun.finish(joins=bool(self.noun.elided))
        self.noun.apposition()
        self._keep(self.clause.introduced())
        if self.clause.frame.verb:
            self._keep(self.clause.next(self.noun.last if sense.verb.static else None))
        self.clause.take_verb(item, sense, text)

    def _preposition(self, item: Item, sense: Preposition, following: Item | None) -> None:
        role = sense.role
        if role in ("of", "from") and self.noun.phrase.share is None and self.noun.only_number():
            self.noun.number_is_share()
            return
        if role in ("of", "from") and self.noun.formation_open():
            return
        denies = role == "without" and denies_verb(self.tokens, self.items, item, self.language)
        if denies or (role in ("after", "until") and verb_follows(self.items, item)):
            self._boundary(joins=False, by_and=False)
            if denies:
                self.clause.negation, self.clause.infinitive = item, self.language == "de"
            return
        particle = item.sense(Particle)
        if (
            particle
            and self.language == "en"
            and is_particle(self.clause.frame.verb, item, particle, following)
        ):
            self.clause.frame.particles.append((item, particle.particle))
            return
        self.noun.finish(joins=False)
        if sense.motion and self.noun.text(item) in ("ans", "ins", "aufs"):
            role = sense.motion
        self.noun.role = (item, role)

    def _cue(self, at: int, item: Item, sense: CueWord, following: Item | None) -> None:
        one_light = set(sense.cue.setting) == {"light"} and item.end - item.start == 1
        if (one_light or (sense.cue.look and self.noun.begun())) and shades(following):
            self.reading.left.append((item, "shades of a thing's own colour have no slot yet"))
            return
        if not (one_light and is_noun(following)):
            self.noun.finish(joins=False)
        self.reading.cues.append((item, sense, self.sentence))
        if sense.cue.amount in ("at_s", "height_m"):
            self.clause.frame.amounts.append((item, sense))
        if sense.cue.camera and looks_at(self.items[at + 1 :]):
            if self.clause.started:
                self._close()
            self.clause.frame.camera = True
