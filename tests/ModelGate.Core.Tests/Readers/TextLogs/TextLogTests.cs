using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Tests.Readers.Logs;

namespace ModelGate.Tests.Readers.TextLogs;

/// <summary>Lines as each trainer writes them, and whole logs of real trainings.</summary>
public class TextLogTests
{
    // fairseq's own form of times.
    private const string At = "2021-03-08 12:31:36 | INFO | ";

    private static TrainingLog Read(string text, string name = "", ArtifactRole? role = ArtifactRole.Log) => RunLogs.Read(Encoding.UTF8.GetBytes(text), name, role);

    private static TrainingLog ReadFile(string name) => (TrainingLog)ArtifactReaders.Read(
        new ReadRequest(new MemoryByteSource(Fixture.Bytes("logs/text/" + name)), new ReadBudget(ReadLimits.Default)) { Role = ArtifactRole.Log });

    private static IEnumerable<(long, double)> Points(TrainingLog log, string series) => RvcLogs.Points(log, series);

    // One line of each grammar is enough to say whose log it is, after any banner and behind colours; the numbers are those of the line.
    [Theory]
    [InlineData("rvc-log", "loss_mel", 0, 21.058, "INFO:Conker:loss_disc=3.761, loss_gen=3.288, loss_fm=8.147,loss_mel=21.058, loss_kl=1.650")]
    [InlineData("vits-log", "loss_mel", 2000, 22.7, "2023-06-15 17:38:27,412\tx\tINFO\t[2.6, 2.1, 3.4, 22.7, 1.9, 1.6, 2000, 0.0001999]")]
    [InlineData("vits-log", "loss_kl", 2000, 1.6, "[2.6, 2.1, 3.4, 22.7, 1.9, 1.6, 2000, 0.0001999]")]
    [InlineData("vits-log", "loss_subband", 2000, 0.5, "2023-06-15 17:38:27,412\tx\tINFO\t[2.6, 2.1, 3.4, 22.7, 1.9, 1.6, 0.5, 2000, 0.0001999]")]
    [InlineData("vits-log", "loss_kl", 2000, 1.9, "2023-06-15 17:38:27,412\tx\tINFO\t[2.6, 2.1, 3.4, nan, 1.9, 2000]")]
    [InlineData("so-vits-svc-log", "loss_mel", 2400, 20.9, "2023-07-22 04:26:54,862\t44k\tINFO\tLosses: [2.53, 2.21, 5.6, 20.9, 1.03], step: 2400, lr: 9.98e-05, reference_loss: 32.27")]
    [InlineData("so-vits-svc-log", "reference_loss", 2400, 32.27, "Losses: [2.53, 2.21, 5.6, 20.9, 1.03], step: 2400, lr: 9.98e-05, reference_loss: 32.27, mel_raw: 0.4644")]
    [InlineData("so-vits-svc-log", "loss_dur", 2400, 1.5, "Losses: [2.53, 2.21, 5.6, 20.9, 1.5, 1.03] Steps: 2400, Lr: 9.98e-05")]
    [InlineData("whisper-vits-svc-log", "loss_mel", 200, 0.5678, "2023-07-01 10:00:00,123 - INFO - g 30.1234 m 0.5678 s 1.2345 d 2.3456 k 0.1234 r 0.2345 i 0.0123 | step 200")]
    [InlineData("whisper-vits-svc-log", "loss_stft", 200, 1.2345, "epoch 3 | g 30.1234 m 0.5678 s 1.2345 d 2.3456 k 0.1234 r 0.2345 i 0.0123 | step 200 | epoch_wav_step 7")]
    [InlineData("applio-output", "lowest_value", 480, 25.232, "Lexi | epoch=12 | step=480 | time=12:47:41 | training_speed=0:00:21 | lowest_value=25.232 (epoch 3 and step 116)")]
    [InlineData("applio-output", "smoothed_loss_gen", 480, 29.1, "Lexi | epoch=12 | step=480 | time=12:47:41 | training_speed=0:00:21 | lowest_value=25.232 (epoch 3 and step 116) | Number of epochs remaining for overtraining: g/total: 50 d/total: 100 | smoothed_loss_gen=29.100 | smoothed_loss_disc=3.612")]
    [InlineData("hifi-gan-log", "training/mel_spec_error", 5, 1.112, "Steps : 5, Gen Loss Total : 61.312, Mel-Spec. Error : 1.112, s/b : 0.412")]
    [InlineData("hifi-gan-log", "training/mel_spec_error", 162235, 0.279, "Steps : 162235, Gen Loss Total : 196.919, Sample Error: 0.007, Mel-Spec. Error : 0.279, s/b : 2.419 , DiscLoss : 1.314")]
    [InlineData("hifi-gan-log", "training/mel_spec_error", 5, 1.112, "GAN Steps : 5, Gen Loss Total : 61.312, Mel-Spec. Error : 1.112, s/b : 0.412")]
    [InlineData("hifi-gan-log", "training/mel_spec_error", 5, 1.112, "Epochs : 1, Steps : 5, s/b : 0.412, Mel-Spec. Error : 1.112, Gen Loss Total : 61.312")]
    [InlineData("hifi-gan-log", "learning_rate", 5, 0.0001, "Steps : 5, Gen Loss Total : 61.312, Mel Error : 1.112, s/b : 0.412 lr : 0.0001 grad_norm_g : 12.5")]
    [InlineData("parallel-wavegan-log", "train/mel_loss", 100, 0.6123, "2020-10-25 10:00:00,123 (train:634) INFO: (Steps: 100) train/mel_loss = 0.6123.")]
    [InlineData("coqui-log", "TrainIterStats/loss_1", 25, 31.2, "\e[1m   --> TIME: 2022-03-10 09:00:00 -- STEP: 24/203 -- GLOBAL_STEP: 25\e[0m\n     | > loss_1: 31.2  (31.5)")]
    [InlineData("fairseq-log", "loss", 1, 16.475, At + "train_inner | {\"epoch\": 1, \"update\": 0.0, \"loss\": \"16.475\", \"ppl\": \"91120.8\", \"wps\": \"0\", \"num_updates\": \"1\", \"lr\": \"2e-05\", \"gnorm\": \"20.751\", \"wall\": \"105\"}")]
    [InlineData("fairseq-log", "gnorm", 445, 1.543, "| epoch 001:    450 / 1891 loss=11.521, nll_loss=10.881, ppl=1886.05, wps=52922, ups=0.5, wpb=104928, bsz=5325, num_updates=445, lr=8.90889e-05, gnorm=1.543, clip=0%, oom=0, loss_scale=2.000, wall=882, train_wall=756")]
    [InlineData("fairseq-log", "loss", 190, 14.351, At + "train_inner | epoch 001:    200 / 1374 loss=14.351, ppl=20899.6, wps=1, num_updates=190, lr=1e-05")]
    [InlineData("fairseq-log", "valid_loss", 20852, 4.74989, "| epoch 052 | valid on 'valid' subset | valid_loss 4.74989 | valid_ppl 26.91 | num_updates 20852 | best 4.74954")]
    [InlineData("fairseq-log", "valid_loss", 10092, 6.846, "| epoch 081 | valid on 'valid' subset | loss 6.846 | nll_loss 4.610 | ppl 24.41 | num_updates 10092 | best_loss 6.84088")]
    [InlineData("fairseq-log", "train_loss", 20852, 4.027, "| epoch 052 | loss 4.027 | ppl 16.30 | wps 420805 | ups 39.7 | num_updates 20852 | lr 1.95313e-05 | gnorm 0.218 | clip 0%")]
    [InlineData("fairseq-log", "loss", 33892, 2.17, "| epoch 005  1000 / 8223 loss=2.17 (3.20), wps=959, wpb=897, bsz=32, lr=0.001, clip=100%, gnorm=2.7374")]
    [InlineData("fairseq-log", "loss", 238 + 565, 6.609, "| epoch 002: 42%|4| 238/565 [05:14<07:12, 1.32s/it, loss=6.609, ppl=97.58, wps=5276, ups=0.7, wpb=6972]")]
    [InlineData("transformers-output", "loss", 100, 2.31, " 10%|#         | 100/1000 [04:04<11:27,  2.1it/s]{'loss': 2.31, 'grad_norm': 1.2, 'learning_rate': 4.5e-05, 'epoch': 0.5}")]
    [InlineData("transformers-output", "loss", 100, 2.31, " 10%|#         | 100/1000 [04:04<11:27,  2.1it/s]\r          \r{'loss': '2.31', 'grad_norm': '1.2', 'learning_rate': '4.5e-05', 'epoch': '0.5'}")]
    [InlineData("fastspeech2-log", "mel_loss", 100, 0.1846, "Step 100/500000, Total Loss: 0.3777, Mel Loss: 0.1846, Mel PostNet Loss: 0.1841, Pitch Loss: 0.0035, Energy Loss: 0.0032, Duration Loss: 0.0023")]
    [InlineData("styletts-log", "mel_loss", 72, 0.48737, "INFO:2026-03-05 23:36:23,650: Epoch [2/5], Step [10/62], Mel Loss: 0.48737, Adv Loss: 0.69226")]
    [InlineData("seed-vc-output", "loss", 10, 0.5123, " 1%|1| 10/1000 [00:04<11:27,  2.1it/s]epoch 0, step 10, loss: 0.5123")]
    public void A_line_says_whose_it_is(string format, string series, long step, double value, string line)
    {
        var banner = string.Concat(Enumerable.Range(0, 200).Select(i => $"/usr/lib/python3.11/site-packages/x.py:{i}: FutureWarning: this will go away in a later release\n"));
        foreach (var text in new[] { line + "\n", "\e[32m" + line + "\e[0m\r\n", banner + line + "\n" })
        {
            // By its name alone, as a folder without a configuration is looked at, and by its role.
            foreach (var (name, role) in new[] { ("nohup.out", (ArtifactRole?)null), ("train", ArtifactRole.Log) })
            {
                var log = Read(text, name, role);
                log.Format.Should().Be(format);
                Points(log, series).Should().Equal((step, value));
                log.NotUnderstood.Should().Be(0);
            }
        }
    }

