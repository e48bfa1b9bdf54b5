using System.Globalization;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Tests.Reports;

/// <summary>Reports made by hand, for the formats to render.</summary>
internal static class MadeReport
{
    /// <summary>Every outcome, two findings of one gate, and causes.</summary>
    public static RunRecord Rich() => Of(
        Result("MG5001", "audio/a.wav", Outcome.Failed, "flatness 0.38 is not below 0.1", 16, Severity.Error, Found("flatness 0.38 is not below 0.1", "spectral-flatness")),
        Result("MG1001", "lexi.pth", Outcome.Failed, "2 kinds of keys differ", 12, Severity.Error, Found("8 keys are missing", "missing-keys"), Found("8 keys are unexpected", "unexpected-keys")),
        Result("MG5001", "audio/b.wav", Outcome.Failed, "flatness 0.2 is not below 0.1", 16, Severity.Warning, Found("flatness 0.2 is not below 0.1", "spectral-flatness")),
        Result("MG4001", "train.log", Outcome.Inconclusive, "too few points: 3 of 20", 14),
        Result("MG4001", "old.log", Outcome.Waived, "loss stagnated, waived until 2027", 14),
        Result("MG2001", "", Outcome.NotApplicable, "the configuration names no model", 13),
        Result("MG5001", "audio/c.wav", Outcome.Passed, "flatness 0.05 is below 0.1", 16) with
        {
            Changes = [new NumberChange(NumberChangeKind.Worse, "rms", SafeText.Of($"output a.wav"), "dB", 1.5, 2), new NumberChange(NumberChangeKind.New, "rms", SafeText.Of($"output b.wav"), "", null, 2), new NumberChange(NumberChangeKind.Gone, "rms", SafeText.Of($"output c.wav"), "", 3, null)],
        }) with
    {
        Causes = [new Cause(SafeText.Of($"an early checkpoint was exported"), ["MG1001", "MG5001"]), new Cause(SafeText.Of($"the run stopped early"), ["MG4001"])],
        Answers = [new Answer(SafeText.Of($"Was it trained for long enough?"), SafeText.Of($"It came to 396 steps"), AnswerState.Bad), new Answer(SafeText.Of($"What level of the loss means done?"), SafeText.Of($"There is no log that could tell."), AnswerState.Unknown)],
        Origin = new RunOrigin { Name = SafeText.Of($"nightly 7"), Date = new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc), Commit = SafeText.Of($"0123456789abcdef") },
    };

    /// <summary>A report of one failed, one warning and one inconclusive result in which everything that can come from a file is this text.</summary>
    public static RunRecord Saying(string text) => Of(
        Result("MG1001", text, Outcome.Failed, text, 12, Severity.Error, Found(text, "missing-keys", text)),
        Result("MG5001", text, Outcome.Failed, text, 16, Severity.Warning, Found(text, "spectral-flatness", text)),
        Result("MG4001", text, Outcome.Inconclusive, text, 14),
        Result("MG4001", "", Outcome.Inconclusive, text, 14),
        Result("MG2001", text, Outcome.Waived, text, 14),
        Result("MG5001", text, Outcome.Passed, text, 16) with { Changes = [.. Enum.GetValues<NumberChangeKind>().Select(k => new NumberChange(k, SafeText.From(text).Value, SafeText.From(text), SafeText.From(text).Value, 1, 2))] }) with
    {
        Configurations = [new RunConfiguration(SafeText.From(text), new string('0', 64))],
        Artifacts = [new RunArtifact(SafeText.From(text), ArtifactRole.Model, "unreadable", "", 12, "", [SafeText.From(text)])],
        Notes = [SafeText.From(text)],
        Causes = [new Cause(SafeText.From(text), ["MG1001"])],
        Answers = [new Answer(SafeText.From(text), SafeText.From(text), AnswerState.Good)],
        Origin = new RunOrigin { Name = SafeText.From(text), Commit = SafeText.From(text) },
    };

    /// <summary>A report with this many findings of one result.</summary>
    public static RunRecord Many(int findings) => Of(
        Result("MG1001", "lexi.pth", Outcome.Failed, "many keys are missing", 12, Severity.Error, [.. Enumerable.Range(0, findings).Select(i =>
            new Finding(SafeText.Of($"layers.{i}.weight is missing, and its shape would be [512, 256]")) { Remedy = SafeText.Of($"load it") })]));

    /// <summary>A report with this many failed results.</summary>
    public static RunRecord ManyResults(int results) => Of(
        [.. Enumerable.Range(0, results).Select(i => Result("MG5001", string.Create(CultureInfo.InvariantCulture, $"audio/{i}.wav"), Outcome.Failed, "flat", 16, Severity.Error, Found("flat", "spectral-flatness")))]);

    /// <summary>A report as the evaluator would decide it.</summary>
    public static RunRecord Of(params RunResult[] results) => RunRecord.Decide(
        new RunConfiguration(SafeText.From("models/lexi/gate.config.json"), new string('a', 64)),
        [new RunArtifact(SafeText.From("lexi.pth"), ArtifactRole.Model, "checkpoint", "pytorch-zip", 447345, new string('b', 64), [])],
        results);

    public static RunResult Result(
        string id, string artifact, Outcome outcome, string message, int line, Severity severity = Severity.Error, params Finding[] findings)
        => new(GateCatalogue.Find(id)!.Ref, SafeText.From(artifact), severity, outcome, SafeText.From(message), new SourcePosition(SafeText.From("models/lexi/gate.config.json"), line, 5),
            findings.Length > 0 ? [.. findings.SelectMany(f => f.Evidence)] : [], findings);

    public static Finding Found(string message, string signal, string subject = "weights") => new(SafeText.From(message))
    {
        Remedy = SafeText.From(message == "flatness 0.38 is not below 0.1" ? "listen to it" : message),
        Evidence = [new Measurement(signal, SafeText.From(subject), 0.38) { Required = new Requirement(Relation.Below, 0.1), Text = SafeText.From(subject) }],
    };
}
