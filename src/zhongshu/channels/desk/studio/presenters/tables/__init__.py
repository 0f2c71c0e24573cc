"""Decision tables as the studio shows them: which there are, one as a grid of cells, and what its test rows come to."""
