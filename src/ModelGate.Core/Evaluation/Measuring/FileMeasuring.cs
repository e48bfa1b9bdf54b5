using System.Diagnostics.CodeAnalysis;
using System.Buffers;
using System.Security.Cryptography;
using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Weights;

namespace ModelGate.Evaluation.Measuring;

/// <summary>Opens a file, reads it once, measures on it all that is asked for, and closes it.</summary>
/// <param name="files">Opens files.</param>
/// <param name="limits">What reading a file may cost.</param>
/// <param name="progress">Is told how far a file is read; null where nobody watches.</param>
/// <param name="parallel">Whether one file may keep two threads busy.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose of.")]
internal sealed class FileMeasuring(IArtifactFiles files, ReadLimits limits, IProgress<ReadProgress>? progress, bool parallel)
{
    // Up to here a file is read at once and measured in memory; above, it is measured while it streams by.
    private const int MostInMemory = 4 << 20;

    // Below this a second thread costs more than it gives.
    private const int FewestForTwoThreads = 16 << 20;

    // However many files are measured at a time, one of them at most has a large description: memory is promised for one.
    private readonly SemaphoreSlim large = new(1);

    private readonly StateDictChoices choices = new();

    /// <summary>Whether the roles of the files say nothing: what a file is, its content decides.</summary>
    public bool ByContent { get; init; }

    /// <summary>The container that is judged where a checkpoint has it; null where the reader chooses.</summary>
    public string? StateDict { get; init; }

    /// <summary>How logs state their steps and values, where the configuration says it.</summary>
    public LogPattern? LogPattern { get; init; }

    /// <summary>Of which checkpoints the container was chosen, and of which it was not there.</summary>
    public StateDictChoices Choices => choices;

    /// <summary>Measures a file.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public MeasuredFile Run(RoleFile file, IReadOnlyCollection<Measure> measures, CancellationToken cancellation)
    {
        OpenedArtifact opened;
        try
        {
            opened = files.Open(file);
        }
        catch (SourceUnavailableException fault)
        {
            return new MeasuredFile { Unavailable = fault.Sentence };
        }

        using (opened)
        {
            var alone = false;
            using var budget = new ReadBudget(limits, cancellation)
            {
                GrewLarge = () =>
                {
                    large.Wait(cancellation);
                    alone = true;
                },
            };
            try
            {
                return Run(opened, file, measures, budget);
            }
            catch (SourceUnavailableException fault)
            {
                return new MeasuredFile { Bytes = opened.Source.Length, LastWriteTime = opened.LastWriteTime, Unavailable = fault.Sentence };
            }
            finally
            {
                // What a large description leaves behind must not add to what the next one takes.
                if (alone)
                {
                    GC.Collect();
                    large.Release();
                }
            }
        }
    }

    /// <summary>Measures an artifact that is not a file of its own, such as keys that a configuration states.</summary>
    public static MeasuredFile Run(Artifact content, string path, IReadOnlyCollection<Measure> measures, CancellationToken cancellation)
    {
        var result = new MeasuredFile { IsStated = true, Kind = content.Kind, Format = content.Format };
        MeasureContent(result, new FileStamp(path, 0, default), content, measures, cancellation);
        return result;
    }

