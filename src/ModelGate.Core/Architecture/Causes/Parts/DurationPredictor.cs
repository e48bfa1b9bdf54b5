using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>Both sides predict durations, by networks that differ: stochastic or plain, of other widths, with or without conditioning.</summary>
[KeyCauseOrder(224)]
internal sealed class DurationPredictor : KeyCause
{
    private static readonly string[] Words = ["dp", "sdp", "duration_predictor", "dur_predictor", "duration_proj"];

    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        string[] extra = [.. at.Unexpected.Where(Is)], missing = [.. at.Missing.Where(Is)], shapes = [.. at.Shapes.Where(Is)];
        if (extra.Length + missing.Length + shapes.Length == 0 || !at.Left.Names.Any(Is) || !at.Right.Keys.Any(Is))
        {
            yield break;
        }

        var (left, right) = (IsStochastic(at.Left.Names), IsStochastic(at.Right.Keys));
        var facts = new List<SafeText>();
        if (left != right)
        {
            facts.Add(SafeText.Of($"the checkpoint's is {SafeText.From(left ? "stochastic (flows)" : "plain (convolutions)")}, the model's {SafeText.From(right ? "stochastic (flows)" : "plain (convolutions)")}"));
        }

        if (extra.Length > 0)
        {
            facts.Add(SafeText.Of($"{extra.Length} keys are in the checkpoint alone ({List(extra)})"));
        }

        if (missing.Length > 0)
        {
            facts.Add(SafeText.Of($"{missing.Length} are in the model alone ({List(missing)})"));
        }

        if (shapes.Length > 0)
        {
            facts.Add(SafeText.Of($"{shapes.Length} have other widths ({shapes[0]} is [{string.Join(", ", at.LeftShape(shapes[0]))}] in the checkpoint, [{string.Join(", ", at.RightShape(shapes[0]))}] in the model)"));
        }

        yield return new Proposal("duration-predictor", SafeText.Of(
            $"another duration predictor: {SafeText.Join(", ", facts)}; build the model with the checkpoint's, which its version of the code and its configuration say"))
        {
            Accounts = [.. extra, .. missing, .. shapes],
        };
    }

    private static bool Is(string name) => KeyName.HasPart(name, Words);

    private static bool IsStochastic(IEnumerable<string> names) => names.Any(n => Is(n) && KeyName.HasPart(n, "flows", "post_flows"));

    private static SafeText List(IEnumerable<string> names)
        => SafeText.Join(", ", FoldedNames.Fold(names.Select(KeyName.Parent).Distinct(StringComparer.Ordinal)).Take(3).Select(g => SafeText.From(g.Pattern)));
}
