"""What people ask of a plan, answered by planning again rather than by guessing."""
