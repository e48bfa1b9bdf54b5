using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Adapters;

/// <summary>LoRA adapters lie beside the weights, and the model expects weights alone: weight + alpha / rank * B A.</summary>
[KeyCauseOrder(100)]
internal sealed class AdapterPresent : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Compute;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var adapters = at.Unexpected.Where(AdapterKeys.Is).ToArray();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var made = new Dictionary<string, MappedKey>(StringComparer.Ordinal);
        foreach (var module in adapters.GroupBy(n => AdapterKeys.Parse(n)!.Value.Module, StringComparer.Ordinal))
        {
            var weight = module.Key + ".weight";
            if (module.Where(n => AdapterKeys.Parse(n)!.Value.Part == 'a').ToArray() is [var down] && module.Where(n => AdapterKeys.Parse(n)!.Value.Part == 'b').ToArray() is [var up]
                && at.Left.IsPlain(down, out var a) && at.Left.IsPlain(up, out var b) && at.Left.IsPlain(weight, out var source)
                && Fit(at.LeftShape(down), at.LeftShape(up), at.LeftShape(weight)))
            {
                taken.UnionWith(module);
                made[weight] = new MappedKey(at.Left[weight].Key, new KeyOrigin(KeyOperation.MergeAdapter, [a, b, source]));
            }
        }

        if (made.Count > 0)
        {
            taken.UnionWith(at.Unexpected.Where(n => KeyName.Leaf(n) is "alpha" or "scaling" && made.ContainsKey(KeyName.Parent(n) + ".weight")));
            var rank = AdapterKeys.Rank(adapters, at.LeftShape);
            yield return new Proposal("lora-present", SafeText.Of(
                $"LoRA adapters of rank {rank} lie beside {AdapterKeys.Modules(adapters)} ({taken.Count} keys): merge them into the weights, weight + alpha / rank * B A; to drop them would make the names fit and lose the training"))
            {
                After = at.Left.Replace(taken, made),
            };
        }
    }

    // B is [out, rank], A is [rank, in]: B A has as many elements as the weight, whatever shape the weight has.
    private static bool Fit(IReadOnlyList<long> a, IReadOnlyList<long> b, IReadOnlyList<long> weight)
    {
        if (a.Count < 2 || b.Count < 2 || a[0] <= 0 || b[1] != a[0] || b.Skip(2).Any(s => s != 1))
        {
            return false;
        }

        return (Int128)b[0] * Product(a) / a[0] == Product(weight);
    }

    private static Int128 Product(IReadOnlyList<long> shape) => shape.Aggregate((Int128)1, (product, size) => product * size);
}
