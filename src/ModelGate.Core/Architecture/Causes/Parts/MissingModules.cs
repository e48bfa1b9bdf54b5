using ModelGate.Architecture.Causes.Norms;
using ModelGate.Architecture.Causes.Tables;
using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>Whole modules of the model that the checkpoint has nothing of: said before anything about what is inside them.</summary>
[KeyCauseOrder(215)]
internal sealed class MissingModules : KeyCause
{
    private const int MostNames = 12;

    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        if (at.Common == 0 || at.Missing.Count == 0)
        {
            yield break;
        }

        var root = CommonPrefix(at.Right.Keys);
        var there = at.Left.Names.Select(n => Module(n, root)).ToHashSet(StringComparer.Ordinal);
        var absent = at.Missing.GroupBy(n => Module(n, root), StringComparer.Ordinal)
            .Where(g => g.Key.Length > root.Length && !there.Contains(g.Key) && !g.All(n => SpeakerTable.IsTable(n) || BufferKeys.Is(n) || AdapterKeys.Is(n) || ScalesAbsent.Is(at, n)))
            .Select(g => (Name: g.Key, Names: g.ToArray())).ToArray();
        if (absent.Length > 0)
        {
            var more = absent.Length > MostNames ? SafeText.Of($" and {absent.Length - MostNames} others") : SafeText.Empty;
            var (what, them) = absent.Length == 1 ? ("1 whole module of the model is", "it") : ($"{absent.Length} whole modules of the model are", "them");
            yield return new Proposal("missing-module", SafeText.Of(
                $"{SafeText.From(what)} not in the checkpoint: {SafeText.Join(", ", absent.Take(MostNames).Select(a => SafeText.Of($"{a.Name} ({a.Names.Length} {SafeText.From(a.Names.Length == 1 ? "key" : "keys")})")))}{more}; a loader that tolerates that leaves {SafeText.From(them)} as the model initializes {SafeText.From(them)}, untrained"))
            {
                Accounts = [.. absent.SelectMany(a => a.Names)],
            };
        }
    }

    // The path component that follows the common prefix; a parameter of the root module itself does not belong to a submodule.
    private static string Module(string name, string root)
        => name.StartsWith(root, StringComparison.Ordinal) && name.IndexOf('.', root.Length) is var dot and > 0 ? name[..dot] : root;

    private static string CommonPrefix(IEnumerable<string> names)
    {
        string? common = null;
        foreach (var name in names)
        {
            common = common is null ? name : name[..name.AsSpan().CommonPrefixLength(common)];
            if (common.Length == 0)
            {
                break;
            }
        }

        return common is null ? "" : common[..(common.LastIndexOf('.') + 1)];
    }
}
