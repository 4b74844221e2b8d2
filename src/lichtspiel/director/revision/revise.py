"""Change a film as an instruction asks, and leave all else of it alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lichtspiel.director.acting_lexicon import OutcomeWord
from lichtspiel.director.capacity import fitting, is_beyond
from lichtspiel.director.draft import Film
from lichtspiel.director.ledger import Ledger, understanding
from lichtspiel.director.lexicon import Particle, Size
from lichtspiel.director.music_words import style_at
from lichtspiel.director.people_lexicon import Deed
from lichtspiel.director.people_senses import GarmentName, RoleName, Span, spans_within
from lichtspiel.director.prompt import PromptError, check_length, read
from lichtspiel.director.quotes import Quote
from lichtspiel.director.revision.asked import asked_of
from lichtspiel.director.revision.context import Clauses, read_within
from lichtspiel.director.revision.deeds import take_deeds
from lichtspiel.director.revision.lexicon import Degree, Found, instruction_words, slot_at
from lichtspiel.director.revision.people import Wardrobe, known_people
from lichtspiel.director.revision.reader import Reader, introduces, is_mark, ordinals
from lichtspiel.director.revision.shooting import take_cue
from lichtspiel.director.revision.state import State
from lichtspiel.director.revision.things import meant
from lichtspiel.director.segments import Segment
from lichtspiel.director.senses import (
    ColourName,
    CueWord,
    Item,
    MaterialName,
    PlaceName,
    ThingName,
    VerbWord,
    Word,
)
from lichtspiel.director.verb_phrases import Act, Told
from lichtspiel.screenplay import Music, Screenplay, Status, Understanding

_DOERS = frozenset({"he", "she", "they", "it", "er", "sie", "es"})
_NOUNLIKE = (ThingName, PlaceName, MaterialName, ColourName, Size, CueWord, Particle)


def revise(screenplay: Screenplay, prompt: str, seed: int) -> tuple[Screenplay, Understanding]:
    """Change a film as an English or German instruction asks: `make the ball red`, `same but at night`.

    Only what the instruction names is changed: looks, counts and sizes, things and people that take
    the place of others, place, light and weather, camera, pace, moods, clothes, lines, music, deeds and
    how they end. A prompt that is no instruction but a description of its own gives the film that it
    describes, of the same length. seed: of the new film; that of the old one keeps its take. The ledger
    holds one reading for every word with content. Raises PromptError for a prompt of which nothing can be
    done to the film.
    """
    check_length(prompt)
    return _Revision(screenplay, prompt, seed).result()


def _shall(word: str) -> bool:
    return word.startswith(("shall", "should", "must", "soll"))


class _Revision:
    """One instruction, cut into words, and the film that it is about."""

    def __init__(self, screenplay: Screenplay, prompt: str, seed: int) -> None:
        self.old, self.prompt, self.seed = screenplay, prompt, seed
        asked = asked_of(screenplay, prompt)
        self.language, self.words, self.tokens = asked.language, asked.words, asked.tokens
        self.claims, self.cut, self.parts, self.plain = asked.claims, asked.cut, asked.parts, asked.plain
        self.marks = self._marks()
        self.ordinals = ordinals(self.tokens, self.words)
        self.ledger = Ledger()
        self.film = Film(screenplay.model_copy(update={"seed": seed}))

    def _marks(self) -> Mapping[int, Found]:
        """Phrases of instructions, but for those inside words of the camera and of what is heard."""
        found = instruction_words(self.tokens, self.language)
        taken: set[int] = set(self.claims.told)
        for span in self.cut:
            if (span.sense(CueWord) or span.item.sense(CueWord)) and span.end > span.start + 1:
                inside = found.get(span.start)
                if inside is None or inside.end < span.end:
                    taken |= set(range(span.start, span.end))
        doers = {s.end for s in self.cut if s.sense(RoleName) or s.item.sense(ThingName)}
        doers |= {at + 1 for at, token in enumerate(self.tokens) if token.key in _DOERS}
        taken |= {
            at
            for at, one in found.items()
            if at in doers and is_mark(one, "set") and not _shall(self.tokens[at].key)
        }
        clothes = {s.start for s in self.cut if s.sense(GarmentName) is not None} - {
            start for start, _ in self.parts
        }
        slots = {
            at: slot for at in found if at in doers and (slot := slot_at(self.tokens, at, self.language))
        }
        return {at: one for at, one in found.items() if at not in taken | clothes} | slots

    def result(self) -> tuple[Screenplay, Understanding]:
        """The new screenplay and the account of the words."""
        asked = any(not is_mark(found, "into", "slot", "also") for found in self.marks.values())
        deeds = self._deeds()
        if not asked and self._describes(deeds):
            return read(self.prompt, self.seed, self.old.duration_s)
        spoken = self._instruct([part for part in self.parts if part not in deeds])
        spoken += self._act(deeds)
        self._hear()
        account = understanding(self.prompt, self.tokens, self._in_order(spoken), self.ledger)
        if self._nothing_done(account):
            if deeds and not asked:
                return read(self.prompt, self.seed, self.old.duration_s)
            raise PromptError(self._helpless(account))
        if not self.film.screenplay.props and not self.film.screenplay.cast:
            raise PromptError("Nothing would be left of the film: name what shall come in its place.")
        done = Screenplay.model_validate(self.film.screenplay.model_dump())
        return fitting(done, account) if is_beyond(done) else (done, account)

    def _deeds(self) -> list[Segment]:
        """The clauses about what somebody or something does, with what stands round their quotes."""
        deeds = {part for part in self.parts if self._is_deed(part)}
        for quote in self.claims.quotes:
            beside = {p for p in self.parts if p[1] in (quote.start, quote.start - 1) or p[0] == quote.end}
            if not deeds.isdisjoint(beside):
                deeds |= beside
        return [part for part in self.parts if part in deeds]

    def _inside(self, part: Segment) -> Sequence[Span]:
        return spans_within(self.cut, *part)

    def _is_deed(self, part: Segment) -> bool:
        """Whether a clause says what somebody or something does, rather than how the film shall change."""
        words = [self.marks[at] for at in range(*part) if at in self.marks]
        until = next((one.start for one in words if is_mark(one, "instead_of")), part[1])
        if any(is_mark(one, "swap", "remove") or isinstance(one.sense, Degree) for one in words):
            return False
        return any(self._is_verb(span) for span in self._inside((part[0], until)))

    def _is_verb(self, span: Span) -> bool:
        if span.start in self.marks or span.mark("wearing") or span.start in self.claims.told:
            return False
        act = span.sense(Act)
        if act is not None and any(
            other in self.marks and not is_mark(self.marks[other], "slot", "into") for other in act.others
        ):
            return False
        if act is not None and isinstance(act.sense, OutcomeWord):
            return False
        if act is not None or span.sense(Deed) is not None:
            return True
        noun = any(span.item.sense(kind) is not None for kind in _NOUNLIKE)
        return span.item.sense(VerbWord) is not None and not noun and not span.item.word("function", "copula")

    def _describes(self, deeds: Sequence[Segment]) -> bool:
        """Whether a prompt without a word of instructions is a film of its own.

        It is where its first noun is new: `a dog runs`, not `the ball misses`.
        """
        for span in self.cut:
            if deeds and self._is_stranger(span):
                return True
            new = introduces(self.tokens, span.start, self.words)
            known = self._known(span, new)
            if known is not None:
                return not known or (bool(deeds) and new)
        return False

    def _known(self, span: Span, new: bool) -> list[str] | None:
        """Which of the film a noun names; None where it is none, or says what something is made of."""
        role = span.sense(RoleName)
        if role is not None:
            return known_people(self.film, role)
        name = span.item.sense(ThingName)
        shown = span.item.sense(CueWord) is not None or span.sense(CueWord) is not None
        if name is None or shown or (span.item.sense(MaterialName) is not None and not new):
            return None
        return meant(self.film, name, self.tokens[span.end - 1].key, False, (), self.words)

    def _is_stranger(self, span: Span) -> bool:
        """Whether a noun is of an animal, or of something that nobody knows."""
        if span.sense(RoleName) is not None:
            return False
        if span.item.word("person"):
            return True
        unknown = not span.senses and not span.item.senses and self.tokens[span.start].kind == "word"
        return (
            unknown and span.start > 0 and introduces(self.tokens[: span.start + 1], span.start, self.words)
        )

    def _instruct(self, parts: Sequence[Segment]) -> list[Item]:
        """Do what the clauses say that name changes; returns what they were cut into."""
        wardrobe = Wardrobe(self.film, self.ledger)
        state = State(self.film, self.tokens, self.marks, self.words, self.ledger, wardrobe)
        reader = Reader(state)
        spoken: list[Item] = []
        spans = {span.start: span for span in self.cut}
        at = 0
        said = {quote.start for quote in self.claims.quotes if not self._is_told(quote, parts)}
        alone = [(quote.start, quote.end) for quote in self.claims.quotes if quote.start in said]
        for part in sorted((*parts, *alone)):
            music = any(at in self.claims.music.tokens for at in range(*part))
            state.begin(music)
            at, before = max(at, part[0]), None
            rests: set[int] = set()
            while at < part[1]:
                found, span = self.marks.get(at), spans.get(at)
                if at in rests:
                    spoken.append(Item(at, at + 1, (Word("function"),)))
                    at += 1
                elif found is not None and self._means(found, reader):
                    reader.mark(found)
                    rests |= {found.rest} if found.rest is not None else set()
                    senses = () if isinstance(found.sense, Degree) else (Word("function"),)
                    spoken.append(Item(found.start, found.end, senses))
                    at, before = found.end, None
                elif at in self.ordinals:
                    reader.ordinal(Item(at, at + 1), self.ordinals[at])
                    spoken.append(Item(at, at + 1))
                    at += 1
                elif span is not None:
                    following = spans.get(span.end) if span.end < part[1] else None
                    reader.take(span, following, before)
                    spoken.append(span.item)
                    at, before = span.end, span
                else:
                    at += 1
            reader.flush()
            self._hear_in(part, reader)
        reader.finish()
        return spoken

    def _is_told(self, quote: Quote, parts: Sequence[Segment]) -> bool:
        """Whether a clause about who says it takes a quote up."""
        deeds = [part for part in self.parts if part not in parts]
        return any(part[1] in (quote.start, quote.start - 1) or part[0] == quote.end for part in deeds)

    def _means(self, found: Found, reader: Reader) -> bool:
        """Whether a phrase is an instruction here: `to` and `with` only where something is replaced."""
        if not is_mark(found, "into"):
            return True
        clause = reader.state.clause
        return clause.mode == "swap" or (clause.marked and clause.mode == "set" and not clause.camera)

    def _hear_in(self, part: Segment, reader: Reader) -> None:
        """Music that a clause asks for, or takes away."""
        if not any(at in self.claims.music.tokens for at in range(*part)):
            return
        held, fields = self.film.screenplay.music, dict(self.claims.music.fields)
        for at in range(*part):
            style = style_at(self.tokens, at, part[1], self.language)
            if style is not None and "style" not in fields:
                fields["style"] = style[1]
                self.ledger.realise(Item(at, style[0]), "music.style")
        degrees = any(isinstance(f.sense, Degree) for at, f in self.marks.items() if part[0] <= at < part[1])
        if self.claims.music.silent or reader.state.clause.mode == "remove":
            self.film.set(music=None)
        elif fields:
            kept = held.model_dump() if held is not None else {}
            if "style" in fields:
                kept.pop("instruments", None)
            self.film.set(music=Music.model_validate({**kept, **fields}))
        elif held is None and not degrees:
            self.film.set(music=Music())

    def _act(self, parts: Sequence[Segment]) -> list[Item]:
        """Do what the clauses say that somebody or something does."""
        if not parts:
            return []
        inside = {at for part in parts for at in range(*part)}
        marked = [
            f for at, f in self.marks.items() if at in inside and not is_mark(f, "into", "slot", "everything")
        ]
        gone = {at for found in marked for at in range(found.start, found.end)}
        before = [
            (f.end, part[1])
            for f in marked
            for part in parts
            if is_mark(f, "instead_of") and part[0] <= f.start < part[1]
        ]
        gone |= {at for start, end in before for at in range(start, end)}
        spoken = {at for quote in self.claims.quotes for at in range(quote.start, quote.end)}
        keep = (inside | spoken) - gone | {at for at, token in enumerate(self.tokens) if token.kind == "mark"}
        clauses = Clauses(
            self.tokens,
            tuple(span for span in self.cut if span.start in keep and not span.sense(Told)),
            tuple(item for item in self.plain if item.start in keep),
            tuple(parts),
        )
        told = read_within(self.film.screenplay, clauses, self.words, self.ledger)
        for item, cue, _ in told.cues:
            self._shoot(item, cue)
        for item, ids in told.places:
            self.film.setting(place=ids[0])
            self.ledger.realise(item, "setting.place", ids[0])
        more = any(is_mark(found, "also", "add") for found in marked)
        take_deeds(self.film, told, more, any(is_mark(found, "instead", "instead_of") for found in marked))
        for start, end in before:
            for at in range(start, end):
                self.ledger.realise(Item(at, at + 1), "beats", "no more, as asked")
        words = [Item(f.start, f.end, (Word("function"),)) for f in marked]
        return [*told.items, *words, *(Item(at, at + 1) for start, end in before for at in range(start, end))]

    def _shoot(self, item: Item, cue: CueWord) -> None:
        slot = take_cue(self.film, cue, denied=False)
        if slot.startswith("!"):
            self.ledger.refuse(item, slot[1:])
        else:
            self.ledger.realise(item, slot)

    def _hear(self) -> None:
        """Sounds that are asked for."""
        removed = any(is_mark(found, "remove") for found in self.marks.values())
        for sound in self.claims.sounds:
            if removed:
                kept = tuple(cue for cue in self.film.screenplay.sounds if cue.sound != sound.sound)
                self.film.set(sounds=kept)
            else:
                self.film.hear(sound.sound)

    def _in_order(self, spoken: Sequence[Item]) -> list[Item]:
        """All words once, in the order of the prompt; those that no reader took as they are."""
        taken = {at for item in spoken for at in range(item.start, item.end)}
        rest = [span.item for span in self.cut if span.start not in taken]
        return sorted((*spoken, *rest), key=lambda item: item.start)

    def _nothing_done(self, account: Understanding) -> bool:
        """Whether the film is as it was, although something else was asked for."""
        same = self.film.screenplay == self.old.model_copy(update={"seed": self.seed})
        refused = bool(account.having(Status.NOT_REALISED))
        return same and (refused or not account.having(Status.REALISED))

    def _helpless(self, account: Understanding) -> str:
        names = [one.id.replace("_", " ") for one in self.old.cast]
        names += [one.id.replace("_", " ") for one in self.old.props]
        reasons = [f"“{one.text}”: {one.note}" for one in account.having(Status.NOT_REALISED)]
        why = f" ({reasons[0]})" if reasons else ""
        what = " ".join(self.prompt.split())[:80]
        example = f"make the {names[0]} red" if self.old.props and not self.old.cast else "at sunset"
        return (
            f"Nothing of “{what}” can be done to this film{why}. It has: {', '.join(names[:6])}. "
            f"Say what shall change, such as “{example}”, “at night” or “closer”."
        )
