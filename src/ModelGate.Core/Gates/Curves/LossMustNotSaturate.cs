using System.Globalization;
using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Curves.Joining;

namespace ModelGate.Gates.Curves;

/// <summary>No loss may stand at the value at which its trainer cuts it off.</summary>
[GateId("MG4003")]
internal sealed class LossMustNotSaturate : RunGate<LossMustNotSaturate.Options>
{
    /// <inheritdoc/>
    protected override IEnumerable<OptionProblem> Check(Options options)
        => options.Clamps.Where(c => Parse(c) is null).Select(c => new OptionProblem("clamps", SafeText.Of($"\"{c}\" is not a series and a number, such as \"loss_mel=75\"")));

    /// <inheritdoc/>
    protected override Judgement Judge(TrainingRun run, Subject subject, Options options)
    {
        var stated = options.Clamps.Select(Parse).OfType<(string Series, double Value)>().ToLookup(c => run.Key(c.Series), c => c.Value);
        var judged = run.Log.Series.Where(s => s.Points.Count > 0)
            .Select(s => (Series: s, Clamps: (IReadOnlyList<double>)[.. run.ProfileOf(s.Name).Clamps, .. stated[run.Key(s.Name)]]))
            .Where(s => s.Clamps.Count > 0).ToArray();
        if (judged.Length == 0)
        {
            return Judgement.Nothing(SafeText.Of($"no series of {run.Path} is known to be cut off by its trainer: name one in the option clamps{About(run)}"));
        }

        var (findings, measurements) = (new List<Finding>(), new List<Measurement>());
        foreach (var (series, clamps) in judged)
        {
            var (clamp, hits, since) = Hits(series, clamps);
            var share = (double)hits / series.Points.Count;
            var measurement = SaturatedShare.Info.Of(run.Path, share, SafeText.From(series.Name)) with { Required = new Requirement(Relation.AtMost, options.Share) };
            measurements.Add(measurement);

            // At the end it is what the run came to, however long it was not so before.
            if (share > options.Share || since is not null)
            {
                var where = since is { } step ? SafeText.Of($"from step {step} to the end") : SafeText.Of($"at {hits} of {SafeText.Count(series.Points.Count, "point")}");
                findings.Add(new Finding(SafeText.Of($"{SafeText.From(series.Name, 40)} stands at {clamp:0.###} {where}, the value at which the trainer cuts it off: the loss itself is higher, or infinite"))
                {
                    Remedy = SafeText.Of($"Check that the pretrained model fits the version and sampling rate, that the features belong to the audio, and whether another loss or the gradient is NaN: an infinite loss is logged as this value"),
                    Evidence = [measurement],
                });
            }
        }

        var summary = findings.Count > 0 ? findings[0].Message
            : SafeText.Of($"{SafeText.Join(", ", judged.Select(j => SafeText.From(j.Series.Name, 40)))} {(judged.Length == 1 ? "does" : "do")} not stand at the value at which the trainer cuts {(judged.Length == 1 ? "it" : "them")} off");
        return Judgement.Of(SafeText.Of($"{summary}{About(run)}"), measurements, findings);
    }

    private static (double Clamp, int Hits, long? Since) Hits(ScalarSeries series, IReadOnlyList<double> clamps)
    {
        var best = (Clamp: clamps[0], Hits: 0, Since: (long?)null);
        foreach (var clamp in clamps)
        {
            var hits = series.Points.Count(p => p.Value.Equals(clamp));
            var atEnd = series.Points.Reverse().TakeWhile(p => p.Value.Equals(clamp)).ToArray();
            var since = atEnd.Length >= CurveEnd.ShortestRun ? atEnd[^1].Step : (long?)null;
            if (since is not null || hits > best.Hits)
            {
                best = (clamp, hits, since);
            }

            if (since is not null)
            {
                break;
            }
        }

        return best;
    }

    private static (string Series, double Value)? Parse(string text)
        => text.LastIndexOf('=') is var at and > 0 && double.TryParse(text.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? (text[..at].Trim(), value)
            : null;

    /// <summary>What counts as cut off.</summary>
    public sealed record Options
    {
        /// <summary>Values at which a series is cut off besides those that are known of the trainer, such as "loss_mel=75"; none by default.</summary>
        public IReadOnlyList<string> Clamps { get; init; } = [];

        /// <summary>The largest share of a series's points that may stand there (default 0.5); at the last three points it never may.</summary>
        [Range(0, 1)]
        public double Share { get; init; } = 0.5;
    }
}
