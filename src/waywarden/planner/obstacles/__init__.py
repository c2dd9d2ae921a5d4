"""What stands in the way of a plan: rules that conflict, work nobody can take on."""
