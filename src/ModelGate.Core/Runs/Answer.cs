namespace ModelGate.Runs;

/// <summary>A question that people ask of a sick training run, and what the run's own numbers answer.</summary>
/// <param name="Question">The question.</param>
/// <param name="Sentence">The answer in one sentence with the numbers; where they do not tell, what it would take.</param>
/// <param name="State">What it means.</param>
internal sealed record Answer(SafeText Question, SafeText Sentence, AnswerState State)
{
    /// <summary>The model that it is about, where a record holds several; see <see cref="RunRecord.In"/>.</summary>
    public SafeText Group { get; init; }
}

/// <summary>What an answer means for the run.</summary>
internal enum AnswerState
{
    /// <summary>It is as it should be.</summary>
    Good,

    /// <summary>It is not as it should be.</summary>
    Bad,

    /// <summary>The run's files do not tell.</summary>
    Unknown,
}
