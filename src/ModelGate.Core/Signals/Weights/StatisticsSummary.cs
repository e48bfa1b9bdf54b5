using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>What the statistics of a file's tensors come to: how many hold what no trained weight should.</summary>
/// <param name="Tensors">How many tensors there are.</param>
/// <param name="NaN">Those that hold NaN.</param>
/// <param name="Infinite">Those that hold an infinity.</param>
/// <param name="Empty">Those without elements.</param>
/// <param name="Constant">Those of two elements or more that are all the same number.</param>
/// <param name="Unread">Those that have no statistics: their type has no meaning as numbers, or the file does not hold their elements.</param>
internal sealed record StatisticsSummary(int Tensors, IReadOnlyList<string> NaN, IReadOnlyList<string> Infinite, IReadOnlyList<string> Empty, IReadOnlyList<string> Constant, int Unread)
{
    private const int MostNames = 3;

    /// <summary>Sums up.</summary>
    public static StatisticsSummary Of(IEnumerable<(TensorEntry Tensor, TensorStatistics? Statistics)> measured)
    {
        var all = measured.ToArray();
        return new StatisticsSummary(
            all.Length,
            Names(all, m => m.Statistics?.NaN > 0),
            Names(all, m => m.Statistics?.Infinite > 0),
            Names(all, m => m.Tensor.Elements == 0),
            Names(all, m => m.Tensor.Elements > 1 && m.Statistics is { NaN: 0, Infinite: 0, Minimum: { } low, Maximum: { } high } && low.Equals(high)),
            all.Count(m => m.Statistics is null && m.Tensor.Elements > 0));
    }

    /// <summary>The summary in one sentence, with the first names of each kind.</summary>
    public SafeText Sentence
    {
        get
        {
            var unread = Unread == 0 ? SafeText.Empty : SafeText.Of($", {Unread} without statistics");
            return SafeText.Of($"of {Tensors} tensors, {NaN.Count} hold NaN{Shown(NaN)}, {Infinite.Count} infinity{Shown(Infinite)}, {Empty.Count} nothing{Shown(Empty)}, {Constant.Count} one number throughout{Shown(Constant)}{unread}");
        }
    }

    private static string[] Names((TensorEntry Tensor, TensorStatistics? Statistics)[] measured, Func<(TensorEntry Tensor, TensorStatistics? Statistics), bool> where)
        => [.. measured.Where(where).Select(m => m.Tensor.Name)];

    private static SafeText Shown(IReadOnlyList<string> names) => names.Count == 0
        ? SafeText.Empty
        : SafeText.Of($" ({SafeText.Join(", ", names.Take(MostNames).Select(n => SafeText.From(n)))}{SafeText.From(names.Count > MostNames ? ", ..." : "")})");
}
