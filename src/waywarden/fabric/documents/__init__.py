"""Files people send and papers we write: kept under their hash, and set as page, PDF and Word.

Nothing that is sent is trusted: its content says what it is, it is opened in a
process of its own, and it is only ever given back as a file to download.
"""
