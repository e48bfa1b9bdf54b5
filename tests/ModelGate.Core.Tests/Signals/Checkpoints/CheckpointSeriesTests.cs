using ModelGate.Signals.Checkpoints;

namespace ModelGate.Tests.Signals.Checkpoints;

public class CheckpointSeriesTests
{
    [Theory]
    [InlineData("G_2376.pth", "G_*.pth")]
    [InlineData("G_2376 (1).pth", "G_*.pth")]
    [InlineData("g_00000900", "g_*")]
    [InlineData("lexi_e22_s396.pth", "lexi_e*_s*.pth")]
    [InlineData("lexi.pth", "lexi.pth")]
    [InlineData("lexi_v2_e22_s396.pth", "lexi_v2_e*_s*.pth")]
    [InlineData("epoch=44-step=5000-val_loss=0.07.ckpt", "epoch=*-step=*-val_loss=*.ckpt")]
    [InlineData("lexi_2024-05-01.pth", "lexi_*.pth")]
    [InlineData("20240501_1200/G_40k.pth", "*/G_40k.pth")]
    [InlineData("checkpoint-500/model-00001-of-00004.safetensors", "checkpoint-*/model-00001-of-00004.safetensors")]
    [InlineData("checkpoint_3.pth.tar", "checkpoint_*.pth.tar")]
    [InlineData("best_model.pth", "best_model.pth")]
    [InlineData("../lexi/G_396.pth", "../lexi/G_*.pth")]
    public void Of_weights_leaves_out_step_epoch_and_date(string path, string series) => CheckpointName.SeriesOf(path, isOfWeights: true).Should().Be(series);

    [Theory]
    [InlineData("audio/sample_001.wav", "audio/sample_001.wav")]
    [InlineData("p225_1000.wav", "p225_1000.wav")]
    [InlineData("s01_e02.wav", "s01_e02.wav")]
    [InlineData("step_2400/sample_001.wav", "step_*/sample_001.wav")]
    [InlineData("sample_001_epoch_12.wav", "sample_001_epoch_*.wav")]
    [InlineData("train_2024-05-01.log", "train_*.log")]
    public void Of_other_files_leaves_out_only_what_is_labelled(string path, string series) => CheckpointName.SeriesOf(path, isOfWeights: false).Should().Be(series);
}
