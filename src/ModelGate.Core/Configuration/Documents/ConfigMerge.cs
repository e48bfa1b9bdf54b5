namespace ModelGate.Configuration.Documents;

/// <summary>
/// Puts one configuration over another, member by member: a role, a limit, each option of a gate and each bound of a requirement is that of the
/// upper one where it has it, else that of the lower one. Waivers of both hold.
/// </summary>
internal static class ConfigMerge
{
    /// <summary>The document that two documents make; both have the shape that <see cref="ConfigShape"/> demands.</summary>
    public static ConfigNode Over(ConfigNode lower, ConfigNode upper)
    {
        var merged = Merge(lower, upper, (name, below, above) => name switch
        {
            "artifacts" or "limits" => Merge(below, above, (_, _, value) => value),
            "gates" or "require" => Rules(below, above),
            "waivers" => above with { Items = [.. below.Items, .. above.Items] },
            _ => above,
        });
        return Overrides(lower, upper) is { Items.Count: > 0 } overrides
            ? Merge(merged, upper with { Members = [new ConfigMember("overrides", overrides.At, overrides)] }, (_, _, value) => value)
            : merged;
    }

    /// <summary>Gates or requirements by name, each merged by option.</summary>
    public static ConfigNode Rules(ConfigNode lower, ConfigNode upper) => Merge(lower, upper, (_, below, above) => Rule(below, above));

    /// <summary>One gate or requirement, merged by option; a severity alone is short for an object.</summary>
    public static ConfigNode Rule(ConfigNode lower, ConfigNode upper)
    {
        var (below, above) = (Spelt(lower), Spelt(upper));
        return below.Kind == ConfigKind.Object && above.Kind == ConfigKind.Object ? Merge(below, above, (_, _, value) => value) : above;
    }

    /// <summary>A gate or requirement as an object, where it is written as its severity alone.</summary>
    public static ConfigNode Spelt(ConfigNode rule)
        => rule.Kind == ConfigKind.Text ? new ConfigNode(ConfigKind.Object, rule.At) { Members = [new ConfigMember("severity", rule.At, rule)] } : rule;

    // The upper document is last as a whole: what it says of every file also holds where the lower one speaks of some.
    private static ConfigNode Overrides(ConfigNode lower, ConfigNode upper)
    {
        var (below, above) = (lower.Find("overrides")?.Value.Items ?? [], upper.Find("overrides")?.Value.Items ?? []);
        var rules = upper.Members.Where(m => m.Name is "gates" or "require").ToArray();
        var everywhere = new ConfigNode(ConfigKind.Object, upper.At)
        {
            Members = [new ConfigMember("files", upper.At, new ConfigNode(ConfigKind.Text, upper.At) { Text = FilePatterns.Everything }), .. rules],
        };
        return new ConfigNode(ConfigKind.Array, upper.At) { Items = [.. below, .. below.Count > 0 && rules.Length > 0 ? [everywhere] : Array.Empty<ConfigNode>(), .. above] };
    }

    private static ConfigNode Merge(ConfigNode lower, ConfigNode upper, Func<string, ConfigNode, ConfigNode, ConfigNode> both)
    {
        var members = new List<ConfigMember>();
        foreach (var below in lower.Members)
        {
            members.Add(upper.Find(below.Name) is { } above ? above with { Value = both(below.Name, below.Value, above.Value) } : below);
        }

        members.AddRange(upper.Members.Where(m => lower.Find(m.Name) is null));
        return upper with { Members = members };
    }
}
