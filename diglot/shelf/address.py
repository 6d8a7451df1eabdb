"""Where a catalogue stands, which a file cannot know and its server can."""

import json

from lxml import etree

_SELF = "{http://www.w3.org/2005/Atom}link[@rel='self']"


def addressed(catalogue: bytes, address: str) -> bytes:
    """Say in a catalogue (OPDS 1.2 or 2.0) at which address it is served."""
    if catalogue.startswith(b"{"):
        feed = json.loads(catalogue)
        own = [link for link in feed.get("links", ()) if link["rel"] == "self"]
        for link in own:
            link["href"] = address
        return json.dumps(feed, ensure_ascii=False, indent=1).encode() if own else catalogue
    root = etree.fromstring(catalogue)
    own = root.findall(_SELF)
    for link in own:
        link.set("href", address)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written if own else catalogue
