using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Elements;
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
        => archive.Entries.Any(e => e.Name.EndsWith(Extension, StringComparison.Ordinal)) && !archive.Entries.Any(e => e.Name.EndsWith("/data.pkl", StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override Artifact Read(ZipDirectory archive, ReadBudget budget)
    {
        ZipContent.RequireTotal(archive, budget);
        var tensors = new List<TensorEntry>();
        var warnings = new List<SafeText>();
        ReadBudget.Require(archive.Entries.Count, budget.Limits.Tensors, nameof(ReadLimits.Tensors), "the number of tensors");
        foreach (var entry in archive.Entries)
        {
            budget.Checkpoint();
            if (!entry.Name.EndsWith(Extension, StringComparison.Ordinal))
            {
                warnings.Note(SafeText.Of($"the member {entry.Name} is no array"));
                continue;
            }

            var (source, start) = ZipContent.Lazily(archive, entry);
            var array = NumpyArray.Read(entry.Name[..^Extension.Length], source, start, entry.Size, budget);
            warnings.NoteAll(array.Warnings);
            if (array.IsObject)
            {
                warnings.Note(array.Refusal().Description);
            }

            if (array.Tensor is { } tensor)
            {
                tensors.Add(AdmittedTensor.Of(tensor, budget));
            }
        }

        return new Checkpoint(Format, tensors, "", [], []) { Warnings = warnings, Checksums = new ZipChecksums(archive, new HashSet<string>(), budget.Limits) };
    }
}
