using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>A file that plays a role, known by its path alone: it may not have been opened yet.</summary>
/// <param name="Role">The role.</param>
/// <param name="Path">The path relative to the configuration, with forward slashes.</param>
internal sealed record RoleFile(ArtifactRole Role, string Path)
{
    /// <summary>The path's last part.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>What the pattern of a role matched.</summary>
/// <param name="Files">The files, ordered by path.</param>
/// <param name="Problem">Why there is none; empty where there are some.</param>
internal sealed record RoleMatch(IReadOnlyList<RoleFile> Files, SafeText Problem)
{
    /// <summary>Files that the pattern would match if upper and lower case were the same in extensions; looked for where a role is one of a data set.</summary>
    public IReadOnlyList<RoleFile> OtherCase { get; init; } = [];
}

/// <summary>The files of the roles that a configuration names: paths only, nothing has been opened.</summary>
/// <param name="roles">The named roles.</param>
internal sealed class RoleFiles(IReadOnlyDictionary<ArtifactRole, RoleMatch> roles)
{
    /// <summary>Whether the configuration names the role.</summary>
    public bool Has(ArtifactRole role) => roles.ContainsKey(role);

    /// <summary>The files of a role; none where nothing matched or the configuration does not name it.</summary>
    public IReadOnlyList<RoleFile> Of(ArtifactRole role) => roles.TryGetValue(role, out var match) ? match.Files : [];

    /// <summary>Files of a role but for the case of their extension, which are not judged.</summary>
    public IReadOnlyList<RoleFile> OtherCase(ArtifactRole role) => roles.TryGetValue(role, out var match) ? match.OtherCase : [];

    /// <summary>A subject for each file of a role; where the role is named and nothing matched, one that says so.</summary>
    public IEnumerable<Subject> Each(ArtifactRole role)
        => Missing(role) is { IsEmpty: false } problem ? [Subject.Impossible(problem)] : Of(role).Select(f => new Subject(f.Path, [f]));

    /// <summary>Why a named role has no file; empty where it has some.</summary>
    public SafeText Missing(ArtifactRole role) => roles.TryGetValue(role, out var match) ? match.Problem : SafeText.Empty;
}
