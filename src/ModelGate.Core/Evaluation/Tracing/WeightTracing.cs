using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Evaluation.Measuring;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Gates.Checkpoints;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Evaluation.Tracing;

/// <summary>Finds the checkpoint that a model was made from, by content: every file is read once, and two together only where digests leave it open.</summary>
/// <param name="open">Opens files.</param>
/// <param name="plan">Limits, jobs and progress.</param>
internal sealed class WeightTracing(IArtifactFiles open, MeasuringPlan plan)
{
    private static readonly DigestMeasure Digests = new();
    private static readonly ProgressMeasure Progress = new();
    private static readonly SketchMeasure Sketch = new();

    /// <summary>Compares a model with every checkpoint among files.</summary>
    /// <param name="model">The model.</param>
    /// <param name="candidates">Files that may be checkpoints; what holds no weights is passed over.</param>
    /// <exception cref="ArtifactFault">The model cannot be read.</exception>
    /// <exception cref="SourceUnavailableException">The model cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public WeightTrace Run(string model, IReadOnlyList<string> candidates, CancellationToken cancellation)
    {
        RoleFile[] files = [new RoleFile(ArtifactRole.Model, model), .. candidates.Select(c => new RoleFile(ArtifactRole.Checkpoints, c))];
        var measured = Measure(files, cancellation);
        if (measured[0].Value(Digests) is not TensorDigests { ByName.Count: > 0 } export)
        {
            var problem = measured[0].Problem(Digests, files[0]);
            return new WeightTrace(model, TraceOrigin.Unknown, problem.IsEmpty ? SafeText.Of($"{model} holds no state_dict: there are no weights to trace") : problem);
        }

        var names = new ExportNames(export.ByName);
        var sketch = (WeightSketch)measured[0].Value(Sketch)!;
        var found = new List<TracedCheckpoint>();
        var sketches = new Dictionary<TracedCheckpoint, WeightSketch>(ReferenceEqualityComparer.Instance);
        var unread = new List<(string Path, SafeText Why)>();
        for (var i = 1; i < files.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (measured[i].Value(Digests) is not TensorDigests digests)
            {
                if (measured[i].Fault is { Kind: not FaultKind.Foreign } || !measured[i].Unavailable.IsEmpty)
                {
                    unread.Add((files[i].Path, measured[i].Problem(Digests, files[i])));
                }

                continue;
            }

            var traced = Compare(files[0], files[i], (TrainingProgress)measured[i].Value(Progress)!, ExportPairing.Of(export, names, digests), cancellation);
            if (measured[i].Value(Sketch) is WeightSketch other)
            {
                traced = traced with { Distance = SketchDistance.Of(sketch.Sets[0].ByName, other.Sets[traced.Pairing.Index].ByName, traced.Pairing) };
                sketches[traced] = other;
            }

            found.Add(traced);
        }

        var ordered = found.OrderByDescending(c => c.IsEqual).ThenBy(c => c.IsEqual ? c.Pairing.Left.Count : 0).ThenBy(c => c.IsEqual && c.Pairing.Set.IsAverage)
            .ThenBy(c => c.Pairing.Match.Absent).ThenBy(c => c.Distance ?? double.MaxValue).ThenByDescending(c => c.Progress.Step).ThenBy(c => c.Path, StringComparer.Ordinal).ToArray();
        var merge = ordered is [{ IsEqual: false }, _, ..] ? SketchMerge.Find(sketch.Sets[0].ByName, [.. ordered.Where(c => sketches.ContainsKey(c)).Select(c => (c, sketches[c].Sets[c.Pairing.Index].ByName))], cancellation) : null;
        var sentence = new TraceSentence(model, export, ordered) { IsBetween = IsBetween(sketch, sketches, ordered) };
        var (origin, text) = merge is { } mixed ? (TraceOrigin.Merge, sentence.OfMerge(mixed.One, mixed.Other, mixed.Share, mixed.Samples)) : sentence.Of(unread.Count);
        return new WeightTrace(model, origin, text)
        {
            Candidates = ordered,
            Merge = merge is { } m ? (m.One, m.Other, m.Share) : null,
            Unread = unread,
        };
    }

    // Nearer to each of the two nearest than these are to each other.
    private static bool IsBetween(WeightSketch model, Dictionary<TracedCheckpoint, WeightSketch> sketches, TracedCheckpoint[] ordered)
        => ordered is [{ IsEqual: false, Distance: { } first } one, { Distance: { } second } other, ..]
            && SketchDistance.Between(
                model.Sets[0].ByName, (sketches[one].Sets[one.Pairing.Index].ByName, one.Pairing), (sketches[other].Sets[other.Pairing.Index].ByName, other.Pairing)) is { } apart
            && first < apart && second < apart;

    private MeasuredFile[] Measure(RoleFile[] files, CancellationToken cancellation)
    {
        var measuring = new FileMeasuring(open, plan.Limits, plan.Progress, plan.Jobs > 1) { ByContent = true };
        var measured = new MeasuredFile[files.Length];
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = plan.Jobs, CancellationToken = cancellation };
            Parallel.For(0, files.Length, options, i => measured[i] = measuring.Run(files[i], [Digests, Progress, Sketch], cancellation));
        }
        catch (AggregateException faults)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }

        return measured;
    }

    private TracedCheckpoint Compare(RoleFile model, RoleFile file, TrainingProgress progress, IEnumerable<ExportPairing> pairings, CancellationToken cancellation)
    {
        var all = pairings.Select(p => p.IsOpen ? p.With(ByElement(model, file, p, cancellation)) : p).ToArray();
        var whole = all.Where(p => p.Match.IsWhole && p.Match.Telling > 0).OrderBy(p => p.Left.Count).ThenBy(p => p.Set.IsAverage).ThenBy(p => p.Index).FirstOrDefault();
        return whole is not null
            ? new TracedCheckpoint(progress, whole) { IsEqual = true }
            : new TracedCheckpoint(progress, all.OrderByDescending(p => p.Match.EqualElements).ThenBy(p => p.Match.Absent).ThenBy(p => p.Index).First());
    }

    private ExportMatch ByElement(RoleFile model, RoleFile file, ExportPairing pairing, CancellationToken cancellation)
    {
        using var a = open.Open(model);
        using var b = open.Open(file);
        using var first = new ReadBudget(plan.Limits, cancellation);
        using var second = new ReadBudget(plan.Limits, cancellation);
        var (left, right) = (Read(a, first), Read(b, second));
        var comparison = new MappedExportComparison(pairing, StopAtFirstDifference: true);
        return comparison.Fits(left, right) ? (ExportMatch)comparison.Of(left, right, cancellation) : pairing.Match;
    }

    private static Artifact Read(OpenedArtifact opened, ReadBudget budget)
        => ArtifactReaders.Read(new ReadRequest(opened.Source, budget) { Folder = opened.Siblings });
}
