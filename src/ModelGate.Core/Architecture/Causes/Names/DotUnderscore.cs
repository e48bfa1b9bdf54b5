using System.Text.RegularExpressions;
using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Names;

/// <summary>An index after a dot on one side, after an underscore on the other: <c>encoders.0</c>, <c>encoders_0</c>.</summary>
[KeyCauseOrder(50)]
internal sealed partial class DotUnderscore : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Rename;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var expected = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in at.Missing)
        {
            // Two names that become one say nothing about which is meant.
            var flat = name.Replace('.', '_');
            expected[flat] = expected.ContainsKey(flat) ? null : name;
        }

        // What one key of a module shows holds for its other keys, whose last parts may be spelled otherwise too.
        var modules = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in at.Unexpected)
        {
            if (expected.GetValueOrDefault(name.Replace('.', '_')) is { } to && KeyName.Leaf(name) == KeyName.Leaf(to))
            {
                modules.TryAdd(KeyName.Parent(name), KeyName.Parent(to));
            }
        }

        if (modules.Count > 0 || at.Unexpected.Any(n => expected.GetValueOrDefault(n.Replace('.', '_')) is not null))
        {
            yield return new Proposal("dot-underscore", SafeText.Of($"keys differ in dots and underscores alone: a rename"))
            {
                After = at.Left.Rename(n => at.IsUnmatched(n) ? expected.GetValueOrDefault(n.Replace('.', '_')) ?? InModule(n, modules) : n),
            };
        }

        // By rule, where another spelling stands in the way of equal names.
        if (at.Unexpected.Any(n => Underscored().IsMatch(n)))
        {
            yield return new Proposal("dot-underscore", SafeText.Of($"list indices follow an underscore in the checkpoint and a dot in the model: a rename"))
            {
                After = at.Left.Rename(n => at.IsUnmatched(n) ? Underscored().Replace(n, ".$1") : n),
            };
        }

        if (at.Missing.Any(n => Underscored().IsMatch(n)))
        {
            yield return new Proposal("dot-underscore", SafeText.Of($"list indices follow a dot in the checkpoint and an underscore in the model: a rename"))
            {
                After = at.Left.Rename(n => at.IsUnmatched(n) ? Dotted().Replace(n, "_$1") : n),
            };
        }
    }

    private static string InModule(string name, Dictionary<string, string> modules)
    {
        for (var module = KeyName.Parent(name); module.Length > 0; module = KeyName.Parent(module))
        {
            if (modules.TryGetValue(module, out var to))
            {
                return to + name[module.Length..];
            }
        }

        return name;
    }

    [GeneratedRegex(@"_(\d+)(?=\.|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Underscored();

    [GeneratedRegex(@"\.(\d+)(?=\.|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Dotted();
}
