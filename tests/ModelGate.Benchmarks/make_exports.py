"""Writes COUNT exports that differ: make_exports.py EXPORT.pth FOLDER [COUNT]

Each is EXPORT.pth with other bytes in one of its weights and the checksum that belongs to them, so that no two have the same content and each is
whole. EXPORT.pth is a zip as PyTorch writes it: the checksum stands behind the content and in the directory.
"""
import pathlib
import struct
import sys
import zipfile
import zlib

source, folder = sys.argv[1], pathlib.Path(sys.argv[2])
count = int(sys.argv[3]) if len(sys.argv) > 3 else 3000
folder.mkdir(parents=True, exist_ok=True)
whole = pathlib.Path(source).read_bytes()
with zipfile.ZipFile(source) as archive:
    entry = max((e for e in archive.infolist() if "/data/" in e.filename), key=lambda e: e.file_size)
    content = bytearray(archive.read(entry))
assert entry.compress_type == zipfile.ZIP_STORED
name_length, extra_length = struct.unpack("<26xHH", whole[entry.header_offset:entry.header_offset + 30])
start = entry.header_offset + 30 + name_length + extra_length
recorded = struct.pack("<I", entry.CRC)
assert whole.count(recorded) >= 2

for number in range(count):
    # The low bits of the first numbers' mantissas: finite numbers stay finite.
    content[0:1] = (number & 0xFF).to_bytes(1, "little")
    content[2:3] = (number >> 8 & 0xFF).to_bytes(1, "little")
    made = bytearray(whole.replace(recorded, struct.pack("<I", zlib.crc32(content))))
    made[start:start + len(content)] = content
    path = folder / f"export_{number:05}.pth"
    path.write_bytes(made)
    if number in (0, count - 1):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None, archive.testzip()
