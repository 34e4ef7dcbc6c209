"""Base of all wire rows."""

import msgspec


class Wire(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A row of an answer. Rows hold no cycles, so the garbage collector need not look at them."""
