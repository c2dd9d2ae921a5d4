"""Problems in the forms that others publish, read from text."""
