"""Finding a plan of shared clusters: groups of councils that move, merge and part."""
