"""One service by itself, as capacitated facility location: bound, search, and the bill."""
