using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Archives;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.TorchExport;

/// <summary>Which records an archive of torch.export has, in either layout.</summary>
internal static class TorchExportRecords
{
    private static readonly string[] Small = ["archive_format", "archive_version", "version", "byteorder", ".storage_alignment"];

    private static readonly string[] Folders = ["data/weights/", "data/constants/", "data/sample_inputs/", "data/aotinductor/", ".data/"];

    private static readonly string[] Old = ["serialized_exported_program.json", "serialized_state_dict.pt", "serialized_state_dict.json", "serialized_constants.pt", "serialized_constants.json", "serialized_example_inputs.pt"];

    /// <summary>The records that none has; what a caller may add under <c>extra/</c> is foreign only where it is more than data.</summary>
    public static IReadOnlyList<ForeignRecord> Foreign(ZipDirectory archive, ReadBudget budget, GlobalLog log)
        => [.. ForeignRecords.In(archive, IsKnown, budget, log).Where(r => r.What is not null || !(r.Name.StartsWith("extra_files/", StringComparison.Ordinal) || Inside(r.Name).StartsWith("extra/", StringComparison.Ordinal)))];

    private static bool IsKnown(string name)
    {
        var inside = Inside(name);
        return Small.Contains(inside) || Old.Contains(inside) || Small.Contains(name) || Old.Contains(name) || Folders.Any(f => inside.StartsWith(f, StringComparison.Ordinal))
            || (inside.StartsWith("models/", StringComparison.Ordinal) && inside.EndsWith(".json", StringComparison.Ordinal));
    }

    private static string Inside(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
