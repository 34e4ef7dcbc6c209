"""The bench of the polling tests, for tests that need a call centre at work."""

from tests.polling.conftest import bench, pool

__all__ = ["bench", "pool"]
