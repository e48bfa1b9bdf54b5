using ModelGate.Bytes;
using ModelGate.Gates;
using ModelGate.Readers;
using ModelGate.Runs;
using ModelGate.Trainers;

namespace ModelGate.Configuration;

/// <summary>What a configuration asks for: which files play which part, and what is required of them.</summary>
/// <param name="Artifacts">The patterns of each role that is named.</param>
/// <param name="Gates">The gates that run, in the order of their ids; also those that run for some files only.</param>
internal sealed record GateConfiguration(IReadOnlyDictionary<ArtifactRole, RolePatterns> Artifacts, IReadOnlyList<ConfiguredGate> Gates)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "gate.config.json";

    /// <summary>The files that say it: the configuration, then those that it extends; none where a trainer was recognised.</summary>
    public IReadOnlyList<ConfigurationFile> Files { get; init; } = [];

    /// <summary>The configuration's path as the user knows it; empty where there is none.</summary>
    public string Path => Files is [var first, ..] ? first.Shown.Value : "";

    /// <summary>The SHA-256 of its bytes in lower-case hexadecimal; empty where there is none.</summary>
    public string Sha256 => Files is [var first, ..] ? first.Sha256 : "";

    /// <summary>What is required of signals, in the order of the file.</summary>
    public IReadOnlyList<ConfiguredRequirement> Requirements { get; init; } = [];

    /// <summary>Failures that are accepted for a while, in the order of the file.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>What holds for some files only.</summary>
    public ConfigurationOverrides Overrides { get; init; } = ConfigurationOverrides.None;

    /// <summary>The trainer whose preset is extended; null where there is none.</summary>
    public Trainer? Trainer { get; init; }

    /// <summary>What states the expected keys, where it is not a file of the role architecture.</summary>
    public ArchitectureExpectation? Architecture { get; init; }

    /// <summary>How logs state their steps and values; null where their content says whose they are.</summary>
    public LogPattern? LogPattern { get; init; }

    /// <summary>What a file may cost to read.</summary>
    public ReadLimits Limits { get; init; } = ReadLimits.Default;

    /// <summary>The container that is judged in checkpoints that have it; null where the content decides.</summary>
    public string? StateDict { get; init; }

    /// <summary>Where the configuration says so.</summary>
    public SourcePosition StateDictAt { get; init; } = SourcePosition.None;

    /// <summary>A gate as it holds for a file; null where it is off.</summary>
    /// <param name="gate">One of <see cref="Gates"/>.</param>
    /// <param name="path">The file's path relative to the configuration; null where the subject is several files.</param>
    public ConfiguredGate? For(ConfiguredGate gate, string? path) => Overrides.For(gate, path);

    /// <summary>A requirement as it holds for a file; null where it is off.</summary>
    /// <param name="requirement">One of <see cref="Requirements"/>.</param>
    /// <param name="path">The file's path relative to the configuration.</param>
    public ConfiguredRequirement? For(ConfiguredRequirement requirement, string? path) => Overrides.For(requirement, path);
}

/// <summary>A file that a configuration was read from.</summary>
/// <param name="Path">Its path relative to the folder of the configuration that was asked for.</param>
/// <param name="Shown">Its path as the user knows it.</param>
/// <param name="Sha256">The SHA-256 of its bytes in lower-case hexadecimal.</param>
internal sealed record ConfigurationFile(string Path, SafeText Shown, string Sha256);

/// <summary>The files of one role.</summary>
/// <param name="Patterns">Globs relative to the configuration.</param>
/// <param name="At">Where they are written.</param>
internal sealed record RolePatterns(IReadOnlyList<string> Patterns, SourcePosition At)
{
    /// <summary>The files that the globs match and that are not meant; null where all are.</summary>
    public FilePatterns? Excluded { get; init; }

    /// <summary>Whether the patterns are the names of files as they are, which the user named; a star in one is a star.</summary>
    public bool AreNames { get; init; }

    /// <summary>Whether a run may lack such files: a role of which there are none is then as good as not named.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether a file that a glob matches is meant.</summary>
    public bool Means(string path) => Excluded?.Contains(path) != true;
}

/// <summary>A gate that runs.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Severity">What a finding means for the verdict.</param>
/// <param name="Options">An instance of the gate's own options record.</param>
/// <param name="At">Where the configuration asks for it.</param>
internal sealed record ConfiguredGate(GateDescriptor Gate, Severity Severity, object Options, SourcePosition At)
{
    /// <summary>Whether the gate runs only for files that an override turns it on for.</summary>
    public bool IsOff { get; init; }

    /// <summary>Whether a built-in preset asks for it, and no file of the user: where a file has nothing of what it is about, it does not apply.</summary>
    public bool IsPreset { get; init; }
}

/// <summary>A bound on a signal, or several.</summary>
/// <param name="Role">The role whose files are measured.</param>
/// <param name="Signal">The signal's name; for the role metrics the dotted path of a number.</param>
/// <param name="Requirements">The bounds, at least one; each has to be met.</param>
/// <param name="Severity">What a value beyond a bound means for the verdict.</param>
/// <param name="At">Where the configuration asks for it.</param>
internal sealed record ConfiguredRequirement(ArtifactRole Role, string Signal, IReadOnlyList<Requirement> Requirements, Severity Severity, SourcePosition At)
{
    /// <summary>The name in a configuration, such as <c>output.rms</c>.</summary>
    public string Name => $"{Role.Key()}.{Signal}";

    /// <summary>Whether it holds only for files that an override turns it on for.</summary>
    public bool IsOff { get; init; }
}
