"""The command line `detente`: parse, call one function of the API, print."""

from sim.cli.app import main

__all__ = ["main"]
