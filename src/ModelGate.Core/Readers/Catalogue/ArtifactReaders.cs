using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Json;
using ModelGate.Readers.Loaders;
using ModelGate.Readers.TextLogs;
using ModelGate.Runs;

namespace ModelGate.Readers.Catalogue;

/// <summary>Every format that can be read, found by the <see cref="ReaderAttribute"/> of its reader and in its order.</summary>
internal static partial class ArtifactReaders
{
    /// <summary>The readers of files.</summary>
    public static IReadOnlyList<ArtifactReader> All { get; } = Files();

    /// <summary>The readers of zip archives: what an archive is, its directory says.</summary>
    public static IReadOnlyList<ArchiveReader> Archives { get; } = ZipArchives();

    private static TextLogReader TextLogs { get; } = All.OfType<TextLogReader>().Single();

    /// <summary>Finds the format by role and content, and reads the file.</summary>
    /// <exception cref="ArtifactFault">No format fits, or the file is not a valid one of its format.</exception>
    /// <exception cref="SourceUnavailableException">The bytes cannot be had.</exception>
    /// <exception cref="ResourcesExhaustedException">The process has no memory left.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Artifact Read(ReadRequest request)
    {
        if (ForeignFormats.OfName(request.Name) is not { } part)
        {
            return ReadContent(request);
        }

        // Its bytes are those of archives or of a pickle, and say nothing of what they are a part of. What they would run is said all the same.
        try
        {
            part.Globals = ReadContent(request) switch { Checkpoint checkpoint => checkpoint.Globals, PickledData data => data.Globals, _ => [] };
        }
        catch (ArtifactFault fault) when (fault.Kind is not (FaultKind.AsksForCode or FaultKind.ContainsCode or FaultKind.TooCostly))
        {
            part.Globals = fault.Globals;
        }

        throw part;
    }

    private static Artifact ReadContent(ReadRequest request)
    {
        ReadBudget.Require(request.Source.Length, request.Budget.Limits.FileBytes, nameof(ReadLimits.FileBytes), "the file's length");
        request.Budget.Admit(request.Source.Length);
        Span<byte> head = stackalloc byte[ArtifactReader.HeadBytes];
        head = head[..request.Source.Read(0, head)];
        if (head.IsEmpty)
        {
            throw new ArtifactFault(FaultReason.Empty, SafeText.Of($"the file is empty"));
        }

        // A team's own JSON may speak of errors.
        if (request.Role is not (ArtifactRole.Config or ArtifactRole.Metrics) && ForeignTexts.FailedDownload(head, request.Source.Length) is { } failed)
        {
            throw failed;
        }

        var reader = request.LogPattern is not null ? TextLogs : Find(head, request.Role) ?? (IsTextLog(request, head) ? TextLogs : null);
        if (reader is null)
        {
            throw ForeignFormats.Refuse(head);
        }

        ArtifactFault? other = null;
        try
        {
            // What a role decides no loader of models ever sees.
            other = reader.Role is null ? OtherReadings.Find(request.Source, reader.Loader, request.Budget) : null;
            var artifact = Refusing(reader.Read(request), request.Budget);
            artifact = artifact is Checkpoint checkpoint && other is null ? TiedEmbeddings.In(checkpoint, request) : artifact;
            return other is null ? artifact : throw other;
        }
        catch (OutOfMemoryException fault)
        {
            // What the reader held is garbage by now, so that there is memory to say so.
            throw ResourcesExhaustedException.OfMemory(fault);
        }
        catch (ArtifactFault fault)
        {
            fault.Format ??= reader.Format;
            if (other is null || ReferenceEquals(fault, other))
            {
                throw;
            }

            throw Both(fault, other);
        }
    }

    // Both readings are refused: the graver reason leads, and what either would import is said.
    private static ArtifactFault Both(ArtifactFault own, ArtifactFault other)
    {
        var leads = own.Kind is FaultKind.AsksForCode or FaultKind.ContainsCode && other.Kind == FaultKind.Malformed
            ? new ArtifactFault(own.Reason, own.Description, own.Offset, other) { Kind = own.Kind }
            : other;
        leads.Format ??= own.Format;
        leads.Globals = [.. other.Globals.Concat(own.Globals).DistinctBy(g => g.Name, StringComparer.Ordinal).OrderBy(g => g.Name, StringComparer.Ordinal)];
        return leads;
    }

    /// <summary>The format whose reader the first bytes of a file lead to; null where none knows them.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="name">The file's name: a text is a log only where it is called like one.</param>
    public static string? FormatOf(ReadOnlySpan<byte> head, string name) => head.IsEmpty ? null : Called(Find(head, null), name)?.Format;

    /// <summary>Whether the first bytes are those of a training log.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="name">The file's name: a text is a log only where it is called like one.</param>
    public static bool IsLog(ReadOnlySpan<byte> head, string name) => !head.IsEmpty && Called(Find(head, ArtifactRole.Log), name) is { IsLog: true };

    private static ArtifactReader? Called(ArtifactReader? reader, string name) => reader is TextLogReader && !TextLogReader.IsLogName(name) ? null : reader;

    // What a log is that begins with pages of warnings, its first numbers say.
    private static bool IsTextLog(ReadRequest request, ReadOnlySpan<byte> head)
        => request.Role == ArtifactRole.Log ? TextLogReader.MayBeText(head) : request.Role is null && TextLogReader.IsLogName(request.Name) && TextLogReader.IsIn(request.Source);

    private static ArtifactReader? Find(ReadOnlySpan<byte> head, ArtifactRole? role)
    {
        if (role is not null && All.FirstOrDefault(r => r.Role == role) is { } only)
        {
            return only;
        }

        foreach (var reader in All)
        {
            if ((role is null || reader.Role is null) && (role == ArtifactRole.Log ? reader.RecognisesLog(head) : reader.Recognises(head)))
            {
                return reader;
            }
        }

        return null;
    }

    private static Artifact Refusing(Artifact artifact, ReadBudget budget)
        => budget.Refused == 0
            ? artifact
            : artifact with { Warnings = [.. artifact.Warnings, SafeText.Of($"{SafeText.Count(budget.Refused, "tensor shows", "tensors show")} many times what the file holds: listed and not read")] };

    private static partial IReadOnlyList<ArtifactReader> Files();

    private static partial IReadOnlyList<ArchiveReader> ZipArchives();
}
