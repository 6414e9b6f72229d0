"""A TrueType face for the signature's appearance: measures text and embeds only the glyphs that were used."""

from __future__ import annotations

import struct
import sysconfig
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name

if TYPE_CHECKING:
    from pyhanko.pdf_utils.writer import BasePdfFileWriter

# Tables a PDF viewer needs when glyphs are chosen by number (ISO 32000-1, 9.9); the rest stays at home.
KEPT = (b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep")
# Flags of a composite glyph's part (OpenType specification, "glyf").
WORDS, SCALE, MORE, XY_SCALE, TWO_BY_TWO = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080


class Face:
    """One font file; all sizes are in thousandths of the type size, as PDF counts them."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._tables = _tables(data)
        head, hhea = self._tables[b"head"], self._tables[b"hhea"]
        self._units: int = struct.unpack(">H", head[18:20])[0]
        self._long_loca = struct.unpack(">h", head[50:52])[0] == 1
        self.box = [self._scaled(v) for v in struct.unpack(">4h", head[36:44])]
        self.ascent, self.descent = (self._scaled(v) for v in struct.unpack(">2h", hhea[4:8]))
        self._metric_count: int = struct.unpack(">H", hhea[34:36])[0]
        self._glyphs = _character_map(self._tables[b"cmap"])

    def _scaled(self, units: int) -> int:
        return round(units * 1000 / self._units)

    def glyph(self, character: str) -> int:
        """The glyph's number; a character the face lacks becomes the question mark."""
        return self._glyphs.get(ord(character)) or self._glyphs[ord("?")]

    def advance(self, glyph: int) -> int:
        """How far the pen moves."""
        at = 4 * min(glyph, self._metric_count - 1)
        return self._scaled(struct.unpack(">H", self._tables[b"hmtx"][at : at + 2])[0])

    def width(self, text: str, size: float) -> float:
        """Width of `text` in points at `size` points."""
        return sum(self.advance(self.glyph(c)) for c in text) * size / 1000

    def encoded(self, text: str) -> bytes:
        """The text as a PDF hexadecimal string of glyph numbers."""
        return b"<" + "".join(f"{self.glyph(c):04X}" for c in text).encode() + b">"

    def subset(self, used: set[int]) -> bytes:
        """The font file with every unused outline emptied; glyph numbers stay as they were."""
        kept = self._closure(used | {0})
        outlines, offsets = bytearray(), [0]
        for glyph in range(self._glyph_count()):
            if glyph in kept:
                outline = self._outline(glyph)
                outlines += outline + bytes(-len(outline) % 4)
            offsets.append(len(outlines))
        tables = {tag: self._tables[tag] for tag in KEPT if tag in self._tables}
        tables[b"glyf"] = bytes(outlines)
        # Long offsets always: the head table is told so.
        tables[b"loca"] = struct.pack(f">{len(offsets)}I", *offsets)
        head = tables[b"head"]
        tables[b"head"] = head[:50] + struct.pack(">h", 1) + head[52:]
        return _file(tables)

    def _glyph_count(self) -> int:
        return int(struct.unpack(">H", self._tables[b"maxp"][4:6])[0])

    def _outline(self, glyph: int) -> bytes:
        loca = self._tables[b"loca"]
        if self._long_loca:
            start, end = struct.unpack(">2I", loca[4 * glyph : 4 * glyph + 8])
        else:
            start, end = (2 * v for v in struct.unpack(">2H", loca[2 * glyph : 2 * glyph + 4]))
        return self._tables[b"glyf"][start:end]

    def _closure(self, used: set[int]) -> set[int]:
        """The used glyphs and every part they are put together from (é = e + acute)."""
        done: set[int] = set()
        waiting = set(used)
        while waiting:
            glyph = waiting.pop()
            done.add(glyph)
            waiting |= set(_parts(self._outline(glyph))) - done
        return done

    def embed(self, writer: BasePdfFileWriter, text: str) -> generic.IndirectObject:
        """Adds the face with the glyphs of `text` to the file and gives its reference (a Type 0 font, searchable)."""
        characters = {self.glyph(c): c for c in sorted(set(text))}
        # A subset's name starts with six letters of its own (ISO 32000-1, 9.6.4).
        base = pdf_name(f"/PELTIG+{self.name}")
        descendant = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Font"),
                pdf_name("/Subtype"): pdf_name("/CIDFontType2"),
                pdf_name("/BaseFont"): base,
                pdf_name("/CIDSystemInfo"): _identity_ordering(),
                pdf_name("/FontDescriptor"): writer.add_object(self._descriptor(writer, base, set(characters))),
                pdf_name("/CIDToGIDMap"): pdf_name("/Identity"),
                pdf_name("/W"): self._widths(sorted(characters)),
            }
        )
        back = generic.StreamObject(stream_data=_to_unicode(characters))
        back.compress()
        font = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Font"),
                pdf_name("/Subtype"): pdf_name("/Type0"),
                pdf_name("/BaseFont"): base,
                pdf_name("/Encoding"): pdf_name("/Identity-H"),
                pdf_name("/DescendantFonts"): generic.ArrayObject([writer.add_object(descendant)]),
                pdf_name("/ToUnicode"): writer.add_object(back),
            }
        )
        return writer.add_object(font)

    def _descriptor(
        self, writer: BasePdfFileWriter, base: generic.NameObject, used: set[int]
    ) -> generic.DictionaryObject:
        """The face's measures and its file."""
        stream = generic.StreamObject(stream_data=self.subset(used))
        stream.compress()
        return generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/FontDescriptor"),
                pdf_name("/FontName"): base,
                # 4 = symbolic: glyphs are chosen by number, not by a standard alphabet.
                pdf_name("/Flags"): generic.NumberObject(4),
                pdf_name("/FontBBox"): generic.ArrayObject([generic.NumberObject(v) for v in self.box]),
                pdf_name("/ItalicAngle"): generic.NumberObject(0),
                pdf_name("/Ascent"): generic.NumberObject(self.ascent),
                pdf_name("/Descent"): generic.NumberObject(self.descent),
                pdf_name("/CapHeight"): generic.NumberObject(self.ascent),
                pdf_name("/StemV"): generic.NumberObject(80),
                pdf_name("/FontFile2"): writer.add_object(stream),
            }
        )

    def _widths(self, glyphs: list[int]) -> generic.ArrayObject:
        array = generic.ArrayObject()
        for glyph in glyphs:
            array.append(generic.NumberObject(glyph))
            array.append(generic.ArrayObject([generic.NumberObject(self.advance(glyph))]))
        return array


