"""Place, time, weather, light, gravity and ground of the film."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lichtspiel.director.discourse import Discourse
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.senses import CueWord, Item
from lichtspiel.director.story import DraftBeat
from lichtspiel.screenplay import Gravity, Light, Look, Setting

_FALLBACK_PLACE = "studio"
_FIXTURES = frozenset({"installation", "structure", "suspended", "track", "goal"})
"""Tags of things that are too big or too fixed to be carried to another place."""
_TELLING = (Light.SPOTLIGHT, Light.CANDLE, Light.BACKLIGHT)
"""Lights that say more than dark, bright or warm beside them."""
_LABELS = {
    "time_of_day": "time of day",
    "weather": "weather",
    "light": "light",
    "gravity": "gravity",
    "wet": "ground",
}


_TOWARDS = frozenset({"at", "under", "below", "beneath", "toward", "towards", "unter", "gegen"})
_OVER = frozenset({"over", "above", "rises", "shines", "über", "an", "scheint", "leuchtet"})
"""Words before and behind the moon that stands in the sky."""


def choose_setting(
    cues: Sequence[tuple[Item, CueWord, int]],
    discourse: Discourse,
    beats: Sequence[DraftBeat],
    ledger: Ledger,
) -> Setting:
    """The setting that the words give; what they leave open follows from the things."""
    discourse.place_mentions += [
        (item, (str(word.cue.setting["place"]),)) for item, word, _ in cues if "place" in word.cue.setting
    ]
    fields = _from_cues(cues, ledger)
    place = _place(fields.get("gravity"), discourse, beats, ledger)
    fields["place"] = place
    entry = discourse.words.library.places.get(place)
    if entry and entry.gravity != "earth" and "gravity" not in fields:
        fields["gravity"] = Gravity(entry.gravity)
        ledger.fill("gravity", "setting.gravity", f"{entry.gravity}: that of the place")
    for item, material in discourse.grounds:
        if fields.setdefault("ground", material) == material:
            ledger.realise(item, "setting.ground")
        else:
            ledger.refuse(item, f"the ground is of one material: {fields['ground']} was said first")
    for name in ("time_of_day", "light"):
        if name not in fields:
            default = Setting.model_fields[name].default
            ledger.fill(_LABELS[name], f"setting.{name}", str(default))
    return Setting.model_validate(fields)


def choose_look(cues: Sequence[tuple[Item, CueWord, int]], ledger: Ledger) -> Look:
    """The grade that the words give."""
    look: Look | None = None
    for item, word, _ in cues:
        wanted = word.cue.look
        if wanted is None:
            continue
        if look in (None, Look.NATURAL) or look is wanted:
            look = wanted
            ledger.realise(item, "look")
        elif wanted is Look.NATURAL:
            ledger.realise(item, "look", "every look is photographed")
        else:
            ledger.refuse(item, f"a film has one look: {look} was said first")
    return look or Look.NATURAL


def _from_cues(cues: Sequence[tuple[Item, CueWord, int]], ledger: Ledger) -> dict[str, Any]:
    lights = [str(word.cue.setting.get("light")) for _, word, _ in cues]
    telling = [light for light in lights if light in _TELLING]
    fields: dict[str, Any] = {"light": telling[0]} if telling else {}
    for item, word, _ in cues:
        for name, value in word.cue.setting.items():
            if name == "place":
                continue
            held = fields.get(name)
            if held is None or held == value or (name == "light" and held == Light.NATURAL):
                fields[name] = value
                others = [f"setting.{other}" for other in word.cue.setting if other != name]
                ledger.realise(item, f"setting.{name}", f"and {others[0]}" if others else "")
            elif name == "light" and value == Light.NATURAL:
                ledger.realise(item, f"setting.{name}")
            else:
                ledger.refuse(item, f"a film has one {_LABELS[name]}: {held} is taken")
    return fields


def _place(gravity: object, discourse: Discourse, beats: Sequence[DraftBeat], ledger: Ledger) -> str:
    places = discourse.words.library.places
    chosen = ""
    mentions = [*discourse.place_mentions, *discourse.places_left]
    for item, ids in mentions:
        if _is_in_sky(item, ids, discourse):
            ledger.refuse(item, f"the {ids[0]} stands in the sky here: the film does not play there")
            continue
        wanted = chosen if chosen in ids else _at_home(ids, discourse)
        if not chosen:
            chosen = wanted
        if wanted == chosen:
            ledger.realise(item, "setting.place", chosen)
        else:
            ledger.refuse(item, f"a film plays in one place: {chosen} was said first")
    if chosen:
        return chosen
    if gravity not in (None, "earth", Gravity.EARTH):
        there = next((entry.id for entry in places.values() if entry.gravity == gravity), "")
        ledger.fill("place", "setting.place", there or f"{_FALLBACK_PLACE}: the library has no such place")
        return there or _FALLBACK_PLACE
    place = _home(discourse, beats)
    ledger.fill("place", "setting.place", place)
    return place


def _is_in_sky(item: Item, ids: tuple[str, ...], discourse: Discourse) -> bool:
    """`howls at the moon`, `the moon over a lake`: what is seen from far away is not where a film plays."""
    entry = discourse.words.library.places.get(ids[0])
    if entry is None or entry.gravity == "earth":
        return False
    before = [token.key for token in discourse.tokens[max(item.start - 2, 0) : item.start]]
    behind = discourse.tokens[item.end].key if item.end < len(discourse.tokens) else ""
    return bool(_TOWARDS & set(before)) or behind in _OVER


def _at_home(ids: tuple[str, ...], discourse: Discourse) -> str:
    homes = {discourse.entry(prop).home for prop in discourse.props}
    return next((place for place in ids if place in homes), ids[0])


def _home(discourse: Discourse, beats: Sequence[DraftBeat]) -> str:
    """Where the biggest fixture belongs, else what is acted on, else what acts."""
    props = list(discourse.props)
    actors = {beat.subject for beat in beats}
    targets = {beat.target for beat in beats} | {
        draft.outcome.target for beat in beats for draft in beat.outcomes
    }
    fixtures = [prop for prop in props if _FIXTURES & set(discourse.entry(prop).tags)]
    supports = {draft.placement.target for draft in discourse.props.values() if draft.placement}
    order = [
        *fixtures,
        *(p for p in props if p in supports),
        *(p for p in props if p in targets),
        *(p for p in props if p in actors),
        *props,
    ]
    places = discourse.words.library.places
    homes = (discourse.entry(prop).home for prop in order)
    return next((home for home in homes if home and (home in places or not places)), _FALLBACK_PLACE)
