"""Regular expressions as XPath 3.1 writes them (§5.6 of its functions; XML Schema Part 2, appendix G).

Python's own engine can be made to run for ever by a few characters. This one counts its steps and never
tries the same place twice, so time is bounded by pattern times text.

`matching` runs > `programs` > `reading` > `parts` > `characters`.
"""
