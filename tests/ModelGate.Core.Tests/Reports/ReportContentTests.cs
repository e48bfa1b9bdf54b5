using System.Reflection;
using ModelGate.Gates;
using ModelGate.Reports;
using ModelGate.Runs;
using ModelGate.Tool;

namespace ModelGate.Tests.Reports;

/// <summary>A report format can only print what a report holds: so a report must hold no text from a file that was not made harmless.</summary>
public class ReportContentTests
{
    /// <summary>Every raw text that a report reaches, and why it is none of a file's.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["GateRef.Help"] = "made of the id",
        ["GateRef.Id"] = "held to its form where it is read",
        ["GateRef.Name"] = "held to its form where it is read",
        ["GateRef.Summary"] = "stands in the gate's source, and is made harmless where it is read",
        ["GateRef.Title"] = "made of id and name",
        ["RunRecord.ToolVersion"] = "the version of this build, and is made harmless where it is read",
        ["RunResult.Word"] = "one of six words",
        ["Measurement.Signal"] = "made harmless by the measurement",
        ["Measurement.Unit"] = "made harmless by the measurement",
        ["RunConfiguration.Sha256"] = "hexadecimal, held to its form where it is read",
        ["RunArtifact.Kind"] = "a reader's word for what it reads, and is made harmless where it is read",
        ["RunArtifact.Format"] = "a reader's word for what it reads, and is made harmless where it is read",
        ["RunArtifact.Sha256"] = "hexadecimal, held to its form where it is read",
        ["Artifact.Format"] = "the name of the format of baselines",
        ["Baseline.Kind"] = "a word of the source code",
        ["Baseline.ToolVersion"] = "the version of this build, and is made harmless where it is read",
        ["BaselineArtifact.Sha256"] = "made harmless where it is read",
        ["BaselineModel.Stopped"] = "ids of gates, made harmless where they are read",
        ["BaselineValue.Signal"] = "made harmless where it is read",
        ["BaselineValue.Unit"] = "made harmless where it is read",
        ["NumberChange.Signal"] = "that of a measurement or a baseline",
        ["NumberChange.Unit"] = "that of a measurement or a baseline",
        ["Cause.Explains"] = "ids of gates, held to their form where they are read",
        ["CurveExhibit.LimitLabel"] = "stands in the gate's source",
        ["StripExhibit.Value"] = "stands in the gate's source",
        ["CurveExhibit.ShadedLabel"] = "stands in the gate's source",
        ["AxisExtent.Label"] = "stands in the gate's source",
        ["TableExhibit.Headings"] = "stands in the gate's source",
    };

    [Fact]
    public void Html_answers_what_is_asked_of_a_sick_run()
        => Rendered.Text(Rendered.Format("html"), MadeReport.Rich()).Should().Contain("What the run says of itself</h2>").And.Contain("<strong>Was it trained for long enough?</strong> <bdi>It came to 396 steps.</bdi>");

    // Two models of one run, each with audio/x.wav, and several gates that show it.
    [Fact]
    public void Html_plays_each_recording_of_each_model_once_and_names_those_that_are_left_out()
    {
        RunResult Showing(string group, int bytes, params string[] names) => MadeReport.Result("MG5001", names[0], Outcome.Failed, "flat", 1, Severity.Error, MadeReport.Found("flat", "spectral-flatness")) with
        {
            Group = SafeText.From(group),
            Exhibits = [.. names.Select(n => new AudioExhibit(SafeText.From($"The output {n}"), new byte[bytes]))],
        };

        int Players(string page) => page.Split("<audio ").Length - 1;
        var twice = Rendered.Text(Rendered.Format("html"), MadeReport.Of(Showing("a", 100, "audio/x.wav"), Showing("a", 100, "audio/x.wav"), Showing("b", 100, "audio/x.wav")));
        Players(twice).Should().Be(2);
        twice.Should().NotContain("left out");

        var large = Rendered.Text(Rendered.Format("html"), MadeReport.Of(Showing("a", 5 << 20, "1.wav", "2.wav", "3.wav", "4.wav")));
        Players(large).Should().Be(2);
        large.Should().Contain("2 recordings are left out");
    }

    [Fact]
    public void Html_asks_nothing_of_what_is_no_training()
        => Rendered.Text(Rendered.Format("html"), MadeReport.Rich() with { Answers = [] }).Should().NotContain("What the run says of itself");

    [Fact]
    public void No_text_of_a_file_that_was_not_made_harmless()
    {
        var raw = new SortedSet<string>(StringComparer.Ordinal);
        Walk(typeof(RunRecord), [], raw);

        raw.Should().BeEquivalentTo(Exceptions.Keys, "other text has to be a SafeText, and the list names nothing that is gone");
    }

    [Fact]
    public void Every_format_here_is_registered()
        => ReportFormats.All.Select(f => f.GetType())
            .Should().BeEquivalentTo(new[] { typeof(ReportFormat).Assembly, typeof(ReportFormats).Assembly }.SelectMany(a => a.GetTypes()).Where(t => t.IsSubclassOf(typeof(ReportFormat)) && !t.IsAbstract));

    private static void Walk(Type type, HashSet<Type> seen, SortedSet<string> raw)
    {
        if (type.Assembly != typeof(RunRecord).Assembly || type.IsEnum || type == typeof(SafeText) || type == typeof(Gate) || !seen.Add(type))
        {
            return;
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            foreach (var part in Parts(property.PropertyType))
            {
                if (part == typeof(string))
                {
                    raw.Add($"{property.DeclaringType!.Name}.{property.Name}");
                }
                else
                {
                    Walk(part, seen, raw);
                }
            }
        }

        // An exhibit is one of several kinds, each with members of its own.
        foreach (var derived in type.Assembly.GetTypes().Where(t => t.BaseType == type))
        {
            Walk(derived, seen, raw);
        }
    }

    private static IEnumerable<Type> Parts(Type type)
        => type.HasElementType ? Parts(type.GetElementType()!)
            : typeof(Delegate).IsAssignableFrom(type) ? []
            : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts)
            : [type];
}
