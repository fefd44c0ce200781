"""Charts of answers as matplotlib figures; needs the extra `plot`.

Each function takes results and returns a figure with units on its axes and a line below that states
source and method. `style` holds the common style.
"""