@lru_cache(maxsize=4)
def face(style: str) -> Face:
    """The bundled Inter in `style` ("Regular", "SemiBold"), read once."""
    beside = Path(__file__).resolve().parents[2] / "resources"
    home = beside if beside.is_dir() else Path(sysconfig.get_path("data")) / "share" / "pelita3" / "resources"
    return Face((home / "fonts" / f"Inter-{style}.ttf").read_bytes(), f"Inter-{style}")


def _tables(data: bytes) -> dict[bytes, bytes]:
    """The font file's tables by tag."""
    count = struct.unpack(">H", data[4:6])[0]
    found = {}
    for at in range(12, 12 + 16 * count, 16):
        offset, length = struct.unpack(">2I", data[at + 8 : at + 16])
        found[data[at : at + 4]] = data[offset : offset + length]
    return found


def _character_map(cmap: bytes) -> dict[int, int]:
    """Unicode to glyph number, from the Windows BMP subtable (platform 3, encoding 1, format 4)."""
    count = struct.unpack(">H", cmap[2:4])[0]
    records = [struct.unpack(">2HI", cmap[4 + 8 * i : 12 + 8 * i]) for i in range(count)]
    sub = cmap[next(offset for platform, encoding, offset in records if (platform, encoding) == (3, 1)) :]
    double = struct.unpack(">H", sub[6:8])[0]
    size = double // 2
    ends = struct.unpack(f">{size}H", sub[14 : 14 + double])
    starts = struct.unpack(f">{size}H", sub[16 + double : 16 + 2 * double])
    deltas = struct.unpack(f">{size}h", sub[16 + 2 * double : 16 + 3 * double])
    at_ranges = 16 + 3 * double
    ranges = struct.unpack(f">{size}H", sub[at_ranges : at_ranges + double])
    found = {}
    for i in range(size):
        for code in range(starts[i], min(ends[i], 0xFFFE) + 1):
            glyph = code
            if ranges[i]:
                # The specification's pointer arithmetic: an offset counted from its own place in the table.
                at = at_ranges + 2 * i + ranges[i] + 2 * (code - starts[i])
                glyph = struct.unpack(">H", sub[at : at + 2])[0]
            found[code] = (glyph + deltas[i]) & 0xFFFF
    return found


def _parts(outline: bytes) -> list[int]:
    """The glyphs a composite glyph is made of; none for a simple one."""
    if not outline or struct.unpack(">h", outline[:2])[0] >= 0:
        return []
    parts, at, flags = [], 10, MORE
    while flags & MORE:
        flags, glyph = struct.unpack(">2H", outline[at : at + 4])
        parts.append(glyph)
        at += 4 + (4 if flags & WORDS else 2)
        at += 2 if flags & SCALE else 4 if flags & XY_SCALE else 8 if flags & TWO_BY_TWO else 0
    return parts


def _file(tables: dict[bytes, bytes]) -> bytes:
    """Puts tables back into a font file, with their checksums."""
    power = 1 << (len(tables).bit_length() - 1)
    header = struct.pack(
        ">I4H", 0x00010000, len(tables), 16 * power, power.bit_length() - 1, 16 * (len(tables) - power)
    )
    directory, body = b"", b""
    start = 12 + 16 * len(tables)
    for tag, data in sorted(tables.items()):
        padded = data + bytes(-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4s3I", tag, checksum, start + len(body), len(data))
        body += padded
    return header + directory + body


def _identity_ordering() -> generic.DictionaryObject:
    return generic.DictionaryObject(
        {
            pdf_name("/Registry"): generic.TextStringObject("Adobe"),
            pdf_name("/Ordering"): generic.TextStringObject("Identity"),
            pdf_name("/Supplement"): generic.NumberObject(0),
        }
    )


def _to_unicode(characters: dict[int, str]) -> bytes:
    """The way back from glyph numbers to text, so that the appearance can be searched and read aloud."""
    lines = [f"<{glyph:04X}> <{ord(c):04X}>" for glyph, c in sorted(characters.items())]
    # A bfchar block holds at most 100 entries.
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
