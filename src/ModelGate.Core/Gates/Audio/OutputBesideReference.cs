using ModelGate.Runs;

namespace ModelGate.Gates.Audio;

/// <summary>A gate that compares each output with its reference, and cannot judge without one.</summary>
/// <typeparam name="TOptions">The options, with their defaults: a record nested in the gate.</typeparam>
internal abstract class OutputBesideReference<TOptions> : Gate<TOptions>
    where TOptions : class, IPairedByName
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Output, ArtifactRole.Reference];

    /// <inheritdoc/>
    protected sealed override IEnumerable<Subject> Select(RoleFiles files, TOptions options) => RecordingPairs.Both(files, options.ReferenceName);
}
