using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Signals;

/// <summary>
/// What is computed from a file in the one pass over it. Measures are values: two equal ones are one, however many gates, signals and
/// pictures ask for it.
/// </summary>
internal abstract record Measure;

/// <summary>A measure by what it gives.</summary>
/// <typeparam name="TResult">What is computed; small, since it outlives the file.</typeparam>
internal abstract record Measure<TResult> : Measure
    where TResult : class;

/// <summary>A measure on what was read of a file when it was opened: names, shapes, metadata, series. It reads no elements.</summary>
/// <typeparam name="TArtifact">The kind of artifact.</typeparam>
/// <typeparam name="TResult">What is computed.</typeparam>
internal abstract record ContentMeasure<TArtifact, TResult> : Measure<TResult>, IContentMeasure
    where TArtifact : Artifact
    where TResult : class
{
    /// <inheritdoc/>
    public virtual bool Fits(Artifact content) => content is TArtifact;

    /// <inheritdoc/>
    public object Of(FileStamp file, Artifact content, CancellationToken cancellation) => Compute(file, (TArtifact)content, cancellation);

    /// <summary>Computes it.</summary>
    protected abstract TResult Compute(FileStamp file, TArtifact content, CancellationToken cancellation);
}

/// <summary>The part of a <see cref="ContentMeasure{TArtifact,TResult}"/> that needs no types.</summary>
internal interface IContentMeasure
{
    /// <summary>Whether the artifact is of the kind that is measured.</summary>
    bool Fits(Artifact content);

    /// <summary>Computes it.</summary>
    object Of(FileStamp file, Artifact content, CancellationToken cancellation);
}

/// <summary>A measure that takes whatever came of opening the file: also the fault for which it was refused.</summary>
/// <typeparam name="TResult">What is computed.</typeparam>
internal abstract record ExaminationMeasure<TResult> : Measure<TResult>, IExaminationMeasure
    where TResult : class
{
    /// <inheritdoc/>
    public virtual bool NeedsChecksums => false;

    object IExaminationMeasure.Of(Examination examination) => Of(examination);

    /// <summary>Computes it.</summary>
    protected abstract TResult Of(Examination examination);
}

/// <summary>The part of an <see cref="ExaminationMeasure{TResult}"/> that needs no types.</summary>
internal interface IExaminationMeasure
{
    /// <summary>Whether the checksums that the file carries have to be verified, which reads all of it.</summary>
    bool NeedsChecksums { get; }

    /// <summary>Computes it.</summary>
    object Of(Examination examination);
}

/// <summary>A file by its name and the file system's facts.</summary>
/// <param name="Path">The path relative to the configuration, with forward slashes.</param>
/// <param name="Bytes">The length.</param>
/// <param name="LastWriteTime">When it was last written.</param>
internal sealed record FileStamp(string Path, long Bytes, DateTimeOffset LastWriteTime)
{
    /// <summary>The path's last part.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The last folder of the path; empty where it has none.</summary>
    public string FolderName => Path.Split('/') is [.., var folder, _] ? folder : "";
}

/// <summary>What came of opening a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Content">What it holds; null where it was refused.</param>
/// <param name="Fault">Why it was refused.</param>
/// <param name="ChecksumFault">The first content that does not have its checksum, where they were verified.</param>
internal sealed record Examination(FileStamp File, Artifact? Content, ArtifactFault? Fault, ArtifactFault? ChecksumFault);
