using System.Text;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Runs;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Readers.Wave;
using ModelGate.Tests.Reports;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Evaluation;

/// <summary>Many files of many kinds, judged one after another and several at a time.</summary>
public sealed class JudgingScheduleTests : IDisposable
{
    private const string Everything = """
        {
          "artifacts": { "output": "*.wav", "log": "*.log", "model": "m*.pth", "checkpoints": "G_*.pth", "dataset": "*.npy" },
          "gates": {
            "spectral-flatness-must-stay-below": {}, "loss-must-converge": {}, "final-checkpoint-must-be-exported": {},
            "pickle-must-be-safe": {}, "archive-must-be-whole": {}
          }
        }
        """;

    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public JudgingScheduleTests()
    {
        for (var i = 0; i < 16; i++)
        {
            var samples = i % 2 == 0 ? MadeClip.Saw(100 + (20 * i), 20_000) : MadeClip.Noise(0.1, 20_000, i);
            var bytes = WaveBytes.OfFloats([.. samples.Select(s => (float)s)]);
            Write($"{i:00}.wav", i == 5 ? bytes[..^1001] : bytes);
        }

        for (var i = 0; i < 10; i++)
        {
            var log = Fixture.Bytes(i % 2 == 0 ? "logs/rvc/train_converging.log" : "logs/rvc/train_stagnant.log");
            Write($"{i:00}.log", i == 3 ? "{ \"a\": [1] }"u8.ToArray() : log);
        }

        for (var i = 0; i < 6; i++)
        {
            var model = Fixture.Bytes(i % 2 == 0 ? "exports/export.pth" : "exports/export_altered.pth");
            Write($"m{i}.pth", i == 4 ? model[..^100] : model);
        }

        for (var i = 0; i < 4; i++)
        {
            Write($"G_{10 - i}.pth", Fixture.Bytes("exports/train.pth"));
        }

        for (var i = 0; i < 4; i++)
        {
            Write($"{i}.npy", Fixture.Bytes("numpy/f4.npy"));
        }
    }

    [Fact]
    public void The_report_has_the_same_bytes_whatever_the_number_of_jobs()
    {
        var one = Rendered.Bytes(Rendered.Format("json"), Run(Everything, 1));

        Directory.GetFiles(root).Should().HaveCount(41, "forty files and the configuration");
        Encoding.UTF8.GetString(one).Should().Contain("MG5001").And.Contain("\"failed\"").And.Contain("\"inconclusive\"").And.Contain("\"passed\"");
        foreach (var jobs in new[] { 2, 8, 8, 64 })
        {
            Rendered.Bytes(Rendered.Format("json"), Run(Everything, jobs)).Should().Equal(one, $"{jobs} jobs judge as one does");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Only_the_roles_that_a_running_gate_reads_are_opened_and_each_file_once(int jobs)
    {
        var files = Files();

        Run(Everything.Replace("\"spectral-flatness-must-stay-below\": {}, ", "", StringComparison.Ordinal)
            .Replace(", \"final-checkpoint-must-be-exported\": {}", "", StringComparison.Ordinal), jobs, files);

        files.Opened.Should().OnlyHaveUniqueItems();
        files.Opened.Should().BeEquivalentTo(Directory.GetFiles(root).Select(f => Path.GetFileName(f)!).Where(f => f.EndsWith(".log", StringComparison.Ordinal) || f.EndsWith(".pth", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void No_more_files_are_open_than_there_are_jobs(int jobs)
    {
        var files = Files();

        Run("""{ "artifacts": { "output": "*.wav", "log": "*.log", "model": "*.pth" }, "gates": { "spectral-flatness-must-stay-below": {}, "loss-must-converge": {}, "archive-must-be-whole": {} } }""", jobs, files);

        files.MostOpen.Should().BeInRange(1, jobs);
        files.Open.Should().Be(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void A_file_that_cannot_be_opened_leaves_the_others_judged(int jobs)
    {
        var files = Files(file =>
        {
            if (file.Path == "02.wav")
            {
                throw new SourceUnavailableException(SafeText.Of($"permission denied"));
            }
        });

        var results = Run(Everything, jobs, files).Results.Where(r => r.Gate.Id == "MG5001").ToDictionary(r => r.Artifact.Value, r => r.Outcome);

        results.Should().HaveCount(16);
        results.Where(r => r.Value == Outcome.Inconclusive).Select(r => r.Key).Should().BeEquivalentTo("02.wav", "05.wav");
        results["00.wav"].Should().Be(Outcome.Passed);
        results["01.wav"].Should().Be(Outcome.Failed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void A_mistake_of_the_tool_is_never_blamed_on_a_file(int jobs)
    {
        var files = Files(file =>
        {
            if (file.Path == "07.log")
            {
                throw new InvalidOperationException("a mistake of the tool");
            }
        });

        var running = () => Run(Everything, jobs, files);

        running.Should().Throw<InvalidOperationException>().WithMessage("a mistake of the tool");
        files.Open.Should().Be(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void A_cancellation_stops_before_the_next_file(int jobs)
    {
        using var cancelling = new CancellationTokenSource();
        var count = 0;
        var files = Files(_ =>
        {
            if (Interlocked.Increment(ref count) == 5)
            {
                cancelling.Cancel();
            }
        });

        var running = () => Run(Everything, jobs, files, cancelling.Token);

        running.Should().Throw<OperationCanceledException>();
        files.Opened.Count.Should().BeLessThan(5 + jobs);
        files.Open.Should().Be(0);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private RecordingFiles Files(Action<RoleFile>? onOpen = null) => new(new WorkspaceFiles(new Workspace(root, root))) { OnOpen = onOpen };

    private RunRecord Run(string configuration, int jobs, RecordingFiles? files = null, CancellationToken? cancellation = null)
    {
        Write("gate.config.json", Encoding.UTF8.GetBytes(configuration));
        var plan = EvaluationPlan.FromFile(Path.Combine(root, "gate.config.json"), "gate.config.json") with { Jobs = jobs };
        return Evaluator.Run(plan, files, cancellation ?? TestContext.Current.CancellationToken);
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(root, name), bytes);
}
