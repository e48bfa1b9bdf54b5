using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace ModelGate.Tests.Readers.Zip;

/// <summary>Writes zip archives, and lies where it is told to.</summary>
internal sealed class LyingZip
{
    private readonly List<Entry> entries = [];

    public byte[] Prefix { get; set; } = [];

    public byte[] Suffix { get; set; } = [];

    public byte[] Comment { get; set; } = [];

    public int? CommentLength { get; set; }

    public int? Count { get; set; }

    public int Disk { get; set; }

    public byte[] BetweenDirectoryAndEnd { get; set; } = [];

    public LyingZip Add(string name, byte[] content, Action<Entry>? lie = null)
    {
        var entry = new Entry(name, content);
        lie?.Invoke(entry);
        entries.Add(entry);
        return this;
    }

    /// <summary>The records of a checkpoint: a pickle, one storage of floats, and the version.</summary>
    public static LyingZip Checkpoint(byte[] pickle, byte[]? storage = null, Action<Entry>? lieOfPickle = null, Action<Entry>? lieOfStorage = null)
        => new LyingZip().Add("archive/data.pkl", pickle, lieOfPickle).Add("archive/data/0", storage ?? new byte[16], lieOfStorage).Add("archive/version", "3\n"u8.ToArray());

    public byte[] ToArray()
    {
        var file = new MemoryStream();
        file.Write(Prefix);
        var directory = new MemoryStream();
        foreach (var entry in entries)
        {
            entry.WriteLocal(file);
            entry.WriteCentral(directory);
        }

        var begin = file.Length;
        file.Write(directory.ToArray());
        file.Write(BetweenDirectoryAndEnd);
        var end = new byte[22];
        "PK\x05\x06"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(4), (ushort)Disk);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)(Count ?? entries.Count));
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)(Count ?? entries.Count));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)begin);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(20), (ushort)(CommentLength ?? Comment.Length));
        file.Write(end);
        file.Write(Comment);
        file.Write(Suffix);
        return file.ToArray();
    }

    public sealed class Entry(string name, byte[] content)
    {
        private long offset;

        public string? LocalName { get; set; }

        public int Flags { get; set; }

        public int? LocalFlags { get; set; }

        public int Method { get; set; }

        public int? LocalMethod { get; set; }

        public uint? Crc { get; set; }

        public uint? Size { get; set; }

        public uint? LocalSize { get; set; }

        public uint? CompressedSize { get; set; }

        public uint? Offset { get; set; }

        public uint Attributes { get; set; }

        public byte MadeBy { get; set; } = 3;

        public ushort Disk { get; set; }

        public byte[] Extra { get; set; } = [];

        public byte[] Behind { get; set; } = [];

        public bool Deflate { get; set; }

        public byte[] BehindDeflated { get; set; } = [];

        private byte[] Stored => Deflate ? [.. Deflated(content), .. BehindDeflated] : content;

        public void WriteLocal(Stream file)
        {
            offset = file.Length;
            var header = new byte[30];
            "PK\x03\x04"u8.CopyTo(header);
            Common(header.AsSpan(6), LocalFlags ?? Flags, LocalMethod ?? Method, LocalSize ?? Size, LocalName ?? name, 0);
            file.Write(header);
            file.Write(Encoding.UTF8.GetBytes(LocalName ?? name));
            file.Write(Stored);
            file.Write(Behind);
        }

        public void WriteCentral(Stream directory)
        {
            var header = new byte[46];
            "PK\x01\x02"u8.CopyTo(header);
            header[5] = MadeBy;
            Common(header.AsSpan(8), Flags, Method, Size, name, Extra.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(34), Disk);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(38), Attributes);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), Offset ?? (uint)offset);
            directory.Write(header);
            directory.Write(Encoding.UTF8.GetBytes(name));
            directory.Write(Extra);
        }

        private void Common(Span<byte> at, int flags, int method, uint? size, string shown, int extra)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)flags);
            BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)(Deflate && method == 0 ? 8 : method));
            BinaryPrimitives.WriteUInt32LittleEndian(at[8..], Crc ?? Crc32.HashToUInt32(content));
            BinaryPrimitives.WriteUInt32LittleEndian(at[12..], CompressedSize ?? (uint)Stored.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(at[16..], size ?? (uint)content.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(at[20..], (ushort)Encoding.UTF8.GetByteCount(shown));
            BinaryPrimitives.WriteUInt16LittleEndian(at[22..], (ushort)extra);
        }

        private static byte[] Deflated(byte[] content)
        {
            var bytes = new MemoryStream();
            using (var deflate = new DeflateStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                deflate.Write(content);
            }

            return bytes.ToArray();
        }
    }
}
