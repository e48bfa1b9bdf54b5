using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Archives;
using ModelGate.Readers.Elements;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.Numpy;

/// <summary>Reads what numpy.savez writes: a zip archive with one array a member, named as the member without <c>.npy</c>.</summary>
[Reader(30)]
internal sealed class NpzReader : ArchiveReader
{
    private const string Extension = ".npy";

    /// <inheritdoc/>
    public override string Format => "numpy";

    /// <inheritdoc/>
    public override bool Recognises(ZipDirectory archive)
        => archive.Entries.Any(e => e.Name.EndsWith(Extension, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override Artifact Read(ZipDirectory archive, ReadBudget budget) => GlobalLog.Reading(log => Read(archive, budget, log));

    private Checkpoint Read(ZipDirectory archive, ReadBudget budget, GlobalLog log)
    {
        ZipContent.RequireTotal(archive, budget);
        var tensors = new List<TensorEntry>();
        var warnings = new List<SafeText>();
        var code = new List<SafeText>();
        ReadBudget.Require(archive.Entries.Count, budget.Limits.Tensors, nameof(ReadLimits.Tensors), "the number of tensors");
        foreach (var entry in archive.Entries.Where(e => IsArray(archive, e)))
        {
            budget.Checkpoint();
            var (source, start) = ZipContent.Lazily(archive, entry);
            var name = entry.Name.EndsWith(Extension, StringComparison.Ordinal) ? entry.Name[..^Extension.Length] : entry.Name;
            var array = NumpyArray.Read(name, source, start, entry.Size, budget);
            warnings.NoteAll(array.Warnings);
            if (array.IsObject)
            {
                array.Walk(source, start + entry.Size, budget, log);
                code.Add(SafeText.Of($"the pickle of the array {name}, which holds objects"));
            }

            if (array.Tensor is { } tensor)
            {
                tensors.Add(AdmittedTensor.Of(tensor, budget));
            }
        }

        var foreign = ForeignRecords.In(archive, n => IsArray(archive, archive.ByName[n]), budget, log);
        if (foreign.Count > 0)
        {
            warnings.Add(ForeignRecord.Sentence(foreign));
        }

        if (code.Count > 0)
        {
            warnings.Insert(0, CodeSentence.Of(code));
        }

        return log.Danger(null) is { } danger
            ? throw danger
            : new Checkpoint(Format, tensors, "", [], log.ToList())
            {
                Warnings = warnings,
                Code = code,
                ForeignRecords = foreign,
                Checksums = new ZipChecksums(archive, new HashSet<string>(), budget.Limits),
            };
    }

    // numpy.load goes by the first bytes of a member, and so does this; a member that is named like an array has to be one.
    private static bool IsArray(ZipDirectory archive, ZipEntry entry)
        => entry.Name.EndsWith(Extension, StringComparison.Ordinal) || ZipContent.Head(archive, entry, NumpyHeader.Magic.Length).AsSpan().SequenceEqual(NumpyHeader.Magic);
}
