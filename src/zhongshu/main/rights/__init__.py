"""Who gets which answer where: every address and operation against every kind of visitor."""
