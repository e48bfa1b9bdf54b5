namespace ModelGate.Configuration;

/// <summary>What a configuration says of some files only.</summary>
internal abstract class ConfigurationOverrides
{
    /// <summary>No overrides: what holds everywhere holds for every file.</summary>
    public static ConfigurationOverrides None { get; } = new Nothing();

    /// <summary>A gate as it holds for a file; null where it is off.</summary>
    public abstract ConfiguredGate? For(ConfiguredGate gate, string? path);

    /// <summary>A requirement as it holds for a file; null where it is off.</summary>
    public abstract ConfiguredRequirement? For(ConfiguredRequirement requirement, string? path);

    /// <summary>A gate as it holds everywhere, and as each override has it.</summary>
    public virtual IEnumerable<ConfiguredGate> Variants(ConfiguredGate gate) => [gate];

    /// <summary>The files of each override, with its patterns as they are written.</summary>
    public virtual IReadOnlyList<(FilePatterns Files, string Patterns)> Files => [];

    private sealed class Nothing : ConfigurationOverrides
    {
        public override ConfiguredGate? For(ConfiguredGate gate, string? path) => gate.IsOff ? null : gate;

        public override ConfiguredRequirement? For(ConfiguredRequirement requirement, string? path) => requirement.IsOff ? null : requirement;
    }
}
