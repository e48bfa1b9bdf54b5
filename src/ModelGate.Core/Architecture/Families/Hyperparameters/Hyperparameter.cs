using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families.Hyperparameters;

/// <summary>A hyperparameter as one place states it.</summary>
/// <param name="Name">The name that trainers give it, such as <c>upsample_kernel_sizes</c>.</param>
/// <param name="Value">The value as the family's template takes it.</param>
/// <param name="Place">Where it is stated, as a sentence says it.</param>
internal sealed record Hyperparameter(string Name, ConfigurationValue Value, SafeText Place)
{
    /// <summary>The value as a sentence prints it.</summary>
    public SafeText Shown => Show(Value);

    /// <summary>Whether another place states the same.</summary>
    public bool Agrees(Hyperparameter other) => AreEqual(Value, other.Value);

    internal static bool AreEqual(ConfigurationValue left, ConfigurationValue right) => (left, right) switch
    {
        (ConfigurationValue.List a, ConfigurationValue.List b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p => AreEqual(p.First, p.Second)),
        (ConfigurationValue.Map a, ConfigurationValue.Map b)
            => a.Members.Count == b.Members.Count && a.Members.All(m => b.Members.TryGetValue(m.Key, out var other) && AreEqual(m.Value, other)),
        _ => left.Equals(right),
    };

    // Bounded by the readers' own limit on nested lists.
    private static SafeText Show(ConfigurationValue value) => value switch
    {
        ConfigurationValue.List list => SafeText.Of($"[{SafeText.Join(", ", list.Items.Take(12).Select(Show))}{(list.Items.Count > 12 ? ", ..." : "")}]"),
        ConfigurationValue.Text text => SafeText.From(text.Value),
        _ => value.Description,
    };
}
