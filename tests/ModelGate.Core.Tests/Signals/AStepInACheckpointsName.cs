using ModelGate.Signals;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Tests.Signals;

public class AStepInACheckpointsName
{
    [Theory]
    [InlineData("G_396.pth", 396)]
    [InlineData("G_2376.pth", 2376)]
    [InlineData("D_100000.pth", 100000)]
    [InlineData("g_00000900", 900)]
    [InlineData("do_00001500", 1500)]
    [InlineData("voice2_G_396.pth", 396)]
    [InlineData("G_2376 (1).pth", 2376)]
    [InlineData("G_2376.pth.bak", 2376)]
    [InlineData("lexi_e22_s396.pth", 396)]
    [InlineData("lexi_22e_396s.pth", 396)]
    [InlineData("lexi_22e_396s_best_epoch.pth", null)]
    [InlineData("epoch=3-step=400.ckpt", 400)]
    [InlineData("checkpoint_80.pth", 80)]
    [InlineData("checkpoint-100steps.pkl", 100)]
    [InlineData("checkpoint_3_2000.pt", 2000)]
    [InlineData("model_1000.pt", 1000)]
    [InlineData("G_0.pth", 0)]
    public void Is_the_number_that_its_trainer_means(string name, int? step)
        => TrainingProgress.StepOfName(name).Should().Be(step);

    [Theory]
    [InlineData("G_2333333.pth")]
    [InlineData("best_model.pth")]
    [InlineData("lexi.pth")]
    [InlineData("last.ckpt")]
    [InlineData("")]
    [InlineData("G_99999999999999999999999.pth")]
    public void Is_not_invented(string name) => TrainingProgress.StepOfName(name).Should().BeNull();
}
