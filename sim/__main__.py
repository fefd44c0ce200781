"""Entry point of `python -m sim`, the same as `detente`."""

from sim.cli import main

if __name__ == "__main__":
    main()
