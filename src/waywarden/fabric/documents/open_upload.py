"""Run in a process of its own: look into a file on standard input, write what it is.

The answer is a line of JSON, the kind of file or why it is refused; below it
stand the bytes to keep, where they are not those that came in. A picture of a
few kilobytes may unpack to gigabytes, and readers of pictures have had faults:
so it is opened here, with a limit on memory and time, and what aborts is this
process and not the site. It is started by its file name, and imports nothing of ours.
"""

import io
import json
import re
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
KINDS_OF_PACKAGE = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
}
OPEN_KINDS = (f"{OPEN}text", f"{OPEN}spreadsheet")
PICTURES = {
    b"\x89PNG\r\n\x1a\n": ("PNG", "image/png"),
    b"\xff\xd8\xff": ("JPEG", "image/jpeg"),
    b"RIFF": ("WEBP", "image/webp"),
}

OTHER_KIND = (
    "This kind of file is not accepted. Send a PDF, a picture (JPEG, PNG or WebP), a Word, Excel "
    "or OpenDocument file without macros, plain text or CSV."
)
DAMAGED = "This file is damaged or incomplete. Open it, save it again, and send that."
DAMAGED_PICTURE = (
    "This picture is damaged, or too large to open safely. Open it, save it again, smaller, and "
    "send that."
)
LOCKED = (
    "This file has a password or is in an old format. Save it without a password as PDF, .docx "
    "or .xlsx, and send that."
)
TOO_MUCH = "This file unpacks to more than can be read safely. Send it in smaller parts."
ACTIVE = (
    "This file holds programs, macros or other files inside it. Save or print it as a plain PDF, "
    "and send that."
)

UNPACKED_AT_ONCE = 1_000_000
MACROS = re.compile(
    r"vbaProject|vbaData|macrosheets|activeX|oleObject|^Basic/|^Scripts/|\.(bin|exe|js|html?)$",
    re.IGNORECASE,
)
#: Printers' settings are the one binary part that plain workbooks have.
PRINTERS = re.compile(r"printerSettings\d*\.bin$")
#: What makes a PDF run something, or carry something.
DOES = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|EmbeddedFiles?|XFA)(?![A-Za-z0-9])")
MARKUP = re.compile(r"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml|!--)", re.IGNORECASE)
SEARCHED = 2_048
CONTROLS = {"\t", "\n", "\r", "\f"}
OTHER_TEXTS = ("#!", "{\\rtf", "%!PS", "<", "MIME-Version:")


class Refused(Exception):
    """What was sent is not kept; the message says why, to whoever sent it."""


def kind_and_bytes(content: bytes, limits: dict[str, int]) -> tuple[str, bytes | None]:
    """Return what a file is, by its content, and the bytes to keep if they are others."""
    if content.startswith(b"%PDF-"):
        return pdf(content), None
    for start, (called, kind) in PICTURES.items():
        if content.startswith(start):
            return kind, picture(content, called, limits)
    if content.startswith(b"PK\x03\x04"):
        return package(content, limits), None
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(LOCKED)
    return text(content), None


def picture(content: bytes, called: str, limits: dict[str, int]) -> bytes:
    """Return a picture written anew: its points alone, without place, camera or remarks."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # we say ourselves how many are too many
    try:
        with Image.open(io.BytesIO(content), formats=[called]) as opened:
            most = limits["jpeg_pixels" if called == "JPEG" else "pixels"]
            if opened.width * opened.height > most:
                raise Refused(
                    f"This picture has more than {most // 1_000_000} million points. Make it "
                    "smaller, and send it again."
                )
            opened.draft("RGB", (limits["side"], limits["side"]))
            opened.thumbnail((limits["side"], limits["side"]))
            turned = ImageOps.exif_transpose(opened)
            plain = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    except UnidentifiedImageError:
        raise Refused(OTHER_KIND) from None
    except (OSError, SyntaxError, ValueError, IndexError, EOFError, zlib.error):
        raise Refused(DAMAGED_PICTURE) from None
    plain.info = {}
    written = io.BytesIO()
    more: dict[str, dict[str, Any]] = {
        "PNG": {"compress_level": 1},
        "JPEG": {"quality": 85},
        "WEBP": {"quality": 85, "method": 0},
    }
    plain.save(written, called, **more[called])
    return written.getvalue()


def pdf(content: bytes) -> str:
    """Return the kind of a PDF that is whole, has no password and does nothing by itself."""
    if not content.rstrip(b"\r\n\t \0").endswith(b"%%EOF"):
        raise Refused(DAMAGED)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused(OTHER_KIND)
    seen = b"\n".join(pdf_words(content))
    if b"/Encrypt" in seen:
        raise Refused(LOCKED)
    if DOES.search(seen):
        raise Refused(ACTIVE)
    return "application/pdf"


def pdf_words(content: bytes) -> Iterator[bytes]:
    """Yield what a PDF says outside its streams, and the objects packed into streams."""
    at, budget = 0, 50_000_000
    while (start := content.find(b"stream", at)) >= 0:
        said = content[at:start]
        yield plain_names(said)
        end = content.find(b"endstream", start)
        end = len(content) if end < 0 else end
        if b"/ObjStm" in plain_names(said[-2_000:]):
            inner = inflated(content[start + 6 : end].lstrip(b"\r\n"), budget)
            budget -= len(inner)
            yield plain_names(inner)
        at = end + len(b"endstream")
    yield plain_names(content[at:])


def inflated(packed: bytes, most: int) -> bytes:
    """Return what a packed stream holds; one that cannot be read may hide anything."""
    reader = zlib.decompressobj()
    try:
        plain = reader.decompress(packed, max(most, 1))
    except zlib.error:
        raise Refused(DAMAGED) from None
    if reader.unconsumed_tail:
        raise Refused(TOO_MUCH)
    return plain


def plain_names(said: bytes) -> bytes:
    """Write names without their escapes: "/J#53" is "/JS"."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), said)


