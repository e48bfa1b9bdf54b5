using System.Globalization;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.Pickle;

/// <summary>What a pickle holds, in a few lines: containers with their number of entries, two levels deep.</summary>
internal static class PickleOutline
{
    private const int MostEntries = 24;

    /// <summary>The lines.</summary>
    public static IReadOnlyList<SafeText> Of(PickleValue root)
    {
        var lines = new List<SafeText> { Shape(root) };
        foreach (var (name, value) in Entries(root).Take(MostEntries))
        {
            lines.Add(SafeText.Of($"  {name}: {Shape(value)}"));
        }

        if (Count(root) is > MostEntries and var count)
        {
            lines.Add(SafeText.Of($"  and {count - MostEntries} more"));
        }

        return lines;
    }

    private static SafeText Shape(PickleValue value) => value switch
    {
        PickleNumpyArray array => SafeText.Of($"NumPy array of {array.Type?.Code ?? "objects"}, [{string.Join(", ", array.Shape.Select(s => s.ToString(CultureInfo.InvariantCulture)))}]"),
        PickleObject instance => SafeText.Of($"instance of {instance.Type.Name}"),
        _ when Count(value) is { } count => SafeText.Of($"{value.Kind} of {count}{Kinds(value)}"),
        _ => SafeText.From(value.Kind),
    };

    // A long list of one kind is told by the kind: list of 5000 str.
    private static SafeText Kinds(PickleValue value)
    {
        var kinds = Entries(value).Take(MostEntries).Select(e => e.Value.Kind).Distinct(StringComparer.Ordinal).Take(2).ToArray();
        return kinds is [var only] && value is not PickleDict ? SafeText.Of($" {only}") : SafeText.Empty;
    }

    private static int? Count(PickleValue value) => value switch
    {
        PickleDict dict => dict.Entries.Count,
        PickleList list => list.Items.Count,
        PickleTuple tuple => tuple.Items.Length,
        PickleSet set => set.Count,
        PickleObject { State: PickleDict state } => state.Entries.Count,
        _ => null,
    };

    private static IEnumerable<KeyValuePair<string, PickleValue>> Entries(PickleValue value) => value switch
    {
        PickleDict dict => dict.Entries.Select(e => KeyValuePair.Create(Key(e.Key), e.Value)),
        PickleList list => list.Items.Select((item, i) => KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), item)),
        PickleTuple tuple => tuple.Items.Select((item, i) => KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), item)),
        PickleObject { State: PickleDict state } => Entries(state),
        _ => [],
    };

    private static string Key(PickleValue key) => key switch
    {
        PickleText text => text.Value,
        PickleInt number => number.Value.ToString(CultureInfo.InvariantCulture),
        _ => $"<{key.Kind}>",
    };
}
