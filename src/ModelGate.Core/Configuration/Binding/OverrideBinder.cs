using ModelGate.Configuration.Documents;

namespace ModelGate.Configuration.Binding;

/// <summary>Reads the member <c>overrides</c>.</summary>
internal sealed class OverrideBinder(ConfigErrors errors)
{
    private static readonly string[] Members = ["files", "gates", "require"];

    /// <summary>The gates that only overrides name: off for every other file.</summary>
    public List<ConfiguredGate> Gates { get; } = [];

    /// <summary>The requirements that only overrides name: off for every other file.</summary>
    public List<ConfiguredRequirement> Requirements { get; } = [];

    /// <summary>The overrides over what the document says of every file.</summary>
    public BoundOverrides Bind(ConfigNode root)
    {
        var layers = (root.Find("overrides")?.Value.Items ?? []).Select(Layer).OfType<OverrideLayer>().ToArray();
        var overrides = new BoundOverrides(Rules(root, "gates"), Rules(root, "require"), layers);
        // Each override is checked over what holds everywhere; two that meet in one file are checked there.
        foreach (var (name, rule) in layers.SelectMany(l => l.Gates))
        {
            var everywhere = overrides.Gates.GetValueOrDefault(name);
            if (GateBinder.Bind(BoundOverrides.Merge(everywhere, rule), errors) is { } gate && everywhere is null && Gates.All(g => g.Gate.Name != name))
            {
                Gates.Add(gate with { IsOff = true });
            }
        }

        foreach (var (name, rule) in layers.SelectMany(l => l.Requirements))
        {
            var everywhere = overrides.Requirements.GetValueOrDefault(name);
            if (RequirementBinder.Bind(BoundOverrides.Merge(everywhere, rule), errors) is { } requirement && everywhere is null && Requirements.All(r => r.Name != name))
            {
                Requirements.Add(requirement with { IsOff = true });
            }
        }

        return overrides;
    }

    private OverrideLayer? Layer(ConfigNode node)
    {
        foreach (var member in node.Members.Where(m => !Members.Contains(m.Name, StringComparer.Ordinal)))
        {
            errors.AddUnknown(member, "member of an override", Members);
        }

        if (node.Find("files") is not { } files)
        {
            errors.Add(node.At, SafeText.Of($"the member \"files\" is missing: an override says for which files it holds"));
            return null;
        }

        return RoleBinder.Globs(files, errors) is { } globs ? new OverrideLayer(new FilePatterns(globs), Rules(node, "gates"), Rules(node, "require")) : null;
    }

    private static Dictionary<string, ConfigMember> Rules(ConfigNode node, string name)
        => (node.Find(name)?.Value.Members ?? []).DistinctBy(m => m.Name).ToDictionary(m => m.Name, StringComparer.Ordinal);
}
