using System.Text;
using ModelGate.Artifacts;
using static ModelGate.Tests.Readers.TextLogs.RvcLogs;

namespace ModelGate.Tests.Readers.TextLogs;

public class RvcLogTests
{
    private const string Losses = "loss_disc=1, loss_gen=2, loss_fm=3,loss_mel=4, loss_kl=5";

    [Fact]
    public void The_curves_the_configuration_and_the_checkpoints_are_there()
    {
        var log = Read(Small);
        log.Format.Should().Be("rvc-log");
        log.Series.Select(s => s.Name).Should().Equal("loss_disc", "loss_gen", "loss_fm", "loss_mel", "loss_kl", "learning_rate");
        Points(log, "loss_mel").Should().Equal((200, 21.058));
        Points(log, "learning_rate").Should().Equal((200, 9.995000937421877e-05));
        log.Hyperparameters["train.c_mel"].Should().Be(new MetadataValue.Integer(45));
        log.Hyperparameters["data.mel_fmax"].Should().Be(new MetadataValue.Null());
        log.Hyperparameters["name"].Should().Be(new MetadataValue.Text("Conker"));
        log.Hyperparameters["train.betas"].Should().BeOfType<MetadataValue.List>().Which.Items.Should().Equal(new MetadataValue.Real(0.8), new MetadataValue.Real(0.99));
        log.Saved.Should().Equal(new SavedCheckpoint("G_2050.pth", 50));
        log.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void A_whole_run_is_read()
    {
        var log = ReadFile("train_stagnant.log");
        log.Starts.Should().Be(1);
        Points(log, "loss_mel").Should().HaveCount(494).And.StartWith((1, 333.991)).And.EndWith((2465, 207.552));
        log.Hyperparameters["sample_rate"].Should().Be(new MetadataValue.Text("48k"));
        log.Hyperparameters["total_epoch"].Should().Be(new MetadataValue.Integer(132));
    }

    [Theory]
    [InlineData("INFO:Conker:")]
    [InlineData(Head)]
    public void The_console_and_the_file_say_the_same(string head)
        => Points(Read($"{head}[200, 0.0001]\n{head}loss_disc=1, loss_gen=2, loss_fm=3, loss_mel=4.5, loss_kl=5\n"), "loss_mel").Should().Equal((200, 4.5));

    [Fact]
    public void Translated_lines_change_nothing_and_their_checkpoints_are_found()
    {
        var log = Read($"{Head}训练轮次：5 [55%]\n{Head}[200, 0.0001]\n{Head}{Losses}\n{Head}正在保存模型和优化器状态，轮次 50：./logs/x/G_2050.pth\n");
        Points(log, "loss_kl").Should().Equal((200, 5));
        log.Saved.Should().Equal(new SavedCheckpoint("G_2050.pth", 50));
    }

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("1.5e-3", 0.0015)]
    public void A_loss_may_be_whatever_Python_prints(string text, double expected)
        => Points(Read($"{Head}[0, 0.0001]\n{Head}loss_disc=1, loss_gen=2, loss_fm=3,loss_mel={text}, loss_kl=5\n"), "loss_mel").Should().Equal((0, expected));

    [Fact]
    public void A_restart_counts_and_a_step_that_ran_twice_has_the_later_value()
    {
        var log = Read(string.Concat(new[] { 0, 200, 400, 200, 400, 600 }.Select((step, i) => $"{Head}[{step}, 0.0001]\n{Head}{Losses[..^1]}{i}\n")));
        log.Starts.Should().Be(2);
        Points(log, "loss_kl").Should().Equal((0, 0), (200, 3), (400, 4), (600, 5));
    }

    [Fact]
    public void A_start_from_nothing_is_a_run_of_its_own()
    {
        var log = ReadFile("restart-nan-behind-good-run.log");

        log.Starts.Should().Be(2);
        log.Abandoned.Should().ContainSingle().Which.Should().Match<AbandonedRun>(a => a.LastStep == 6600 && a.Epoch == 661);
        Points(log, "loss_mel").Select(p => p.Step).Should().Equal(0, 200, 400, 600, 800, 1000, 1200, 1400);
    }