    [Fact]
    public void A_long_banner_does_not_make_a_log_of_other_text()
    {
        var text = string.Concat(Enumerable.Repeat("Step by step we found that the loss is a matter of taste.\n", 500));
        foreach (var role in new ArtifactRole?[] { null, ArtifactRole.Log })
        {
            var act = () => Read(text, "notes.txt", role);
            act.Should().Throw<ArtifactFault>().Which.Reason.Code.Should().Be("unknown-format");
        }
    }

    // The source of HiFi-GAN and a page about fairseq quote lines of logs.
    [Theory]
    [InlineData("train.py", "print('Steps : {:d}, Gen Loss Total : {:4.3f}, Mel-Spec. Error : {:4.3f}, s/b : {:4.3f}'.\n")]
    [InlineData("train.txt", "print('Steps : {:d}, Gen Loss Total : {:4.3f}, Mel-Spec. Error : {:4.3f}, s/b : {:4.3f}'.\n")]
    [InlineData("README.md", "| epoch 052 | loss 4.027 | ppl 16.30 | wps 420805 | num_updates 20852 | lr 1.95313e-05\n")]
    [InlineData("mel.txt", "[1.0, 2.0, 3.0, 4.0, 5.0, 6, 7.5]\n")]
    public void What_quotes_a_log_is_none(string name, string text)
    {
        var head = Encoding.UTF8.GetBytes(text);

        ArtifactReaders.IsLog(head, name).Should().BeFalse();
        ArtifactReaders.FormatOf(head, name).Should().BeNull();
    }

