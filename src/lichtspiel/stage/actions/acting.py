"""What the people of a beat do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lichtspiel.screenplay import Action, Beat
from lichtspiel.stage.actions.people import blow, express, go_to, lie, look, sit, stand, walk
from lichtspiel.stage.actions.performing import perform, take_up
from lichtspiel.stage.blocking import Blocking

PEOPLE_ACTIONS: Mapping[Action, Callable[[Blocking, Beat], None]] = {
    Action.REST: stand,
    Action.STAND: stand,
    Action.SIT: sit,
    Action.LIE: lie,
    Action.WALK: walk,
    Action.LOOK: look,
    Action.EXPRESS: express,
    Action.WAVE: blow,
    Action.PERFORM: perform,
}


def act(blocking: Blocking, beat: Beat) -> None:
    """Direct the people of a beat; what people cannot do yet is noted."""
    if beat.spot is not None and beat.action is not Action.SIT:
        go_to(blocking, beat)
    if beat.using and beat.action is not Action.PERFORM:
        take_up(blocking, beat)
    if beat.action in PEOPLE_ACTIONS:
        PEOPLE_ACTIONS[beat.action](blocking, beat)
        if beat.action not in (Action.LOOK, Action.EXPRESS):
            express(blocking, beat)
    else:
        index = blocking.number_of(beat)
        blocking.notes.append(
            (f"beats[{index}].action", f"people cannot {beat.action.value} yet; they stand")
        )
        stand(blocking, beat)
