"""The kinds of file that are kept: what each is called, and how its name ends. Pure."""

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
WEBP = "image/webp"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
TEXT = "text/plain"
ZIP = "application/zip"

ENDINGS = {
    PDF: "pdf",
    PNG: "png",
    JPEG: "jpg",
    WEBP: "webp",
    DOCX: "docx",
    XLSX: "xlsx",
    ODT: "odt",
    ODS: "ods",
    CSV: "csv",
    TEXT: "txt",
    ZIP: "zip",
}
#: A zip file is only ever one that we made ourselves.
ACCEPTED = tuple(kind for kind in ENDINGS if kind != ZIP)
PICTURES = (JPEG, PNG, WEBP)
CALLED = {
    PDF: "PDF",
    PNG: "Picture (PNG)",
    JPEG: "Picture (JPEG)",
    WEBP: "Picture (WebP)",
    DOCX: "Word",
    XLSX: "Excel",
    ODT: "OpenDocument text",
    ODS: "OpenDocument spreadsheet",
    CSV: "CSV",
    TEXT: "Plain text",
    ZIP: "ZIP",
}
