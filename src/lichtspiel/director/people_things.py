"""Things that people look at, sit on, hold and handle."""

from __future__ import annotations

from lichtspiel.director.acting_lexicon import acting_lexicon
from lichtspiel.director.lexicon import Size
from lichtspiel.director.people_deeds import DraftDeed
from lichtspiel.director.people_scene import MAX_COUNT, PLURAL_COUNT, STANDING, Scene
from lichtspiel.director.people_senses import Span
from lichtspiel.director.props import DraftProp, describe_with
from lichtspiel.director.senses import ColourName, Item, MaterialName, ThingName
from lichtspiel.director.vocabulary import names_of
from lichtspiel.screenplay import Action, Placement, Relation

_ANY_BALL, _BALL = "rubber_ball", frozenset({"ball", "balls", "bälle", "bällen"})
"""The thing that a mere ball is, and the words for it."""
_DEFINITE = frozenset({"the", "den", "der", "die", "das", "dem"})


def take_thing(scene: Scene, span: Span, name: ThingName) -> None:
    """A thing that people look at, sit on or stand by."""
    thing = _thing_of(scene, span, name)
    if scene.undone:
        scene.forget("nobody can do this with it yet")
        scene.ledger.refuse(span.item, "nobody can do this with it yet")
        return
    described = scene.modifiers or span.item.modifiers
    prop = None if described else scene.discourse.of_thing((*name.ids, thing))
    prop = prop or scene.discourse.add(thing)
    for modifier in scene.modifiers:
        sense = next(
            (s for s in modifier.item.senses if isinstance(s, (ColourName, MaterialName, Size))), None
        )
        if sense is None:
            scene.ledger.refuse(modifier.item, "not understood of a thing")
        else:
            describe_with(prop, modifier.item, sense, scene.discourse.words, scene.ledger)
    for said in span.item.modifiers:
        if isinstance(said, (ColourName, MaterialName, Size)):
            describe_with(prop, span.item, said, scene.discourse.words, scene.ledger)
    if scene.number:
        prop.count = min(max(scene.number[1], 1), MAX_COUNT)
        scene.ledger.realise(scene.number[0], f"props.{prop.id}.count")
    elif span.item.plural and not _definite(scene, span):
        prop.count = PLURAL_COUNT
        scene.reading.plural.add(prop.id)
    scene.ledger.realise(span.item, f"props.{prop.id}")
    scene.discourse.other_topic = (prop.id,)
    scene.forget()
    _by(scene, prop, span.item)
    scene.role = None


def see_thing(scene: Scene) -> None:
    """`watches it rise`: what was spoken of last is looked at."""
    prop = next(iter(scene.discourse.other_topic), None)
    if scene.deed is not None and prop is not None:
        scene.deed.fields.setdefault("target", prop)


def _thing_of(scene: Scene, span: Span, name: ThingName) -> str:
    """Which of the things of a name is meant: the ball that is kicked is a football."""
    motion = scene.deed.motion if scene.deed else None
    wanted = (*motion.using, *motion.before) if motion else ()
    roles = {person.role for person in scene.reading.cast.values()}
    of_game = [game.ball for game in acting_lexicon().balls if roles & set(game.roles)]
    if of_game and name.ids[:1] == (_ANY_BALL,) and scene.tokens[span.end - 1].key in _BALL:
        return of_game[0]
    fits = next((one for one in wanted if one in name.ids), None)
    if fits:
        return fits
    known, key = scene.discourse.words.library.things, scene.tokens[span.end - 1].key
    if _definite(scene, span) or scene.tokens[span.start - 1].key in _DEFINITE:
        named = [prop.thing for prop in scene.discourse.props.values()]
        wanted = (*wanted, *(thing for thing in named if thing in known))
    for one in wanted:
        names = names_of(known[one].names, scene.language) if one in known else ()
        if any(text.lower().endswith(form) for text in names for form in {key, key.removesuffix("s")}):
            return one
    return name.ids[0]


def _definite(scene: Scene, span: Span) -> bool:
    """Whether `the` stands before it."""
    before = scene.before(span)
    return before is not None and before.item.word("definite")


def _by(scene: Scene, prop: DraftProp, item: Item) -> None:
    """What the thing is to whoever acts or stands there."""
    deed, standing = scene.deed, STANDING.get(scene.role) if scene.role else None
    carrier = _carrier(scene, prop)
    if carrier is not None:
        prop.placement = Placement(relation=Relation.ON, target=carrier)
    elif deed is not None and scene.role is None and _stays(scene, prop, deed):
        deed.note(item, "motion")
    elif deed is not None and (deed.action is Action.PERFORM or _holds(scene, deed)):
        deed.handle(prop.id, item, scene.role)
    elif deed is not None and deed.action in (Action.LOOK, Action.WALK, Action.SIT) and scene.role:
        if scene.role == "with":
            deed.handle(prop.id, item, scene.role)
        else:
            deed.fields.setdefault("target", prop.id)
    elif standing is not None:
        for person in deed.people if deed else scene.subjects or scene.topic:
            person.placement = person.placement or Placement(relation=standing, target=prop.id)
    elif scene.subjects or scene.topic:
        scene.loose.append((prop.id, item, scene.role))


def _stays(scene: Scene, prop: DraftProp, deed: DraftDeed) -> bool:
    """Whether it is done to the thing where that is: nobody has the tree in hand that they plant."""
    entry = deed.motion
    if entry is None or prop.thing in (*entry.using, *entry.mounts):
        return False
    fixed = "installation" in scene.discourse.entry(prop.id).tags
    pictured = any(play.how == "paint" for play in entry.plays)  # a vase that is painted is no brush
    worked = any(play.thing in entry.before for play in entry.plays)  # a plank is no saw
    return fixed or worked or pictured or prop.thing in _laid_before(deed)


def _laid_before(deed: DraftDeed) -> tuple[str, ...]:
    """Things that are not in hand but before who uses them: the football before the foot."""
    entry = deed.motion
    return () if entry is None or entry.using else entry.before


def _holds(scene: Scene, deed: DraftDeed) -> bool:
    """`holds a balloon`: who stands with a thing right behind the verb has it in their hands."""
    return deed.action is Action.STAND and scene.direct and scene.role is None


def _carrier(scene: Scene, prop: DraftProp) -> str | None:
    """What the thing stands on in somebody's hands: a tray with five glasses."""
    known = [*(scene.deed.using if scene.deed else ()), *(thing for thing, _, _ in scene.loose)]
    before = known[-1] if known else None
    flat = before is not None and "support" in scene.discourse.entry(before).tags
    return before if flat and before != prop.id and scene.role in ("with", "on") else None