    private MeasuredFile Run(OpenedArtifact opened, RoleFile file, IReadOnlyCollection<Measure> measures, ReadBudget budget)
    {
        var raw = progress is null ? opened.Source : new WatchedByteSource(opened.Source, file.Path, progress);
        var result = new MeasuredFile { Bytes = raw.Length, LastWriteTime = opened.LastWriteTime };
        var stamp = new FileStamp(file.Path, raw.Length, opened.LastWriteTime);
        if (raw.Length > limits.FileBytes)
        {
            result.Fault = ReadBudget.Exceeded(nameof(ReadLimits.FileBytes), SafeText.Of($"the file has {SafeText.Count(raw.Length, "byte")}"));
            Examine(result, stamp, null, null, measures);
            return result;
        }

        if (raw.Length > MostInMemory)
        {
            using var pass = new PassSource(raw, parallel && raw.Length >= FewestForTwoThreads);
            Measure(result, stamp, pass, pass);
            return result;
        }

        // What was measured holds no part of the buffer: the next file may have it.
        var buffer = ArrayPool<byte>.Shared.Rent((int)raw.Length);
        try
        {
            var bytes = buffer.AsMemory(0, (int)raw.Length);
            raw.ReadExactly(0, bytes.Span, "the file");
            result.Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
            Measure(result, stamp, new MemoryByteSource(bytes), null);
            return result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        void Measure(MeasuredFile result, FileStamp stamp, IByteSource source, PassSource? pass)
        {
            var content = Read(result, source, opened.Siblings, file, budget);
            try
            {
                budget.Timed(() =>
                {
                    var judged = measures;
                    if (content is Checkpoint read)
                    {
                        choices.Add(file.Path, file.Role, read, StateDict);
                        var checkpoint = StateDictChoice.Choose(read, StateDict);
                        content = checkpoint;
                        if (EmptyTensors.Problem(checkpoint) is { IsEmpty: false } problem)
                        {
                            // Whatever a gate asks, there is nothing of the model to ask it of.
                            result.Fault = new ArtifactFault(FaultReason.NoElements, problem) { Format = checkpoint.Format, Globals = checkpoint.Globals };
                            Examine(result, stamp, content, null, measures);
                            return result;
                        }

                        judged = Told(result, checkpoint, measures, budget.Cancellation);
                    }

                    MeasureContent(result, stamp, content, judged, budget.Cancellation);
                    Examine(result, stamp, content, MeasureElements(result, pass, content, judged, budget), measures);
                    return result;
                });
            }
            catch (ArtifactFault fault)
            {
                // The time for one file ran out: nobody knows the rest.
                result.Fault = fault;
                Examine(result, stamp, null, null, measures);
            }
        }
    }

    // Measures of weights fail where nobody can tell which weights; what is left does not look at them.
    private IReadOnlyCollection<Measure> Told(MeasuredFile result, Checkpoint checkpoint, IReadOnlyCollection<Measure> measures, CancellationToken cancellation)
    {
        ArtifactFault? ambiguity;
        try
        {
            ambiguity = checkpoint.Rivals.Count > 0 && measures.Any(IsOfWeights) ? StateDictChoice.Ambiguity(checkpoint, cancellation, StateDict) : null;
        }
        catch (ArtifactFault fault)
        {
            ambiguity = fault;
        }

        if (ambiguity is null)
        {
            return measures;
        }

        foreach (var measure in measures.Where(IsOfWeights))
        {
            result.Add(measure, ambiguity);
        }

        return [.. measures.Where(m => !IsOfWeights(m))];
    }

    private static bool IsOfWeights(Measure measure) => measure is IWeightMeasure or OutlineMeasure;

    private Artifact? Read(MeasuredFile result, IByteSource source, IByteSourceFolder? siblings, RoleFile file, ReadBudget budget)
    {
        try
        {
            var content = ArtifactReaders.Read(new ReadRequest(source, budget) { Folder = siblings, Name = file.FileName, Place = file.Path, Role = ByContent ? null : file.Role, LogPattern = file.Role == ArtifactRole.Log ? LogPattern : null });
            (result.Format, result.Kind, result.Warnings) = (content.Format, content.Kind, content.Warnings);
            return content;
        }
        catch (ArtifactFault fault)
        {
            (result.Fault, result.Format) = (fault, fault.Format ?? "");
            return null;
        }
    }

    private static void MeasureContent(MeasuredFile result, FileStamp stamp, Artifact? content, IReadOnlyCollection<Measure> measures, CancellationToken cancellation)
    {
        foreach (var measure in measures)
        {
            if (content is not null && measure is IContentMeasure inside && inside.Fits(content))
            {
                Try(result, measure, () => inside.Of(stamp, content, cancellation));
            }
        }
    }

    /// <summary>The pass over samples or elements; returns the first content that does not have its checksum.</summary>
    private static ArtifactFault? MeasureElements(
        MeasuredFile result, PassSource? pass, Artifact? content, IReadOnlyCollection<Measure> measures, ReadBudget budget)
    {
        var checks = measures.OfType<IExaminationMeasure>().Any(m => m.NeedsChecksums) ? (content as Checkpoint)?.Checksums : null;
        pass?.Begin(checks?.Stored ?? [], budget);
        switch (content)
        {
            case AudioClip clip:
                RunPass(result, [.. measures.Where(m => m is IAudioMeasure)], asked => AudioPass.Run(clip, [.. asked.Select(m => ((IAudioMeasure)m).Begin(clip))], budget.Cancellation));
                break;
            case Checkpoint checkpoint:
                RunPass(result, [.. measures.Where(m => m is IWeightMeasure)], asked => WeightPass.Run(checkpoint, [.. asked.Select(m => ((IWeightMeasure)m).Begin(checkpoint))], budget.Cancellation));
                break;
        }

        ArtifactFault? mismatch = null;
        if (pass is not null)
        {
            (result.Sha256, mismatch) = pass.Finish();
        }

        return mismatch ?? Verify(checks, withStored: pass is null, budget.Cancellation);
    }

    private static ArtifactFault? Verify(IContentCheck? checks, bool withStored, CancellationToken cancellation)
    {
        try
        {
            checks?.Verify(withStored, cancellation);
            return null;
        }
        catch (ArtifactFault fault)
        {
            return fault;
        }
    }

    private static void RunPass(MeasuredFile result, IReadOnlyList<Measure> asked, Func<IReadOnlyList<Measure>, IReadOnlyList<object>> run)
    {
        if (asked.Count == 0)
        {
            return;
        }

        try
        {
            foreach (var (measure, value) in asked.Zip(run(asked)))
            {
                result.Add(measure, value);
            }
        }
        catch (ArtifactFault fault)
        {
            foreach (var measure in asked)
            {
                result.Add(measure, fault);
            }
        }
    }

    private static void Examine(MeasuredFile result, FileStamp stamp, Artifact? content, ArtifactFault? mismatch, IReadOnlyCollection<Measure> measures)
    {
        foreach (var measure in measures)
        {
            if (measure is IExaminationMeasure examination)
            {
                result.Add(measure, examination.Of(new Examination(stamp, content, result.Fault, mismatch)));
            }
        }
    }

    private static void Try(MeasuredFile result, Measure measure, Func<object> compute)
    {
        try
        {
            result.Add(measure, compute());
        }
        catch (ArtifactFault fault)
        {
            result.Add(measure, fault);
        }
    }
}
