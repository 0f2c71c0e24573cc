"""Pages and parts of the dispatch desk."""
