"""How large a table may be. Larger than any county needs; small enough to read safely."""

MOST_BYTES = 10_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
# A workbook is a zip file: a few kilobytes may unpack to gigabytes.
MOST_UNPACKED_BYTES = 100_000_000
MOST_FILES_IN_WORKBOOK = 1_000
MOST_MEMORY_BYTES = 768_000_000
MOST_SECONDS = 20
