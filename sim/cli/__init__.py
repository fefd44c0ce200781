"""Command line `detente`: parses the arguments, calls one function of the API, prints."""

from sim.cli.app import main

__all__ = ["main"]
