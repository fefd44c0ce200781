"""Pictures of answers: matplotlib figures, an extra (`detente[plot]`).

Each function takes results and returns a figure with units on its axes and a line below that tells
source and method. `style` holds what they share.
"""
