using System.Buffers;
using System.Globalization;
using System.Text;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Runs;
using ModelGate.Runs.Json;

namespace ModelGate.Tool;

/// <summary>Proposes a waiver for each failure of a run, for people to give reasons for.</summary>
internal static class ProposedWaivers
{
    /// <summary>The file's name.</summary>
    public const string FileName = "gate.waivers.json";

    private const int Days = 30;

    private static readonly SearchValues<char> Signs = SearchValues.Create("*?[]{}!");

    /// <summary>Writes the proposals beside the configuration, sorted by gate and file; nothing where nothing failed.</summary>
    public static void Write(Session session, EvaluationPlan plan, RunRecord model, DateOnly day, bool overwrite)
    {
        var failed = model.Results.Where(r => r.Outcome == Outcome.Failed && r.Gate.Id != WaiverJudging.Id).Select(r => (r.Gate.Name, Artifact: r.Artifact.Value)).Distinct().OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Artifact, StringComparer.Ordinal).ToArray();
        var path = Path.Combine(plan.Folder.Length == 0 ? "." : plan.Folder, FileName);
        // A name that reads as a pattern would waive other files too.
        foreach (var (_, artifact) in failed.Where(f => f.Artifact.AsSpan().ContainsAny(Signs)))
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: no waiver is proposed for {artifact}, whose name reads as a pattern: rename the file").Value);
        }

        failed = [.. failed.Where(f => !f.Artifact.AsSpan().ContainsAny(Signs))];
        if (failed.Length == 0)
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: there is nothing to propose, so {path} is not written").Value);
            return;
        }

        if (File.Exists(path) && !overwrite)
        {
            throw new UsageException(SafeText.Of($"{path} is there already, perhaps with reasons in it; {OverwriteOption.Name} replaces it"));
        }

        var text = new StringBuilder("{\n  // Written by modelgate check --write-waivers. Give each a statement and an owner, then name this file under \"extends\" in gate.config.json.\n  \"waivers\": [\n");
        foreach (var (gate, artifact) in failed)
        {
            text.Append("    { \"gate\": ").Append(JsonText.Quoted(gate));
            if (artifact.Length > 0)
            {
                text.Append(", \"artifact\": ").Append(JsonText.Quoted(artifact));
            }

            text.Append(", \"statement\": \"\", \"owner\": \"\", \"until\": \"").Append(day.AddDays(Days).ToString(Waiver.DayForm, CultureInfo.InvariantCulture)).Append("\" }").Append((gate, artifact) == failed[^1] ? "\n" : ",\n");
        }

        text.Append("  ]\n}\n");
        WrittenFile.Replace(path, stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
        session.Error.WriteLine(SafeText.Of($"modelgate: {SafeText.Count(failed.Length, "waiver")} {SafeText.From(failed.Length == 1 ? "is" : "are")} proposed in {path}; each needs a statement and an owner").Value);
    }
}