    // coqui's own event files of the same run hold the same numbers as floats.
    [Fact]
    public void Coqui_s_log_agrees_with_its_event_files()
    {
        var log = ReadFile("coqui-resumed/trainer_0_log.txt");
        var first = ReadFile("coqui-resumed/events.out.tfevents.1795548679.node.8121.2");
        var second = ReadFile("coqui-resumed/events.out.tfevents.1795548680.node.8121.3");

        log.Starts.Should().Be(2);
        log.Abandoned.Should().BeEmpty();
        log.Epoch.Should().Be(9);
        foreach (var tag in new[] { "TrainIterStats/loss", "TrainIterStats/loss_l1", "TrainIterStats/current_lr", "EvalStats/avg_loss", "EvalStats/avg_loss_l1" })
        {
            log.Series(tag).Points.Select(p => (p.Step, (float)p.Value)).Should().Equal(
                first.Series(tag).Points.Concat(second.Series(tag).Points).Select(p => (p.Step, (float)p.Value)), tag);
        }

        log.Best.Should().Be(new RecordedBest("EvalStats/avg_loss", 0.029924867674708366, 276, "best_model_276.pth"));
        log.Saved.Select(s => s.FileName).Should().EndWith("best_model_276.pth").And.Contain(["checkpoint_40.pth", "checkpoint_240.pth"]);
        log.Events.Should().ContainSingle(e => e.Kind == LogEventKind.Loaded).Which.Text.Should().Be("best_model_125.pth");
        log.NotUnderstood.Should().Be(0);
        log.WrittenFrom.Should().Be(new DateTimeOffset(2026, 11, 24, 19, 31, 19, TimeSpan.Zero));
    }

