"""How every action of the screenplay starts. What follows is physics."""

from collections.abc import Callable, Mapping

from lichtspiel.screenplay import Action, Beat
from lichtspiel.stage.actions.falling import bounce, drop, fall, push, topple
from lichtspiel.stage.actions.rolling import roll, slide
from lichtspiel.stage.actions.swinging import swing
from lichtspiel.stage.actions.throwing import hit, shoot, throw
from lichtspiel.stage.actions.turning import float_, rest, ring, spin, wave
from lichtspiel.stage.blocking import Blocking

ACTIONS: Mapping[Action, Callable[[Blocking, Beat], None]] = {
    Action.REST: rest,
    Action.DROP: drop,
    Action.FALL: fall,
    Action.THROW: throw,
    Action.SHOOT: shoot,
    Action.ROLL: roll,
    Action.SLIDE: slide,
    Action.BOUNCE: bounce,
    Action.PUSH: push,
    Action.TOPPLE: topple,
    Action.HIT: hit,
    Action.SWING: swing,
    Action.SPIN: spin,
    Action.RING: ring,
    Action.FLOAT: float_,
    Action.WAVE: wave,
    # What only people do leaves a thing where it is.
    Action.STAND: rest,
    Action.SIT: rest,
    Action.LIE: rest,
    Action.WALK: rest,
    Action.LOOK: rest,
    Action.EXPRESS: rest,
    Action.PERFORM: rest,
}

__all__ = ["ACTIONS"]
