"""How large a file may be, and what opening it may take."""

MOST_NAME = 120
#: A screen of 4K has eight million. JPEG is read at a half or a quarter of its size, so a
#: photograph may have more.
MOST_PIXELS = 10_000_000
MOST_JPEG_PIXELS = 52_000_000
#: A larger picture is made smaller: enough to print across a page.
MOST_SIDE = 2_000
MOST_UNPACKED_BYTES = 100_000_000
MOST_FILES_IN_PACKAGE = 2_000
#: 200 MB for the file, and 20 for the program that opens it.
MOST_MEMORY_BYTES = 220_000_000
MOST_PROCESSOR_SECONDS = 2
#: On a machine that is busy with other things, two seconds of work take longer.
MOST_SECONDS = 15