    // The event files have every hundredth step, the console every fifth, to three digits.
    [Fact]
    public void Hifi_gan_s_output_agrees_with_its_event_files()
    {
        var log = ReadFile("hifi-gan-overflow/train_stdout.txt");
        var events = ReadFile("hifi-gan-overflow/events.out.tfevents.1795788240.vm.456.0");

        foreach (var tag in new[] { "training/gen_loss_total", "training/mel_spec_error" })
        {
            var values = log.Series(tag).Points.ToDictionary(p => p.Step, p => p.Value);
            events.Series(tag).Points.Should().NotBeEmpty().And.OnlyContain(p => double.IsNaN(p.Value) ? double.IsNaN(values[p.Step]) : Math.Abs(values[p.Step] - p.Value) <= 0.000501);
        }

        // The trainer's README: nan from step 305 on, 89 epochs, and what it saved.
        log.Series("training/mel_spec_error").Points.First(p => double.IsNaN(p.Value)).Step.Should().Be(305);
        log.Epoch.Should().Be(89);
        log.Saved.Select(s => s.FileName).Should().Equal("g_00000120", "g_00000295", "g_00000445");
        log.NotUnderstood.Should().Be(0);
    }

    [Fact]
    public void A_loss_of_nought_behind_a_bar_is_what_it_says()
    {
        var log = ReadFile("transformers-zero-loss.log");

        Points(log, "loss").Should().HaveCount(40).And.StartWith((0, 2.6965)).And.Contain((525, 0.5732)).And.Contain((550, 0)).And.EndWith((975, 0));
        Points(log, "grad_norm").First(p => double.IsNaN(p.Item2)).Item1.Should().Be(550);
    }

    [Fact]
    public void Applio_says_which_was_best()
    {
        var log = ReadFile("applio.log");

        Points(log, "lowest_value").Should().HaveCount(60).And.StartWith((40, 27.917)).And.EndWith((2400, 25.236));
        (log.Epoch, log.Best).Should().Be((60L, new RecordedBest("lowest_value", 25.236, 1876, null)));
    }

    // The manifest of the file's finder: the best validation is not the last.
    [Fact]
    public void FastSpeech_s_best_validation_is_not_its_last()
    {
        var mel = ReadFile("fastspeech2-val.txt").Series("validation/mel_loss");

        mel.Points.Min(p => p.Value).Should().Be(0.6787);
        mel.Points[^1].Value.Should().Be(0.7142);
    }

    [Fact]
    public void StyleTTS_began_three_times()
    {
        var log = ReadFile("styletts.log");

        log.Abandoned.Select(a => a.LastStep).Should().Equal(278, 206);
        log.Series("validation/mel_loss").Points.Should().Equal(new ScalarPoint(60, 0.478));
    }

    [Fact]
    public void Fairseq_says_that_it_overflowed_and_what_was_best()
    {
        var log = Read(
            At + "train_inner | {\"epoch\": 3, \"loss\": \"5.1\", \"num_updates\": \"2000\"}\n"
            + At + "fairseq.trainer | NOTE: gradient overflow detected, ignoring gradient, setting loss scale to: 64.0\n"
            + At + "fairseq.checkpoint_utils | Saved checkpoint ck/checkpoint_best.pt (epoch 3 @ 2000 updates, score 4.321) (writing took 9.1 seconds)\n"
            + At + "valid | {\"epoch\": 3, \"valid_loss\": \"4.321\", \"valid_num_updates\": \"2000\", \"valid_wps\": \"3\"}\n"
            + "FloatingPointError: Minimum loss scale reached (0.0001). Your loss is probably exploding.\n");

        log.Series.Select(s => s.Name).Should().Equal("loss", "valid_loss");
        log.Events.Select(e => (e.Kind, e.Step)).Should().Equal((LogEventKind.GradientOverflow, 2000L), (LogEventKind.GradientOverflow, 2000L));
        log.Events[1].Text.Should().Contain("Minimum loss scale reached");
        log.Best.Should().Be(new RecordedBest("", 4.321, 2000, "checkpoint_best.pt"));
        log.Saved.Should().Equal(new SavedCheckpoint("checkpoint_best.pt", 3));
    }

