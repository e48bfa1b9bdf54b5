using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation.Measuring;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Signals;
using ModelGate.Signals.Audio.Pairs;
using ModelGate.Signals.TeamMetrics;

namespace ModelGate.Evaluation;

/// <summary>Measures signals on files and judges nothing.</summary>
internal static class SignalMeasuring
{
    private static readonly MetricListMeasure AllMetrics = new();

    /// <summary>Measures all that can be measured, file after file.</summary>
    /// <param name="files">The files; their roles are not looked at.</param>
    /// <param name="open">Opens them.</param>
    /// <param name="signals">The signals.</param>
    /// <param name="onlyThese">Whether the signals were asked for by name: a file without one of them says why.</param>
    /// <param name="plan">Limits, jobs and progress.</param>
    /// <returns>The values of each file, in the order of the files.</returns>
    /// <exception cref="UsageException">A container was chosen that no checkpoint has.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static IReadOnlyList<FileMeasurements> Run(
        IReadOnlyList<RoleFile> files, IArtifactFiles open, IReadOnlyList<Signal> signals, bool onlyThese, MeasuringPlan plan, CancellationToken cancellation)
    {
        var measuring = new FileMeasuring(open, plan.Limits, plan.Progress, plan.Jobs > 1) { ByContent = true, StateDict = plan.StateDict };
        Measure[] measures = [.. signals.Select(s => s.Source).OfType<Measure>().Distinct(), .. onlyThese ? (Measure[])[] : [AllMetrics]];
        var results = new FileMeasurements[files.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = plan.Jobs, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, files.Count, options, i => results[i] = Read(files[i], measuring.Run(files[i], measures, cancellation), signals, onlyThese));
        }
        catch (AggregateException faults)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }

        return measuring.Choices.Problem(plan.StateDict) is { IsEmpty: false } problem ? throw new UsageException(problem) : results;
    }

    /// <summary>Measures signals on outputs beside their references, pair after pair.</summary>
    /// <param name="pairs">Each output with its reference.</param>
    /// <param name="open">Opens them.</param>
    /// <param name="signals">The signals.</param>
    /// <param name="plan">Limits, jobs and progress.</param>
    /// <param name="cancellation">Cancelled where the user wants to stop.</param>
    /// <returns>The values of each pair, in the order of the pairs; none where one of them cannot be read.</returns>
    public static IReadOnlyList<FileMeasurements> RunPairs(
        IReadOnlyList<(RoleFile Output, RoleFile Reference)> pairs, IArtifactFiles open, IReadOnlyList<PairSignal> signals, MeasuringPlan plan, CancellationToken cancellation)
    {
        var measuring = new FileMeasuring(open, plan.Limits, plan.Progress, plan.Jobs > 1);
        var results = new FileMeasurements[pairs.Count];
        var facts = new System.Collections.Concurrent.ConcurrentDictionary<string, Lazy<RecordingFacts>>(StringComparer.Ordinal);
        RecordingFacts FactsOf(RoleFile file) => facts.GetOrAdd(file.Path, _ => new Lazy<RecordingFacts>(() => RecordingFacts.Of(measuring.Run(file, RecordingFacts.Measures, cancellation).Value))).Value;
        try
        {
            Parallel.For(0, pairs.Count, new ParallelOptions { MaxDegreeOfParallelism = plan.Jobs, CancellationToken = cancellation }, i =>
            {
                var (output, reference) = pairs[i];
                try
                {
                    var comparison = PairOpening.Compare(open, output, reference, new ChannelComparisonMeasure(), plan.Limits, cancellation);
                    RecordingPair[] channels = [.. comparison.Channels.Select(c => new RecordingPair(c, FactsOf(output), FactsOf(reference)))];
                    results[i] = new FileMeasurements(output.Path, comparison.Problem, [.. signals.SelectMany(s => Values(s, channels))]);
                }
                catch (ArtifactFault fault)
                {
                    results[i] = new FileMeasurements(output.Path, fault.SentenceWithAdvice(), []);
                }
                catch (SourceUnavailableException fault)
                {
                    results[i] = new FileMeasurements(output.Path, fault.Sentence, []);
                }
            });
        }
        catch (AggregateException faults)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }

        return results;

        // As in gates, the channels that have a value count.
        static IEnumerable<SignalValue> Values(PairSignal signal, RecordingPair[] channels)
        {
            SignalValue[] values =
            [
                .. channels.Select((c, i) => (Value: signal.Of(c), Part: channels.Length > 1 ? SafeText.Of($"channel {i + 1}") : default))
                    .Where(v => v.Value is { } number && double.IsFinite(number)).DistinctBy(v => v.Value).Select(v => new SignalValue(signal.Description, v.Part, v.Value, default)),
            ];
            return values.Length > 0 ? values : [new SignalValue(signal.Description, default, null, SafeText.Of($"it has none"))];
        }
    }

    private static FileMeasurements Read(RoleFile file, MeasuredFile measured, IReadOnlyList<Signal> signals, bool onlyThese)
    {
        var problem = !measured.Unavailable.IsEmpty ? measured.Unavailable : measured.Fault is { } fault ? fault.SentenceWithAdvice() : SafeText.Empty;
        var values = new List<SignalValue>();
        foreach (var signal in signals.Where(s => s.Source is not null))
        {
            var source = signal.Source!;
            if (measured.Value(source) is { } result)
            {
                // What a pickle imports says something of files of tensors alone.
                if (onlyThese || signal.Description.On != MeasuredOn.File || measured.Kind == "checkpoint" || measured.Fault is not null)
                {
                    values.AddRange(signal.Read(result).Select(r => new SignalValue(signal.Description, r.Part, r.Value, r.Value is null && r.Text.IsEmpty ? SafeText.Of($"it has none") : r.Text)));
                }
            }
            else if (measured.IsFaulty(source) || onlyThese)
            {
                values.Add(new SignalValue(signal.Description, default, null, Why(file, measured, source)));
            }
        }

        if (measured.Value(AllMetrics) is MetricList list)
        {
            values.AddRange(list.Metrics.Select(m => new SignalValue(MetricSignal.Describe(m.Name), default, m.Reading.Value, m.Reading.Text)));
        }

        return new FileMeasurements(file.Path, problem, values)
        {
            Sha256 = measured.Sha256,
            IsForeign = measured.Fault is { Kind: FaultKind.Foreign } foreign && foreign.Reason != FaultReason.FailedDownload,
        };
    }

    private static SafeText Why(RoleFile file, MeasuredFile measured, Measure source)
        => measured.IsFaulty(source) || measured.Fault is not null || !measured.Unavailable.IsEmpty
            ? measured.Problem(source, file)
            : SafeText.Of($"{file.Path} is {measured.Format}, on which it is not measured");
}

