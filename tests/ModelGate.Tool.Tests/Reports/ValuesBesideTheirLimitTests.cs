using System.Text.RegularExpressions;

namespace ModelGate.Tool.Tests.Reports;

/// <summary>A value that is rounded onto its limit makes nonsense of the sentence: "0.1295 is below 0.1295".</summary>
public sealed partial class ValuesBesideTheirLimitTests : IDisposable
{
    // By modelgate measure, 0.05097490…, 0.39840698…, 0.04030039… and 18.246 are what the gates find.
    private const string Configuration = """
        {
          "artifacts": { "output": "out.wav", "log": "train.log" },
          "gates": {
            "spectral-flatness-must-stay-below": { "limit": 0.050975 },
            "loss-must-converge": { "series": "loss_mel", "ceiling": 18.2461 }
          },
          "require": {
            "output.peak": { "below": 0.398407, "above": 0.398406 },
            "output.rms": { "above": 0.0403004 },
            "log.loss-level": { "at-most": 3.78899 }
          }
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public static TheoryData<string> Formats { get; } = [.. ReportFormats.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Have_as_many_digits_as_it_takes_to_tell_them_apart(string format)
    {
        File.Copy(Tool.Sample("lexi-fixed", "audio", "lexi_converted.wav"), Path.Combine(folder, "out.wav"));
        File.Copy(Tool.Sample("lexi-fixed", "train.log"), Path.Combine(folder, "train.log"));
        File.WriteAllText(Path.Combine(folder, "gate.config.json"), Configuration);
        var path = Path.Combine(folder, "report");

        Tool.Run("check", folder, "--report", $"{format}={path}").ExitCode.Should().Be(1);

        var text = File.ReadAllText(path);
        text.Should().Contain("0.0403004", "the limit that is not kept is told");
        Nonsense().Matches(text).Select(m => m.Value).Should().BeEmpty();
    }

    [Theory]
    [InlineData("flatness 0.1295 is below 0.1295")]
    [InlineData("| 0.1295 | &lt; 0.1295 |")]
    [InlineData("<td>0.1295</td><td>&lt;= 0.1295</td>")]
    [InlineData("0.1295 FS, and has to be above 0.1295")]
    public void Nonsense_is_found(string sentence) => Nonsense().IsMatch(sentence).Should().BeTrue();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [GeneratedRegex(@"(?<![\d.])(\d+\.\d+)(?![\d.])\D{0,60}?(below|above|at most|at least|<=?|>=?|≤|≥|&lt;=?|&gt;=?|\\u003[CE]=?) \1(?![\d])", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Nonsense();
}
