using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Curves;

/// <summary>The steps of checkpoints by their names alone.</summary>
internal static class SavedSteps
{
    /// <summary>Each step with the checkpoint of it, ascending; names without a step are left out.</summary>
    public static IReadOnlyList<(long Step, string Name)> Of(IEnumerable<string> paths)
        => [.. paths.Select(p => (Name: CheckpointName.OfPath(p), Path: p))
            .Where(c => c.Name is { Step: not null, SaysState: false, SaysDiscriminator: false })
            .Select(c => (c.Name.Step!.Value, Shown(c.Path)))
            .DistinctBy(c => c.Item1).OrderBy(c => c.Item1)];

    // A folder is the checkpoint where the file is called the same in each.
    private static string Shown(string path)
    {
        var parts = path.Split('/');
        return parts.Length > 1 && CheckpointName.Of(parts[^1]).Step is null ? parts[^2] : parts[^1];
    }
}
