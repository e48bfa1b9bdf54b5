using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Lists;

/// <summary>A module list inside a list on one side, single modules on the other.</summary>
[KeyCauseOrder(260)]
internal sealed class NestedModuleList : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var left = Outer(at.Unexpected);
        foreach (var (list, expected) in Outer(at.Missing))
        {
            if (!left.TryGetValue(list, out var found) || Depth(found) == Depth(expected))
            {
                continue;
            }

            var nested = Depth(found) > Depth(expected) ? found : expected;
            var flat = ReferenceEquals(nested, found) ? expected : found;
            var (deep, shallow) = ReferenceEquals(nested, found) ? ("the checkpoint", "the model") : ("the model", "the checkpoint");
            yield return new Proposal("nested-module-list", SafeText.Of(
                $"build the model with the checkpoint's blocks: {deep} nests its module lists where {shallow} is flat: {Blocks(nested)} in each of {Count(nested)} {KeyName.Leaf(list)}, against {Modules(flat)} alone in {shallow}; no renaming resolves that"))
            {
                Accounts = [.. found, .. expected],
            };
        }
    }

    // The mismatches by the outermost list that they lie in.
    private static Dictionary<string, List<string>> Outer(List<string> names)
    {
        var lists = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (ModuleLists.In(name).Select(l => l.List).FirstOrDefault() is { } list)
            {
                if (!lists.TryGetValue(list, out var members))
                {
                    lists.Add(list, members = []);
                }

                members.Add(name);
            }
        }

        return lists;
    }

    private static int Depth(List<string> names) => names.Max(n => ModuleLists.In(n).Count());

    private static int Count(List<string> names) => names.Select(n => ModuleLists.In(n).First().Index).Distinct().Count();

    private static SafeText Blocks(List<string> names)
    {
        var blocks = names.Select(n => ModuleLists.In(n).ToArray()).Where(l => l.Length > 1).Select(l => l[1].Index).Distinct().Count();
        return SafeText.Of($"{blocks} blocks of {Modules(names)}");
    }

    // The modules that hold the parameters, by their last name.
    private static SafeText Modules(List<string> names)
    {
        var modules = names.Select(KeyName.Parent).Select(p => p.Split('.').LastOrDefault(part => !KeyName.IsIndex(part)) ?? "")
            .Where(m => m.Length > 0).Distinct(StringComparer.Ordinal).Take(6).ToArray();
        return modules.Length > 1
            ? SafeText.Of($"{SafeText.Join(", ", modules[..^1].Select(m => SafeText.From(m)))} and {modules[^1]}")
            : SafeText.From(modules.FirstOrDefault());
    }
}
