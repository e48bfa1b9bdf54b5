using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Remapping;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>An export's tensors, each beside the tensor of a set of weights that it should be, and how far they are equal.</summary>
internal sealed class ExportPairing
{
    private ExportPairing(int index, WeightSet<TensorDigest> set, IReadOnlyDictionary<string, MappedKey> names, IReadOnlyDictionary<string, string> byContent, ExportMatch match)
    {
        (Index, Set, Names, ByContent, Match) = (index, set, names, byContent, match);
        Prefix = PrefixOf(names);
    }

    /// <summary>Which of the file's sets it is.</summary>
    public int Index { get; }

    /// <summary>The set.</summary>
    public WeightSet<TensorDigest> Set { get; }

    /// <summary>What each tensor of the export is made of.</summary>
    public IReadOnlyDictionary<string, MappedKey> Names { get; }

    /// <summary>Tensors of the export that no rule about names explains, and that equal one of the set under another name.</summary>
    public IReadOnlyDictionary<string, string> ByContent { get; }

    /// <summary>How far they are equal.</summary>
    public ExportMatch Match { get; private init; }

    /// <summary>The prefix of the set's names that the export's lack, such as <c>model_g.</c>: the part of the set that was exported.</summary>
    public string Prefix { get; }

    /// <summary>How many of the export's tensors are computed from several: equality is within rounding there.</summary>
    public int Computed => Names.Count(n => IsComputed(n.Value));

    /// <summary>Whether the weights have to be read again to tell.</summary>
    public bool IsOpen => Match.MayBeWhole;

    /// <summary>What the exported part holds besides, sorted ordinally.</summary>
    public IReadOnlyList<string> Left
    {
        get
        {
            var used = Names.Values.SelectMany(n => n.Origin.From).Concat(ByContent.Values).ToHashSet(StringComparer.Ordinal);

            // An average keeps its own count of steps in a scalar beside the weights.
            return [.. Set.ByName.Where(t => t.Key.StartsWith(Prefix, StringComparison.Ordinal) && !used.Contains(t.Key) && !(Set.IsAverage && t.Value.Elements <= 1))
                .Select(t => t.Key).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Pairs an export with each set of weights of a checkpoint.</summary>
    public static IEnumerable<ExportPairing> Of(TensorDigests export, ExportNames names, TensorDigests checkpoint)
        => checkpoint.Sets.Select((set, index) => Of(export, names, set, index));

    /// <summary>The same pairs after a comparison by element.</summary>
    public ExportPairing With(ExportMatch match) => new(Index, Set, Names, ByContent, match);

    /// <summary>The mapping that makes the export's tensors of the set's.</summary>
    public KeyMapping Mapping()
    {
        var keys = new Dictionary<string, KeyOrigin>(StringComparer.Ordinal);
        var shapes = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        foreach (var (name, key) in Names)
        {
            keys.Add(name, key.Origin);
            shapes.Add(name, key.Key.Shape);
        }

        foreach (var (name, source) in ByContent)
        {
            keys.Add(name, new KeyOrigin(KeyOperation.Copy, [source]));
        }

        var used = keys.Values.SelectMany(k => k.From).ToHashSet(StringComparer.Ordinal);
        return new KeyMapping(keys, [.. Set.ByName.Keys.Where(n => !used.Contains(n))]) { Shapes = shapes };
    }

    /// <summary>Whether a tensor is computed and not copied.</summary>
    public bool IsComputed(string name) => Names.TryGetValue(name, out var key) && IsComputed(key);

    private static bool IsComputed(MappedKey key) => key.CopyOf is null && key.Origin.Operation is not (KeyOperation.Copy or KeyOperation.Reshape);

    private static bool IsSameName(string name, MappedKey key)
    {
        var (exported, source) = (KeyName.Canonical(name), KeyName.Canonical(key.CopyOf ?? key.Origin.From[0]));
        return exported.EndsWith(source, StringComparison.Ordinal) || source.EndsWith(exported, StringComparison.Ordinal);
    }

    private static ExportPairing Of(TensorDigests export, ExportNames names, WeightSet<TensorDigest> set, int index)
    {
        // A pair that only order and shape suggest, and content does not confirm, is none.
        var known = names.In(set)
            .Where(n => IsComputed(n.Value) || IsSameName(n.Key, n.Value) || ExportMatch.IsEqual(export.ByName[n.Key], set.ByName[n.Value.CopyOf ?? n.Value.Origin.From[0]]) != false)
            .ToDictionary(StringComparer.Ordinal);
        var byContent = ByContentOf(export, known, set);
        var computed = known.Where(n => IsComputed(n.Value) && n.Value.Origin.From.All(f => set.ByName[f].Exact is not null)).Select(n => n.Key).ToHashSet(StringComparer.Ordinal);
        var match = ExportMatch.Of(
            export.ByName,
            name => known.TryGetValue(name, out var key)
                ? IsComputed(key) ? null : set.ByName[key.CopyOf ?? key.Origin.From[0]]
                : byContent.TryGetValue(name, out var other) ? set.ByName[other] : null,
            static (exported, trained) => exported.Elements == trained.Elements);
        return new ExportPairing(index, set, known, byContent, match with { Absent = match.Absent - computed.Count, Undecided = match.Undecided + computed.Count });
    }

    // Names prove nothing and content does: what no rule explains may stand under any name, but for one that is another tensor's.
    private static Dictionary<string, string> ByContentOf(TensorDigests export, IReadOnlyDictionary<string, MappedKey> known, WeightSet<TensorDigest> set)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (known.Count == export.ByName.Count)
        {
            return found;
        }

        var used = known.Values.SelectMany(n => n.Origin.From).ToHashSet(StringComparer.Ordinal);
        var free = new Dictionary<Digest, Queue<string>>();
        foreach (var (name, tensor) in set.ByName.Where(t => t.Value.IsTelling && !used.Contains(t.Key)))
        {
            Add(tensor.Exact, name);
            Add(tensor.Half, name);
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, exported) in export.ByName)
        {
            if (known.ContainsKey(name) || exported.Exact is not { } digest || !free.TryGetValue(digest, out var sources))
            {
                continue;
            }

            while (sources.TryDequeue(out var source))
            {
                if (ExportMatch.IsEqual(exported, set.ByName[source]) == true && set.ByName[source].Shape.SequenceEqual(exported.Shape) && taken.Add(source))
                {
                    found.Add(name, source);
                    break;
                }
            }
        }

        return found;

        void Add(Digest? digest, string name)
        {
            if (digest is { } key)
            {
                (free.TryGetValue(key, out var names) ? names : free[key] = []).Enqueue(name);
            }
        }
    }

    private static string PrefixOf(IReadOnlyDictionary<string, MappedKey> names)
    {
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, key) in names)
        {
            var source = KeyName.Canonical(key.CopyOf ?? key.Origin.From[0]);
            var exported = KeyName.Canonical(name);
            var prefix = source.EndsWith(exported, StringComparison.Ordinal) ? (key.CopyOf ?? key.Origin.From[0])[..(source.Length - exported.Length)] : "";
            votes[prefix] = votes.GetValueOrDefault(prefix) + 1;
        }

        return votes.Count == 0 ? "" : votes.OrderByDescending(v => v.Value).ThenBy(v => v.Key.Length).First().Key;
    }
}
