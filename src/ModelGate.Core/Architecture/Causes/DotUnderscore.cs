using System.Text.RegularExpressions;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Causes;

/// <summary>An index after a dot on one side, after an underscore on the other: <c>encoders.0</c>, <c>encoders_0</c>.</summary>
internal sealed partial class DotUnderscore : KeyCause
{
    public override Mending Mending => Mending.Rename;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var expected = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in at.Missing)
        {
            // Two names that become one say nothing about which is meant.
            var flat = name.Replace('.', '_');
            expected[flat] = expected.ContainsKey(flat) ? null : name;
        }

        if (at.Unexpected.Any(n => expected.GetValueOrDefault(n.Replace('.', '_')) is not null))
        {
            yield return new Proposal("dot-underscore", SafeText.Of($"keys differ in dots and underscores alone: a rename"))
            {
                After = at.Left.Rename(n => at.IsUnexpected(n) && expected.GetValueOrDefault(n.Replace('.', '_')) is { } to ? to : n),
            };
        }

        // By rule, where another spelling stands in the way of equal names.
        if (at.Unexpected.Any(n => Underscored().IsMatch(n)))
        {
            yield return new Proposal("dot-underscore", SafeText.Of($"list indices follow an underscore in the checkpoint and a dot in the model: a rename"))
            {
                After = at.Left.Rename(n => at.IsUnexpected(n) ? Underscored().Replace(n, ".$1") : n),
            };
        }

        if (at.Missing.Any(n => Underscored().IsMatch(n)))
        {
            yield return new Proposal("dot-underscore", SafeText.Of($"list indices follow a dot in the checkpoint and an underscore in the model: a rename"))
            {
                After = at.Left.Rename(n => at.IsUnexpected(n) ? Dotted().Replace(n, "_$1") : n),
            };
        }
    }

    [GeneratedRegex(@"_(\d+)(?=\.|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Underscored();

    [GeneratedRegex(@"\.(\d+)(?=\.|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Dotted();
}
