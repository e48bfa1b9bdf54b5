using ModelGate.Faults;
using ModelGate.Syntax.Tar;

namespace ModelGate.Readers.Catalogue;

/// <summary>Containers that are known and not read: refused by name, never passed over.</summary>
internal static class ForeignFormats
{
    /// <summary>The error for a file that its name alone tells; null for any other.</summary>
    public static ArtifactFault? OfName(string name)
        => name.EndsWith(".distcp", StringComparison.OrdinalIgnoreCase) || name == ".metadata"
            ? new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of(
                $"this is a part of a distributed checkpoint of PyTorch, which is a folder: make one file of it with python -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER FILE"))
            : null;

    /// <summary>The error for a file that no reader recognises.</summary>
    public static ArtifactFault Refuse(ReadOnlySpan<byte> head)
    {
        // Two of the formats of audio begin with text.
        if (ForeignTexts.IsText(head) && AudioName(head) is not ("NIST SPHERE" or "AMR"))
        {
            return ForeignTexts.Unknown(head);
        }

        if (head.IndexOfAnyExcept((byte)0) < 0)
        {
            return new ArtifactFault(FaultReason.UnknownFormat, SafeText.Of($"the file begins with {SafeText.Count(head.Length, "zero byte")}: a download or a copy reserved its place and did not fill it; get it again"), 0);
        }

        if (IsFaiss(head))
        {
            return new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of($"this is a FAISS index, the search index of a voice's features, not its model: the model is the .pth file beside it"), 0);
        }

        if (GgmlName(head) is { } ggml)
        {
            return new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of(
                $"this is a GGML file ({ggml}), the format before GGUF: get the model as GGUF, or convert it with the script that llama.cpp has for old files; models of whisper.cpp are such files too"), 0);
        }

        if (IsOldTorch(head))
        {
            return new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of(
                $"this is a tar archive as PyTorch 0.1 wrote it, which is not read: where you trust it, load it with torch.load and save its weights again"), 0);
        }

        if (MobileName(head) is { } mobile)
        {
            return new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of($"this is a program for {mobile}, which is not read: give the checkpoint that it was made of"), 0);
        }

        if (AudioName(head) is { } audio)
        {
            return new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of($"{audio} files are not read: write the recording as WAV"), 0);
        }

        var name = Name(head);
        return name is null
            ? new ArtifactFault(FaultReason.UnknownFormat, SafeText.Of($"no known format begins with the bytes {Convert.ToHexString(head[..Math.Min(8, head.Length)])}"), 0)
            : new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of($"{name} files are not read{Advice(name)}"), 0);
    }

    private static SafeText Advice(string name) => name is "7z" or "gzip" or "xz" or "RAR" or "bzip2" or "zstd" or "tar"
        ? SafeText.Of($": unpack it, and use the file that is in it")
        : SafeText.Empty;

    // faiss/impl/index_write.cpp: four letters, the dimension as a small 32-bit number.
    private static bool IsFaiss(ReadOnlySpan<byte> head)
        => head is [(byte)'I', (byte)'x' or (byte)'w' or (byte)'H' or (byte)'v' or (byte)'B' or (byte)'N' or (byte)'R' or (byte)'M' or (byte)'2' or (byte)'P' or (byte)'L', >= (byte)'0' and <= (byte)'z', >= (byte)'0' and <= (byte)'z', _, _, <= 1, 0, ..];

    // llama.cpp before August 2023: a magic number as a little-endian word. Of "ggml", the first, the version was none.
    private static string? GgmlName(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'l', (byte)'m', (byte)'g', (byte)'g', ..] => "ggml",
        [(byte)'f', (byte)'m', (byte)'g', (byte)'g', ..] => "ggmf",
        [(byte)'t', (byte)'j', (byte)'g', (byte)'g', ..] => "ggjt",
        [(byte)'a', (byte)'l', (byte)'g', (byte)'g', ..] => "ggla, a LoRA adapter",
        _ => null,
    };

    // The first of the four members that torch.save wrote: sys_info, pickle, tensors, storages.
    private static bool IsOldTorch(ReadOnlySpan<byte> head)
        => TarHeader.Read(head) is not null && head.IndexOf((byte)0) is > 0 and var end
            && (head[..end].SequenceEqual("sys_info"u8) || head[..end].SequenceEqual("pickle"u8) || head[..end].SequenceEqual("tensors"u8) || head[..end].SequenceEqual("storages"u8));

    // The identifiers of flatbuffers, behind the offset of the root table.
    private static string? MobileName(ReadOnlySpan<byte> head) => head switch
    {
        [_, _, _, _, (byte)'P', (byte)'T', (byte)'M', (byte)'F', ..] => "PyTorch Mobile (flatbuffer)",
        [_, _, _, _, (byte)'E', (byte)'T', >= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9', ..] => "ExecuTorch",
        [_, _, _, _, (byte)'T', (byte)'F', (byte)'L', (byte)'3', ..] => "TensorFlow Lite",
        _ => null,
    };

    private static string? Name(ReadOnlySpan<byte> head) => head switch
    {
        [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, ..] => "7z",
        [0x1F, 0x8B, ..] => "gzip",
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "xz",
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => "RAR",
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "bzip2",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "HDF5",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "PNG",
        [(byte)'P', (byte)'Y', (byte)'T', (byte)'O', (byte)'R', (byte)'C', (byte)'H', (byte)'1', ..] => "PyTorch 1.0 preview",
        _ when TarHeader.Read(head) is not null || (head.Length >= 262 && head.Slice(257, 5).SequenceEqual("ustar"u8)) => "tar",
        _ => null,
    };

    private static string? AudioName(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'R', (byte)'I', (byte)'F', (byte)'X', ..] => "RIFX (big-endian WAVE)",
        [(byte)'r', (byte)'i', (byte)'f', (byte)'f', 0x2E, 0x91, 0xCF, 0x11, ..] => "Wave64",
        [(byte)'F', (byte)'O', (byte)'R', (byte)'M', _, _, _, _, (byte)'A', (byte)'I', (byte)'F', (byte)'F' or (byte)'C', ..] => "AIFF",
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => "FLAC",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "Ogg",
        [(byte)'c', (byte)'a', (byte)'f', (byte)'f', ..] => "Core Audio",
        [(byte)'.', (byte)'s', (byte)'n', (byte)'d', ..] => "AU",
        [(byte)'w', (byte)'v', (byte)'p', (byte)'k', ..] => "WavPack",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "MP4",
        [(byte)'N', (byte)'I', (byte)'S', (byte)'T', (byte)'_', ..] => "NIST SPHERE",
        [(byte)'C', (byte)'r', (byte)'e', (byte)'a', (byte)'t', (byte)'i', (byte)'v', (byte)'e', (byte)' ', (byte)'V', (byte)'o', (byte)'i', ..] => "Creative Voice",
        [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => "AMR",
        [(byte)'M', (byte)'A', (byte)'C', (byte)' ', ..] => "Monkey's Audio",
        [(byte)'T', (byte)'T', (byte)'A', (byte)'1' or (byte)'2', ..] => "True Audio",
        [(byte)'D', (byte)'S', (byte)'D', (byte)' ', ..] => "DSF",
        [(byte)'F', (byte)'R', (byte)'M', (byte)'8', ..] => "DSDIFF",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "Matroska or WebM",
        [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..] => "Windows Media",
        [(byte)'I', (byte)'D', (byte)'3', ..] => "MP3",

        // The frame sync, a version and a layer that exist. Layer I is left out: its bytes are also UTF-16's mark.
        [0xFF, var second, ..] when (second & 0xE6) is 0xE2 or 0xE4 && (second & 0x18) != 0x08 => "MP3",
        [0xFF, var second, ..] when (second & 0xF6) == 0xF0 => "AAC",
        _ => null,
    };
}
