"""Processes: BPMN files compiled to nets, and the pure game of tokens that walks a case through them."""
