"""What members of a cluster would pay, by each rule, and who would rather leave."""
