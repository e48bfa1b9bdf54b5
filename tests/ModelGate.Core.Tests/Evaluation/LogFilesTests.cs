using ModelGate.Evaluation;
using ModelGate.Runs;
using ModelGate.Tests.Readers.Logs;

namespace ModelGate.Tests.Evaluation;

/// <summary>Logs in a folder that no configuration describes.</summary>
public sealed class LogFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-logs-").FullName;

    [Theory]
    [InlineData("trainer_state.json", "hf/bert-nan/trainer_state.json")]
    [InlineData("lightning_logs/version_0/metrics.csv", "lightning/nan/csv/version_0/metrics.csv")]
    [InlineData("logs/events.out.tfevents.1.node.1.0", "tensorboard/not-finite/events.out.tfevents.1795548594.node.6173.15")]
    [InlineData("run-heixki47.wandb", "wandb/wandb/offline-run-20261124_193103-heixki47/run-heixki47.wandb")]
    [InlineData("metrics/val/loss", "mlflow/mlruns/707053943037257546/8ad4e2c02ee94347b55e4fec6cbf629b/metrics/val/loss")]
    public void A_log_is_found_by_its_content(string path, string file)
    {
        Write(path, RunLogs.Bytes(file));

        FolderFiles.Of(folder).Files.Should().Equal((path, ArtifactRole.Log));
    }

    [Fact]
    public void Json_lines_are_a_log_by_their_step()
    {
        Write("logs/train.jsonl", """{"step": 1, "loss": 2.5}"""u8.ToArray());
        Write("logs/questions.jsonl", """{"question": "What is 1 + 1?", "answer": "2", "id": 7}"""u8.ToArray());

        FolderFiles.Of(folder).Files.Should().Equal(("logs/train.jsonl", ArtifactRole.Log));
    }

    // RVC opens a writer for eval that it never uses; accelerate puts hyperparameters into a file of their own.
    [Fact]
    public void An_event_file_without_a_scalar_is_left_out()
    {
        Write("events.out.tfevents.1.node.1.0", RunLogs.Bytes("tensorboard/not-finite/events.out.tfevents.1795548594.node.6173.15"));
        Write("eval/events.out.tfevents.1.node.1.1", RunLogs.Bytes("tensorboard/damaged/version-only/events.out.tfevents.1700000000.node.1.0"));
        Write("hurt/events.out.tfevents.1.node.1.2", RunLogs.Bytes("tensorboard/damaged/version-only/events.out.tfevents.1700000000.node.1.0")[..80]);

        var found = FolderFiles.Of(folder);

        found.Files.Select(f => f.Path).Should().Equal("events.out.tfevents.1.node.1.0", "hurt/events.out.tfevents.1.node.1.2");
        found.LeftOut.Should().ContainSingle().Which.Paths.Should().Equal("eval/events.out.tfevents.1.node.1.1");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string path, byte[] bytes)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
    }
}
