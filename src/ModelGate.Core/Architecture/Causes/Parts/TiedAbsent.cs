using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>A key that is missing because its tensor is in the file under the name that it is tied to.</summary>
[KeyCauseOrder(75)]
internal sealed class TiedAbsent : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Rename;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        foreach (var certain in new[] { true, false })
        {
            var made = new Dictionary<string, MappedKey>(StringComparer.Ordinal);
            foreach (var name in at.Missing)
            {
                if (at.Ties.Find(name, at) is { } tie && tie.IsCertain == certain && at.Left.IsPlain(tie.Partner, out var source))
                {
                    made[name] = new MappedKey(at.Left[tie.Partner].Key, source);
                }
            }

            if (made.Count > 0)
            {
                var tied = SafeText.Join(", ", made.Take(4).Select(m => SafeText.Of($"{m.Key} is tied to {m.Value.CopyOf}, which has its shape [{string.Join(", ", m.Value.Key.Shape)}]")));
                yield return new Proposal("tied-weights", certain
                    ? SafeText.Of($"{tied}: the file holds the tensor once, and nothing is lost")
                    : SafeText.Of($"{tied}, where the model ties its embeddings: then nothing is lost; tie_word_embeddings in a config.json beside the file would say whether it does"))
                {
                    After = at.Left.Replace(new HashSet<string>(), made),
                };
            }
        }
    }
}
