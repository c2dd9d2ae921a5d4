"""What a plan says: its clusters, tables, maps, explanations, and how it is kept."""