    [Fact]
    public void A_start_from_a_checkpoint_goes_on_with_the_run()
    {
        var log = ReadFile("resume-one-epoch-back.log");

        log.Starts.Should().Be(2);
        log.Abandoned.Should().BeEmpty();
        Points(log, "loss_mel").Select(p => p.Step).Should().BeInAscendingOrder().And.StartWith(0).And.EndWith(6600);
    }

    [Fact]
    public void A_start_from_nothing_that_logged_no_loss_is_one_too()
    {
        var log = Read($"{Small}{Head}====> Epoch: 50 [x]\n{Head}Train Epoch: 1 [0%]\n{Head}====> Epoch: 1 [x]\n");

        log.Abandoned.Should().ContainSingle().Which.Epoch.Should().Be(50);
        (log.Epoch, Points(log, "loss_mel").Count()).Should().Be((1L, 0));
    }

    // The word for an epoch in RVC's own translations.
    [Theory]
    [InlineData("Train Epoch: 5 [55%]")]
    [InlineData("Training epoch: 5 [55%]")]
    [InlineData("训练轮次：5 [55%]")]
    [InlineData("学習エポック: 5 [55%]")]
    [InlineData("Época de entrenamiento: 5 [55%]")]
    [InlineData("====> Epoch: 5 [2023-06-15 17:38:46] | (0:00:18.946464)")]
    [InlineData("====> 轮次：5 [2023-06-15 17:38:46]")]
    [InlineData("====> Epoch: 5")]
    public void The_epoch_is_read_in_any_language(string message)
        => Read($"{Small[..Small.IndexOf(Head + "Train", StringComparison.Ordinal)]}{Head}{message}\n{Head}[200, 0.0001]\n{Head}{Losses}\n").Epoch.Should().Be(5);

    [Theory]
    [InlineData("loss_disc=1, loss_gen=2, loss_fm=3,loss_mel=0.0, loss_kl=5")]
    [InlineData("evil " + Head + Losses)]
    [InlineData(Head + "note: " + Losses)]
    [InlineData(Head + "loss_disc=1, loss_gen=2, loss_fm=3,loss_mel=0x10, loss_kl=5")]
    [InlineData(Head + "loss_disc=1, loss_gen=2, loss_fm=3,loss_mel=1,5, loss_kl=5")]
    [InlineData("2023-06-15 17:38:27,412\tloss_disc=1, loss_gen=2, loss_fm=3,loss_mel=0.0, loss_kl=5")]
    public void A_loss_that_is_not_a_log_lines_message_is_not_taken(string forged)
        => Points(Read(Small + forged + "\n"), "loss_mel").Should().Equal((200, 21.058));

    [Fact]
    public void Losses_without_steps_keep_their_order_with_a_warning()
    {
        var log = Read($"{Head}{Losses}\n{Head}{Losses}\n{Head}[200, 0.0001]\n{Head}{Losses}\n");
        Points(log, "loss_mel").Select(p => p.Step).Should().Equal(0, 1, 200);
        log.Warnings.Should().Contain(w => w.Value.StartsWith("2 of 3 lines with losses"));
    }

