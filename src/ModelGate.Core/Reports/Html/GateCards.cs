using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>The results as the page shows them: what failed comes first, and results of one gate that came out alike share a card.</summary>
internal sealed class GateCards
{
    /// <summary>Most results that are shown with their numbers and pictures.</summary>
    private const int MostBodies = 300;

    /// <summary>Most results that have a row at least.</summary>
    private const int MostRows = 2000;

    private readonly Dictionary<RunResult, string> anchors = new(ReferenceEqualityComparer.Instance);

    public GateCards(RunRecord report)
    {
        // What there is to look at comes first among what passed; what failed keeps the order of the gates, which is that of causes.
        var groups = report.Results.OrderBy(r => r.Rank).GroupBy(r => (r.Rank, r.Gate.Id)).OrderBy(g => g.Key.Rank).ThenBy(g => g.Any(r => r.Outcome != Outcome.Passed) ? 0 : g.Min(Plainness));
        var (cards, rows, bodies) = (new List<GateCard>(), 0, 0);
        foreach (var group in groups)
        {
            RunResult[] results = [.. group];
            RunResult[] shown = [.. results.Take(MostRows - rows)];
            Left += results.Length - shown.Length;
            if (shown.Length == 0)
            {
                continue;
            }

            foreach (var result in shown)
            {
                anchors.Add(result, $"r{rows++}");
            }

            RunResult[] detailed = [.. shown.Where(HasBody).Take(MostBodies - bodies)];
            bodies += detailed.Length;
            cards.Add(new GateCard($"g{cards.Count}", results, shown, detailed.ToHashSet<RunResult>(ReferenceEqualityComparer.Instance)));
        }

        Cards = cards;
    }

    /// <summary>The cards in the order of the page.</summary>
    public IReadOnlyList<GateCard> Cards { get; }

    /// <summary>How many results have no place on the page.</summary>
    public int Left { get; }

    /// <summary>The name of the place where a result is shown; null where it is not.</summary>
    public string? AnchorOf(RunResult result) => anchors.GetValueOrDefault(result);

    private static int Plainness(RunResult result)
        => result.Exhibits.Any(e => e is CurveExhibit or HeatmapExhibit or StripExhibit) ? 0 : result.Exhibits.Count > 0 ? 1 : 2;

    private static bool HasBody(RunResult result) => result.Exhibits.Count > 0 || result.Measurements.Count > 0 || result.Findings.Count > 0;
}

/// <summary>Results of one gate that came out alike.</summary>
/// <param name="Anchor">The name of its place on the page.</param>
/// <param name="All">The results.</param>
/// <param name="Rows">Those that are listed.</param>
/// <param name="Detailed">Those of them that are shown with their numbers and pictures.</param>
internal sealed record GateCard(string Anchor, IReadOnlyList<RunResult> All, IReadOnlyList<RunResult> Rows, IReadOnlySet<RunResult> Detailed)
{
    /// <summary>One that speaks for all of them.</summary>
    public RunResult First => All[0];

    /// <summary>Whether it has something to look at.</summary>
    public bool HasPictures => Rows.Any(r => r.Exhibits.Count > 0);
}
