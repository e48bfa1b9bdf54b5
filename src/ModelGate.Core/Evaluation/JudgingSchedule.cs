using System.Collections.Concurrent;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Evaluation.Measuring;
using ModelGate.Gates;
using ModelGate.ModelRuns;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Evaluation;

/// <summary>
/// Which files have to be measured for which judgements, and the work itself: file after file is opened, read once and closed, several at a
/// time, and each subject is judged as soon as its last file is measured. What was measured is forgotten with the last judgement that needs it.
/// </summary>
internal sealed class JudgingSchedule : IMeasuredFiles
{
    private readonly EvaluationPlan plan;
    private readonly RoleMatches matches;
    private readonly IReadOnlyList<Judging> judgings;
    private readonly IArtifactFiles files;
    private readonly Dictionary<RoleFile, Entry> entries = [];
    private readonly ConcurrentDictionary<(RoleFile Left, RoleFile Right, IPairMeasure Measure), Lazy<object>> comparisons = new();
    private readonly Entry[] order;
    private readonly ModelRunning running;
    private readonly FileMeasuring measuring;

    public JudgingSchedule(EvaluationPlan plan, RoleMatches matches, IReadOnlyList<Judging> judgings, ModelRunning running)
    {
        (this.plan, this.matches, this.judgings, this.running, files) = (plan, matches, judgings, running, running);
        measuring = new FileMeasuring(files, plan.Limits, plan.Progress, plan.Jobs > 1) { StateDict = plan.Configuration.StateDict, LogPattern = plan.Configuration.LogPattern };
        foreach (var judging in judgings)
        {
            var needed = judging.Subject.Files.Distinct().ToArray();
            judging.Await(needed.Length);
            foreach (var file in needed)
            {
                EntryOf(file).Dependents.Add(judging);
            }

            foreach (var need in judging.Needs.Concat(judging.OptionalNeeds).Concat(judging.PictureNeeds))
            {
                EntryOf(need.File).Measures.Add(need.Measure);
            }
        }

        order = [.. entries.Values.OrderBy(e => e.File.Role).ThenBy(e => e.File.Path, StringComparer.Ordinal)];
        foreach (var entry in order)
        {
            entry.Uses = entry.Dependents.Count;
        }
    }

    /// <summary>Every file that was opened or should have been, by role and path.</summary>
    public IEnumerable<(RoleFile File, MeasuredFile Result)> Measured => order.Select(e => (e.File, e.Result!));

    /// <summary>What is wrong with the container that the configuration chooses; empty where nothing is.</summary>
    public SafeText UnknownStateDict { get; private set; }

    /// <summary>Measures and judges.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public void Run(CancellationToken cancellation)
    {
        foreach (var judging in judgings.Where(j => j.Subject.Files.Count == 0))
        {
            judging.Run(this, cancellation);
        }

        var next = -1;
        var faults = new List<Exception>();
        void Work()
        {
            while (Interlocked.Increment(ref next) is var at && at < order.Length && faults.Count == 0)
            {
                try
                {
                    cancellation.ThrowIfCancellationRequested();
                    Measure(order[at], cancellation);
                }
                catch (Exception fault)
                {
                    lock (faults)
                    {
                        faults.Add(fault);
                    }
                }
            }
        }

        var others = Enumerable.Range(1, Math.Max(0, Math.Min(plan.Jobs, order.Length) - 1)).Select(_ => Task.Run(Work, CancellationToken.None)).ToArray();
        Work();
        Task.WaitAll(others, CancellationToken.None);
        if (faults.FirstOrDefault(f => f is not OperationCanceledException) is { } wrong)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(wrong);
        }

        cancellation.ThrowIfCancellationRequested();

        // One at a time and when nothing is read any more: a model that is timed has the processor to itself.
        foreach (var judging in judgings.Where(j => j.RunsModels && j.Subject.Files.Count > 0))
        {
            cancellation.ThrowIfCancellationRequested();
            Judge(judging, cancellation);
        }

        UnknownStateDict = measuring.Choices.Problem(plan.Configuration.StateDict);
    }

    /// <inheritdoc/>
    public object? Value(RoleFile file, Measure measure) => Result(file, measure).Value(measure);

    /// <inheritdoc/>
    public SafeText Problem(RoleFile file, Measure measure) => Result(file, measure).Problem(measure, file);

    /// <inheritdoc/>
    public bool IsOfOtherKind(RoleFile file, Measure measure) => Result(file, measure).IsOfOtherKind(measure);

    /// <inheritdoc/>
    public ModelRunReport Run(AskedModelRun asked, CancellationToken cancellation) => running.Run(asked, cancellation);

    /// <inheritdoc/>
    public object Compare(RoleFile left, RoleFile right, IPairMeasure measure, CancellationToken cancellation)
        => measure.IsShared
            ? comparisons.GetOrAdd((left, right, measure), key => new Lazy<object>(() => Opened(key.Left, key.Right, key.Measure, cancellation))).Value
            : Opened(left, right, measure, cancellation);

    // What a model made while a gate judged was known to nobody before, and is measured when it is asked about.
    private MeasuredFile Result(RoleFile file, Measure measure)
        => entries.TryGetValue(file, out var entry) ? entry.Result! : measuring.Run(file, [measure], CancellationToken.None);

    private object Opened(RoleFile left, RoleFile right, IPairMeasure measure, CancellationToken cancellation)
    {
        using var a = files.Open(left);
        using var b = files.Open(right);
        var (first, second) = (Read(a, left.Role, cancellation), Read(b, right.Role, cancellation));
        return measure.Of(first, second, cancellation);
    }

    private Artifact Read(OpenedArtifact opened, ArtifactRole role, CancellationToken cancellation)
        => ArtifactReaders.Read(new ReadRequest(opened.Source, new ReadBudget(plan.Limits, cancellation)) { Folder = opened.Siblings, Role = role });

    private Entry EntryOf(RoleFile file)
    {
        if (!entries.TryGetValue(file, out var entry))
        {
            entries[file] = entry = new Entry(file);
        }

        return entry;
    }

    private void Measure(Entry entry, CancellationToken cancellation)
    {
        entry.Result = matches.Problem(entry.File) is { IsEmpty: false } problem
            ? new MeasuredFile { Unavailable = problem }
            : entry.File.Role == ArtifactRole.Architecture && plan.Configuration.Architecture is { } architecture
                ? new ArchitectureResolution(plan, measuring, running).Measure(architecture, entry.Measures, cancellation)
                : measuring.Run(entry.File, entry.Measures, cancellation);
        foreach (var judging in entry.Dependents)
        {
            if (judging.Advance() && !judging.RunsModels)
            {
                Judge(judging, cancellation);
            }
        }
    }

    private void Judge(Judging judging, CancellationToken cancellation)
    {
        judging.Run(this, cancellation);
        foreach (var file in judging.Subject.Files.Distinct())
        {
            entries[file].Done();
        }
    }

    private sealed class Entry(RoleFile file)
    {
        private int uses;

        public RoleFile File { get; } = file;

        public HashSet<Measure> Measures { get; } = [];

        public List<Judging> Dependents { get; } = [];

        public MeasuredFile? Result { get; set; }

        public int Uses
        {
            set => uses = value;
        }

        public void Done()
        {
            if (Interlocked.Decrement(ref uses) == 0)
            {
                Result!.Release();
            }
        }
    }
}