def package(content: bytes, limits: dict[str, int]) -> str:
    """Return the kind of an office file that is whole, plain and not too large."""
    # Nothing may stand before or after it: that is how one file is made to pass for two.
    if content[-22:-18] != b"PK\x05\x06":
        raise Refused(DAMAGED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            refuse_members(members, limits)
            refuse_contents(packed, members, limits["unpacked"])
            return kind_of_package(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, KeyError):
        raise Refused(DAMAGED) from None
    except RuntimeError:  # a member with a password
        raise Refused(LOCKED) from None


def refuse_members(members: list[zipfile.ZipInfo], limits: dict[str, int]) -> None:
    """Refuse, before unpacking anything, what is too much, locked, active or misplaced."""
    if len(members) > limits["files"] or sum(m.file_size for m in members) > limits["unpacked"]:
        raise Refused(TOO_MUCH)
    names = [member.filename for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise Refused(LOCKED)
    if len({name.casefold() for name in names}) < len(names) or any(map(is_misplaced, names)):
        raise Refused(DAMAGED)
    if any(MACROS.search(name) and not PRINTERS.search(name) for name in names):
        raise Refused(ACTIVE)


def is_misplaced(name: str) -> bool:
    """Whether a member would be unpacked outside of its folder."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def refuse_contents(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo], most: int) -> None:
    """Unpack every member a part at a time: what it says of its size may be a lie."""
    unpacked = 0
    for member in members:
        before = b""
        is_words = member.filename.lower().endswith((".xml", ".rels", ".rdf"))
        with packed.open(member) as opened:
            while part := opened.read(UNPACKED_AT_ONCE):
                unpacked += len(part)
                if unpacked > most:
                    raise Refused(TOO_MUCH)
                if is_words:
                    refuse_words(member.filename, before + part)
                    before = part[-200:]


def refuse_words(name: str, said: bytes) -> None:
    """Refuse XML that defines words of its own, which unpack without end, or fetches a template."""
    plain = said.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Refused(ACTIVE)
    if name.endswith("settings.xml.rels") and b"attachedTemplate" in plain:
        raise Refused(ACTIVE)
    if name == "[Content_Types].xml" and b"macroEnabled" in plain:
        raise Refused(ACTIVE)


def kind_of_package(packed: zipfile.ZipFile) -> str:
    """Return which office file it is, by what it holds."""
    names = set(packed.namelist())
    if "mimetype" in names:
        said = packed.read("mimetype").decode("ascii", "replace").strip()
        if said in OPEN_KINDS and "content.xml" in names:
            return said
    if "[Content_Types].xml" in names:
        for part, kind in KINDS_OF_PACKAGE.items():
            if part in names:
                return kind
    raise Refused(OTHER_KIND)


def text(content: bytes) -> str:
    """Return whether a file is plain text or a table, if it is either."""
    words = decoded(content)
    if any(sign not in CONTROLS and unicodedata.category(sign) == "Cc" for sign in set(words)):
        raise Refused(OTHER_KIND)
    start = words[:SEARCHED].lstrip("\ufeff \t\r\n\f")
    if not start or start.startswith(OTHER_TEXTS) or MARKUP.search(start):
        raise Refused(OTHER_KIND)
    return "text/csv" if is_table(words) else "text/plain"


def decoded(content: bytes) -> str:
    """Return text in the codes that offices write."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for code in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(code)
        except UnicodeDecodeError:
            continue
    raise Refused(OTHER_KIND)


def is_table(words: str) -> bool:
    """Whether the first lines have as many cells each, parted by one sign.

    >>> is_table("Place,Area\\nCholsey,12\\n"), is_table("Dear all,\\nthe meeting is on Monday.")
    (True, False)
    """
    lines = [line for line in words[:SEARCHED].splitlines()[:10] if line.strip()]
    if len(lines) < 2:
        return False
    return any(lines[0].count(sign) and same(lines, sign) for sign in ",;\t")


def same(lines: list[str], sign: str) -> bool:
    """Whether each line but the last, which may be cut, has a sign as often, quotes left out."""
    whole = lines[:-1] if len(lines) > 2 else lines
    return len({re.sub(r'"[^"]*"', "", line).count(sign) for line in whole}) == 1


def limit(most_memory_bytes: int, most_seconds: int) -> None:
    """Bound what this process may use, where the system can."""
    try:
        import resource  # absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most_memory_bytes, most_memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(content: bytes, limits: dict[str, int]) -> bytes:
    """Return the line that says what was found, and the bytes to keep below it."""
    try:
        kind, anew = kind_and_bytes(content, limits)
    except Refused as refused:
        return json.dumps({"refused": str(refused)}).encode() + b"\n"
    except MemoryError:
        return json.dumps({"refused": TOO_MUCH}).encode() + b"\n"
    return json.dumps({"kind": kind, "is_anew": anew is not None}).encode() + b"\n" + (anew or b"")


if __name__ == "__main__":
    bounds = json.loads(sys.argv[1])
    limit(bounds["memory"], bounds["seconds"])
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), bounds))
