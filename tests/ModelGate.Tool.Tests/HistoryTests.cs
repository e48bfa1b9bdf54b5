namespace ModelGate.Tool.Tests;

public sealed class HistoryTests : IDisposable
{
    private static readonly string Sick = Repository.PathOf("samples", "lexi");

    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void Each_run_adds_a_file_and_the_same_one_again_adds_none()
    {
        Tool.Run("check", Sick, "--history", At("h"), "--run-name", "one").ExitCode.Should().Be(1, "a run that failed is a part of the history");
        Tool.Run("check", Sick, "--history", At("h"), "--run-name", "one");
        Tool.Run("check", Sick, "--history", At("h"), "--run-name", "two");

        Directory.GetFiles(At("h")).Select(f => Path.GetFileName(f)[..6]).Should().BeEquivalentTo("000001", "000002");
        Tool.Run("inspect", Directory.GetFiles(At("h"))[0]).ExitCode.Should().Be(0);
    }

    [Fact]
    public void The_oldest_beyond_the_limit_are_removed_and_nothing_else()
    {
        Directory.CreateDirectory(At("h"));
        File.WriteAllText(At("h/000000.json"), "somebody else's");
        File.WriteAllText(At("h/notes.txt"), "notes");
        Tool.Run("check", Sick, "--history", At("h")).Error.Should().Contain("000000.json");

        File.Delete(At("h/000000.json"));
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            Tool.Run("check", Sick, "--history", At("h"), "--history-limit", "2", "--run-name", name);
        }

        Directory.GetFiles(At("h")).Select(f => Path.GetFileName(f)[..6]).Should().BeEquivalentTo("000003", "000004", "notes.");
    }

    [Fact]
    public void A_number_that_creeps_is_found_by_the_gate_that_looks_at_the_runs()
    {
        File.WriteAllText(At("gate.config.json"), """{ "artifacts": { "output": "a.wav" }, "gates": { "spectral-flatness-must-stay-below": { "limit": 0.99, "limitOfStretch": 0.99 }, "trend-must-not-worsen": { "signals": ["spectral-flatness"] } } }""");
        var codes = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            WriteTone(At("a.wav"), noise: 0.001 * (10 + i));
            codes.Add(Tool.Run("check", folder, "--history", At("h")).ExitCode);
        }

        // Each is far under the limit, and the first four are too few for a trend.
        codes.Should().StartWith([2, 2, 2, 2]).And.EndWith([1, 1]);
    }

    [Fact]
    public void A_report_has_every_model_and_what_fails_first()
    {
        Tool.Run("check", Sick, Repository.PathOf("samples", "lexi-fixed"), "--history", At("team/h")).ExitCode.Should().Be(1);

        var report = Tool.Run("report", At("team"), "--output", At("index.html"));

        report.ExitCode.Should().Be(0, report.Error);
        report.Output.Should().Contain("2 models in 1 history");
        var page = File.ReadAllText(At("index.html"));
        page.Should().Contain("1 of 2 models does not pass").And.Contain("spectral-flatness-must-stay-below");
        page.IndexOf("samples/lexi<", StringComparison.Ordinal).Should().BeInRange(0, page.IndexOf("samples/lexi-fixed<", StringComparison.Ordinal));
        Tool.Run("report", At("team"), "--output", At("index.html")).ExitCode.Should().Be(0, "it is a file of its own");
    }

    [Theory]
    [InlineData("check", "--history", "gate.config.json", "is a file; a history is a folder")]
    [InlineData("check", "--history", "h", "--gate", "pickle-must-be-safe", "--history keeps whole runs")]
    [InlineData("check", "--history", "h", "--history-limit", "0", "--history-limit is 0")]
    public void A_wrong_history_is_a_wrong_usage(params string[] arguments)
    {
        File.WriteAllText(At("gate.config.json"), "{ \"extends\": \"rvc\" }");
        var result = Tool.Run([arguments[0], folder, .. arguments[1..^1].Select(a => a is "gate.config.json" or "h" ? At(a) : a)]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain(arguments[^1]);
    }

    [Fact]
    public void A_folder_without_runs_is_said()
    {
        Tool.Run("report", folder, "--output", At("r.html")).Error.Should().Contain("holds no runs");
        Tool.Run("report", At("none"), "--output", At("r.html")).Error.Should().Contain("there is no folder");
    }

    [Fact]
    public void A_badge_says_the_verdict()
    {
        Tool.Run("check", Sick, "--badge", At("b.svg"));
        var badge = System.Xml.Linq.XDocument.Load(At("b.svg")).Root!;

        badge.Attribute("aria-label")!.Value.Should().MatchRegex("^ModelGate: [0-9]+ gates failed$");
        Tool.Run("check", Repository.PathOf("samples", "lexi-fixed"), "--badge", At("b.svg")).ExitCode.Should().Be(0);
        File.ReadAllText(At("b.svg")).Should().Contain("ModelGate: passed");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // One second of 440 Hz at 16 kHz with noise of a peak, as 16-bit samples.
    private static void WriteTone(string path, double noise)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write("RIFF"u8);
        writer.Write(36 + 32000);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(16000);
        writer.Write(32000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(32000);
        var random = new Random(5);
        for (var i = 0; i < 16000; i++)
        {
            writer.Write((short)Math.Round(32768 * ((noise * ((2 * random.NextDouble()) - 1)) + (0.3 * Math.Sin(2 * Math.PI * 440 * i / 16000)))));
        }
    }

    private string At(string name) => Path.Combine(folder, name);
}
