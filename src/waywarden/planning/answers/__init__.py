"""What the planner answered, made a report: each line of the bill, names, reasons and findings."""
