"""The version of Wallboard; browsers reload when it changes under them."""

from typing import Final

VERSION: Final = "0.1.0"
