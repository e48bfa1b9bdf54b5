using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>Plans for files that no configuration names and no trainer's layout explains: each plays the part that its content fits.</summary>
internal static class ContentRecognition
{
    // A folder of more is a data set, or something else that nobody means to judge whole.
    private const int MostFiles = 1_000;

    private static readonly string[] WeightExtensions = [".pth", ".pt", ".ckpt", ".safetensors", ".bin", ".onnx", ".gguf", ".npz", ".pkl", ".th", ".distcp"];

    private static readonly string[] LogFormats = ["rvc-log"];

    // Gates that need nothing but a file of their role.
    private static readonly string[] OfWeights = ["MG1003", "MG3001", "MG7001", "MG7002"];
    private static readonly string[] OfLogs = ["MG4001", "MG4002"];
    private static readonly string[] OfRecordings = ["MG5001"];

    /// <summary>The plan for files of one folder that the user named.</summary>
    public static EvaluationPlan OfFiles(string folder, IReadOnlyList<string> names)
        => Plan(folder, names.Select(n => (n, RoleOf(Path.Combine(folder, n)) ?? ArtifactRole.Model)), SafeText.Of($"no {GateConfiguration.FileName} was given: every gate runs that needs nothing but the file"));

    /// <summary>The plan for a folder that holds weights or logs; null where it holds none.</summary>
    public static EvaluationPlan? OfFolder(string folder)
    {
        var names = Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Take(MostFiles + 1).Order(StringComparer.Ordinal).ToArray();
        if (names.Length > MostFiles)
        {
            return null;
        }

        // By extension where the content is of no known format: a broken download wants to be told.
        var roles = names.Select(n => (Name: n, Role: IsWeights(n) ? ArtifactRole.Model : n.EndsWith(".log", StringComparison.OrdinalIgnoreCase) ? RoleOf(Path.Combine(folder, n)) : null))
            .Where(n => n.Role is ArtifactRole.Model or ArtifactRole.Log).Select(n => (n.Name, n.Role!.Value)).ToArray();
        return roles.Length == 0 ? null : Plan(folder, roles, SafeText.Of($"no {GateConfiguration.FileName} was given, and the folder is not a recognised training run: every gate runs that needs nothing but a file"));
    }

    private static EvaluationPlan Plan(string folder, IEnumerable<(string Name, ArtifactRole Role)> files, SafeText note)
    {
        var roles = files.GroupBy(f => f.Role).OrderBy(g => g.Key).ToDictionary(
            g => g.Key, g => new RolePatterns([.. g.Select(f => f.Name).Distinct(StringComparer.Ordinal)], SourcePosition.None) { AreNames = true });
        var ids = roles.Keys.SelectMany(r => r switch { ArtifactRole.Log => OfLogs, ArtifactRole.Output => OfRecordings, _ => OfWeights });
        ConfiguredGate[] gates = [.. ids.Select(id => GateCatalogue.Find(id)!).OrderBy(g => g.Id, StringComparer.Ordinal)
            .Select(g => new ConfiguredGate(g, Severity.Error, g.Bind(OptionValues.None), SourcePosition.None))];
        return new EvaluationPlan(new GateConfiguration(roles, gates), Workspace.Of(folder))
        {
            Notes = [note, .. roles.Select(r => SafeText.Of($"{r.Key.Key()}: {SafeText.Join(", ", r.Value.Patterns.Select(p => SafeText.From(p)))}"))],
            IsRecognised = true,
        };
    }

    /// <summary>Whether a file is called as models and checkpoints are.</summary>
    public static bool IsWeights(string name) => Array.Exists(WeightExtensions, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static ArtifactRole? RoleOf(string path)
    {
        try
        {
            using var source = FileByteSource.Open(path);
            Span<byte> bytes = stackalloc byte[ArtifactReader.HeadBytes];
            var head = bytes[..source.Read(0, bytes)];
            foreach (var reader in ArtifactReaders.All)
            {
                if (reader.Recognises(head))
                {
                    return LogFormats.Contains(reader.Format) ? ArtifactRole.Log : reader.Format == "wave" ? ArtifactRole.Output : ArtifactRole.Model;
                }
            }

            return null;
        }
        catch (SourceUnavailableException)
        {
            // It is opened again to be measured, and the reason is reported then.
            return null;
        }
    }
}
