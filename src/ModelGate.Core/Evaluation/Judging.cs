using ModelGate.Artifacts;
using ModelGate.Configuration;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Evaluation;

/// <summary>One gate and one subject, judged as soon as the subject's files are measured.</summary>
internal sealed class Judging
{
    private readonly Gate gate;
    private int pending;

    public Judging(PlannedGate planned, ConfiguredGate configured, Subject subject, bool showExhibits)
    {
        (Planned, Configured, gate, Subject) = (planned, configured, planned.Gate, subject);
        if (subject.Problem.IsEmpty)
        {
            Needs = [.. gate.Needs(subject, configured.Options)];
            OptionalNeeds = [.. gate.OptionalNeeds(subject, configured.Options)];
            PictureNeeds = showExhibits ? [.. gate.PictureNeeds(subject, configured.Options)] : [];
            ShowsExhibits = showExhibits;
        }
    }

    /// <summary>The gate of the plan.</summary>
    public PlannedGate Planned { get; }

    /// <summary>The gate as the configuration asks for it here.</summary>
    public ConfiguredGate Configured { get; }

    /// <summary>The subject.</summary>
    public Subject Subject { get; }

    /// <summary>What the gate needs.</summary>
    public IReadOnlyList<Need> Needs { get; } = [];

    /// <summary>What it takes where it can be had.</summary>
    public IReadOnlyList<Need> OptionalNeeds { get; } = [];

    /// <summary>What its pictures need besides.</summary>
    public IReadOnlyList<Need> PictureNeeds { get; } = [];

    /// <summary>Whether pictures are drawn.</summary>
    public bool ShowsExhibits { get; }

    /// <summary>The verdict; null where there is nothing to say of the subject, or before it is judged.</summary>
    public Judgement? Judgement { get; private set; }

    /// <summary>Data for pictures.</summary>
    public IReadOnlyList<Exhibit> Exhibits { get; private set; } = [];

    /// <summary>Whether models are run for it.</summary>
    public bool RunsModels => gate.RunsModels;

    /// <summary>Waits for so many files.</summary>
    public void Await(int files) => pending = files;

    /// <summary>One more file is measured; true where it was the last.</summary>
    public bool Advance() => Interlocked.Decrement(ref pending) == 0;

    /// <summary>Judges the subject.</summary>
    public void Run(IMeasuredFiles files, CancellationToken cancellation)
    {
        if (!Subject.Problem.IsEmpty)
        {
            Judgement = Judgement.Inconclusive(Subject.Problem);
            return;
        }

        if (Needs.Select(n => n.OfOtherKind.IsEmpty || !files.IsOfOtherKind(n.File, n.Measure) ? files.Problem(n.File, n.Measure) : n.OfOtherKind).FirstOrDefault(p => !p.IsEmpty) is { IsEmpty: false } problem)
        {
            Judgement = Judgement.Inconclusive(problem);
            return;
        }

        var measured = new Measured(files, cancellation);
        try
        {
            Judgement = gate.Judge(Subject, Configured.Options, measured);
        }
        catch (ArtifactFault fault)
        {
            Judgement = Judgement.Inconclusive(SafeText.Of($"{Subject.Path} cannot be read to the end: {fault.SentenceWithAdvice()}"));
        }
        catch (SourceUnavailableException fault)
        {
            Judgement = Judgement.Inconclusive(SafeText.Of($"{Subject.Path} cannot be read to the end: {fault.Sentence}"));
        }

        // A picture may want more than the verdict needed, and what it lacks changes neither the verdict nor the other pictures.
        if (ShowsExhibits && Judgement is not null)
        {
            Exhibits = [.. gate.Show(Subject, Configured.Options, measured)];
        }
    }

    private sealed class Measured(IMeasuredFiles files, CancellationToken cancellation) : IMeasured
    {
        public CancellationToken Cancellation => cancellation;

        public TResult Of<TResult>(RoleFile file, Measure<TResult> measure)
            where TResult : class
            => (TResult)Of(file, (Measure)measure);

        public TResult? Find<TResult>(RoleFile file, Measure<TResult> measure)
            where TResult : class
            => (TResult?)files.Value(file, measure);

        public object Of(RoleFile file, Measure measure)
            => files.Value(file, measure) ?? throw new InvalidOperationException($"{measure.GetType().Name} was judged by and not asked for");

        public TResult Compare<TLeft, TRight, TResult>(RoleFile left, RoleFile right, PairMeasure<TLeft, TRight, TResult> measure)
            where TLeft : Artifact
            where TRight : Artifact
            where TResult : class
            => (TResult)files.Compare(left, right, measure, cancellation);

        public ModelRunReport Run(AskedModelRun asked) => files.Run(asked, cancellation);
    }
}

/// <summary>The files that have been measured.</summary>
internal interface IMeasuredFiles
{
    /// <summary>What a measure gave; null where it gave nothing.</summary>
    object? Value(RoleFile file, Measure measure);

    /// <summary>Why a measure gave nothing; empty where it gave something.</summary>
    SafeText Problem(RoleFile file, Measure measure);

    /// <summary>Whether a measure gave nothing because the file, which was read, is of another kind than the measure is made for.</summary>
    bool IsOfOtherKind(RoleFile file, Measure measure);

    /// <summary>Runs a model.</summary>
    ModelRunReport Run(AskedModelRun asked, CancellationToken cancellation);

    /// <summary>Opens two files and compares them.</summary>
    object Compare(RoleFile left, RoleFile right, IPairMeasure measure, CancellationToken cancellation);
}
