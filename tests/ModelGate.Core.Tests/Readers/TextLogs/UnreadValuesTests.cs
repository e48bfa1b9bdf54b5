using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Gates.Curves;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Tests.Readers.TextLogs;

/// <summary>A log whose last values are not read must not pass for one whose values are fine.</summary>
public class UnreadValuesTests
{
    // What the last values of the loss are, and whether the run is known to be broken (failed) or cannot be judged (inconclusive).
    [Theory]
    [InlineData("csv", "NAN", "failed")]
    [InlineData("csv", "-1.#IND", "failed")]
    [InlineData("csv", "tensor(nan)", "failed")]
    [InlineData("csv", "NA", "inconclusive")]
    [InlineData("csv", "#NUM!", "inconclusive")]
    [InlineData("csv", "None", "inconclusive")]
    [InlineData("csv", "", "inconclusive")]
    [InlineData("csv", "0.2,nan", "inconclusive")]
    [InlineData("csv", "0.2", "passed")]
    [InlineData("json", "NaN", "failed")]
    [InlineData("json", "\"NAN\"", "failed")]
    [InlineData("json", "\"tensor(nan, device='cuda:0')\"", "failed")]
    [InlineData("json", "nan", "inconclusive")]
    [InlineData("json", "null", "inconclusive")]
    [InlineData("json", "[NaN]", "inconclusive")]
    [InlineData("json", "0.2, \"loss\": 0.3", "passed")]
    [InlineData("json", "NaN, \"loss\": 0.3", "failed")]
    [InlineData("json", "0.2", "passed")]
    [InlineData("hifigan", "NAN", "failed")]
    [InlineData("hifigan", "tensor(inf)", "failed")]
    [InlineData("hifigan", "1.#QNAN", "failed")]
    [InlineData("hifigan", "0.2", "passed")]
    [InlineData("pattern", "nan", "failed")]
    [InlineData("pattern", "NAN", "failed")]
    [InlineData("pattern", "-", "inconclusive")]
    [InlineData("pattern", "0.2", "passed")]
    [InlineData("digits", "0.2", "passed")]
    [InlineData("digits", "nan", "inconclusive")]
    [InlineData("digits", "-", "inconclusive")]
    [InlineData("digits", "1.2e+30", "inconclusive")]
    public void The_end_of_a_log_is_read_or_doubted(string form, string value, string expected)
        => Outcome(Read(form, i => i < 36 ? (2 * Math.Exp(-i / 8.0)).ToString("0.0000", CultureInfo.InvariantCulture) : value)).Should().Be(expected);

    [Theory]
    [InlineData("Loss is NaN, stopping training", "inconclusive")]
    [InlineData("{\"step\": 4000, \"loss\": NaN}", "inconclusive")]
    [InlineData("Saving checkpoint to logs/g_00004000", "passed")]
    [InlineData("check_nan_inf=False", "passed")]
    [InlineData("val_loss improved from inf to 0.53, saving model", "passed")]
    [InlineData("Validation loss decreased (inf --> 0.693147).  Saving model ...", "passed")]
    [InlineData("[INF] saved", "passed")]
    [InlineData("best: inf", "passed")]
    public void A_line_of_another_kind_that_speaks_of_NaN_is_a_doubt(string line, string expected)
        => Outcome(Read("hifigan", i => "0.2", line)).Should().Be(expected);

    [Fact]
    public void What_is_said_before_the_first_step_is_a_configuration()
        => Outcome(ArtifactOf("hifigan", "max_norm: inf, nan: allowed\n" + Text("hifigan", _ => "0.3"))).Should().Be("passed");

    // A series of epochs beside one of steps, one that is logged now and then, and one that the last interval is not yet over for.
    [Theory]
    [InlineData(1, 10, false)]
    [InlineData(10, 10, false)]
    [InlineData(40, 40, false)]
    [InlineData(10, 5, true)]
    [InlineData(1, 2, true)]
    public void A_rare_series_is_silent_only_when_several_of_its_values_are_missing(int every, int of, bool isSilent)
    {
        var text = new StringBuilder("step,loss,val_loss\n");
        for (var i = 0; i < 400; i++)
        {
            var isLogged = i % every == 0 && i * 10 < of * 400;
            text.Append(CultureInfo.InvariantCulture, $"{i},0.5,{(isLogged ? "0.4" : "")}\n");
        }

        ((TrainingLog)Read(text.ToString())).Silent.Select(s => s.Series).Should().Equal(isSilent ? ["val_loss"] : Array.Empty<string>());
    }

