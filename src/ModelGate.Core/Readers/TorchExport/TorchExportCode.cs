using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.TorchExport;

/// <summary>The records of a torch.export archive that run when it is loaded.</summary>
internal static class TorchExportCode
{
    private static readonly string[] Native = [".so", ".dll", ".dylib", ".o", ".a", ".cpp", ".cu", ".cubin", ".ptx", ".fatbin", ".hsaco", ".pte", ".py", ".pyc"];

    /// <summary>Their names, each with what it is.</summary>
    public static IEnumerable<SafeText> In(ZipDirectory archive)
    {
        foreach (var entry in archive.Entries)
        {
            var file = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
            if (entry.Name.Contains("/aotinductor/", StringComparison.Ordinal) || Native.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            {
                yield return SafeText.Of($"native code {entry.Name}");
            }
            else if (file.StartsWith("opaque_obj_", StringComparison.Ordinal))
            {
                yield return SafeText.Of($"a pickle that Python executes: {entry.Name}");
            }
            else if (file.StartsWith("custom_obj_", StringComparison.Ordinal))
            {
                yield return SafeText.Of($"an object that its own class restores: {entry.Name}");
            }
        }
    }
}
