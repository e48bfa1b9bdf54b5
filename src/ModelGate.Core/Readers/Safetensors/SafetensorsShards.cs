using System.Text.RegularExpressions;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Loaders;
using ModelGate.Readers.Pickle;
using ModelGate.Readers.PyTorch;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.Safetensors;

/// <summary>The files beside an index: those that it names, and those of another save of the same model.</summary>
/// <param name="folder">The folder; null where the index was opened without one.</param>
/// <param name="index">The index.</param>
/// <param name="budget">What reading may cost.</param>
internal sealed partial class SafetensorsShards(IByteSourceFolder? folder, SafetensorsIndex index, ReadBudget budget)
{
    private const int MostNames = 3;

    private readonly SiblingFiles files = new(folder, FaultReason.Shard, budget);

    /// <summary>Reads the files that the index names.</summary>
    /// <exception cref="ArtifactFault">One is damaged or missing, or the index is that of another save.</exception>
    public IReadOnlyList<(string Name, SafetensorsFile File)> Read()
    {
        string[] names = [.. index.Map.Select(m => m.Value).Distinct(StringComparer.Ordinal)];
        var missing = names.Where(n => files.Find(n, below: false) is null).ToArray();
        return missing.Length == 0 ? [.. names.Select(n => (n, Read(n)))] : throw Incomplete(names, missing);
    }

    private SafetensorsFile Read(string name)
    {
        try
        {
            var source = files.Open(name, below: false);
            ReadBudget.Require(source.Length, budget.Limits.FileBytes, nameof(ReadLimits.FileBytes), "the file's length");
            Span<byte> head = stackalloc byte[4];
            var isPyTorch = source.Read(0, head) == 4 && head.SequenceEqual("PK\x03\x04"u8);
            if (!isPyTorch && PlainPickleReader.IsPickle(head))
            {
                throw new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of($"it is a checkpoint from before PyTorch 1.6, and models in several of these are not read: inspect each"));
            }

            budget.Admit(source.Length);
            if (isPyTorch)
            {
                return OtherReadings.Find(source, LoaderFormat.Zip, budget) is { } hidden ? throw hidden : ReadPyTorch(source);
            }

            return OtherReadings.Find(source, LoaderFormat.None, budget) is { } other ? throw other : SafetensorsReader.ReadFile(source, budget);
        }
        catch (ArtifactFault fault)
        {
            fault.Part ??= name;
            throw;
        }
    }

    // What transformers wrote before safetensors: pytorch_model-00001-of-00003.bin, each a state_dict of its own.
    private SafetensorsFile ReadPyTorch(IByteSource source)
    {
        var archive = ZipDirectory.Read(source, budget);
        if (!new PyTorchZipReader().Recognises(archive))
        {
            throw new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of($"it is a zip archive but not a PyTorch checkpoint"));
        }

        var checkpoint = (Checkpoint)GlobalLog.Reading(log => PyTorchZipReader.Read(archive, budget, log));
        return checkpoint.StateDict.Length > 0
            ? throw new ArtifactFault(FaultReason.Shard, SafeText.Of($"its tensors are inside {checkpoint.StateDict}, and those of a part of a model are at its root"))
            : new SafetensorsFile(checkpoint.Tensors, [], 0, checkpoint.Warnings) { PyTorch = checkpoint };
    }

    // Files of another save of the model lie beside the index: then nothing is lost, and the index is the one that is wrong.
    private ArtifactFault Incomplete(string[] names, string[] missing)
    {
        var wanted = index.Map.Where(m => missing.Contains(m.Value, StringComparer.Ordinal)).Select(m => m.Key).ToHashSet(StringComparer.Ordinal);
        var all = wanted.Count;
        var others = new List<string>();
        foreach (var name in (folder?.Names ?? []).Where(n => !names.Contains(n, StringComparer.Ordinal) && IsPart(n)))
        {
            if (TensorsOf(name) is { Count: > 0 } tensors && (tensors.Any(wanted.Contains) || index.Map.Any(m => tensors.Contains(m.Key))))
            {
                others.Add(name);
                wanted.ExceptWith(tensors);
            }
        }

        if (others.Count == 0)
        {
            return new ArtifactFault(FaultReason.Shard, missing.Length == 1
                ? SafeText.Of($"the file refers to {missing[0]}, which is not there")
                : SafeText.Of($"the file refers to {missing[0]}, which is not there, and to {missing.Length - 1} others that are missing as well"));
        }

        var absent = missing.Length == names.Length ? SafeText.Of($"none of the {names.Length} files that it names is here") : SafeText.Of($"{missing.Length} of the {names.Length} files that it names are not here");
        var present = SafeText.Of($"{others.Count} that it does not name {SafeText.From(others.Count == 1 ? "is" : "are")} ({SafeText.Join(", ", others.Take(MostNames).Select(o => SafeText.From(o)))}{SafeText.From(others.Count > MostNames ? ", ..." : "")})");
        return new ArtifactFault(FaultReason.StaleIndex, wanted.Count == 0
            ? SafeText.Of($"the index is stale, of another save: {absent}, and {present}, with every tensor that it names; write the index anew from the files that are here")
            : SafeText.Of($"the index is stale, of another save: {absent}, and {present}, without {wanted.Count} of the {all} tensors that it looks for; take index and files from one save"));
    }

    private HashSet<string>? TensorsOf(string name)
    {
        try
        {
            return [.. Read(name).Tensors.Select(t => t.Name)];
        }
        catch (Exception fault) when (fault is ArtifactFault or SourceUnavailableException)
        {
            return null;
        }
    }

    private static bool IsPart(string name) => PartName().IsMatch(name);

    [GeneratedRegex(@"^(.*-\d{5}-of-\d{5}|model|pytorch_model|diffusion_pytorch_model|adapter_model)\.(safetensors|bin)$", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex PartName();
}
