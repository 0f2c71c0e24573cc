"""Words to a tree: FEEL's expressions by operator precedence (DMN 1.5 §10.3.1.2).

`reader` reads operators > `operands` > `calls`, `signatures` (types and parameters) > `cursor` (words and names).
"""
