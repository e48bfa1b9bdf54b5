using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>The artifacts of one evaluation, by role: those that were read, and what became of the others.</summary>
internal sealed class ArtifactSet
{
    private readonly Dictionary<ArtifactRole, RoleContent> roles = [];

    /// <summary>Whether gates are asked for data for pictures.</summary>
    public bool ShowExhibits { get; init; }

    /// <summary>The caller's wish to stop.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Adds a role.</summary>
    /// <param name="role">The role.</param>
    /// <param name="patterns">The configured patterns, for the message that nothing matched.</param>
    /// <param name="files">The files that matched, ordered by path.</param>
    public void Add(ArtifactRole role, IReadOnlyList<string> patterns, IReadOnlyList<RoleFile> files)
        => roles.Add(role, new RoleContent(patterns, files));

    /// <summary>Whether the configuration names the role.</summary>
    public bool Has(ArtifactRole role) => roles.ContainsKey(role);

    /// <summary>
    /// The files of a role that hold the wanted kind of artifact, each with its path; a problem in place of each other one, and one
    /// problem without a path where no file matched. Nothing where the configuration does not name the role.
    /// </summary>
    public IEnumerable<Selection<ArtifactFile<TArtifact>>> Files<TArtifact>(ArtifactRole role)
        where TArtifact : Artifact
    {
        if (!roles.TryGetValue(role, out var content))
        {
            yield break;
        }

        if (content.Files.Count == 0)
        {
            yield return new(null, SafeText.Of($"no file matches the {role.Key()} pattern {SafeText.Join(", ", content.Patterns.Select(p => SafeText.From(p)))}"));
        }

        foreach (var file in content.Files)
        {
            yield return file.Content switch
            {
                null => new(file.Path, SafeText.Of($"{file.Path} cannot be read: {file.Problem}")),
                TArtifact artifact => new(file.Path, new ArtifactFile<TArtifact>(file.Path, file.Bytes, file.LastWriteTime, artifact)),
                var other => new(file.Path, SafeText.Of($"{file.Path} is {other.Format}, which cannot serve as {role.Key()}")),
            };
        }
    }

    /// <summary>
    /// The files of a role, readable or refused: a gate that judges files and not what they hold looks at both. A problem in place of a file
    /// that could not be opened, and one without a path where no file matched. Nothing where the configuration does not name the role.
    /// </summary>
    public IEnumerable<Selection<ExaminedFile>> Examined(ArtifactRole role)
        => Files<Artifact>(role).Select(selection => selection.Subject is { } file
            ? new Selection<ExaminedFile>(file.Path, new ExaminedFile(file.Path, file.Content, null))
            : roles[role].Files.FirstOrDefault(f => f.Path == selection.Artifact)?.Fault is { } fault
                ? new Selection<ExaminedFile>(selection.Artifact, new ExaminedFile(selection.Artifact!, null, fault))
                : new Selection<ExaminedFile>(selection.Artifact, selection.Problem));

    private sealed record RoleContent(IReadOnlyList<string> Patterns, IReadOnlyList<RoleFile> Files);
}

/// <summary>A file that a role's pattern matched: its content, or the problem with it.</summary>
/// <param name="Path">The path relative to the configuration, with forward slashes.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="LastWriteTime">When it was last written.</param>
/// <param name="Content">The artifact, or null where it could not be read.</param>
/// <param name="Problem">Why it could not be read: one sentence.</param>
internal sealed record RoleFile(string Path, long Bytes, DateTimeOffset LastWriteTime, Artifact? Content, SafeText Problem)
{
    /// <summary>What is wrong with its bytes, where that is why it could not be read: it says what was found before.</summary>
    public ArtifactFault? Fault { get; init; }
}

/// <summary>A file that was opened: what it holds, or the fault that it was refused for.</summary>
/// <param name="Path">The path relative to the configuration, with forward slashes.</param>
/// <param name="Content">The artifact, or null where the file was refused.</param>
/// <param name="Fault">Why it was refused.</param>
internal sealed record ExaminedFile(string Path, Artifact? Content, ArtifactFault? Fault);
