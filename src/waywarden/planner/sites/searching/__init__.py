"""Finding a plan of one service: ruin it in part, and build it again."""
