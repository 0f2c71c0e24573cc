"""The files of a scenario changed piece by piece, as the pages of the studio do it. Pure.

Every verb takes a document and answers a new one; what it does not understand it leaves as it was.
"""
