"""Words for the pages of offers."""
