using System.IO.Compression;
using System.Text.Json;

namespace ModelGate.Tool.Tests;

/// <summary>Folders that nobody has described, of trainers that nobody knows.</summary>
public sealed class AnyFolderTests : IDisposable
{
    private static readonly string Trace = Repository.PathOf("tests", "ModelGate.Core.Tests", "Fixtures", "trace");

    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_run_of_an_unknown_trainer_is_judged_by_every_gate_that_its_files_allow()
    {
        MakeRun(At("run"), export: "half.pth");

        var json = Tool.Run("check", At("run"), "--format", "json").Json;

        var results = json.GetProperty("results").EnumerateArray().Select(r => (Id: r.GetProperty("id").GetString(), File: r.GetProperty("artifact").GetString(), Outcome: r.GetProperty("outcome").GetString())).ToArray();
        results.Should().Contain(("MG2001", "export/model.pth", "failed"), "PyTorch rounded it from step 200 of 300");
        results.Should().Contain(("MG5001", "samples/a.wav", "failed")).And.Contain(r => r.Id == "MG3001" && r.Outcome == "passed").And.Contain(r => r.Id == "MG7001").And.Contain(r => r.Id == "MG7002");
        results.Should().Contain(("MG7001", "checkpoints/optimizer.pt", "passed")).And.Contain(("MG7001", "checkpoints/D_300.pth", "passed"), "whoever resumes the run unpickles them");
        results.Should().NotContain(r => r.Id == "MG3001" && r.File == "checkpoints/optimizer.pt");
    }

    [Theory]
    [InlineData("optimizer.pt")]
    [InlineData("D_300.pth")]
    [InlineData("training_args.bin")]
    [InlineData("scheduler.pt")]
    [InlineData("pytorch_model-00001-of-00002.bin")]
    [InlineData("model-00001-of-00002.safetensors")]
    public void A_file_that_would_run_code_when_training_is_resumed_fails(string name)
    {
        MakeRun(At("run"), export: "parallel.pth");
        Tool.Run("check", At("run"), "--gate", "MG7001").ExitCode.Should().Be(0);

        File.WriteAllText(At("run", "checkpoints", "model.safetensors.index.json"), """{ "weight_map": { "w": "model-00002-of-00002.safetensors" } }""");

        // protocol 0: os.system("id")
        File.WriteAllBytes(At("run", "checkpoints", name), "cos\nsystem\n(S'id'\ntR."u8.ToArray());

        Tool.Run("check", At("run"), "--gate", "MG7001").Should().Match<Result>(r => r.ExitCode == 1 && r.Output.Contains(name) && r.Output.Contains("os.system"));
    }

