using ModelGate.Gates;
using ModelGate.Gates.Curves;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Curves;

public class RunFilesTests
{
    private const string Id = "8ad4e2c02ee94347b55e4fec6cbf629b";
    private const string OtherId = "ac301fe8e3f047c29e46983b545aa1d4";

    [Theory]
    [InlineData("event files of one folder, of its eval folder and the log beside them", "a/train.log a/events.out.tfevents.1.x a/events.out.tfevents.2.x a/eval/events.out.tfevents.1.y")]
    [InlineData("HiFi-GAN's logs folder", "cp/train_stdout.txt cp/logs/events.out.tfevents.1.x")]
    [InlineData("Lightning's versions", "lightning_logs/version_0/metrics.csv lightning_logs/version_1/metrics.csv lightning_logs/version_1/events.out.tfevents.1.x")]
    [InlineData("Lightning's two loggers", "csv/version_0/metrics.csv tb/version_0/events.out.tfevents.1.x")]
    [InlineData("an MLflow run's metrics", $"mlruns/1/{Id}/metrics/loss mlruns/1/{Id}/metrics/val/loss")]
    [InlineData("a Weights and Biases run that was resumed", "wandb/offline-run-20260101_000000-ab/run-ab.wandb wandb/offline-run-20260102_000000-ab/run-ab.wandb")]
    [InlineData("transformers' states and its event files", "out/trainer_state.json out/checkpoint-40/trainer_state.json out/runs/Nov24_19-32-17_node/events.out.tfevents.1.x")]
    [InlineData("TensorFlow's folders for parts", "logs/train/events.out.tfevents.1.x logs/validation/events.out.tfevents.1.y")]
    [InlineData("add_hparams' folder", "logs/toy/events.out.tfevents.1.x logs/toy/1795548637.843877/events.out.tfevents.1.y")]
    public void Logs_of_one_run_are_together(string what, string paths)
        => RunFiles.Groups(Files(paths)).Should().ContainSingle(what).Which.Select(f => f.Path).Should().BeEquivalentTo(paths.Split(' '));

    [Theory]
    [InlineData("two text logs of a folder", "a/one.log a/two.log")]
    [InlineData("two text logs beside event files, of which either may be theirs", "a/one.log a/two.log a/events.out.tfevents.1.x")]
    [InlineData("runs of TensorBoard's default folder", "runs/Nov24_a/events.out.tfevents.1.x runs/Nov25_a/events.out.tfevents.1.x")]
    [InlineData("two MLflow runs", $"mlruns/1/{Id}/metrics/loss mlruns/1/{OtherId}/metrics/loss")]
    [InlineData("two projects of Lightning", "logs/a/version_0/metrics.csv logs/b/version_0/metrics.csv")]
    [InlineData("two Weights and Biases runs", "wandb/offline-run-1-ab/run-ab.wandb wandb/offline-run-2-cd/run-cd.wandb")]
    [InlineData("two trainings of transformers", "a/trainer_state.json b/trainer_state.json")]
    public void Logs_of_different_runs_stay_apart(string what, string paths)
        => RunFiles.Groups(Files(paths)).Should().HaveCount(paths.Split(' ').Length, what);

    [Fact]
    public void A_text_log_names_the_run()
        => RunFiles.Groups(Files("a/events.out.tfevents.1.x a/train.log")).Single()[0].Path.Should().Be("a/train.log");

    [Fact]
    public void A_part_of_a_run_has_its_folder_in_front_of_its_names()
    {
        var files = Files("logs/train/events.out.tfevents.1.x logs/validation/events.out.tfevents.1.y");

        files.Select(f => RunFiles.PrefixOf(f, files)).Should().Equal("train/", "validation/");
        RunFiles.PrefixOf(files[0], [files[0]]).Should().BeEmpty("it is the whole run");
    }

    private static RoleFile[] Files(string paths) => [.. paths.Split(' ').Select(p => new RoleFile(ArtifactRole.Log, p))];
}
