"""Words every room uses: dated records, figures with their source. Nothing here names a council."""
