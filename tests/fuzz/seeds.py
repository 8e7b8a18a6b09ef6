"""What fuzzing starts from: for each target the made-up files that the tests of its reader read."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

from tests.fixtures.containers import zipped

_ENDINGS = {
    ".txt": "text", ".md": "markdown", ".json": "json", ".csv": "csv", ".tsv": "csv", ".html": "html", ".rss": "feed",
    ".xml": "feed", ".eml": "mail", ".mbox": "mailbox", ".docx": "docx", ".xlsx": "xlsx", ".pdf": "pdf",
    ".warc": "warc", ".gz": "warc", ".zip": "zip",
}  # fmt: skip
_DUMP = (
    b"2449067\tTimbuktu\tTimbuktu\tTombouctou,Tumbutu\t16.77348\t-3.00742\tP\tPPLA\tML\t\t08\t\t\t\t32460\t\t266\t"
    b"Africa/Bamako\t2019-09-05\n999000001\tSamplewell\t\t\t16.5\t-3.1\tA\tADM1\tML\t\t99\t\t\t\t\t\t\t\t2020-01-01\n"
)
_NAMES = b"1\t2449067\tfr\tTombouctou\t1\t\t\t\n2\t2449067\tabbr\tTBU\t\t\t1\t1\n"
_UNITS = b"ML.08\tTombouctou\tTombouctou\t2449066\n"
_DOCUMENT = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Talks'
    b"</w:t><w:tab/><w:br/></w:r><w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:ins><w:r><w:t>in Gao</w:t>"
    b"</w:r></w:ins></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Mali</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:pict>"
    b"<w:txbxContent><w:p><w:r><w:t>a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p></w:body></w:document>"
)
PARTS = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}
"""Formats that are zip files: the part that carries the words, which is fuzzed without its wrapping too."""


def seeds(target: str) -> list[bytes]:
    """Valid inputs of a target of :mod:`tests.fuzz.run`."""
    from tests.articles.test_formats import FORMATS

    files = [make() for name, (make, _) in FORMATS.items() if _ENDINGS["." + name.rpartition(".")[2]] == target]
    if target == "page":
        files += [make() for name, (make, _) in FORMATS.items() if name.endswith(".html")]
    elif target == "warc":
        files += [gzip.decompress(file) for file in files if file[:2] == b"\x1f\x8b"]
    elif target == "jsonl":
        files += [_record(), b'{"id": "1", "text": "Words in Gao.", "published": "2024-03-01"}\n{"text": "More."}\n']
    elif target == "record":
        files.append(_record())
    elif target == "dump":
        files += [b"\0" + _DUMP, b"\1" + _NAMES, b"\2" + _UNITS, b"\3" + zipped(("ML.txt", _DUMP))]
    if part := PARTS.get(target):
        files += [zipfile.ZipFile(io.BytesIO(file)).read(part) for file in files]
    if target == "docx":
        files.append(_DOCUMENT)
    return files


def _record() -> bytes:
    from mapper.codec import encode_line, to_record
    from tests.samples import analysis

    line = encode_line(to_record(analysis()))
    return json.dumps(json.loads(line), ensure_ascii=False).encode()
