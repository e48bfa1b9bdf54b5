using ModelGate.Runs;

namespace ModelGate.Gates.Waivers;

/// <summary>Every waiver of the configuration is in force, and needed.</summary>
/// <remarks>The evaluation judges it from the other results: there is no file to look at.</remarks>
[GateId("MG9004")]
internal sealed class WaiversMustHold : Gate<WaiversMustHold.Options>
{
    /// <summary>When a waiver is told to end.</summary>
    public sealed record Options
    {
        /// <summary>How many days before its end a waiver is a warning; 14 by default.</summary>
        [Range(0, 3650)]
        public int Days { get; init; } = 14;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => [];

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [];

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured) => null;
}
