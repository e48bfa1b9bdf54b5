using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>A requirement on artifacts, named by the sentence that it states.</summary>
internal abstract class Gate
{
    /// <summary>The roles that the configuration must name for the gate to apply.</summary>
    public abstract IReadOnlyList<ArtifactRole> Roles { get; }

    /// <summary>Roles of which the configuration must name one at least; empty where <see cref="Roles"/> says it all.</summary>
    public virtual IReadOnlyList<ArtifactRole> RolesAnyOf => [];

    /// <summary>What is wrong with options that are each of the right kind and in range; nothing for most gates.</summary>
    /// <param name="options">An instance of the gate's own options record.</param>
    public virtual IEnumerable<OptionProblem> Check(object options) => [];

    /// <summary>Judges everything that the artifacts hold for this gate: one verdict for each subject.</summary>
    /// <param name="options">An instance of the gate's own options record.</param>
    public abstract IEnumerable<Judgement> Judge(ArtifactSet artifacts, object options);
}

/// <summary>A gate over one kind of subject, with options of its own.</summary>
/// <typeparam name="TSubject">What is judged: one artifact, or several that belong together.</typeparam>
/// <typeparam name="TOptions">The options, with their defaults: a record nested in the gate.</typeparam>
internal abstract class Gate<TSubject, TOptions> : Gate
    where TSubject : class
    where TOptions : class
{
    /// <inheritdoc/>
    public sealed override IEnumerable<Judgement> Judge(ArtifactSet artifacts, object options)
    {
        foreach (var selection in Select(artifacts))
        {
            artifacts.Cancellation.ThrowIfCancellationRequested();
            yield return JudgeReadable(selection, (TOptions)options, artifacts.ShowExhibits, artifacts.Cancellation) with { Artifact = selection.Artifact };
        }
    }

    // Tensors and samples are read while they are measured, so a fault of one file can still show here; the others are judged.
    private Judgement JudgeReadable(Selection<TSubject> selection, TOptions options, bool showExhibits, CancellationToken cancellation)
    {
        if (selection.Subject is not { } subject)
        {
            return Judgement.Inconclusive(selection.Problem);
        }

        try
        {
            var judgement = Judge(subject, options, cancellation);
            return showExhibits ? judgement with { Exhibits = ShowReadable(subject, options, cancellation) } : judgement;
        }
        catch (ArtifactFault fault)
        {
            return Judgement.Inconclusive(SafeText.Of($"{selection.Artifact} cannot be read to the end: {fault.SentenceWithAdvice()}"));
        }
        catch (SourceUnavailableException fault)
        {
            return Judgement.Inconclusive(SafeText.Of($"{selection.Artifact} cannot be read to the end: {fault.Sentence}"));
        }
    }

    // A picture may need more of the files than the verdict did, and a fault there must not change the verdict.
    private List<Exhibit> ShowReadable(TSubject subject, TOptions options, CancellationToken cancellation)
    {
        var shown = new List<Exhibit>();
        try
        {
            shown.AddRange(Show(subject, options, cancellation));
        }
        catch (Exception fault) when (fault is ArtifactFault or SourceUnavailableException)
        {
        }

        return shown;
    }

    /// <inheritdoc/>
    public sealed override IEnumerable<OptionProblem> Check(object options) => Check((TOptions)options);

    /// <summary>What is wrong with options that are each of the right kind and in range.</summary>
    protected virtual IEnumerable<OptionProblem> Check(TOptions options) => [];

    /// <summary>Finds the subjects among the artifacts, and says what keeps one from being judged.</summary>
    protected abstract IEnumerable<Selection<TSubject>> Select(ArtifactSet artifacts);

    /// <summary>Judges one subject. It measures through signals, compares with the options and touches nothing else.</summary>
    /// <param name="subject">What is judged.</param>
    /// <param name="cancellation">The caller's wish to stop, for whatever reads elements or samples.</param>
    public abstract Judgement Judge(TSubject subject, TOptions options, CancellationToken cancellation = default);

    /// <summary>Data for pictures of a subject: asked for only by a report that draws, since it may cost a second reading.</summary>
    protected virtual IEnumerable<Exhibit> Show(TSubject subject, TOptions options, CancellationToken cancellation) => [];
}

/// <summary>A gate over every file of one role, each by itself.</summary>
/// <typeparam name="TArtifact">The kind of artifact that the role holds.</typeparam>
/// <typeparam name="TOptions">The options, with their defaults: a record nested in the gate.</typeparam>
internal abstract class FileGate<TArtifact, TOptions> : Gate<ArtifactFile<TArtifact>, TOptions>
    where TArtifact : Artifact
    where TOptions : class
{
    /// <summary>The role whose files are judged.</summary>
    protected abstract ArtifactRole Role { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> Roles => [Role];

    /// <inheritdoc/>
    protected sealed override IEnumerable<Selection<ArtifactFile<TArtifact>>> Select(ArtifactSet artifacts) => artifacts.Files<TArtifact>(Role);
}
