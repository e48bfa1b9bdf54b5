using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Gates;

/// <summary>Files that are judged together: one, a pair, or all of a run.</summary>
/// <param name="Path">The path of the file that the verdict is about; empty where it is about several.</param>
/// <param name="Files">The files.</param>
internal sealed record Subject(string Path, IReadOnlyList<RoleFile> Files)
{
    /// <summary>Why it cannot be judged, where that is known before a file is opened.</summary>
    public SafeText Problem { get; init; }

    /// <summary>The file that is judged in place of this one, which is an earlier or another of its kind; null for most subjects.</summary>
    public RoleFile? SupersededBy { get; init; }

    /// <summary>Paths of files that belong to this one by its name, and that are not there; none for most subjects.</summary>
    public IReadOnlyList<string> MissingParts { get; init; } = [];

    /// <summary>Files that are known by their names alone, and are not opened for this; none for most subjects.</summary>
    public IReadOnlyList<RoleFile> Beside { get; init; } = [];

    /// <summary>How it is known that its files belong together; empty where nobody could ask.</summary>
    public SafeText PairedBy { get; init; }

    /// <summary>A subject that cannot be judged.</summary>
    public static Subject Impossible(SafeText problem, string path = "") => new(path, []) { Problem = problem };

    /// <summary>The first file of a role.</summary>
    public RoleFile First(ArtifactRole role) => Files.First(f => f.Role == role);

    /// <summary>The files of a role.</summary>
    public IEnumerable<RoleFile> Of(ArtifactRole role) => Files.Where(f => f.Role == role);
}

/// <summary>A measure that a gate needs on a file.</summary>
internal readonly record struct Need(RoleFile File, Measure Measure)
{
    /// <summary>What to say of a file of another kind; empty where it cannot serve in its role at all.</summary>
    public SafeText OfOtherKind { get; init; }
}
