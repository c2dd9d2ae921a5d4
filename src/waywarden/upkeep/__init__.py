"""Looking after an installation: backing it up, restoring it, upgrading it, taking its data out.

A backup is one folder or one file that is whole or does not bear its name. It
says of itself how many rows each table had at that moment and where the journal
stood, so that a drill can find what a mere look at the file would not.
"""
