"""The technology compatibility kit of DMN: its models and cases as published, none changed.

`scoring` asks each case and counts > `cases` reads what the kit expects.
"""
