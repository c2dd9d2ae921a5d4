"""Who is here and what they do: councils, places, people, services."""
