using System.Globalization;
using System.Text;
using ModelGate.Artifacts;
using ModelGate.Evaluation;
using ModelGate.Gates.Catalogue;
using ModelGate.Gates.Keys;
using ModelGate.Reports.Html;
using ModelGate.Runs;
using ModelGate.Tests;

namespace ModelGate.Html.Tests;

/// <summary>The reports that the tests look at.</summary>
internal static class Reports
{
    /// <summary>Texts that would do something if a report let them.</summary>
    public static readonly string[] Hostile =
    [
        "<script>document.title='pwned'</script>", "\"><img src=x onerror=document.title='pwned'>", "' onmouseover='document.title=1", "</style><style>body{display:none}",
        "</title><h1>owned</h1>", "]]><svg onload=document.title='pwned'>", "javascript:document.title='pwned'", "&lt;b&gt; &amp; &#x3C;b>",
        "\u202Eevil\u2066\u200B\u0000\u001b[31m\uD800", "loss_{mel}^{2}", "\u05E9\u05DC\u05D5\u05DD", "https://example.org/x.png", "{{7*7}}${7*7}",
    ];

    public static RunRecord OfSample(string name)
    {
        var plan = EvaluationPlan.FromFile(Repository.PathOf("samples", name, "gate.config.json"), $"samples/{name}/gate.config.json");
        return Evaluator.Run(plan with { ShowExhibits = true }, cancellation: TestContext.Current.CancellationToken);
    }

    public static string Html(RunRecord report)
    {
        using var output = new MemoryStream();
        new HtmlReport().Write(report, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public static RunRecord OfHostileText()
    {
        var results = Hostile.Select((text, i) => Result(i % 2 == 0 ? Outcome.Failed : Outcome.Inconclusive, SafeText.From(text)) with
        {
            Measurements = [new("signal", SafeText.From(text), i, "unit") { Text = SafeText.From(text), Required = new(Relation.AtMost, 3) }],
            Findings = [new Finding(SafeText.Of($"finding {text}")) { Remedy = SafeText.From(text) }],
            Exhibits = [.. Exhibits(SafeText.From(text))],
        });
        var artifacts = Hostile.Select(text => new RunArtifact(SafeText.From(text), ArtifactRole.Log, "log", "rvc-log", 1, new string('0', 64), [SafeText.From(text)]));
        return RunRecord.Decide(new RunConfiguration(SafeText.From(Hostile[0]), new string('0', 64)), [.. artifacts], [.. results]) with
        {
            Notes = [SafeText.From(Hostile[1])],
            Causes = [new Cause(SafeText.From(Hostile[1]), ["MG1001"])],
            Answers = [new Answer(SafeText.From(Hostile[0]), SafeText.From(Hostile[1]), AnswerState.Bad)],
        };
    }

    /// <summary>A model of which no name fits and hardly one folds.</summary>
    public static RunRecord OfManyKeys(int count)
    {
        var random = new Random(7);
        string Name() => string.Create(CultureInfo.InvariantCulture, $"{Hostile[random.Next(Hostile.Length)]}.{random.Next(3000):x}.{random.Next():x}.{random.Next(900)}.{random.Next():x}");
        var found = Enumerable.Range(0, count).Select(i => new TensorEntry(Name() + i, DType.Float32, [i, 2], 2L * i, null)).ToArray();
        var expected = Enumerable.Range(0, count).ToDictionary(i => Name() + "e" + i, i => new ExpectedKey([i], null), StringComparer.Ordinal);
        var (judgement, _, exhibits) = new GateRun()
            .With(ArtifactRole.Architecture, "a.json", new KeyManifest(expected))
            .With(ArtifactRole.Model, "m.pth", new Checkpoint("pytorch-zip", found, "", [], []))
            .Judge(new KeysMustMatch(), new KeysMustMatch.Options()).Single();
        return Of(Result(Outcome.Failed, judgement.Summary) with
        {
            Measurements = judgement.Measurements,
            Findings = judgement.Findings,
            Exhibits = exhibits,
        });
    }

    /// <summary>Two hundred recordings, of which every tenth is noise.</summary>
    public static RunRecord OfManyFiles()
    {
        var gate = GateCatalogue.Find("spectral-flatness-must-stay-below")!.Ref;
        return Of([.. Enumerable.Range(0, 200).Select(i =>
        {
            var (path, value) = (SafeText.From(string.Create(CultureInfo.InvariantCulture, $"audio/line_{i:000}_converted.wav")), Math.Round(i % 10 == 3 ? 0.3 + (i / 1000.0) : 0.02 + (i / 10000.0), 4));
            var measurement = new Measurement("occupied-band-flatness", SafeText.Empty, value) { Path = path, Role = ArtifactRole.Output, Required = new(Relation.Below, 0.1) };
            var message = SafeText.Of($"spectral flatness {value} {(value < 0.1 ? "is" : "is not")} below 0.1");
            return new RunResult(gate, path, Severity.Error, value < 0.1 ? Outcome.Passed : Outcome.Failed, message, SourcePosition.None, [measurement], value < 0.1 ? [] : [new Finding(message) { Evidence = [measurement] }])
            {
                Exhibits = [new CurveExhibit(SafeText.Of($"flatness of {path}"), SafeText.Of($"time in s"), SafeText.Of($"flatness"), [new(0, value), new(1, value * 1.1), new(2, value)]) { Limit = 0.1 }],
            };
        })]);
    }

    public static RunRecord Of(params RunResult[] results)
        => RunRecord.Decide(new RunConfiguration(SafeText.Of($"gate.config.json"), new string('0', 64)), [], results);

    public static RunResult Result(Outcome outcome, SafeText message)
        => new(GateCatalogue.Find("keys-must-match")!.Ref, message, Severity.Error, outcome, message, SourcePosition.None, [], []);

    private static IEnumerable<Exhibit> Exhibits(SafeText text)
    {
        yield return new CurveExhibit(text, text, text, [new(0, 1), new(1, double.NaN), new(2, 3), new(3, 2)]) { Description = text, Limit = 2, Shaded = [new(1, 2)], ShadedLabel = text.Value };
        yield return new HeatmapExhibit(text, new(text.Value, 0, 1), new(text.Value, 0, 1), new(text.Value, 0, 1), [[0, 1], [1, float.NaN]]) { Description = text };
        yield return new TableExhibit(text, [text.Value, "b"], [new TableRow([text, text], IsWrong: true)]);
        yield return new TreeExhibit(text, [new TreeNode(text, NodeState.Mixed, 2, [new TreeNode(text, NodeState.Missing, 1, []) { Detail = text }])]);
    }
}
