namespace ModelGate.Artifacts;

/// <summary>The curves that a trainer logged, and what it said of itself.</summary>
/// <param name="Format">The log's format, such as <c>rvc-log</c>.</param>
/// <param name="Series">One series a tag, in the order of first appearance.</param>
/// <param name="Hyperparameters">Scalars of the run's configuration by dotted path, where the log states them.</param>
internal sealed record TrainingLog(
    string Format,
    IReadOnlyList<ScalarSeries> Series,
    IReadOnlyDictionary<string, MetadataValue> Hyperparameters) : Artifact(Format)
{
    /// <inheritdoc/>
    public override string Kind => "log";

    /// <summary>How often training was started, or started again: one more than the times that the step went back.</summary>
    public int Starts { get; init; } = 1;

    /// <summary>
    /// Runs in the same log that are not this one: training began again from nothing behind them. A start that goes on from a saved checkpoint
    /// belongs to the run that it continues.
    /// </summary>
    public IReadOnlyList<AbandonedRun> Abandoned { get; init; } = [];

    /// <summary>The steps from which training went on after it was started again from a checkpoint, in the order of the starts.</summary>
    public IReadOnlyList<long> Resumed { get; init; } = [];

    /// <summary>Of each series the first step that was NaN or infinite, and was run again after training went back: the value that counts is another.</summary>
    public IReadOnlyList<ReplacedValue> ReplacedNotFinite { get; init; } = [];

    /// <summary>The highest epoch that the log names; null where it names none.</summary>
    public long? Epoch { get; init; }

    /// <summary>The checkpoints that the log says were saved, in its order.</summary>
    public IReadOnlyList<SavedCheckpoint> Saved { get; init; } = [];

    /// <summary>What the log says besides numbers, in its order.</summary>
    public IReadOnlyList<LogEvent> Events { get; init; } = [];

    /// <summary>The best value that the trainer recorded itself, where it did.</summary>
    public RecordedBest? Best { get; init; }

    /// <summary>When the first of it was written, as the log says; null where it does not. Files of one run follow each other in this order.</summary>
    public DateTimeOffset? WrittenFrom { get; init; }

    /// <summary>
    /// The step from which on it replaces what earlier files of the run say, as the log states itself; null where it does not.
    /// </summary>
    public long? PurgedFrom { get; init; }

    /// <summary>The number of lines or records that were not understood, and that look as if they should have been.</summary>
    public long NotUnderstood { get; init; }

    /// <summary>Text behind the first step that belongs to no series and speaks of NaN or infinity, or stands where a value should; null where there is none.</summary>
    public NotFiniteText? NotFiniteText { get; init; }

    /// <summary>Series that were logged regularly and have no value of the last rows, while others do.</summary>
    public IReadOnlyList<SilentSeries> Silent { get; init; } = [];

    /// <summary>Series that came back to about where they began when training was started again: what was learned before was not loaded.</summary>
    public IReadOnlyList<LostLevel> Lost { get; init; } = [];

    /// <summary>Why a part of the file was not read that is not just its torn end; empty where all was.</summary>
    public SafeText Unread { get; init; }
}

/// <summary>Text of a log that belongs to no series and speaks of NaN or infinity.</summary>
/// <param name="Count">How many lines or cells.</param>
/// <param name="First">The first of them. Text from the file.</param>
/// <param name="Behind">The last step that was logged before it.</param>
internal sealed record NotFiniteText(long Count, string First, long? Behind)
{
    /// <summary>Whether the first of them stands where a value of a series has to stand, whatever it says.</summary>
    public bool IsInPlaceOfValue { get; init; }
}

/// <summary>A series that has no value of the last rows of its log.</summary>
/// <param name="Series">The series.</param>
/// <param name="LastStep">The step of its last value.</param>
/// <param name="LogStep">The last step of the log.</param>
internal sealed record SilentSeries(string Series, long LastStep, long LogStep)
{
    /// <summary>Whether another series begins behind its end, as in the next stage of a training.</summary>
    public bool IsFollowed { get; init; }
}

/// <summary>What a series was at before and after training was started again.</summary>
/// <param name="Series">The series.</param>
/// <param name="Step">The step from which training went on.</param>
/// <param name="First">Where the series began.</param>
/// <param name="Before">What it had come to.</param>
/// <param name="After">Where it was afterwards.</param>
internal sealed record LostLevel(string Series, long Step, double First, double Before, double After);

/// <summary>Something that a log says of the training besides numbers.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Step">The last step that was logged before it; null where none was.</param>
/// <param name="Text">What it is about: the key, the file, the message. Text from the file.</param>
internal sealed record LogEvent(LogEventKind Kind, long? Step, string Text);

/// <summary>What happened in a training, as its log says.</summary>
internal enum LogEventKind
{
    /// <summary>Weights were loaded to start from: a pretrained model or a checkpoint.</summary>
    Loaded,

    /// <summary>All keys of what was loaded were in the model.</summary>
    AllKeysMatched,

    /// <summary>A key of the model was not in what was loaded, and kept its random start.</summary>
    KeyNotLoaded,

    /// <summary>A step was left out because its gradient was not finite.</summary>
    GradientOverflow,

    /// <summary>The training came to its end.</summary>
    Finished,
}

/// <summary>The best value of a run by its trainer's own record.</summary>
/// <param name="Series">The series; empty where the record does not name it.</param>
/// <param name="Value">The value.</param>
/// <param name="Step">Its step; null where it is not recorded.</param>
/// <param name="Checkpoint">The file or folder that holds it, the last part of its path; null where it is not recorded. Text from the file.</param>
internal sealed record RecordedBest(string Series, double Value, long? Step, string? Checkpoint);

/// <summary>A value that a later one replaced, because its step was run again.</summary>
/// <param name="Series">The series.</param>
/// <param name="Step">The step.</param>
internal sealed record ReplacedValue(string Series, long Step);

/// <summary>A run that a log holds in front of the one that is judged.</summary>
/// <param name="Series">Its curves.</param>
/// <param name="Epoch">The highest epoch that it came to; null where the log names none.</param>
/// <param name="LastStep">The last step that it logged.</param>
internal sealed record AbandonedRun(IReadOnlyList<ScalarSeries> Series, long? Epoch, long LastStep)
{
    /// <summary>Whether it has a folder of its own, so that the trainer meant it as another run.</summary>
    public bool IsApart { get; init; }
}

/// <summary>A tag's values over the steps of the run.</summary>
/// <param name="Name">The tag, such as <c>loss_mel</c>.</param>
/// <param name="Points">Ascending by step; where training went back to a checkpoint and ran steps again, the later value counts.</param>
internal sealed record ScalarSeries(string Name, IReadOnlyList<ScalarPoint> Points)
{
    /// <summary>How many values were logged of it: of a very long series the points are a part of them, evenly spread, with the extremes and what is not finite.</summary>
    public long Logged { get; init; } = Points.Count;
}

/// <summary>A value at a step.</summary>
/// <param name="Step">The global step.</param>
/// <param name="Value">The value; it may be NaN or infinite.</param>
internal readonly record struct ScalarPoint(long Step, double Value);

/// <summary>A checkpoint that a log says was saved.</summary>
/// <param name="FileName">The last part of the path. Text from the file.</param>
/// <param name="Epoch">The epoch that the log names, where it does.</param>
internal sealed record SavedCheckpoint(string FileName, long? Epoch);