/// <summary>How files are measured.</summary>
/// <param name="Limits">What a file may cost to read.</param>
/// <param name="Jobs">How many files are measured at a time.</param>
/// <param name="Progress">Is told how far the files are read; null where nobody watches.</param>
internal sealed record MeasuringPlan(ReadLimits Limits, int Jobs, IProgress<ReadProgress>? Progress)
{
    /// <summary>The container that is measured where a checkpoint has it; null where the reader chooses.</summary>
    public string? StateDict { get; init; }
}

/// <summary>What was measured on a file.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Problem">Why the file could not be read; empty where it could.</param>
/// <param name="Values">The values, signal after signal.</param>
internal sealed record FileMeasurements(string Path, SafeText Problem, IReadOnlyList<SignalValue> Values)
{
    /// <summary>The SHA-256 of its bytes; null where it was not read to the end.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether it is of no format that is read, and nothing speaks for a failed download.</summary>
    public bool IsForeign { get; init; }
}

/// <summary>A value of a signal.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Part">The part of the file; empty for all of it.</param>
/// <param name="Value">The number; null where there is none.</param>
/// <param name="Why">Why there is none; beside a number, what has to be known of it.</param>
internal sealed record SignalValue(SignalInfo Signal, SafeText Part, double? Value, SafeText Why);
