namespace ModelGate.ModelRuns;

/// <summary>What a run of a model came to: answers as far as it went, and how it ended where it did not go to the end.</summary>
/// <param name="Answers">The answers, in the order of the steps; one for each step where nothing ended it.</param>
internal sealed record ModelRunReport(IReadOnlyList<ModelRunAnswer> Answers)
{
    /// <summary>Why nothing was run at all: the program is not there, or nobody allowed it; empty where it was.</summary>
    public SafeText Unavailable { get; init; }

    /// <summary>How the process ended before it had answered every step; null where it answered them all.</summary>
    public ModelRunEnd? End { get; init; }

    /// <summary>A run that did not take place.</summary>
    public static ModelRunReport None(SafeText reason) => new([]) { Unavailable = reason };
}

/// <summary>How a process ended before it had answered every step.</summary>
/// <param name="Kind">What kind of end it was.</param>
/// <param name="Sentence">What to say of it, without a full stop: "modelgate-torch ended with signal 11 while running the model".</param>
internal sealed record ModelRunEnd(ModelRunEndKind Kind, SafeText Sentence);

/// <summary>A kind of end.</summary>
internal enum ModelRunEndKind
{
    /// <summary>It ended by itself: by a signal, or with an exit code.</summary>
    Crashed,

    /// <summary>It took longer than it may.</summary>
    TookTooLong,

    /// <summary>It used more memory than it may.</summary>
    UsedTooMuchMemory,

    /// <summary>It wrote more than it may.</summary>
    WroteTooMuch,

    /// <summary>It did not keep to the protocol.</summary>
    Unintelligible,
}

/// <summary>What a run may cost.</summary>
/// <param name="Time">How long each step may take; the first one includes the start.</param>
/// <param name="Memory">How much memory the process may use, on Linux with its children, in bytes.</param>
internal sealed record ModelRunLimits(TimeSpan Time, long Memory);
