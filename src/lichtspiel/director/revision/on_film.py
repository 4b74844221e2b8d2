"""Words of an instruction about camera, light, place, sound, pace and outcome."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.draft import contrary
from lichtspiel.director.quotes import Quote
from lichtspiel.director.revision import things
from lichtspiel.director.revision.lexicon import Degree
from lichtspiel.director.revision.people import FACES
from lichtspiel.director.revision.shooting import take_cue, take_degree
from lichtspiel.director.revision.state import State, named_again
from lichtspiel.director.senses import CueWord, Item, PlaceName, VerbWord
from lichtspiel.director.verb_phrases import Told
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action, Gravity, Line, Outcome, OutcomeKind


def cue(state: State, item: Item, word: CueWord) -> None:
    """A word of camera, light, time, weather, look or length."""
    denied = state.clause.mode == "remove"
    if not (word.cue.shot or word.cue.setting or word.cue.look or word.amount is not None or word.cue.reason):
        state.clause.camera = state.clause.camera or word.cue.camera
        state.ledger.realise(item, "shots", "the camera")
        return
    slot = take_cue(state.film, word, denied)
    if slot.startswith("!"):
        state.ledger.refuse(item, slot[1:])
        return
    state.ledger.realise(item, slot, "taken back, as asked" if denied else "")
    state.clause.camera = bool(word.cue.shot) and word.cue.camera


def told(state: State, item: Item, told: Told) -> None:
    """A word of what is heard; rain that is heard falls, too."""
    word = item.sense(CueWord)
    if word is not None and "weather" in word.cue.setting:
        cue(state, item, word)
    state.ledger.realise(item, told.slot, told.note)


def degree(state: State, item: Item, degree: Degree) -> None:
    """More or less of something."""
    slot = _of_music(state, degree) if state.musical else ""
    slot = slot or take_degree(state.film, degree)
    state.clause.marked = True
    if slot.startswith("!"):
        state.ledger.refuse(item, slot[1:])
    elif slot:
        state.ledger.realise(item, slot)
    else:
        state.degrees.append((item, degree))


def _of_music(state: State, degree: Degree) -> str:
    music = state.film.screenplay.music
    if music is None:
        return "!the film has no music" if degree.change in ("mood", "speed") else ""
    if degree.change == "mood" and degree.to != "angry":
        state.film.set(music=music.model_copy(update={"mood": degree.to}))
        return "music.mood"
    if degree.change == "speed" and degree.step:
        usual = catalogue.musical_styles()[music.style].tempo_bpm if music.style else (90.0, 110.0)
        tempo = min(max((music.tempo_bpm or sum(usual) / 2) * degree.step, 40.0), 220.0)
        state.film.set(music=music.model_copy(update={"tempo_bpm": round(tempo, 1)}))
        return "music.tempo_bpm"
    return ""


def place(state: State, item: Item, place: PlaceName) -> None:
    """The film plays there."""
    held = state.film.screenplay.setting
    if held.place in place.ids or (state.clause.mode == "swap" and not state.clause.into):
        state.ledger.realise(item, "setting.place")
        return
    known = catalogue.places()
    new = known[place.ids[0]]
    was, becomes = known[held.place].gravity, new.gravity
    gravity = Gravity(becomes) if becomes != was else held.gravity
    state.film.setting(place=new.id, ground=None, gravity=gravity)
    state.ledger.realise(item, "setting.place", new.id)
    named_again(state, "setting.place")


def line(state: State, item: Item, quote: Quote) -> None:
    """Words in quotes alone: they replace what is said first, else the first of the cast says them."""
    held, cast = state.film.screenplay.lines, state.film.screenplay.cast
    at = next((index for index, line in enumerate(held) if line.text.strip()), None)
    if at is not None:
        new = held[at].model_copy(update={"text": quote.text})
        state.film.set(lines=(*held[:at], new, *held[at + 1 :]))
        state.ledger.realise(item, f"lines.{at}")
    elif cast:
        state.film.set(lines=(*held, Line(speaker=cast[0].id, text=quote.text)))
        state.ledger.realise(item, f"lines.{len(held)}")
    else:
        state.ledger.refuse(item, "nobody of the film can say it")


def ends(state: State, item: Item, kind: OutcomeKind) -> None:
    """`he scores`: how what somebody does ends."""
    people = state.clause.people
    for index, beat in enumerate(state.film.screenplay.beats):
        mine = beat.subject in people if people else bool(beat.outcomes)
        if beat.action is not Action.PERFORM or not mine:
            continue
        kept = tuple(o for o in beat.outcomes if not contrary(o.kind, kind) and o.kind is not kind)
        target = next((o.target for o in beat.outcomes if o.target), beat.target)
        ending = (*kept, Outcome(kind=kind, target=target))
        beats = state.film.screenplay.beats
        changed = beat.model_copy(update={"outcomes": ending})
        state.film.set(beats=(*beats[:index], changed, *beats[index + 1 :]))
        state.ledger.realise(item, f"beats.{index}.outcomes")


def verb(state: State, item: Item, verb: VerbWord) -> None:
    """`rolls` in `the ball rolls faster`: what goes on as before."""
    held = [beat for beat in state.film.screenplay.beats if beat.action is verb.verb.action]
    if held:
        index = state.film.screenplay.beats.index(held[0])
        state.ledger.realise(item, f"beats.{index}.action", "as before")


def flush_degrees(state: State) -> None:
    """Say what is more or less of what was named."""
    for item, degree in state.degrees:
        _of_entities(state, item, degree)
    state.degrees = []


def _of_entities(state: State, item: Item, degree: Degree) -> None:
    clause, film = state.clause, state.film
    people = clause.people or ([] if clause.things else [one.id for one in film.screenplay.cast])
    props = clause.things or ([] if clause.people else things.main_thing(film))
    if degree.change == "speed":
        _hurry(state, item, degree.step, clause.people or clause.things)
    elif degree.change == "scale" and (clause.things or (props and not clause.people)):
        things.resize(film, props, degree.step)
        state.ledger.realise(item, f"props.{props[0]}.scale")
    elif degree.change == "scale" and people:
        state.wardrobe.stretch(people, degree.step, item)
    elif degree.change == "age" and people:
        state.wardrobe.grow_older(people, degree.step, item)
    elif degree.change == "mood" and people:
        state.wardrobe.feel(people, FACES[degree.to], item)
    else:
        state.ledger.refuse(item, "said of nothing that the film has")


def _hurry(state: State, item: Item, factor: float, subjects: Sequence[str]) -> None:
    acting = [b for b in state.film.screenplay.beats if b.action not in (Action.REST, Action.STAND)]
    meant = subjects or [beat.subject for beat in acting]
    index = next((i for i, b in enumerate(state.film.screenplay.beats) if b.subject in meant), None)
    if index is None:
        state.ledger.refuse(item, "nothing of the film moves by itself")
        return
    state.film.beats(
        lambda beat: (
            {"speed": round(min(max(beat.speed * factor, 0.1), 5.0), 3)} if beat.subject in meant else {}
        )
    )
    state.ledger.realise(item, f"beats.{index}.speed")
