using ModelGate.Reports.Html;

namespace ModelGate.Tool;

/// <summary>Where the recordings go that a model made.</summary>
internal static class KeptAudio
{
    private const string Ending = ".audio";

    /// <summary>The folder that the user names, else one beside the first HTML report: <c>report.html</c> has its recordings in <c>report.audio</c>. Null where there is neither.</summary>
    public static string? FolderOf(string? named, IReadOnlyList<ReportFile> reports)
        => named ?? (reports.FirstOrDefault(r => r.Format is HtmlReport) is { } page ? Path.ChangeExtension(page.Path, null) + Ending : null);

    /// <summary>Says where they are, and which could not be kept: a run that passed is not one that passed then, and one that failed stays failed.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(Session session, ModelRunFolder runs, bool quiet, int exitCode)
    {
        foreach (var problem in runs.Problems)
        {
            session.Error.WriteLine("modelgate: " + problem);
        }

        if (runs is { Kept: > 0, KeptIn: { } folder } && !quiet)
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: {SafeText.Count(runs.Kept, "recording")} that the model made {SafeText.From(runs.Kept == 1 ? "is" : "are")} in {folder}").Value);
        }

        return runs.Problems.Count > 0 && exitCode == ExitCode.Passed ? ExitCode.CouldNotJudge : exitCode;
    }
}
