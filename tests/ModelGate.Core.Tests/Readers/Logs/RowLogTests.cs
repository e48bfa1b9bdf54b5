using System.Text;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Runs;

namespace ModelGate.Tests.Readers.Logs;

/// <summary>Logs of rows: Hugging Face's state, Lightning's table, JSON lines, MLflow's lines.</summary>
public class RowLogTests
{
    // best_global_step and best_metric are of an evaluation that was never saved; best_model_checkpoint is an older folder.
    [Fact]
    public void Hugging_Face_says_its_best_and_the_folder_without_its_path()
        => RunLogs.Read("hf/gpt2-best-unsaved/trainer_state.json").Best.Should().Be(new RecordedBest("eval_loss", 0.6840745806694031, 140, "checkpoint-120"));

    [Theory]
    [InlineData("./output/checkpoint-9", "checkpoint-9")]
    [InlineData("C:\\\\runs\\\\checkpoint-9", "checkpoint-9")]
    [InlineData("checkpoint-9/", "checkpoint-9")]
    public void Hugging_Face_names_a_folder_in_the_way_of_its_system(string path, string folder)
        => Read($$"""{"best_metric": 0.5, "best_model_checkpoint": "{{path}}", "log_history": [{"step": 1, "eval_f1": 0.5}, {"step": 2, "eval_f1": 0.4, "eval_acc": 0.5}]}""")
            .Best.Should().Be(new RecordedBest("", 0.5, null, folder));

    [Fact]
    public void Hugging_Face_states_its_steps_and_its_end()
    {
        var log = RunLogs.Read("hf/gpt2-resumed/trainer_state.json");

        log.Epoch.Should().Be(6);
        log.Hyperparameters["global_step"].Should().Be(new MetadataValue.Integer(96));
        log.Hyperparameters["max_steps"].Should().Be(new MetadataValue.Integer(96));
        log.Events.Should().ContainSingle().Which.Should().Match<LogEvent>(e => e.Kind == LogEventKind.Finished && e.Step == 96);
        log.Starts.Should().Be(1);
        log.Best.Should().BeNull();
    }

    [Fact]
    public void Hugging_Face_may_be_cut_off()
        => FluentActions.Invoking(() => Read("{\n  \"best_metric\": null,\n  \"epoch\": 4.0,\n  \"log_history\": [")).Should().Throw<ArtifactFault>()
            .Which.Should().Match<ArtifactFault>(f => f.Reason == FaultReason.Json && f.Format == "trainer-state");

    // A start that found its checkpoint appends to the table, with the header that it needs: lightning/fabric/loggers/csv_logs.py.
    [Fact]
    public void Lightning_repeats_its_header_with_other_columns()
    {
        var log = Read("epoch,step,train_loss\n0,9,3.0\n0,19,2.0\n0,29,1.5\nepoch,lr-Adam,step,train_loss\n0,0.1,19,2.5\n1,0.1,29,nan\n");

        log.Starts.Should().Be(2);
        log.Epoch.Should().Be(1);
        RunLogs.Points(log.Series("train_loss")).Should().Equal("9 3", "19 2.5", "29 NaN");
        RunLogs.Points(log.Series("lr-Adam")).Should().Equal("19 0.1", "29 0.1");
    }

    [Theory]
    [InlineData("epoch,step,train_loss\n0,9,2.4\n", "csv-log")]
    [InlineData("step;loss\r\n1;2.4\r\n", "csv-log")]
    [InlineData("iteration\tloss\n1\t2.4\n", "csv-log")]
    [InlineData("\"step\",\"a, loss\"\n1,2.4\n", "csv-log")]
    [InlineData("train_loss,val_loss\n2.4,2.5\n", "csv-log")]
    [InlineData("\uFEFFepoch,loss\n1,2.4\n", "csv-log")]
    [InlineData("{\"step\": 1, \"loss\": 2.4}\n", "json-lines-log")]
    [InlineData("{\"loss\": NaN, \"global_step\": 1}\n{\"loss\": Infinity, \"global_step\": 2}\n", "json-lines-log")]
    [InlineData("{\"epoch\": 1, \"valid\": {\"loss\": 2.4}}", "json-lines-log")]
    [InlineData("1795548651702 0.46 0\n", "mlflow-metric")]
    public void A_log_is_told_by_its_form(string text, string format) => Read(text).Format.Should().Be(format);

    [Fact]
    public void JSON_lines_are_series_by_dotted_path()
    {
        var log = Read("""
            {"epoch": 0, "step": 1, "loss": {"g": 2.5, "d": "nan"}, "lr": 1e-3, "note": "warm-up", "shape": [1, 2]}
            not JSON
            {"epoch": 1, "step": 2, "loss": {"g": Infinity, "d": 0.5}, "ok": true}
            {"valid_loss": 3}
            {"step": 3, "loss": {"g": 1
            """);

        RunLogs.Points(log.Series("loss.g")).Should().Equal("1 2.5", "2 Infinity");
        RunLogs.Points(log.Series("loss.d")).Should().Equal("1 NaN", "2 0.5");
        RunLogs.Points(log.Series("valid_loss")).Should().Equal("2 3");
        log.Series.Select(s => s.Name).Should().Equal("loss.g", "loss.d", "lr", "valid_loss");
        log.Epoch.Should().Be(1);
        log.NotUnderstood.Should().Be(2);
        log.Warnings.Should().Contain(w => w.Value.Contains("2 lines are not JSON objects"));
    }

    [Fact]
    public void JSON_lines_without_a_step_are_no_log()
        => FluentActions.Invoking(() => Read("{\"loss\": 1, \"id\": 2}\n")).Should().Throw<ArtifactFault>();

    [Theory]
    [InlineData("mlruns/1/2/metrics/val/loss", "val/loss")]
    [InlineData("metrics/loss", "loss")]
    [InlineData("/store/metrics/3/metrics/loss", "loss")]
    [InlineData("loss", "loss")]
    [InlineData("", "metric")]
    public void MLflow_names_a_metric_by_its_place(string place, string name)
        => RunLogs.Read(Encoding.UTF8.GetBytes("1795548651702 0.5 10\n1795548651703 -inf 20\n"), place).Series.Should().ContainSingle().Which.Name.Should().Be(name);

    [Fact]
    public void A_long_path_of_names_is_left_out_and_not_dear()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"" + new string('a', 40) + "\":", 500)) + "1" + new string('}', 500);

        Read($$"""{"step": 1, "loss": 2, "deep": {{deep}} }""" + "\n").Series.Select(s => s.Name).Should().Equal("loss");
    }

    private static TrainingLog Read(string text) => RunLogs.Read(Encoding.UTF8.GetBytes(text), role: ArtifactRole.Log);
}