    // GPT-SoVITS' configuration names its quantizer's frame rate; its fifth loss is another.
    [Fact]
    public void The_losses_of_GPT_SoVITS_are_its_own()
    {
        const string Head = "2024-06-15 17:38:27,412\tx\tINFO\t";
        var log = Read($"{Head}{{'train': {{'log_interval': 100}}, 'model': {{'semantic_frame_rate': '25hz'}}}}\n{Head}[2.6, 2.1, 3.4, 22.7, 0.0, 1.6, 100, 0.0001]\n");

        log.Series.Select(s => s.Name).Should().Equal("loss_disc", "loss_gen", "loss_fm", "loss_mel", "loss_kl_ssl", "loss_kl", "learning_rate");
    }

    [Fact]
    public void ParallelWaveGAN_says_what_it_saved()
    {
        var log = Read(
            "2020-10-25 10:00:00,123 (train:634) INFO: (Steps: 5000) train/mel_loss = nan.\n2020-10-25 10:00:00,124 (train:700) INFO: Successfully saved checkpoint @ 5000 steps.\n"
            + "2020-10-25 10:00:01,124 (train:171) INFO: (Steps: 5010) Finished 15 epoch training (334 steps per epoch).\n");

        (log.Epoch, log.Saved.Single()).Should().Be((15L, new SavedCheckpoint("checkpoint-5000steps.pkl", null)));
        Points(log, "train/mel_loss").Should().Equal((5000, double.NaN));
    }

    // The evaluation's bar comes after that of the training, and a second training has a bar of its own.
    [Fact]
    public void The_bar_of_the_training_counts_the_steps()
    {
        const string Eval = "\r100%|##| 5/5 [00:01<00:00, 4.2it/s]{'eval_loss': 2.1, 'eval_runtime': 1.2, 'epoch': 1.0}\n";
        var log = Read(
            "Map: 100%|##| 90/90 [00:00<00:00, 9.9it/s]\n  0%| | 0/20 [00:00<?, ?it/s]\r 50%|# | 10/20 [00:01<00:01, 8.0it/s]{'loss': 2.5, 'epoch': 1.0}\n  0%| | 0/5 [00:00<?, ?it/s]" + Eval
            + " 100%|##| 20/20 [00:01<00:01, 8.0it/s]{'loss': 2.0, 'epoch': 2.0}\n{'train_runtime': 3.5, 'train_loss': 2.2, 'epoch': 2.0}\n"
            + "  0%| | 0/40 [00:00<?, ?it/s]\r 25%|# | 10/40 [00:01<00:01, 8.0it/s]{'loss': 2.4, 'epoch': 1.0}\n");

        log.Starts.Should().Be(2);
        log.Abandoned.Should().ContainSingle().Which.Series.Single(s => s.Name == "loss").Points.Should().Equal(new ScalarPoint(10, 2.5), new ScalarPoint(20, 2.0));
        log.Abandoned[0].Series.Single(s => s.Name == "eval_loss").Points.Should().Equal(new ScalarPoint(10, 2.1));
        Points(log, "loss").Should().Equal((10, 2.4));
        log.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Dicts_without_a_bar_are_counted()
    {
        var log = Read("{'loss': 2.5, 'epoch': 1.0}\n{'loss': 2.0, 'epoch': 2.0}\n");

        Points(log, "loss").Should().Equal((1, 2.5), (2, 2.0));
        log.Warnings.Should().ContainSingle().Which.Value.Should().Contain("progress bar");
    }

    // The words of RVC's translation in the code pages of the Windows that write them.
    [Theory]
    [InlineData(936, "训练轮次：5 [55%]", "GBK")]
    [InlineData(932, "学習エポック: 5 [55%]", "932")]
    [InlineData(1252, "Época de entrenamiento: 5 [55%]", "1252")]
    [InlineData(1252, "Époque d'entraînement : 5 [55%]", "1252")]
    public void The_code_pages_of_Windows_are_read(int codePage, string message, string warning)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;
        var log = RunLogs.Read(encoding.GetBytes($"{RvcLogs.Small[..RvcLogs.Small.IndexOf(RvcLogs.Head + "Saving", StringComparison.Ordinal)]}{RvcLogs.Head}{message}\n"));

        log.Epoch.Should().Be(5);
        log.Warnings.Should().ContainSingle().Which.Value.Should().Contain(warning);
    }
}
