using System.Collections.Concurrent;
using ModelGate.Configuration.Documents;

namespace ModelGate.Configuration.Binding;

/// <summary>The overrides of a document: each over what holds everywhere, the later one over the earlier.</summary>
/// <param name="gates">What holds everywhere, by the gate's name.</param>
/// <param name="requirements">What holds everywhere, by the requirement's name.</param>
/// <param name="layers">The overrides in their order.</param>
internal sealed class BoundOverrides(
    IReadOnlyDictionary<string, ConfigMember> gates, IReadOnlyDictionary<string, ConfigMember> requirements, IReadOnlyList<OverrideLayer> layers) : ConfigurationOverrides
{
    private readonly ConcurrentDictionary<(string Name, string Layers), ConfiguredGate> boundGates = [];
    private readonly ConcurrentDictionary<(string Name, string Layers), ConfiguredRequirement> boundRequirements = [];

    /// <summary>What the document says of gates everywhere.</summary>
    public IReadOnlyDictionary<string, ConfigMember> Gates => gates;

    /// <summary>What the document says of requirements everywhere.</summary>
    public IReadOnlyDictionary<string, ConfigMember> Requirements => requirements;

    /// <summary>Whether a gate runs for any file at all.</summary>
    public bool MayRun(ConfiguredGate gate) => !gate.IsOff || layers.Any(l => l.Gates.ContainsKey(gate.Gate.Name));

    /// <summary>Whether a requirement holds for any file at all.</summary>
    public bool MayHold(ConfiguredRequirement requirement) => !requirement.IsOff || layers.Any(l => l.Requirements.ContainsKey(requirement.Name));

    /// <inheritdoc/>
    public override IEnumerable<ConfiguredGate> Variants(ConfiguredGate gate)
        => [gate, .. layers.Where(l => l.Gates.ContainsKey(gate.Gate.Name)).Select(l => GateBinder.Bind(Merge(gates.GetValueOrDefault(gate.Gate.Name), l.Gates[gate.Gate.Name]), new ConfigErrors())).OfType<ConfiguredGate>()];

    /// <inheritdoc/>
    public override IReadOnlyList<(FilePatterns Files, string Patterns)> Files => [.. layers.Select(l => (l.Files, l.Files.ToString()))];

    /// <inheritdoc/>
    public override ConfiguredGate? For(ConfiguredGate gate, string? path)
        => For(gate, gate.Gate.Name, path, gates, l => l.Gates, boundGates, GateBinder.Bind) is { IsOff: false } bound ? bound : null;

    /// <inheritdoc/>
    public override ConfiguredRequirement? For(ConfiguredRequirement requirement, string? path)
        => For(requirement, requirement.Name, path, requirements, l => l.Requirements, boundRequirements, RequirementBinder.Bind) is { IsOff: false } bound ? bound : null;

    /// <summary>A rule under another; where there is none below, the upper one as it is.</summary>
    public static ConfigMember Merge(ConfigMember? lower, ConfigMember upper)
        => lower is null ? upper : upper with { Value = ConfigMerge.Rule(lower.Value, upper.Value) };

    private T For<T>(
        T everywhere,
        string name,
        string? path,
        IReadOnlyDictionary<string, ConfigMember> rules,
        Func<OverrideLayer, IReadOnlyDictionary<string, ConfigMember>> rulesOf,
        ConcurrentDictionary<(string, string), T> bound,
        Func<ConfigMember, ConfigErrors, T?> bind)
        where T : class
    {
        var matching = path is null ? [] : layers.Select((layer, index) => (Layer: layer, Index: index)).Where(l => rulesOf(l.Layer).ContainsKey(name) && l.Layer.Files.Contains(path)).ToArray();
        return matching.Length == 0 ? everywhere : bound.GetOrAdd((name, string.Join(',', matching.Select(l => l.Index))), _ =>
        {
            var errors = new ConfigErrors();
            var rule = matching.Aggregate(rules.GetValueOrDefault(name), (lower, l) => Merge(lower, rulesOf(l.Layer)[name]));
            var result = bind(rule!, errors);
            return errors.Count == 0 ? result! : throw new ConfigurationException(errors.ByPlace);
        });
    }
}

/// <summary>One override.</summary>
/// <param name="Files">The files that it holds for.</param>
/// <param name="Gates">What it says of gates, by name.</param>
/// <param name="Requirements">What it says of requirements, by name.</param>
internal sealed record OverrideLayer(FilePatterns Files, IReadOnlyDictionary<string, ConfigMember> Gates, IReadOnlyDictionary<string, ConfigMember> Requirements);
