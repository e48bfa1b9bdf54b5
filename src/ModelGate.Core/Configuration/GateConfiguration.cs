using ModelGate.Bytes;
using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Configuration;

/// <summary>What a configuration asks for: which files play which part, and which gates judge them.</summary>
/// <param name="Path">The configuration's path as the user knows it; empty where there is none and defaults hold.</param>
/// <param name="Sha256">The SHA-256 of its bytes in lower-case hexadecimal; empty where there is none.</param>
/// <param name="Artifacts">The patterns of each role that is named.</param>
/// <param name="Gates">The gates that run, in the order of their ids.</param>
internal sealed record GateConfiguration(
    string Path, string Sha256, IReadOnlyDictionary<ArtifactRole, RolePatterns> Artifacts, IReadOnlyList<ConfiguredGate> Gates)
{
    /// <summary>What states the expected keys, where it is not a file of the role architecture.</summary>
    public ArchitectureExpectation? Architecture { get; init; }

    /// <summary>What a file may cost to read.</summary>
    public ReadLimits Limits { get; init; } = ReadLimits.Default;
}

/// <summary>The files of one role.</summary>
/// <param name="Patterns">Globs relative to the configuration.</param>
/// <param name="At">Where they stand.</param>
internal sealed record RolePatterns(IReadOnlyList<string> Patterns, SourcePosition At);

/// <summary>A gate that runs.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Severity">What a finding means for the verdict.</param>
/// <param name="Options">An instance of the gate's own options record.</param>
/// <param name="At">Where the configuration asks for it.</param>
internal sealed record ConfiguredGate(GateDescriptor Gate, Severity Severity, object Options, SourcePosition At);
