"""Pages of HTML, one file each: a run, a comparison or a sweep with its figures and tables.

A page holds all it needs: it asks no network for anything, works from a mail attachment, prints,
and is read on a telephone. What scenario files say is text to it, never markup.
"""
