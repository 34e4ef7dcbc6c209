"""The wallboard's settings with the channel layer that most projects take."""

from tests.benchmarks.stock import LAYER, layer_settings
from wallboard.settings import *  # noqa: F403
from wallboard.settings import REDIS_URL

CHANNEL_LAYERS = {"default": {"BACKEND": LAYER, "CONFIG": layer_settings(REDIS_URL)}}
