"""Read items as clauses: noun phrases, verbs, prepositions and what belongs to which.

No tagger: the vocabulary says what each item may be, and word order does the rest. English is
read subject-verb-object; German verb-second and verb-last, with separable prefixes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from lichtspiel.director.choice import (
    choose,
    is_adjective,
    is_noun,
    is_particle,
    looks_at,
    shades,
    starts_noun_phrase,
    verb_follows,
)
from lichtspiel.director.frames import Frame, NounPhrase, Reading, Relation
from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import (
    Formation,
    Left,
    Number,
    Pace,
    Part,
    Particle,
    Preposition,
    Role,
    Size,
    Words,
)
from lichtspiel.director.openclause import OpenClause
from lichtspiel.director.senses import (
    ColourName,
    CueWord,
    Item,
    MaterialName,
    PlaceName,
    PronominalWord,
    Sense,
    ThingName,
    VerbWord,
    Word,
)
from lichtspiel.director.tokens import Token

_DETERMINERS: tuple[Literal["every", "both", "other", "indefinite", "definite"], ...] = (
    "every", "both", "other", "indefinite", "definite",
)  # fmt: skip
_SENTENCE_ENDS = frozenset(".!?;:\n…")
_SILENT_MARKS = frozenset("\"'“”„«»’‘*_#")
_SURFACE_ROLES: frozenset[Role] = frozenset(
    {"on", "onto", "into", "in", "across", "above", "against", "at", "down", "along", "through", "from"}
)
_ELLIPTIC = (ColourName, MaterialName, Size, Number)
"""Adjectives that may stand for a noun to come: a red and a blue ball."""


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
        self.tokens, self.items, self.words, self.language = tokens, items, words, language
        self.reading = Reading()
        self.clause = OpenClause(tokens, language)
        self.phrase = NounPhrase()
        self.role: tuple[Item, Role] | None = None
        self.last: NounPhrase | None = None
        self.elided: list[NounPhrase] = []
        self.sentence = 0
        self.be = False  # a form of `be` or `werden` waits for its verb
        self.negation: Item | None = None  # waits for its verb

    def take(self, at: int, item: Item) -> None:
        """Take the next item."""
        if item.mark:
            self._mark(item)
            return
        following = self.items[at + 1] if at + 1 < len(self.items) else None
        if not item.senses:
            self._unknown(item, following)
            return
        in_phrase = not self.phrase.empty or self._determined()
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
                self._finish_phrase(joins=False)
                self.clause.frame.particles.append((item, sense.particle))
            case PronominalWord():
                self._finish_phrase(joins=False)
                self.role = (item, sense.role)
                self._noun(item, Word("pronoun"), None)
            case Pace():
                self.clause.frame.paces.append((item, sense.speed))
            case Left():
                self.reading.left.append((item, sense.reason))
            case ThingName() | PlaceName() | Part():
                self._noun(item, sense, following)
            case _:
                self.phrase.modifiers.append((item, sense))

    def _unknown(self, item: Item, following: Item | None) -> None:
        """A word nobody knows: behind an article it is a noun, and something does what follows."""
        more = is_noun(following) or is_adjective(following) or (following is not None and following.unknown)
        if (self._determined() or self.role) and not more:
            self.phrase.head = item
            self._complete()
        else:
            self.reading.left.append((item, ""))

    def _determined(self) -> bool:
        return self.phrase.determiner != "none"

    def _text(self, item: Item) -> str:
        return " ".join(token.key for token in self.tokens[item.start : item.end])

    # --- marks and boundaries --------------------------------------------------------

    def _mark(self, item: Item) -> None:
        if item.mark in _SENTENCE_ENDS:
            self.end_sentence()
        elif item.mark not in _SILENT_MARKS:
            self._boundary(joins=True, by_and=False)

    def end_sentence(self) -> None:
        """Close the clause and forget what was pending."""
        self._finish_phrase(joins=bool(self.elided))
        self._apposition()
        self._close()
        self.clause.boundary(joins=False, by_and=False)
        self.sentence += 1
        self.be, self.negation = False, None

    def _boundary(self, joins: bool, by_and: bool) -> None:
        self._finish_phrase(joins)
        if self.clause.frame.camera and not self.clause.frame.verb:
            self._close()
        self.clause.boundary(joins, by_and)

    def _close(self) -> None:
        self._keep(self.clause.close())

    def _keep(self, frame: Frame | None) -> None:
        if frame is not None:
            self.reading.frames.append(frame)

    # --- closed classes ---------------------------------------------------------------

    def _word(self, at: int, item: Item, following: Item | None) -> None:
        if item.word("ground", "person"):
            self._noun(item, item.senses[0], following)
        elif item.word("relative") and self._is_relative(at, following):
            self._relative_clause()
        elif item.word("definite", "indefinite", "every", "both", "other"):
            self._determiner(item, following)
        elif item.word("pronoun"):
            self._noun(item, Word("pronoun"), None)
        elif item.word("conjunction", "subordinator"):
            self._boundary(joins=item.word("conjunction"), by_and=item.word("conjunction"))
        elif item.word("sequel"):
            if self.language == "en":
                self._boundary(joins=False, by_and=False)
        else:
            self._small_word(item, following)

    def _small_word(self, item: Item, following: Item | None) -> None:
        if item.word("negation"):
            behind = self.clause.frame.verb and self.language == "de"
            self.negation = None if behind else item
            self.clause.frame.negation = item if behind else self.clause.frame.negation
        elif item.word("causative"):
            self.clause.frame.causative = True
        elif item.word("passive", "copula"):
            self._finish_phrase(joins=False)
            closes = following is None or bool(following.mark) or following.word("conjunction")
            if self.language == "de" and self.clause.frame.verb and closes:
                self.clause.frame.passive = item.word("passive")
            else:
                self.be = item.word("passive")
        elif item.word("together"):
            self.clause.frame.together.append(item)
        elif item.word("varied"):
            self.phrase.modifiers.append((item, item.senses[0]))
        elif item.word("self_evident"):
            self.role = None
            self.reading.evident.append((item, "follows from the physics"))
        elif item.word("tail"):
            self._finish_phrase(joins=False)
            self.reading.evident.append((item, "part of the verb"))

    def _is_relative(self, at: int, following: Item | None) -> bool:
        if self.last is None or self.phrase.head or self._determined():
            return False
        if self.language == "en":
            return not is_noun(following) and not is_adjective(following)
        previous = self.items[at - 1] if at else None
        return bool(previous and previous.mark == ",") and not (is_noun(following) or is_adjective(following))

    def _relative_clause(self) -> None:
        noun = self.last
        assert noun is not None
        self._finish_phrase(joins=False)
        if self.clause.frame.verb or noun not in self.clause.before:
            self._close()
            self.clause.restart(noun)
        self.clause.recent, self.clause.joined = [], False

    def _determiner(self, item: Item, following: Item | None) -> None:
        if self.phrase.share is None and self._only_number() and item.word("definite"):
            self._number_is_share()
        elif self.phrase.modifiers:
            self._finish_phrase(joins=False)
        kind = next(kind for kind in _DETERMINERS if item.word(kind))
        if kind in ("definite", "indefinite") and self.phrase.determiner in ("every", "both"):
            return
        self.phrase.determiner = kind
        self._case(item)
        if kind in ("every", "both", "other"):
            self.phrase.modifiers.append((item, Word(kind)))
            if not starts_noun_phrase(following):
                self._finish_phrase(joins=False)

    def _case(self, item: Item) -> None:
        """German accusative behind `auf` or `in` means motion."""
        if self.language != "de" or not self.role:
            return
        preposition = self.role[0].sense(Preposition)
        if preposition and preposition.motion and self._text(item) in self.words.accusative:
            self.role = (self.role[0], preposition.motion)

    # --- noun phrases --------------------------------------------------------------------

    def _only_number(self) -> bool:
        return [type(sense) for _, sense in self.phrase.modifiers] == [Number]

    def _number_is_share(self) -> None:
        item, sense = self.phrase.modifiers.pop()
        assert isinstance(sense, Number)
        self.phrase.share = (item, sense.value)

    def _noun(self, item: Item, sense: Sense, following: Item | None) -> None:
        compound = (
            self.language == "en"
            and following is not None
            and not isinstance(sense, Word)
            and (following.sense(Part) is not None or following.word("ground"))
            and following.sense(VerbWord) is None
        )
        if compound:  # table edge, kitchen floor
            self.phrase.modifiers.append((item, sense))
            return
        self.phrase.head = item
        self.phrase.modifiers.extend((item, modifier) for modifier in item.modifiers)
        self._complete()

    def _complete(self) -> None:
        phrase, self.phrase = self.phrase, NounPhrase()
        for elided in self.elided:
            elided.kin = phrase
        self.elided.clear()
        role, self.role = self.role, None
        phrase.camera = self.clause.frame.camera
        previous, self.last = self.last, phrase
        of_part = previous is not None and previous.head is not None and previous.head.sense(Part) is not None
        if previous and of_part and role and (role[1] == "of" or self._text(role[0]) == "von"):
            previous.owner = phrase
            self.last = previous
        elif role and not self._looked_at():
            beside = previous if previous and self._stands_before(previous, role[0]) else None
            self.clause.relate(Relation(role[1], phrase, beside))
        elif previous and of_part and self._genitive(phrase):
            previous.owner = phrase
        else:
            self.clause.add(phrase)
        self._participles(phrase)

    def _looked_at(self) -> bool:
        """The first noun phrase behind a camera word: close-up of a coin spinning."""
        return self.clause.frame.camera and not self.clause.started

    def _genitive(self, phrase: NounPhrase) -> bool:
        """Kante des Tisches."""
        return (
            phrase.head is not None
            and phrase.head.start > 0
            and self.tokens[phrase.head.start - 1].key == "des"
        )

    @staticmethod
    def _stands_before(phrase: NounPhrase, item: Item) -> bool:
        return phrase.head is not None and phrase.head.end >= item.start - 1

    def _participles(self, phrase: NounPhrase) -> None:
        """`a spinning coin` is a clause of its own; `a toppled bucket` is a state, not a deed."""
        for item, sense in phrase.modifiers:
            text = self.tokens[item.start].key
            if isinstance(sense, VerbWord) and text.endswith(
                ("ing", "nd", "nde", "nder", "ndes", "nden", "ndem")
            ):
                self.reading.frames.append(Frame(verb=(item, sense), subjects=[phrase]))
            elif isinstance(sense, VerbWord):
                self.reading.left.append((item, "how a thing is at the start has no slot yet"))

    def _finish_phrase(self, joins: bool) -> None:
        """A noun phrase that ends without a noun."""
        phrase = self.phrase
        kinds = {type(sense) for _, sense in phrase.modifiers}
        role = self.role[1] if self.role else None
        surface = role in _SURFACE_ROLES and MaterialName in kinds <= {MaterialName, ColourName}
        elliptic = bool(kinds) and kinds <= set(_ELLIPTIC)
        if phrase.empty:
            self.phrase, self.role = NounPhrase(), None
        elif surface:
            self._complete()
        elif self.clause.frame.verb and not role and self._only_number() and not phrase.share:
            self._number_is_share()
            self._complete()
        elif joins and elliptic and (self._determined() or kinds == {Number, ColourName}):
            self.phrase, self.role = NounPhrase(), None
            self.elided.append(phrase)
            phrase.camera = self.clause.frame.camera
            self.clause.add(phrase)
        elif joins and self._determined() and not self.role:
            return  # a striped and shiny ball: the noun is still to come
        elif self._only_formation(kinds) or (
            kinds <= {Number, Word} and phrase.determiner in ("every", "both")
        ):
            self._complete()
        else:
            self._postposed(phrase)

    def _only_formation(self, kinds: set[type]) -> bool:
        """`the tower`: the stack that was spoken of."""
        role = self.role[1] if self.role else None
        named = self.phrase.determiner == "definite" and role is None
        return kinds == {Formation} and (named or (role in _SURFACE_ROLES and role != "in"))

    def _postposed(self, phrase: NounPhrase) -> None:
        """Adjectives behind their noun: made of steel, in a row, the ball is red."""
        role = self.role[1] if self.role else None
        alone = role is None and not self.be and phrase.determiner == "indefinite"
        if alone or role in ("with", "by", "between"):
            self._nameless(phrase)
            return
        bare_of = self.role is not None and self._text(self.role[0]) == "of"
        self.phrase, self.role = NounPhrase(), None
        before = self.clause.before
        target = before[0] if before and self.be and not self.clause.frame.verb else self.last
        if target is not None:
            (target.contents if bare_of else target.modifiers).extend(phrase.modifiers)
        else:
            self.reading.left.extend((item, "no thing stands with it") for item, _ in phrase.modifiers)

    def _apposition(self) -> None:
        """`three marbles, one red and one blue`: no noun came, so they speak of the one before."""
        for elided in self.elided:
            elided.kin, elided.apposition = self.last, True
        self.elided.clear()

    def _nameless(self, phrase: NounPhrase) -> None:
        """`a rolling orange`: something the library does not hold."""
        self.phrase, self.role = NounPhrase(), None
        phrase.nameless = True
        self.clause.add(phrase)

    # --- verbs, prepositions, cues ----------------------------------------------------------

    def _verb_or_participle(self, item: Item, sense: VerbWord, following: Item | None) -> None:
        text = self.tokens[item.end - 1].key
        bent = text.endswith(("ing", "ed", "en")) if self.language == "en" else "nd" in text[-4:]
        opens = not self.clause.started and text.endswith("ing")
        if bent and (is_noun(following) or is_adjective(following)) and (self._determined() or opens):
            self.phrase.modifiers.append((item, sense))
            return
        self._finish_phrase(joins=bool(self.elided))
        self._apposition()
        self._keep(self.clause.introduced())
        if self.clause.frame.verb:
            self._keep(self.clause.next(self.last if sense.verb.static else None))
        self.clause.take_verb(item, sense, text)
        self.clause.frame.passive, self.be = self.be, False
        self.clause.frame.negation, self.negation = self.negation, None

    def _preposition(self, item: Item, sense: Preposition, following: Item | None) -> None:
        role = sense.role
        if role in ("of", "from") and self.phrase.share is None and self._only_number():
            self._number_is_share()
            return
        if role in ("of", "from") and self._formation_open():
            return
        if role in ("without", "after", "until") and verb_follows(self.items, item):
            self._boundary(joins=False, by_and=False)
            self.negation = item if role == "without" else self.negation
            return
        particle = item.sense(Particle)
        if (
            particle
            and self.language == "en"
            and is_particle(self.clause.frame.verb, item, particle, following)
        ):
            self.clause.frame.particles.append((item, particle.particle))
            return
        self._finish_phrase(joins=False)
        if sense.motion and self._text(item) in ("ans", "ins", "aufs"):
            role = sense.motion
        self.role = (item, role)

    def _formation_open(self) -> bool:
        return bool(self.phrase.modifiers) and isinstance(self.phrase.modifiers[-1][1], Formation)

    def _cue(self, at: int, item: Item, sense: CueWord, following: Item | None) -> None:
        one_light = set(sense.cue.setting) == {"light"} and item.end - item.start == 1
        if (one_light or (sense.cue.look and self._determined_or_counted())) and shades(following):
            self.reading.left.append((item, "shades of a thing's own colour have no slot yet"))
            return
        if not (one_light and is_noun(following)):
            self._finish_phrase(joins=False)
        self.reading.cues.append((item, sense, self.sentence))
        if sense.cue.amount in ("at_s", "height_m"):
            self.clause.frame.amounts.append((item, sense))
        if sense.cue.camera and looks_at(self.items[at + 1 :]):
            if self.clause.started:
                self._close()
            self.clause.frame.camera = True

    def _determined_or_counted(self) -> bool:
        return self._determined() or bool(self.phrase.modifiers)
