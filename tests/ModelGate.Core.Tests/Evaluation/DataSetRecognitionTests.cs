using System.Text;
using ModelGate.Evaluation;
using ModelGate.Runs;
using ModelGate.Tests.Gates.Data;
using ModelGate.Tests.Readers;

namespace ModelGate.Tests.Evaluation;

/// <summary>A data set by itself, what is left of a run, and what no role names.</summary>
public sealed class DataSetRecognitionTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void A_data_set_by_itself_is_judged_as_one_and_not_as_recordings_of_models()
    {
        WriteRvc(root);

        var report = Check();

        report.Notes.Select(n => n.Value).Should().Contain(n => n.Contains("the folder was recognised as a data set of RVC's layout"));
        report.Results.Select(r => r.Gate.Id).Should().Equal("MG6001", "MG6002", "MG6003", "MG6004", "MG6006", "MG6007", "MG6008", "MG6009", "MG6010");
        report.Results.Where(r => r.Outcome is not (Outcome.Passed or Outcome.NotApplicable)).Should().BeEmpty();
    }

    [Fact]
    public void A_NaN_in_its_features_fails()
    {
        WriteRvc(root);
        var path = Path.Combine(root, "3_feature256", "0_3.npy");
        var bytes = File.ReadAllBytes(path);
        (bytes[^2], bytes[^1]) = (0x00, 0x7E);
        File.WriteAllBytes(path, bytes);

        Check().Results.Single(r => r.Gate.Id == "MG6003").Should().Match<RunResult>(r => r.Outcome == Outcome.Failed && r.Message.Value.Contains("0_3.npy"));
    }

    [Fact]
    public void What_init_writes_for_it_gives_the_same_verdicts()
    {
        WriteRvc(root);
        var plan = PlanLocation.Of([root], null).Should().ContainSingle().Subject;
        var report = Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken);
        File.WriteAllText(Path.Combine(root, "gate.config.json"), ConfigurationDraft.Of(plan, report));

        Outcomes(Check()).Should().Equal(Outcomes(report));
    }

    [Fact]
    public void A_file_whose_extension_differs_in_case_is_named()
    {
        WriteRvc(root);
        File.Move(Path.Combine(root, "3_feature256", "0_3.npy"), Path.Combine(root, "3_feature256", "0_3.NPY"));

        Check().Results.Single(r => r.Gate.Id == "MG6001").Message.Value.Should().Be("3_feature256 lacks 1 of 10: 0_3 (there is 0_3.NPY: case counts)");
    }

    [Fact]
    public void A_run_without_checkpoints_is_known_by_its_export_and_its_log()
    {
        File.Copy(Repository.PathOf("samples", "lexi-fixed", "lexi.pth"), Path.Combine(root, "lexi.pth"));
        File.Copy(Repository.PathOf("samples", "lexi-fixed", "train.log"), Path.Combine(root, "train.log"));

        var report = Check();

        report.Notes[0].Value.Should().Contain("a training run of RVC, by an export of its network; a log of its form");
        report.Results.Single(r => r.Gate.Id == "MG2001").Outcome.Should().Be(Outcome.NotApplicable);
        report.Results.Single(r => r.Gate.Id == "MG2004").Outcome.Should().Be(Outcome.Passed);
    }

    [Fact]
    public void Recordings_beside_a_recognised_run_are_judged_and_what_is_not_is_named()
    {
        File.Copy(Repository.PathOf("samples", "lexi", "G_2376.pth"), Path.Combine(root, "G_2376.pth"));
        File.Copy(Repository.PathOf("samples", "lexi", "G_2376.pth"), Path.Combine(root, "D_2376.pth"));
        Directory.CreateDirectory(Path.Combine(root, "audio"));
        File.WriteAllBytes(Path.Combine(root, "audio", "a_converted.wav"), DataFixture.Sound("0_0"));
        File.WriteAllText(Path.Combine(root, "notes.txt"), "nothing");

        var report = Check();

        report.Results.Should().Contain(r => r.Gate.Id == "MG5001" && r.Artifact.Value == "audio/a_converted.wav");
        report.Notes.Select(n => n.Value).Should().Contain("not judged: D_2376.pth (no role of the preset names them)").And.Contain("not judged: notes.txt (files of other kinds)");
    }

    [Fact]
    public void A_data_set_in_the_folder_of_an_unknown_run_is_judged_with_it()
    {
        WriteRvc(root);
        File.Copy(Fixture.PathOf("safetensors/dtypes.safetensors"), Path.Combine(root, "model.safetensors"));

        var report = Check();

        report.Results.Select(r => r.Gate.Id).Should().Contain(["MG3001", "MG6003"]);
        report.Notes.Select(n => n.Value).Should().Contain(n => n.StartsWith("it holds a data set of RVC's layout")).And.NotContain(n => n.Contains("recordings of a data set"));
    }

    [Theory]
    [InlineData("applio", "sliced_audios/{0}.wav", "extracted/{0}.npy", "filelist.txt", "/x/sliced_audios/{0}.wav|/x/extracted/{0}.npy|0")]
    [InlineData("ddsp-svc", "data/train/audio/{0}.wav", "data/train/units/{0}.wav.npy", "", "")]
    [InlineData("ddsp-svc", "data/train/audio/1/{0}.wav", "data/train/units/1/{0}.wav.npy", "", "")]
    [InlineData("so-vits-svc", "dataset/44k/ann/{0}.wav", "dataset/44k/ann/{0}.wav.soft.pt", "filelists/train.txt", "./dataset/44k/ann/{0}.wav")]
    [InlineData("gpt-sovits", "5-wav32k/{0}.wav", "4-cnhubert/{0}.wav.pt", "2-name2text.txt", "{0}.wav\tHH\t[1]\thm")]
    public void The_layout_of_each_trainer_is_known(string trainer, string recording, string features, string list, string line)
    {
        foreach (var stem in DataFixture.Stems)
        {
            Write(string.Format(null, recording, stem), DataFixture.Sound(stem));

            // The reader goes by content: an array of numpy under the name of a tensor file serves as well.
            Write(string.Format(null, features, stem), Wide(stem));
        }

        if (list.Length > 0)
        {
            Write(list, Encoding.UTF8.GetBytes(string.Concat(DataFixture.Stems.Select(s => string.Format(null, line, s) + "\n"))));
        }

        var plan = PlanLocation.Of([root], null).Should().ContainSingle().Subject;
        var report = Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken);

        plan.Configuration.Trainer!.Name.Should().Be(trainer + "-dataset");
        string[] wanted = list.Length > 0 ? ["MG6001", "MG6002", "MG6003", "MG6006", "MG6007", "MG6009"] : ["MG6001", "MG6002", "MG6003", "MG6006", "MG6007"];
        report.Results.Where(r => r.Outcome == Outcome.Passed).Select(r => r.Gate.Id).Should().Contain(wanted);
        report.Results.Where(r => r.Outcome is Outcome.Failed or Outcome.Inconclusive).Select(r => r.Message.Value).Should().BeEmpty();
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static void WriteRvc(string folder)
    {
        foreach (var (name, extension) in new[] { ("0_gt_wavs", ".wav"), ("1_16k_wavs", ".wav"), ("2b-f0nsf", ".wav.npy"), ("3_feature256", ".npy") })
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            foreach (var stem in DataFixture.Stems)
            {
                File.WriteAllBytes(Path.Combine(folder, name, stem + extension), name switch
                {
                    "3_feature256" => Wide(stem),
                    "2b-f0nsf" => DataFixture.Bytes($"2b-f0nsf/{stem}.wav.npy"),
                    _ => DataFixture.Sound(stem),
                });
            }
        }
    }

    // 64 numbers of each frame, four times: 256 wide.
    private static byte[] Wide(string stem)
    {
        var rows = DataFixture.Features(stem)[^(100 * 64 * 2)..].Chunk(64 * 2).SelectMany(row => Enumerable.Repeat(row, 4).SelectMany(r => r)).ToArray();
        return DataFixture.Npy(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(rows).ToArray(), "<f2", 100, 256);
    }

    private static IEnumerable<string> Outcomes(RunRecord report)
        => report.Results.Where(r => r.Outcome != Outcome.NotApplicable).Select(r => $"{r.Gate.Id} {r.Artifact.Value} {r.Outcome}").Order(StringComparer.Ordinal);

    private RunRecord Check() => Evaluator.Run(PlanLocation.Of([root], null).Should().ContainSingle().Subject, cancellation: TestContext.Current.CancellationToken);

    private void Write(string path, byte[] bytes)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
    }
}
