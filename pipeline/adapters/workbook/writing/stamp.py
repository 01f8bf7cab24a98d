"""The stamps in the properties of the workbook: the number of the worker's last write, the code of the call."""

import re

from pipeline.adapters.workbook.making.creation import CALL, GENERATION
from pipeline.adapters.workbook.reading import CUSTOM_PART
from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.xml_bytes import ATTRIBUTES, PREFIX, attribute, element, escaped, with_child

_STAMP = rb"(<%sproperty\s(?:[^>]*\s)?name\s*=\s*[\"']%s[\"']%s>\s*<[^>]*>)[^<]*"
_PROPERTY = element("property")
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = b"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of all properties that a person or program adds
_FIRST_ID = 2
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/"
_SPACES = {  # of the part, of its values
    False: (
        "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
        "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    ),
    True: (f"{_STRICT}customProperties", f"{_STRICT}docPropsVTypes"),
}


def stamp(package: Package, generation: int, call: str = "") -> None:
    """Put the stamps in; where a program left them out on the way, put them back."""
    if not package.has(CUSTOM_PART):
        _add_part(package)
    content = _stamped(package.text(CUSTOM_PART), GENERATION, b"i4", b"%d" % generation)
    if call:
        content = _stamped(content, CALL, b"lpwstr", escaped(call))
    package.edit(CUSTOM_PART, content)


def _stamped(content: bytes, name: str, kind: bytes, value: bytes) -> bytes:
    pattern = re.compile(_STAMP % (PREFIX, name.encode(), ATTRIBUTES))
    if pattern.search(content):
        return pattern.sub(lambda found: found[1] + value, content)
    space = _SPACES[_SPACES[True][0].encode() in content][1].encode()
    inner = b'<vt:%s xmlns:vt="%s">%s</vt:%s>' % (kind, space, value, kind)
    return with_child(content, lambda prefix: _property(content, prefix, name, inner))


def _add_part(package: Package) -> None:
    kinds = package.kinds()
    space, _ = _SPACES[kinds.startswith(_STRICT)]
    root = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{space}"/>'
    package.put(CUSTOM_PART, [root.encode()])
    kind = "customProperties" if kinds.startswith(_STRICT) else "custom-properties"
    package.relate("", f"{kinds}/{kind}", CUSTOM_PART, CUSTOM_PART)
    package.declare(CUSTOM_PART, _CONTENT_TYPE)


def _property(content: bytes, prefix: bytes, name: str, inner: bytes) -> bytes:
    taken = [int(attribute(tag, "pid") or 0) for tag in _PROPERTY.findall(content)]
    words = (prefix, _FORMAT_ID, max([_FIRST_ID - 1, *taken]) + 1, name.encode(), inner, prefix)
    return b'<%sproperty fmtid="%s" pid="%d" name="%s">%s</%sproperty>' % words
