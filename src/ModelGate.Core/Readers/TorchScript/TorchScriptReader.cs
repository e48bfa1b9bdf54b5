using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.PyTorch;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.TorchScript;

/// <summary>Describes what torch.jit.save writes: the tensors of the module under <c>data.pkl</c>, and that there is a program beside them.</summary>
/// <remarks>The program is listed and never read: what its classes do when they are restored cannot be known without running them.</remarks>
[Reader(10)]
internal sealed class TorchScriptReader : ArchiveReader
{
    private const string Data = "data.pkl";

    /// <inheritdoc/>
    public override string Format => "torchscript";

    /// <inheritdoc/>
    public override bool Recognises(ZipDirectory archive) => IsProgram(archive);

    /// <summary>Whether an archive holds a TorchScript program.</summary>
    public static bool IsProgram(ZipDirectory archive)
    {
        var names = archive.Entries.Select(e => e.Name[(e.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]).ToList();
        return !names.Contains(".data/extern_modules") && names.Exists(n => n is "constants.pkl" or "model.json" or "bytecode.pkl" || n.StartsWith("code/", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override Artifact Read(ZipDirectory archive, ReadBudget budget) => GlobalLog.Reading(log => Read(archive, budget, log));

    private static Checkpoint Read(ZipDirectory archive, ReadBudget budget, GlobalLog log)
    {
        var root = TorchArchiveLayout.Root(archive);
        ZipContent.RequireTotal(archive, budget);
        var code = Code(archive, root);
        var warnings = new List<SafeText> { CodeSentence.Of(code) };
        TorchVersionRecords.RequireVersion(archive, root, budget);
        var constants = archive.Entries.Count(e => e.Name.StartsWith($"{root}/constants/", StringComparison.Ordinal));
        if (constants > 0)
        {
            // They belong to lines of the program and have no name.
            warnings.Add(SafeText.Of($"{constants} constants of the program are not listed"));
        }

        foreach (var entry in archive.Entries.Where(e => e.Name.EndsWith(".pkl", StringComparison.Ordinal) && e.Name != $"{root}/{Data}"))
        {
            StrayPickles.Note(archive, entry, budget, log);
        }

        if (!archive.ByName.TryGetValue($"{root}/{Data}", out var pickle))
        {
            warnings.Add(SafeText.Of($"the archive has no record {root}/{Data}: tensors of TorchScript before PyTorch 1.2 are not listed"));
            return log.Danger(null) is { } found ? throw found : new Checkpoint("torchscript", [], "", [], Imports(log)) { Warnings = warnings, Code = code };
        }

        var storages = new TorchStorages(legacy: false);
        var value = PyTorchZipReader.RunPickle(archive, pickle, budget, log, storages, warnings);
        if (!archive.HasNoChecksums)
        {
            ZipContent.VerifyCrc(archive, pickle, budget);
        }

        var records = new TorchZipRecords(archive, root, "data", TorchVersionRecords.IsBigEndian(archive, root, budget), budget);
        records.Require(storages, warnings, isProgram: true);
        return log.Danger(null) is { } danger
            ? throw danger
            : new CheckpointWalk(new TensorDataFactory(records.Resolve, budget), budget).Run(new TorchScriptObjects(budget).Plain(value), "torchscript", log, warnings) with
            {
                StateDict = "",
                Globals = Imports(log),
                Code = code,
                Checksums = new ZipChecksums(archive, records.Skipped, budget.Limits),
            };
    }

    // Classes of the program in the archive, and the helpers of its own unpickler: nothing that Python would import.
    private static GlobalUse[] Imports(GlobalLog log)
        => [.. log.ToList().Where(g => g.Verdict != GlobalVerdict.Unknown || !(g.Name.StartsWith("__torch__.", StringComparison.Ordinal) || g.Name.StartsWith("torch.jit._pickle.", StringComparison.Ordinal)))];

    private static SafeText[] Code(ZipDirectory archive, string root)
    {
        SafeText[] records =
        [
            .. archive.Entries.Select(e => e.Name[(root.Length + 1)..])
                .Where(n => n is "bytecode.pkl" or "model.json" || (n.StartsWith("code/", StringComparison.Ordinal) && !n.EndsWith(".debug_pkl", StringComparison.Ordinal)))
                .Select(n => SafeText.Of($"TorchScript {n}")),
        ];
        return records.Length > 0 ? records : [SafeText.Of($"TorchScript constants.pkl")];
    }
}