    // Keras writes NA where a callback had no value; a speaker may be called Nan, a norm inf.
    [Theory]
    [InlineData("step,loss,lr\n", "{0},0.5,NA\n")]
    [InlineData("", "{{\"step\": {0}, \"loss\": 0.5, \"lang\": \"nan\", \"norm_type\": \"inf\"}}\n")]
    public void What_says_that_there_is_no_value_is_no_doubt(string head, string row)
        => Outcome((TrainingLog)Read(head + string.Concat(Enumerable.Range(0, 40).Select(i => string.Format(CultureInfo.InvariantCulture, row, i))))).Should().Be("passed");

    [Fact]
    public void A_stage_that_ends_where_the_next_one_begins_is_no_doubt()
    {
        var log = (TrainingLog)Read(string.Concat(Enumerable.Range(0, 100).Select(i => $"{{\"step\": {i}, \"{(i < 40 ? "warm_loss" : "main_loss")}\": 0.5, \"rate\": 0.1}}\n")));

        log.Silent.Should().ContainSingle().Which.IsFollowed.Should().BeTrue();
        Outcome(log).Should().Be("passed");
    }

    [Fact]
    public void Steps_that_are_counted_in_epochs_are_not_silent()
    {
        // TensorBoard's writers and MLflow let every series count as it likes; here rows of one file do.
        var lines = Enumerable.Range(0, 1000).Select(i => $"{{\"step\": {i * 10}, \"loss\": 0.5}}" + (i % 50 == 49 ? $"\n{{\"step\": {i / 50}, \"val_loss\": 0.4}}" : ""));

        ((TrainingLog)Read(string.Join('\n', lines) + "\n")).Silent.Should().BeEmpty();
    }

    private static string Outcome(TrainingLog log)
    {
        var judgement = new GateRun().With(ArtifactRole.Log, "train.log", log).Judge(new LossMustBeFinite(), new LossMustBeFinite.Options()).Should().ContainSingle().Which.Judgement;
        return judgement.Findings.Count > 0 ? "failed" : judgement.IsInconclusive ? "inconclusive" : "passed";
    }

    private static TrainingLog Read(string form, Func<int, string> loss, string last = "") => ArtifactOf(form, Text(form, loss) + (last.Length > 0 ? last + "\n" : ""));

    private static string Text(string form, Func<int, string> loss)
    {
        var lines = Enumerable.Range(0, 40).Select(i => form switch
        {
            "csv" => $"{i},{loss(i)},0.001",
            "json" => $"{{\"step\": {i}, \"loss\": {loss(i)}, \"rate\": 0.001}}",
            "hifigan" => $"Steps : {i * 100}, Gen Loss Total : 30.5, Mel-Spec. Error : {loss(i)}, s/b : 0.25",
            _ => $"iteration {i}: train loss {loss(i)}",
        });
        return (form == "csv" ? "step,loss,rate\n" : "") + string.Join('\n', lines) + "\n";
    }

    private static TrainingLog ArtifactOf(string form, string text) => (TrainingLog)(form is "pattern" or "digits" ? Read(text, form == "pattern" ? @"train loss (\S+)" : @"train loss ([0-9.]+)") : Read(text));

    private static Artifact Read(string text, string? pattern = null) => ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(Encoding.UTF8.GetBytes(text)), new ReadBudget(ReadLimits.Default))
    {
        Role = ArtifactRole.Log,
        Name = "train.log",
        LogPattern = pattern is null ? null : new LogPattern(new Regex(@"iteration (\d+):", RegexOptions.NonBacktracking), [new SeriesPattern("loss", new Regex(pattern, RegexOptions.NonBacktracking))]),
    });
}
