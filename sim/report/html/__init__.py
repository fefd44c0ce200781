"""HTML reports, one file each: a run, a comparison or a sweep with its charts and tables.

A report is self-contained: it makes no network requests, works as a mail attachment, can be
printed, and is readable on a phone. Text from scenario files is always escaped.
"""
