namespace ModelGate.Gates;

/// <summary>Something for a gate to judge, or the reason why it cannot be.</summary>
/// <typeparam name="TSubject">What is judged.</typeparam>
internal sealed record Selection<TSubject>
    where TSubject : class
{
    /// <summary>A subject.</summary>
    /// <param name="artifact">The path of the file that the verdict is about, or null where it is about several.</param>
    /// <param name="subject">The subject.</param>
    public Selection(string? artifact, TSubject subject) => (Artifact, Subject) = (artifact, subject);

    /// <summary>A subject that cannot be judged.</summary>
    /// <param name="artifact">The path of the file that the verdict is about, or null where it is about several.</param>
    /// <param name="problem">Why: one sentence.</param>
    public Selection(string? artifact, SafeText problem) => (Artifact, Problem) = (artifact, problem);

    /// <summary>The path of the file that the verdict is about.</summary>
    public string? Artifact { get; }

    /// <summary>The subject, or null where there is a problem.</summary>
    public TSubject? Subject { get; }

    /// <summary>Why there is no subject.</summary>
    public SafeText Problem { get; }
}
