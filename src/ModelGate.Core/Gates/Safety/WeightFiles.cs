using ModelGate.Faults;
using ModelGate.Runs;
using ModelGate.Signals.Safety;

namespace ModelGate.Gates.Safety;

/// <summary>The files that hold weights, whatever role they play, each once.</summary>
internal static class WeightFiles
{
    /// <summary>The roles whose files hold weights.</summary>
    public static readonly IReadOnlyList<ArtifactRole> Roles = [ArtifactRole.Model, ArtifactRole.Checkpoints, ArtifactRole.Architecture];

    /// <summary>A subject for each file; the first of a model in several parts knows which parts are missing.</summary>
    public static IEnumerable<Subject> In(RoleFiles files)
    {
        var incomplete = ModelParts.In(Roles.SelectMany(files.Of)).Where(p => p.Missing.Count > 0).ToDictionary(p => p.Files[0], p => p.Missing);
        return Roles.SelectMany(files.Each).DistinctBy(s => s.Files.Count > 0 ? s.Path : s.Problem.Value, StringComparer.Ordinal)
            .Select(s => s.Files is [var file] && incomplete.TryGetValue(file, out var missing) ? s with { MissingParts = missing } : s);
    }

    /// <summary>Why a file is not judged as one of weights; empty where it is, null where there is nothing to say of it.</summary>
    public static SafeText? Refuse(RoleFile file, FileImports imports)
    {
        // An architecture may be a JSON manifest: text, with nothing in it to run and nobody's weights.
        if (file.Role == ArtifactRole.Architecture && (imports.Format ?? imports.Fault?.Format) is "key-manifest" or "json")
        {
            return null;
        }

        // A pickle that is not a checkpoint cannot serve as one, and what it imports is judged all the same.
        return imports.HoldsTensors || imports.Fault is not null || imports.Imports.Any(i => i.Verdict != GlobalVerdict.Allowed)
            ? SafeText.Empty
            : SafeText.Of($"{file.Path} is {imports.Format ?? ""}, which cannot serve as {file.Role.Key()}");
    }
}
