"""Who signs in. The offices people hold, and what those let them do, come to stand here too."""
