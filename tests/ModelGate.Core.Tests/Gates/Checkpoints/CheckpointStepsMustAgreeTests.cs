using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Checkpoints;
using ModelGate.Runs;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Checkpoints;

public class CheckpointStepsMustAgreeTests
{
    private static readonly CheckpointStepsMustAgree.Options WholeEpochs = new() { WholeEpochs = true };

    // 396 in epoch 22 and 2376 in epoch 132 are 18 steps an epoch.
    [Theory]
    [InlineData(true, "G_396.pth", 22, "G_2376.pth", 132)]
    [InlineData(false, "G_396.pth", 132, "G_2376.pth", 22)]
    [InlineData(false, "G_396.pth", 22, "G_2376.pth", 44)]
    [InlineData(false, "G_397.pth", 22, "G_2376.pth", 132)]
    public void Steps_of_whole_epochs_are_the_same_number_in_every_file(bool agree, string first, int firstEpoch, string second, int secondEpoch)
        => Judge(WholeEpochs, (first, firstEpoch), (second, secondEpoch)).Findings.Any().Should().Be(!agree);

    // VITS saves each 1000 steps, wherever in an epoch that is: with 268 steps an epoch, 1000 is in the 4th and 11000 in the 42nd.
    [Theory]
    [InlineData(true, "G_1000.pth", 4, "G_11000.pth", 42)]
    [InlineData(false, "G_1000.pth", 4, "G_11000.pth", 20)]
    [InlineData(false, "G_11000.pth", 4, "G_1000.pth", 42)]
    public void Steps_within_an_epoch_fit_one_number(bool agree, string first, int firstEpoch, string second, int secondEpoch)
        => Judge(new(), (first, firstEpoch), (second, secondEpoch)).Findings.Any().Should().Be(!agree);

    [Fact]
    public void A_sentinel_is_no_step_and_a_base_model_counts_for_nothing()
        => Judge(WholeEpochs, ("G_0.pth", 0), ("G_18.pth", 1), ("G_2333333.pth", 2), ("G_36.pth", 2)).Findings.Should().BeEmpty();

    [Theory]
    [InlineData("epoch=3-step=400.ckpt", "global_step", 400, true)]
    [InlineData("epoch=3-step=400.ckpt", "global_step", 40, false)]
    [InlineData("checkpoint_3_2000.pt", "num_updates", 200, false)]
    public void A_step_in_the_name_is_the_one_inside(string name, string key, int inside, bool agree)
        => new GateRun().With(ArtifactRole.Checkpoints, name, Stating((key, inside))).Judge(new CheckpointStepsMustAgree(), new CheckpointStepsMustAgree.Options())
            .Single().Judgement.Findings.Any().Should().Be(!agree);

    [Theory]
    [InlineData(22, true)]
    [InlineData(44, false)]
    public void A_generator_and_its_discriminator_are_of_one_epoch(int epoch, bool agree)
        => Judge(WholeEpochs, ("G_396.pth", 22), ("D_396.pth", epoch)).Findings.Any().Should().Be(!agree);

    [Fact]
    public void A_discriminator_of_a_later_save_means_that_its_generator_is_missing()
        => Judge(WholeEpochs, ("G_396.pth", 22), ("D_396.pth", 22), ("D_792.pth", 44)).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("D_792.pth");

    // Each way of choosing takes another file than the number does.
    [Theory]
    [InlineData("by name", "G_396.pth", 22, "G_2376.pth", 132)]
    [InlineData("by the digits of the path", "run10/G_18.pth", 1, "run1/G_36.pth", 2)]
    [InlineData("by name", "voice2_G_396.pth", 22, "voice1_G_2376.pth", 132)]
    [InlineData("by name", "G_0900.pth", 50, "G_01800.pth", 100)]
    public void A_sort_that_would_have_taken_another_is_told(string how, string other, int otherEpoch, string final, int epoch)
    {
        var summary = Judge(WholeEpochs, (other, otherEpoch), (final, epoch)).Summary.Value;

        summary.Should().Contain($"the final one is {final}").And.Contain($"{how} {other}");
    }

    [Fact]
    public void A_sort_by_time_that_would_have_taken_another_is_told()
    {
        // Fixtures: samples/lexi; the earliest file was copied last.
        var run = new GateRun();
        foreach (var (name, minutes) in new[] { ("G_396.pth", 30), ("G_2376.pth", 0) })
        {
            run.With(ArtifactRole.Checkpoints, name, File.ReadAllBytes(Repository.PathOf("samples", "lexi", name)), new DateTimeOffset(2026, 1, 1, 0, minutes, 0, TimeSpan.Zero));
        }

        run.Judge(new CheckpointStepsMustAgree(), WholeEpochs).Single().Judgement.Summary.Value.Should().Contain("the final one is G_2376.pth").And.Contain("by time G_396.pth");
    }

    [Fact]
    public void Nothing_is_said_of_checkpoints_that_state_nothing_twice()
        => new GateRun().With(ArtifactRole.Checkpoints, "a.pth", Stating()).Judge(new CheckpointStepsMustAgree(), new CheckpointStepsMustAgree.Options()).Single().Judgement
            .IsAboutNothing.Should().BeTrue();

    private static Judgement Judge(CheckpointStepsMustAgree.Options options, params (string Name, int Epoch)[] checkpoints)
        => Run(checkpoints).Judge(new CheckpointStepsMustAgree(), options).Single().Judgement;

    internal static GateRun Run(params (string Name, int Epoch)[] checkpoints)
    {
        var run = new GateRun();
        foreach (var (name, epoch) in checkpoints)
        {
            run.With(ArtifactRole.Checkpoints, name, Stating(("iteration", epoch)));
        }

        return run;
    }

    private static Checkpoint Stating(params (string Key, int Value)[] stated)
        => MadeTensor.Checkpoint(MadeTensor.Of("w", DType.Float32, new byte[8])) with
        {
            Metadata = [.. stated.Select(s => KeyValuePair.Create<string, MetadataValue>(s.Key, new MetadataValue.Integer(s.Value)))],
        };
}
