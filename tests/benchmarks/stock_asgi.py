"""The stock board as a module that a server can load."""

from tests.benchmarks.stock import application as stock_application

application = stock_application()
