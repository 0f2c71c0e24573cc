"""What the dispatch desk shows: the queue, one case with what can be done about it, officers on shift."""
