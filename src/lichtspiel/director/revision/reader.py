"""Read an instruction from left to right, and do what it says to the film."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lichtspiel.director.acting_lexicon import Manner, OutcomeWord
from lichtspiel.director.lexicon import Number, Preposition
from lichtspiel.director.people_ages import Age
from lichtspiel.director.people_lexicon import BodyWord, HairShape, Pattern, Quality, Shade
from lichtspiel.director.people_senses import GarmentName, HairName, KindName, RoleName, Span, ToneName
from lichtspiel.director.quotes import Quote
from lichtspiel.director.revision import on_film, on_people, on_things, things
from lichtspiel.director.revision.lexicon import Degree, Found, Mark, revision_lexicon
from lichtspiel.director.revision.on_people import PRONOUNS, THING_PRONOUNS
from lichtspiel.director.revision.state import State, stranger
from lichtspiel.director.senses import CueWord, Item, MaterialName, PlaceName, ThingName, VerbWord
from lichtspiel.director.tokens import Token
from lichtspiel.director.verb_phrases import Act, Told
from lichtspiel.director.vocabulary import Vocabulary, names_of
from lichtspiel.screenplay import Relation

_PEOPLE_WORDS = (Quality, HairShape, Pattern, Shade, ToneName, Age, Manner)
_STANDING: Mapping[str, Relation] = {
    "on": Relation.ON, "onto": Relation.ON, "under": Relation.UNDER, "beside": Relation.BESIDE,
    "behind": Relation.BEHIND, "in_front_of": Relation.IN_FRONT_OF, "above": Relation.ABOVE,
    "against": Relation.AGAINST, "in": Relation.IN, "into": Relation.IN,
}  # fmt: skip


class Reader:
    """Takes an instruction word by word."""

    def __init__(self, state: State) -> None:
        self.state = state

    def mark(self, found: Found) -> None:
        """Take a phrase of the sheet of instructions."""
        item = Item(found.start, found.end)
        if isinstance(found.sense, Degree):
            on_film.degree(self.state, item, found.sense)
            return
        kind = found.sense.kind
        clause = self.state.clause
        if kind in ("set", "swap", "remove", "add"):
            self.flush()
            clause.mode, clause.marked = kind, True
        elif kind == "into":
            clause.into = True
        elif kind == "instead_of":
            clause.mode, clause.marked = "instead_of", True
        elif kind == "instead":
            clause.marked = True
            if clause.fresh is not None and not clause.into:
                on_things.swap_main(self.state)
        elif kind == "more":
            self.state.more = item
            clause.marked = True
        elif kind == "fewer":
            clause.mode, clause.marked = "remove", True
            self.state.number = self.state.number or (item, 1)
        elif kind == "everything":
            clause.things = [prop.id for prop in self.state.film.screenplay.props]
        elif kind in ("same", "also"):
            clause.marked = True

    def ordinal(self, item: Item, number: int) -> None:
        """One of several alike things: any of them will do."""
        self.state.number = (item, 1)
        self.state.ledger.realise(item, "props", f"number {number} of them: they are alike")

    def take(self, span: Span, following: Span | None, before: Span | None) -> None:
        """Take a span that is no phrase of the sheet."""
        if self._film_word(span, before) or self._people_word(span):
            return
        state, item = self.state, span.item
        if number := item.sense(Number):
            state.number = (item, number.value)
        elif name := self._thing_name(span, following, before):
            on_things.thing(state, span, name)
        elif place := item.sense(PlaceName):
            on_film.place(state, item, place)
        elif things.look_of(span) is not None:
            state.pending.append(span)
        elif span.mark("wearing"):
            state.ledger.realise(item, "cast", "what they wear")
        elif verb := item.sense(VerbWord):
            on_film.verb(state, item, verb)
        elif preposition := item.sense(Preposition):
            state.clause.relation = _STANDING.get(preposition.role)

    def _film_word(self, span: Span, before: Span | None) -> bool:
        """Take what is heard, said or shown, and how something ends."""
        state, item = self.state, span.item
        cue = span.sense(CueWord) or item.sense(CueWord)
        if told := span.sense(Told):
            on_film.told(state, item, told)
        elif quote := span.sense(Quote):
            on_film.line(state, item, quote)
        elif (act := span.sense(Act)) and isinstance(act.sense, OutcomeWord):
            on_film.ends(state, item, act.sense.outcome)
        elif cue is not None and not (item.sense(PlaceName) and self._at_place(before)):
            on_film.cue(state, item, cue)
        else:
            return False
        return True

    def _people_word(self, span: Span) -> bool:
        """Take a word about people."""
        state = self.state
        key = state.tokens[span.start].key
        if role := span.sense(RoleName):
            on_people.somebody(state, span, role)
        elif garment := span.sense(GarmentName):
            on_people.garment(state, span, garment)
        elif hair := span.sense(HairName):
            on_people.hair(state, span, hair)
        elif kind := span.sense(KindName):
            on_people.kind_of_garment(state, span, kind)
        elif body := span.sense(BodyWord):
            on_people.body(state, span, body)
        elif any(isinstance(sense, _PEOPLE_WORDS) for sense in span.senses):
            state.pending.append(span)
        elif key in PRONOUNS or key in THING_PRONOUNS:
            on_people.pronoun(state, span.item, key)
        else:
            return False
        return True

    def _at_place(self, before: Span | None) -> bool:
        preposition = before.item.sense(Preposition) if before is not None else None
        article = before is not None and before.item.word("definite", "indefinite")
        return preposition is not None or article

    def _thing_name(self, span: Span, following: Span | None, before: Span | None) -> ThingName | None:
        """`the glass` is a thing; `a glass ball` and `make it glass` speak of what something is made of."""
        name = span.item.sense(ThingName)
        if name is None or span.item.sense(MaterialName) is None:
            return name
        noun_follows = following is not None and following.item.sense(ThingName) is not None
        article = before is not None and before.item.word("definite", "indefinite", "every")
        return name if (article or span.item.plural) and not noun_follows else None

    def flush(self) -> None:
        """Say what is open of what was named, else of what the film is about."""
        clause, film = self.state.clause, self.state.film
        on_film.flush_degrees(self.state)
        if self._counts_alone():
            on_things.count_things(self.state, clause.things or things.main_thing(film))
        if not self.state.pending:
            return
        of_people = any(isinstance(s, _PEOPLE_WORDS) for span in self.state.pending for s in span.senses)
        if clause.garment is not None and clause.people:
            self.state.wardrobe.dress(
                clause.people, clause.garment, self.state.pending, self.state.pending[-1].item
            )
        elif clause.body is not None:
            on_people.describe_body(self.state)
        elif clause.people:
            on_people.describe_people(self.state)
        elif clause.things:
            things.describe_things(
                film, clause.things, self.state.pending, self.state.words, self.state.ledger
            )
        elif of_people and film.screenplay.cast:
            clause.people = [one.id for one in film.screenplay.cast]
            on_people.describe_people(self.state)
        elif film.screenplay.props:
            things.describe_things(
                film, things.main_thing(film), self.state.pending, self.state.words, self.state.ledger
            )
        else:
            for span in self.state.pending:
                self.state.ledger.refuse(span.item, "said of nothing that the film has")
        self.state.pending = []

    def _counts_alone(self) -> bool:
        """`five instead`: a number without a noun."""
        if (
            self.state.number is None
            or self.state.musical
            or self.state.clause.mode != "set"
            or self.state.clause.people
        ):
            return False
        sense = self.state.number[0].sense(Number)
        return bool(self.state.film.screenplay.props) and not (sense is not None and sense.about)

    def finish(self) -> None:
        """Everything is read."""
        self.flush()
        if self.state.clause.fresh is not None:
            stranger(self.state, self.state.clause.fresh[0])
        self.state.wardrobe.finish()


def ordinals(tokens: Sequence[Token], words: Vocabulary) -> Mapping[int, int]:
    """Tokens that say which of several: the second."""
    known = revision_lexicon().ordinals[words.language]
    return {at: known[token.key] for at, token in enumerate(tokens) if token.key in known}


def introduces(tokens: Sequence[Token], at: int, words: Vocabulary) -> bool:
    """Whether the noun at a token is of something not spoken of before: a ball, not the ball."""
    openers = names_of(revision_lexicon().introductions, words.language)
    before = [token.key for token in tokens[max(0, at - 3) : at]]
    return any(key in openers for key in before) or not before


def is_mark(found: Found, *kinds: str) -> bool:
    """Whether a phrase of the sheet is a mark of one of these kinds."""
    return isinstance(found.sense, Mark) and found.sense.kind in kinds
