"""What every room stands on: shared words, tables in and out, the journal."""