    [Theory]
    [InlineData("model.joblib", false)]
    [InlineData("data.npy", true)]
    [InlineData("train.log", true)]
    [InlineData("config.json", false)]
    [InlineData("LICENSE", true)]
    [InlineData("a.wav", true)]
    [InlineData("G_300.pth.bak", true)]
    [InlineData("a/b/c/d/e/f/g/h/weights", false)]
    public void A_pickle_is_one_whatever_it_is_called(string name, bool isArchive)
    {
        MakeRun(At("run"), export: "parallel.pth");
        var path = Path.Combine(At("run"), name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // protocol 0: os.system("id")
        var pickle = "cos\nsystem\n(S'id'\ntR."u8;
        if (isArchive)
        {
            using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
            using var record = archive.CreateEntry("archive/data.pkl", CompressionLevel.NoCompression).Open();
            record.Write(pickle);
        }
        else
        {
            File.WriteAllBytes(path, pickle);
        }

        Tool.Run("check", At("run"), "--gate", "MG7001").Should().Match<Result>(r => r.ExitCode == 1 && r.Output.Contains(name) && r.Output.Contains("os.system"));
    }

    [Fact]
    public void Says_what_it_did_not_look_at()
    {
        MakeRun(At("run"), export: "parallel.pth");
        Directory.CreateDirectory(At("run", ".cache"));
        File.WriteAllText(At("run", "README.md"), "# A run\n");

        Tool.Run("check", At("run")).Output.ReplaceLineEndings(" ").Should().Contain("not judged: README.md (files of other kinds)").And.Contain("not judged: .cache (hidden folders, which are not searched)");
    }

    [Theory]
    [InlineData("!bang")]
    [InlineData("[!a]")]
    [InlineData("{a,b}")]
    [InlineData("*star")]
    [InlineData("new\nline")]
    [InlineData("back\\slash")]
    [InlineData("\e[31mred")]
    [InlineData("\u202Eevil")]
    public void What_init_writes_means_the_files_that_are_there(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows allows no such names");
        foreach (var file in (string[])[name, name + "e"])
        {
            File.Copy(Path.Combine(Trace, "parallel.pth"), At(file + ".pth"));
        }

        static string[] Verdicts(Result result) => [.. result.Json.GetProperty("results").EnumerateArray().Where(r => r.GetProperty("outcome").GetString() != "notApplicable").Select(r => $"{r.GetProperty("id")} {r.GetProperty("artifact")} {r.GetProperty("outcome")}")];
        var before = Verdicts(Tool.Run("check", folder, "--format", "json"));
        Tool.Run("init", folder).ExitCode.Should().Be(0);

        Verdicts(Tool.Run("check", folder, "--format", "json")).Should().Equal(before).And.HaveCountGreaterThan(4);
    }

    [Fact]
    public void Says_what_it_took_for_what_and_how_to_write_it_down()
    {
        MakeRun(At("run"), export: "half.pth");

        var output = Tool.Run("check", At("run")).Output;

        output.Should().Contain("checkpoints: checkpoints/D_300.pth, checkpoints/G_100.pth, checkpoints/G_200.pth, checkpoints/G_300.pth, checkpoints/optimizer.pt").And.Contain("model: export/model.pth").And.Contain("output: samples/a.wav");
        output.Should().Contain("modelgate init ");
    }

    [Fact]
    public void What_init_writes_is_judged_alike()
    {
        MakeRun(At("run"), export: "half.pth");
        var before = Outcomes(Tool.Run("check", At("run"), "--format", "json").Json);

        var written = Tool.Run("init", At("run"));

        written.Should().Match<Result>(r => r.ExitCode == 0 && r.Output.Contains("gate.config.json is written"));
        var text = File.ReadAllText(At("run", "gate.config.json"));
        text.Should().Contain("\"checkpoints/G_*.pth\"").And.Contain("\"checkpoints/optimizer.pt\"");
        Outcomes(Tool.Run("check", At("run"), "--format", "json").Json).Should().BeEquivalentTo(before);
        Tool.Run("init", At("run")).Error.Should().Contain("is there already; --overwrite writes it anew");
        Tool.Run("init", At("run"), "--print").Output.Should().Be(text);
    }

    [Fact]
    public void Of_a_known_trainer_init_names_the_trainer()
    {
        Copy(Tool.Sample("lexi-fixed"), At("lexi"));
        Copy(Tool.Sample("lexi"), At("lexi"));
        File.Copy(Tool.Sample("lexi-fixed", "lexi.pth"), At("lexi", "lexi.pth"), overwrite: true);
        File.Copy(Tool.Sample("lexi-fixed", "train.log"), At("lexi", "train.log"), overwrite: true);
        File.Delete(At("lexi", "gate.config.json"));
        var before = Outcomes(Tool.Run("check", At("lexi"), "--format", "json").Json);

        Tool.Run("init", At("lexi")).ExitCode.Should().Be(0);

        File.ReadAllText(At("lexi", "gate.config.json")).Should().Contain("\"extends\": \"rvc\"");
        Outcomes(Tool.Run("check", At("lexi"), "--format", "json").Json).Should().BeEquivalentTo(before);
    }

    [Fact]
    public void A_collection_of_runs_is_judged_run_by_run()
    {
        MakeRun(At("all", "one"), export: "half.pth");
        MakeRun(At("all", "two"), export: "parallel.pth");

        var output = Tool.Run("check", At("all"), "--gate", "MG2001").Output;

        output.Should().Contain("2 models").And.Contain("FAIL  MG2001").And.Contain("PASS  MG2001");
        Tool.Run("init", At("all")).ExitCode.Should().Be(0);
        File.Exists(At("all", "one", "gate.config.json")).Should().BeTrue();
        File.Exists(At("all", "two", "gate.config.json")).Should().BeTrue();
        Tool.Run("check", At("all"), "--gate", "MG2001").ExitCode.Should().Be(1);
    }

    [Fact]
    public void A_folder_of_nothing_says_that_there_is_nothing()
    {
        File.WriteAllText(At("notes.txt"), "nothing");

        var result = Tool.Run("check", folder);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("there is nothing to judge in ").And.NotContain("write a configuration");
        Tool.Run("init", folder).ExitCode.Should().Be(2);
    }

    [Fact]
    public void The_recordings_of_a_data_set_are_no_outputs()
    {
        MakeRun(At("run"), export: "half.pth");
        Directory.CreateDirectory(At("run", "dataset"));
        File.Copy(Tool.Sample("lexi", "audio", "lexi_converted.wav"), At("run", "dataset", "b.wav"));

        Tool.Run("check", At("run")).Output.Should().Contain("not judged: dataset/b.wav (recordings of a data set)");
    }

    private static (string?, string?, string?)[] Outcomes(JsonElement report)
        => report.GetProperty("results").EnumerateArray().Select(r => (r.GetProperty("id").GetString(), r.GetProperty("artifact").GetString(), r.GetProperty("outcome").GetString())).Where(r => r.Item3 != "not-applicable" && r.Item3 != "notApplicable").ToArray();

    private static void MakeRun(string run, string export)
    {
        foreach (var part in (string[])["checkpoints", "export", "samples"])
        {
            Directory.CreateDirectory(Path.Combine(run, part));
        }

        foreach (var step in (string[])["G_100.pth", "G_200.pth", "G_300.pth"])
        {
            File.Copy(Path.Combine(Trace, step), Path.Combine(run, "checkpoints", step));
        }

        File.Copy(Path.Combine(Trace, "G_300.pth"), Path.Combine(run, "checkpoints", "D_300.pth"));
        File.Copy(Path.Combine(Trace, "foreign.pth"), Path.Combine(run, "checkpoints", "optimizer.pt"));
        File.Copy(Path.Combine(Trace, export), Path.Combine(run, "export", "model.pth"));
        File.Copy(Tool.Sample("lexi", "audio", "lexi_converted.wav"), Path.Combine(run, "samples", "a.wav"));
        File.WriteAllText(Path.Combine(run, "README.md"), "a run");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }

    private string At(params string[] parts) => Path.Combine([folder, .. parts]);
}
