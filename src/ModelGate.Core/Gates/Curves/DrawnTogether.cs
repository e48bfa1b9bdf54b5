using ModelGate.Artifacts;
using ModelGate.Signals.Curves.Joining;

namespace ModelGate.Gates.Curves;

/// <summary>Event files of add_scalars: each line of one picture has a folder and a file of its own, and the picture's tag.</summary>
internal static class DrawnTogether
{
    /// <summary>Whether all series of a run are named by the folders that the run lies in, and none of them is a loss.</summary>
    /// <remarks>tensorboardX writes <c>add_scalars("group", {"a": …})</c> into group/a, PyTorch into group_a, both under the tag group.</remarks>
    public static bool Are(TrainingRun run)
    {
        var folder = "/" + (run.Path.LastIndexOf('/') is > 0 and var at ? run.Path[..at] : "");
        return run.Log.Series.Count > 0 && run.Log.Series.All(s => IsOf(folder, s));
    }

    private static bool IsOf(string folder, ScalarSeries series)
    {
        var tag = "/" + series.Name.Replace('.', '_').Trim('/');
        return !new SeriesName(series.Name).IsLoss && (folder.Contains(tag + "/", StringComparison.Ordinal) || folder.Contains(tag.Replace('/', '_')[1..] + "_", StringComparison.Ordinal));
    }
}
