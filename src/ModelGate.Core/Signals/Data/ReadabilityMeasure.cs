namespace ModelGate.Signals.Data;

/// <summary>Whether a file of a data set can be read at all, so that one that cannot does not hide the others.</summary>
internal sealed record ReadabilityMeasure : ExaminationMeasure<Readability>
{
    /// <inheritdoc/>
    protected override Readability Of(Examination examination)
        => new(examination.File.Bytes, examination.Content?.Kind ?? "", examination.Fault?.Sentence ?? SafeText.Empty);
}

/// <summary>What came of opening a file.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Kind">The kind of artifact that it holds; empty where it was refused.</param>
/// <param name="Problem">Why it was refused; empty where it was not.</param>
internal sealed record Readability(long Bytes, string Kind, SafeText Problem);
