"""How an engine says that it cannot do what was asked."""


class EngineError(Exception):
    """The engine cannot do what was asked; the message is a sentence for the caller."""


class NotFound(EngineError):
    """The engine knows no such queue, agent, pause or call."""


class Refused(EngineError):
    """The engine knows what is meant, but its state does not allow it now."""
