using ModelGate.Faults;

namespace ModelGate.Bytes;

/// <summary>Opens the files that an artifact refers to by name: each once, and none outside of the artifact's folder.</summary>
/// <param name="folder">The folder; null where the artifact was opened without one.</param>
/// <param name="reason">The reason for a name that is refused or a file that cannot be had.</param>
internal sealed class SiblingFiles(IByteSourceFolder? folder, FaultReason reason, ReadBudget budget)
{
    private const int LongestName = 255;

    private readonly Dictionary<string, IByteSource> open = new(StringComparer.Ordinal);

    /// <summary>The file of a name.</summary>
    /// <param name="name">The name. Text from the file.</param>
    /// <param name="below">Whether it may lie in a folder below.</param>
    /// <exception cref="ArtifactFault">The name leads elsewhere, or there is no such file.</exception>
    public IByteSource Open(string name, bool below)
        => Find(name, below) ?? throw new ArtifactFault(reason, SafeText.Of($"the file refers to {name}, which is not there"));

    /// <summary>The file of a name; null where there is none.</summary>
    /// <exception cref="ArtifactFault">The name leads elsewhere, or the files beside it cannot be seen.</exception>
    public IByteSource? Find(string name, bool below)
    {
        if (open.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!IsPlain(name, below))
        {
            throw new ArtifactFault(reason, SafeText.Of($"the file refers to {name}, which is not a plain name in its own folder"));
        }

        ReadBudget.Require(open.Count + 1, budget.Limits.SiblingFiles, nameof(ReadLimits.SiblingFiles), "the number of files that the file refers to");
        if (folder is null)
        {
            throw new ArtifactFault(reason, SafeText.Of($"the file refers to {name}, and the files beside it cannot be seen"));
        }

        try
        {
            return folder.Open(name) is { } source ? open[name] = source : null;
        }
        catch (SourceUnavailableException fault)
        {
            fault.Part ??= name;
            throw;
        }
    }

    private static bool IsPlain(string name, bool below)
    {
        if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAny('\\', ':') || SafeText.From(name).Value != name || (!below && name.Contains('/', StringComparison.Ordinal)))
        {
            return false;
        }

        return name.Split('/').All(part => part is not ("" or "." or "..") && part[^1] is not ('.' or ' '));
    }
}
