using ModelGate.Architecture.Keys;

namespace ModelGate.Gates.Weights;

/// <summary>The blocks of a network, by the first part of its weights' names in which they differ: <c>enc_p</c>, <c>dec</c>, <c>flow</c>.</summary>
internal static class WeightBlocks
{
    /// <summary>What has to be cut from a name in front of its block.</summary>
    public static int SharedOf(IEnumerable<string> names)
    {
        string? common = null;
        foreach (var name in names)
        {
            common = common is null ? name : name[..name.AsSpan().CommonPrefixLength(common)];
        }

        return common is null ? 0 : common.LastIndexOf('.') + 1;
    }

    /// <summary>The block of a name.</summary>
    public static string Of(string name, int shared) => KeyName.Top(name[shared..]);
}
