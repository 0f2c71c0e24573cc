"""Decision models (DMN 1.1 to 1.5, chapters 6 to 9): XML to something that can be asked.

`models` puts a model together and `running` works it out > `tabling` and `boxed` read expressions > `box` >
`tables` > `columns`, `items` (types) > `source` (XML).
"""
