using ModelGate.Runs;

namespace ModelGate.Gates.Audio;

/// <summary>A gate that judges each output by itself, and beside its reference where there is one.</summary>
/// <typeparam name="TOptions">The options, with their defaults: a record nested in the gate.</typeparam>
internal abstract class OutputAndAnyReference<TOptions> : Gate<TOptions>
    where TOptions : class, IPairedByName
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Output];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Reference];

    /// <inheritdoc/>
    protected sealed override IEnumerable<Subject> Select(RoleFiles files, TOptions options) => RecordingPairs.ByName(files, options.ReferenceName);
}
