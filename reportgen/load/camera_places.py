"""A picture's bytes in; the same without the place where it was taken out. Pure.

Cameras and telephones write it into Exif's GPS tags, editors into XMP. What they say is blanked where it stands, so
that all else of the file stays as it was, byte for byte. Exif 2.32 (CIPA DC-008), 4.6.3; XMP part 3.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from reportgen.late_patterns import regex

_GPS = 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""Type of an Exif value -> bytes a piece."""
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_IN_XMP = regex(rb"(GPS\w+(?:=[\"']|>))([^\"'<>]+)")


def without_place(data: bytes) -> bytes:
    """A JPEG, PNG or WebP whose metadata name no place; any other file, and one that cannot be read, as it is."""
    blank = bytearray(data)
    for begin, end in _metadata(data):
        _blank_exif(blank, begin, end)
        for found in _IN_XMP.finditer(data, begin, end):
            blank[found.start(2) : found.end(2)] = b" " * len(found[2])
        if data.startswith(b"\x89PNG"):
            struct.pack_into(">I", blank, end, zlib.crc32(blank[begin - 4 : end]))
    return data if blank == data else bytes(blank)


def _metadata(data: bytes) -> Iterator[tuple[int, int]]:
    """Begin and end of what may be Exif or XMP."""
    if data.startswith(b"\xff\xd8"):
        at = 2
        while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (0xD9, 0xDA):
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if data[at + 1] == 0xE1 and end <= len(data):
                yield at + 4 + (len(_EXIF) if data.startswith(_EXIF, at + 4) else 0), end
            at = end
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        at = 8
        while at + 12 <= len(data):
            end = at + 8 + int.from_bytes(data[at : at + 4], "big")
            if data[at + 4 : at + 8] in (b"eXIf", b"iTXt") and end + 4 <= len(data):
                yield at + 8, end
            at = end + 4
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        at = 12
        while at + 8 <= len(data):
            size = int.from_bytes(data[at + 4 : at + 8], "little")
            if data[at : at + 4] in (b"EXIF", b"XMP ") and at + 8 + size <= len(data):
                yield at + 8 + (len(_EXIF) if data.startswith(_EXIF, at + 8) else 0), at + 8 + size
            at += 8 + size + size % 2


def _blank_exif(data: bytearray, begin: int, end: int) -> None:
    """Empties the GPS directory of an Exif block, and the values that it points to."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(bytes(data[begin : begin + 4]))
    if order is None or end - begin < 8:
        return
    first = begin + struct.unpack_from(f"{order}I", data, begin + 4)[0]
    for entry in _entries(data, first, end, order):
        if struct.unpack_from(f"{order}H", data, entry)[0] != _GPS:
            continue
        gps = begin + struct.unpack_from(f"{order}I", data, entry + 8)[0]
        for part in _entries(data, gps, end, order):
            kind, count, value = struct.unpack_from(f"{order}HII", data, part + 2)
            size = _SIZES.get(kind, 1) * count
            if size > 4 and begin + value + size <= end:
                data[begin + value : begin + value + size] = bytes(size)
            data[part : part + 12] = bytes(12)
        if gps + 2 <= end:
            data[gps : gps + 2] = bytes(2)


def _entries(data: bytearray, at: int, end: int, order: str) -> Iterator[int]:
    """Where each entry of a directory begins; none of one that reaches past the block."""
    if at + 2 <= end:
        count = struct.unpack_from(f"{order}H", data, at)[0]
        if at + 2 + 12 * count <= end:
            yield from range(at + 2, at + 2 + 12 * count, 12)
