using ModelGate.Runs;

namespace ModelGate.Gates.Audio;

/// <summary>A gate that judges each output by itself, by several measures.</summary>
/// <typeparam name="TOptions">The options, with their defaults: a record nested in the gate.</typeparam>
internal abstract class OutputGate<TOptions> : Gate<TOptions>
    where TOptions : class
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Output];

    /// <inheritdoc/>
    protected sealed override IEnumerable<Subject> Select(RoleFiles files, TOptions options) => files.Each(ArtifactRole.Output);
}
