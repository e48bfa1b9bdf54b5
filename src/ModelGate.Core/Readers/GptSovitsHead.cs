using ModelGate.Bytes;

namespace ModelGate.Readers;

/// <summary>A checkpoint of GPT-SoVITS: a zip archive whose first two bytes are the number of a model version in place of <c>PK</c>.</summary>
/// <remarks>GPT-SoVITS, process_ckpt.py, head2version: it puts <c>PK</c> back before it calls torch.load.</remarks>
internal sealed class GptSovitsHead(IByteSource source) : IByteSource
{
    private static readonly (string Head, string Version)[] Versions =
    [
        ("00", "v1"), ("01", "v2"), ("02", "v3"), ("03", "v3, LoRA"), ("04", "v4, LoRA"), ("05", "v2Pro"), ("06", "v2ProPlus"),
    ];

    /// <inheritdoc/>
    public long Length => source.Length;

    /// <summary>The version that the first bytes name; null where they are not such a head.</summary>
    public static string? VersionOf(ReadOnlySpan<byte> head)
    {
        if (head is not [(byte)'0', >= (byte)'0' and <= (byte)'6', 3, 4, ..])
        {
            return null;
        }

        return Versions[head[1] - '0'].Version;
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        var count = source.Read(offset, destination);
        for (var at = offset; at < 2 && at - offset < count; at++)
        {
            destination[(int)(at - offset)] = "PK"u8[(int)at];
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
