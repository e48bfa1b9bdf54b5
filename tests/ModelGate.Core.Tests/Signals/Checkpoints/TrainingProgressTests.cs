using ModelGate.Artifacts;
using ModelGate.Signals;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Tests.Signals.Checkpoints;

public class TrainingProgressTests
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
    [InlineData("lexi_22e_396s_best_epoch.pth", 396)]
    [InlineData("epoch=3-step=400.ckpt", 400)]
    [InlineData("checkpoint_80.pth", 80)]
    [InlineData("checkpoint-100steps.pkl", 100)]
    [InlineData("checkpoint_3_2000.pt", 2000)]
    [InlineData("model_1000.pt", 1000)]
    [InlineData("G_0.pth", 0)]
    [InlineData("G_1000_v2.pth", 1000)]
    [InlineData("ZHANG_e8_s88.pth", 88)]
    [InlineData("best.acc87.5.step9000.pth", 9000)]
    [InlineData("checkpoint-12000.pt", 12000)]
    [InlineData("checkpoint_3.pth.tar", 3)]
    [InlineData("epoch=44-step=5000-val_loss=0.07.ckpt", 5000)]
    [InlineData("step=5000-val_loss=0.07-epoch=44.ckpt", 5000)]
    [InlineData("epoch=3-step=400-val_acc=1-v1.ckpt", 400)]
    [InlineData("g_02500000", 2500000)]
    [InlineData("iter_0005000.pth", 5000)]
    [InlineData("lexi_e200_s4000.pth", 4000)]
    [InlineData("model_1200000.pt", 1200000)]
    [InlineData("steps_50000.pt", 50000)]
    [InlineData("global_step1234.pt", 1234)]
    [InlineData("model-100k-steps.pt", 100000)]
    [InlineData("voice_2024-05-01_step=300.pth", 300)]
    [InlineData("Copy of G_2376.pth", 2376)]
    [InlineData("G_2376 - Copy.pth", 2376)]
    [InlineData("G_2376_backup.pth", 2376)]
    [InlineData("model_20000_ema.pt", 20000)]
    [InlineData("do_00100000.bak", 100000)]
    public void The_step_of_a_name_is_the_number_that_its_trainer_means(string name, int? step)
        => TrainingProgress.StepOfName(name).Should().Be(step);

    [Theory]
    [InlineData("G_2333333.pth")]
    [InlineData("best_model.pth")]
    [InlineData("epoch=44-val_loss=0.07.ckpt")]
    [InlineData("epoch=44-val_loss=2.ckpt")]
    [InlineData("epoch_2nd_00049.pth")]
    [InlineData("f0G48k.pth")]
    [InlineData("last-v3.ckpt")]
    [InlineData("model_best_0.0123.pt")]
    [InlineData("voice_2024-05-01.pth")]
    [InlineData("voice_01.05.2024.pth")]
    [InlineData("model_20240501.pt")]
    [InlineData("model_20240501_1230.pt")]
    [InlineData("model_1714564800.pt")]
    [InlineData("voice_48k.pth")]
    [InlineData("hifigan_22050.pth")]
    [InlineData("voice_2.pth")]
    [InlineData("best_acc_87.pth")]
    [InlineData("lr=1e-05.ckpt")]
    [InlineData("model-00001-of-00004.safetensors")]
    [InlineData("xxx-e15.ckpt")]
    [InlineData("checkpoint.best_loss_4.3217.pt")]
    [InlineData("checkpoint3.pt")]
    [InlineData("lexi.pth")]
    [InlineData("last.ckpt")]
    [InlineData("")]
    [InlineData("G_99999999999999999999999.pth")]
    public void A_step_is_not_invented(string name) => TrainingProgress.StepOfName(name).Should().BeNull();

    [Theory]
    [InlineData("epoch=44-val_loss=0.07.ckpt", 44)]
    [InlineData("epoch_2nd_00049.pth", 49)]
    [InlineData("xxx-e15.ckpt", 15)]
    [InlineData("lexi_22e_396s.pth", 22)]
    [InlineData("checkpoint3.pt", 3)]
    [InlineData("checkpoint_3_2000.pt", 3)]
    [InlineData("G_2376.pth", null)]
    public void The_epoch_of_a_name_is_told_from_its_step(string name, int? epoch)
        => CheckpointName.Of(name).Epoch.Should().Be(epoch);

    [Theory]
    [InlineData("checkpoint-500/model.safetensors", 500)]
    [InlineData("out/global_step300/mp_rank_00_model_states.pt", 300)]
    [InlineData("2024-05-01/model.pth", null)]
    [InlineData("voice_48000/model.pth", null)]
    [InlineData("checkpoint-500/G_20.pth", 20)]
    public void A_folder_says_the_step_where_the_file_does_not(string path, int? step)
        => CheckpointName.OfPath(path).Step.Should().Be(step);

    // A path without a trainer's word for the number, and what the file states.
    [Theory]
    [InlineData("checkpoint_3.pth", "global_step", 60000, 60000)]
    [InlineData("G_2376.pth", "step", 17, 2376)]
    [InlineData("step=400.ckpt", "global_step", 800, 400)]
    [InlineData("model_last.pt", "update", 1250000, 1250000)]
    [InlineData("last.ckpt", "global_step", 1300, 1300)]
    public void What_a_file_states_comes_after_a_label_and_the_trainers_own_count_before_a_bare_number(string name, string key, int stated, int step)
        => Of(name, (key, stated)).Step.Should().Be(step);

    [Fact]
    public void A_bare_number_that_is_the_stated_epoch_is_no_step()
        => Of("checkpoint_3.pth", ("epoch", 3), ("step", 60000)).Should().Match<TrainingProgress>(p => p.Step == 60000 && p.Epoch == 3);

    [Fact]
    public void Where_one_checkpoint_states_no_step_the_epochs_decide()
        => FinalCheckpoints.Of([Of("G_1000.pth", ("iteration", 100)), Of("G_2333333.pth", ("iteration", 120))]).Should().ContainSingle().Which.File.FileName.Should().Be("G_2333333.pth");

    [Fact]
    public void The_best_checkpoint_is_the_one_that_the_last_one_records()
    {
        TrainingProgress[] all =
        [
            TrainingProgress.Of(new FileStamp("epoch=1-step=10.ckpt", 0, default), MadeTensor.Checkpoint()),
            TrainingProgress.Of(new FileStamp("epoch=2-step=20.ckpt", 0, default), MadeTensor.Checkpoint() with
            {
                Metadata =
                [
                    new("callbacks.ModelCheckpoint{'monitor': 'val'}.best_model_path", new MetadataValue.Text("/home/user/run/epoch=1-step=10.ckpt")),
                    new("callbacks.ModelCheckpoint{'monitor': 'val'}.kth_best_model_path", new MetadataValue.Text("/home/user/run/epoch=2-step=20.ckpt")),
                    new("callbacks.ModelCheckpoint{'monitor': None}.best_model_path", new MetadataValue.Text("/home/user/run/epoch=2-step=20.ckpt")),
                ],
            }),
        ];

        FinalCheckpoints.Best(all, FinalCheckpoints.Of(all)[0].Best).Should().ContainSingle().Which.Should().BeSameAs(all[0]);
    }

    private static TrainingProgress Of(string name, params (string Key, long Value)[] stated)
        => TrainingProgress.Of(new FileStamp(name, 0, default), MadeTensor.Checkpoint() with { Metadata = [.. stated.Select(s => KeyValuePair.Create<string, MetadataValue>(s.Key, new MetadataValue.Integer(s.Value)))] });
}
