"""The packet of properties that says of a PDF what it is called and that it is made for everyone (PDF/UA-1)."""

from __future__ import annotations

from html import escape, unescape

_BEFORE = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\n'
    "<pdfuaid:part>1</pdfuaid:part>\n"
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">'
)
_AFTER = '</rdf:li></rdf:Alt></dc:title>\n</rdf:Description>\n</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>\n'


def packet(title: str) -> bytes:
    """The packet of a document with this title. It holds nothing else."""
    return f"{_BEFORE}{escape(title, quote=False)}{_AFTER}".encode()


def title_of(data: bytes) -> str | None:
    """The title in a packet of ours; None where it holds anything else."""
    text = data.decode("utf-8", "replace")
    title = unescape(text[len(_BEFORE) : -len(_AFTER)])
    return title if packet(title) == data else None
