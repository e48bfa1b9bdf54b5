using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Tests.Readers.Logs;

/// <summary>Every log that the real writers wrote.</summary>
public class RunLogTests
{
    public static TheoryData<string> Files => [.. RunLogs.Expected.EnumerateObject().Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Has_every_value_of_every_tag(string file)
    {
        var log = RunLogs.Read(file);

        var expected = RunLogs.Expected.GetProperty(file);
        log.Series.Select(s => s.Name).Should().BeEquivalentTo(expected.EnumerateObject().Select(t => t.Name));
        foreach (var tag in expected.EnumerateObject())
        {
            RunLogs.Points(log.Series(tag.Name)).Should().Equal(RunLogs.Points(tag.Value), tag.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Is_a_log_by_its_first_bytes(string file)
    {
        ContentRecognition.RoleOf(RunLogs.PathOf(file)).Should().Be(ArtifactRole.Log);
        RunLogs.Read(file, role: null).Format.Should().Be(RunLogs.Read(file).Format);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Is_read_or_refused_when_it_is_damaged(string file)
    {
        var bytes = RunLogs.Bytes(file);
        var random = new Random(file.Length);
        for (var i = 0; i < 60; i++)
        {
            var broken = i % 3 == 0 ? bytes[..random.Next(1, bytes.Length)] : (byte[])bytes.Clone();
            for (var flips = i % 3 == 0 ? 0 : 1 << (i % 5); flips > 0; flips--)
            {
                broken[random.Next(i % 2 == 0 ? Math.Min(64, broken.Length) : broken.Length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(broken), new ReadBudget(ReadLimits.Default)) { Name = "log", Role = ArtifactRole.Log });
            }
            catch (ArtifactFault)
            {
                // A refusal is an answer.
            }
        }
    }

    [Fact]
    public void Says_when_it_was_begun()
    {
        // The wall time of the first event, MLflow's first line, and the start time of the run.
        RunLogs.Read("tensorboard/not-finite/events.out.tfevents.1795548594.node.6173.15").WrittenFrom!.Value.ToUnixTimeSeconds().Should().Be(1795548594);
        RunLogs.Read("mlflow/mlruns/707053943037257546/8ad4e2c02ee94347b55e4fec6cbf629b/metrics/train_loss").WrittenFrom!.Value.ToUnixTimeMilliseconds().Should().Be(1795548651702);
        RunLogs.Read("wandb/wandb/offline-run-20261124_193106-12l35kqd/run-12l35kqd.wandb").WrittenFrom!.Value.UtcDateTime.Should().Be(new DateTime(2026, 11, 24, 19, 31, 6, DateTimeKind.Utc));
    }

    // The maker logged step 100 again, with 0.5, when the run was over.
    [Fact]
    public void A_metric_of_MLflow_may_go_back()
    {
        var log = RunLogs.Read("mlflow/mlruns/707053943037257546/8ad4e2c02ee94347b55e4fec6cbf629b/metrics/train_loss");

        log.Starts.Should().Be(1);
        log.Series("train_loss").Points.Single(p => p.Step == 100).Value.Should().Be(0.5);
        log.Series("train_loss").Points[^1].Step.Should().Be(295);
    }

    [Fact]
    public void Leaves_a_team_its_own_numbers()
    {
        ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(RunLogs.Bytes("lightning/converging/csv/version_0/metrics.csv")), new ReadBudget(ReadLimits.Default)) { Role = ArtifactRole.Metrics })
            .Should().BeOfType<Metrics>();
        Fixture.Read(Fixture.Bytes("metrics/log.jsonl")).Should().BeOfType<Metrics>();
    }
}
