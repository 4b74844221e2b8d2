"""How accepted videos get made: the queue, and the processes that work it off."""
