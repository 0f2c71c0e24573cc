"""What is told because of what happened to proposals and mandates, which know nothing of messages."""