    [Theory]
    [InlineData("{'a': {'b': [1, (2, 'x')], 'c': {}}, 'd': True, \"e\": \"it's\", 'f': 'C:\\\\x'}", "a.b", "d", "e", "f")]
    [InlineData("{'a': nan, 'b': <object at 0x7f>, 'c': -1e-09, 'd': 99999999999999999999}", "a", "b", "c", "d")]
    [InlineData("{}")]
    public void A_configuration_is_a_dict_of_literals(string dict, params string[] keys)
    {
        var log = Read(Head + dict + "\n" + Small[Small.IndexOf('\n')..]);
        log.Hyperparameters.Keys.Should().Equal(keys);
        log.Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{'a': __import__('os').system('x')}")]
    [InlineData("{'a': 1")]
    [InlineData("{'a' 1}")]
    [InlineData("{'a': 'b}")]
    [InlineData("{{}: 1}")]
    [InlineData("{'a': 1} trailing")]
    public void What_is_no_dict_of_literals_is_a_warning_and_never_evaluated(string dict)
    {
        var log = Read(Head + dict + "\n" + Small[Small.IndexOf('\n')..]);
        log.Hyperparameters.Should().BeEmpty();
        log.Warnings.Should().ContainSingle().Which.Value.Should().Contain("not a sound Python dict");
    }

    [Fact]
    public void A_dict_of_a_hundred_thousand_levels_is_a_warning()
        => Read(Head + "{'a': " + new string('[', 100_000) + "\n" + Small[Small.IndexOf('\n')..]).Warnings.Should().ContainSingle();

    // The word for the end of the training in RVC's source, in English before and after its translations.
    [Theory]
    [InlineData("Training is done. The program is closed.")]
    [InlineData("Training completed; saving the final model")]
    [InlineData("训练已完成，正在保存最终模型")]
    public void The_end_of_the_training_is_read(string message)
        => Read($"{Small}{Head}{message}\n").Events.Should().Equal(new LogEvent(LogEventKind.Finished, 200, message));

    // RVC's utils.py, its train.py, and PyTorch's answer to load_state_dict.
    [Fact]
    public void What_was_loaded_and_what_was_not_is_read()
    {
        var log = Read($"{Head}loaded pretrained assets/pretrained_v2/f0G48k.pth\n{Head}<All keys matched successfully>\n{Small}{Head}Loaded checkpoint './logs/x 2/G_2050.pth' (epoch 50)\n"
            + $"{Head}emb_g.weight is not in the checkpoint\n{Head}shape-enc_p.emb_phone.weight-mismatch|need-torch.Size([192, 768])|get-torch.Size([192, 256])\n{Head}_IncompatibleKeys(missing_keys=['dec.a', 'dec.b'], unexpected_keys=['x'])\n");

        log.Events.Should().Equal(
            new LogEvent(LogEventKind.Loaded, null, "assets/pretrained_v2/f0G48k.pth"),
            new LogEvent(LogEventKind.AllKeysMatched, null, "<All keys matched successfully>"),
            new LogEvent(LogEventKind.Loaded, 200, "./logs/x 2/G_2050.pth"),
            new LogEvent(LogEventKind.KeyNotLoaded, 200, "emb_g.weight"),
            new LogEvent(LogEventKind.KeyNotLoaded, 200, "enc_p.emb_phone.weight"),
            new LogEvent(LogEventKind.KeyNotLoaded, 200, "dec.a"),
            new LogEvent(LogEventKind.KeyNotLoaded, 200, "dec.b"));
        log.Saved.Should().Equal(new SavedCheckpoint("G_2050.pth", 50));
    }

    [Theory]
    [InlineData("loaded pretrained ./logs2/x/G_100.pth")]
    [InlineData("loaded pretrained D:\\voices 2\\G_100.pth")]
    [InlineData("已加载预训练模型 ./logs/v2/G_100.pth")]
    public void What_was_loaded_was_not_saved(string message)
    {
        var log = Read($"{Small}{Head}{message}\n");
        log.Saved.Should().Equal(new SavedCheckpoint("G_2050.pth", 50));
        log.Events.Should().ContainSingle().Which.Text.Should().EndWith("G_100.pth");
    }

    [Fact]
    public void It_says_when_it_was_written()
        => Read(Small).WrittenFrom.Should().Be(new DateTimeOffset(2023, 6, 15, 17, 38, 27, TimeSpan.Zero));

    [Fact]
    public void Losses_of_another_form_are_counted()
    {
        var log = Read($"{Small}{Head}[400, 0.0001]\n{Head}loss_disc=1, loss_gen=2, loss_fm=3,loss_mel=4,5, loss_kl=5\nval_loss: 3.25\n");
        log.NotUnderstood.Should().Be(2);
        log.Warnings.Should().ContainSingle().Which.Value.Should().Contain("2 lines look like numbers").And.Contain("line 7");
    }
}
