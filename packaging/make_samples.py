"""Make the sample library in resources/samples/ from the texts in packaging/samples/: `make_samples.py`.

The same texts give the same bytes. Nothing in it is real; every file says so.
"""

from __future__ import annotations

from pathlib import Path

from samples_paper import docx, email, markdown, pdf, plain_text, scan
from samples_pictures import scanned_notice, strait_map
from samples_text import Sample, all_samples
from samples_web import page, saved_page

TARGET = Path(__file__).resolve().parents[1] / "resources" / "samples"


def content(sample: Sample, picture: bytes) -> bytes:
    """The bytes of a sample in the format that its file name asks for."""
    match sample["look"]:
        case "text":
            return plain_text(sample).encode("utf-8")
        case "markdown":
            return markdown(sample).encode("utf-8")
        case "email":
            return email(sample)
        case "document":
            return docx(sample)
        case "report" | "note":
            return pdf(sample)
        case "scan":
            return scan(scanned_notice(sample), sample)
        case "studies":
            return saved_page(sample, picture)
        case _:
            return page(sample).encode("utf-8")


def main() -> None:
    picture = strait_map()
    for folder in ("sources", "pictures"):
        (TARGET / folder).mkdir(parents=True, exist_ok=True)
    (TARGET / "pictures" / "halven-strait.png").write_bytes(picture)
    for sample in all_samples():
        data = content(sample, picture)
        (TARGET / "sources" / sample["file"]).write_bytes(data)
        print(f"{len(data):8,}  {sample['file']}")


if __name__ == "__main__":
    main()
