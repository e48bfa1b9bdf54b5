using ModelGate.Gates;
using ModelGate.Gates.Checkpoints;

namespace ModelGate.Tests.Gates.Checkpoints;

public class TrainingMustBeLongEnoughTests
{
    [Theory]
    [InlineData(2000, null, true)]
    [InlineData(3000, null, false)]
    [InlineData(null, 132, true)]
    [InlineData(null, 133, false)]
    public void Training_is_as_long_as_its_final_checkpoint(int? steps, int? epochs, bool isEnough)
        => CheckpointStepsMustAgreeTests.Run(("G_396.pth", 22), ("G_2376.pth", 132)).Judge(new TrainingMustBeLongEnough(), new TrainingMustBeLongEnough.Options { Steps = steps, Epochs = epochs }).Single().Judgement
            .Should().Match<Judgement>(j => !j.IsInconclusive && j.Findings.Count == (isEnough ? 0 : 1));

    [Fact]
    public void Training_of_no_stated_length_is_neither_long_nor_short()
        => CheckpointStepsMustAgreeTests.Run(("G_396.pth", 22)).Judge(new TrainingMustBeLongEnough(), new TrainingMustBeLongEnough.Options()).Single().Judgement.IsInconclusive.Should().BeTrue();
}
