using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Gates;

/// <summary>A requirement on artifacts, named by the sentence that it states.</summary>
/// <remarks>
/// A gate chooses subjects by path, says what has to be measured on their files, and judges what was measured. It opens nothing: each file
/// is opened once, for every gate, and closed before the next.
/// </remarks>
internal abstract class Gate
{
    /// <summary>The roles that the configuration must name for the gate to apply.</summary>
    public abstract IReadOnlyList<ArtifactRole> Roles { get; }

    /// <summary>Roles of which the configuration must name one at least; empty where <see cref="Roles"/> says it all.</summary>
    public virtual IReadOnlyList<ArtifactRole> RolesAnyOf => [];

    /// <summary>Roles that the gate reads where the configuration names them.</summary>
    public virtual IReadOnlyList<ArtifactRole> RolesOptional => [];

    /// <summary>Every role that the gate reads.</summary>
    public IEnumerable<ArtifactRole> RolesRead => Roles.Concat(RolesAnyOf).Concat(RolesOptional);

    /// <summary>Whether it runs models: it is judged after all files were read, so that nothing else takes the processor's time.</summary>
    public virtual bool RunsModels => false;

    /// <summary>Files beside those of roles that its options name, relative to the configuration; none for most gates.</summary>
    /// <param name="options">An instance of the gate's own options record.</param>
    public virtual IEnumerable<string> FilesOf(object options) => [];

    /// <summary>What is wrong with options that are each of the right kind and in range; nothing for most gates.</summary>
    /// <param name="options">An instance of the gate's own options record.</param>
    public virtual IEnumerable<OptionProblem> Check(object options) => [];

    /// <summary>Chooses the subjects.</summary>
    public abstract IEnumerable<Subject> Select(RoleFiles files, object options);

    /// <summary>What has to be measured on a subject's files.</summary>
    public abstract IEnumerable<Need> Needs(Subject subject, object options);

    /// <summary>What is measured besides where the file gives it; where it does not, the gate judges without.</summary>
    public virtual IEnumerable<Need> OptionalNeeds(Subject subject, object options) => [];

    /// <summary>What has to be measured besides for pictures of a subject.</summary>
    public abstract IEnumerable<Need> PictureNeeds(Subject subject, object options);

    /// <summary>Judges a subject on which everything needed was measured; null where there is nothing to say of it.</summary>
    public abstract Judgement? Judge(Subject subject, object options, IMeasured measured);

    /// <summary>Data for pictures of a subject, drawn from what was measured.</summary>
    public abstract IEnumerable<Exhibit> Show(Subject subject, object options, IMeasured measured);
}

/// <summary>A gate with options of its own.</summary>
/// <typeparam name="TOptions">The options, with their defaults: a record nested in the gate.</typeparam>
internal abstract class Gate<TOptions> : Gate
    where TOptions : class
{
    /// <inheritdoc/>
    public sealed override IEnumerable<OptionProblem> Check(object options) => Check((TOptions)options);

    /// <inheritdoc/>
    public sealed override IEnumerable<Subject> Select(RoleFiles files, object options) => Select(files, (TOptions)options);

    /// <inheritdoc/>
    public sealed override IEnumerable<Need> Needs(Subject subject, object options) => Needs(subject, (TOptions)options);

    /// <inheritdoc/>
    public sealed override IEnumerable<Need> OptionalNeeds(Subject subject, object options) => OptionalNeeds(subject, (TOptions)options);

    /// <inheritdoc/>
    public sealed override IEnumerable<Need> PictureNeeds(Subject subject, object options) => PictureNeeds(subject, (TOptions)options);

    /// <inheritdoc/>
    public sealed override Judgement? Judge(Subject subject, object options, IMeasured measured) => Judge(subject, (TOptions)options, measured);

    /// <inheritdoc/>
    public sealed override IEnumerable<Exhibit> Show(Subject subject, object options, IMeasured measured) => Show(subject, (TOptions)options, measured);

    /// <summary>What is wrong with options that are each of the right kind and in range.</summary>
    protected virtual IEnumerable<OptionProblem> Check(TOptions options) => [];

    /// <summary>Chooses the subjects.</summary>
    protected abstract IEnumerable<Subject> Select(RoleFiles files, TOptions options);

    /// <summary>What has to be measured on a subject's files.</summary>
    protected abstract IEnumerable<Need> Needs(Subject subject, TOptions options);

    /// <summary>What is measured besides where the file gives it.</summary>
    protected virtual IEnumerable<Need> OptionalNeeds(Subject subject, TOptions options) => [];

    /// <summary>What has to be measured besides for pictures of a subject.</summary>
    protected virtual IEnumerable<Need> PictureNeeds(Subject subject, TOptions options) => [];

    /// <summary>Judges a subject on which everything needed was measured; null where there is nothing to say of it.</summary>
    protected abstract Judgement? Judge(Subject subject, TOptions options, IMeasured measured);

    /// <summary>Data for pictures of a subject, drawn from what was measured.</summary>
    protected virtual IEnumerable<Exhibit> Show(Subject subject, TOptions options, IMeasured measured) => [];
}

/// <summary>A gate over every file of one role, each by itself, by one measure.</summary>
/// <typeparam name="TResult">What is measured.</typeparam>
/// <typeparam name="TOptions">The options, with their defaults: a record nested in the gate.</typeparam>
internal abstract class FileGate<TResult, TOptions> : Gate<TOptions>
    where TResult : class
    where TOptions : class
{
    /// <summary>The role whose files are judged.</summary>
    protected abstract ArtifactRole Role { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> Roles => [Role];

    /// <summary>What is measured on a file.</summary>
    protected abstract Measure<TResult> Measure(TOptions options);

    /// <summary>Judges a file.</summary>
    protected abstract Judgement Judge(RoleFile file, TResult result, TOptions options);

    /// <inheritdoc/>
    protected sealed override IEnumerable<Subject> Select(RoleFiles files, TOptions options) => files.Each(Role);

    /// <inheritdoc/>
    protected sealed override IEnumerable<Need> Needs(Subject subject, TOptions options) => [new(subject.Files[0], Measure(options))];

    /// <inheritdoc/>
    protected sealed override Judgement Judge(Subject subject, TOptions options, IMeasured measured)
        => Judge(subject.Files[0], measured.Of(subject.Files[0], Measure(options)), options);
}
