using System.Text.RegularExpressions;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Runs;
using ModelGate.Tests.Reports;

namespace ModelGate.Tool.Tests.Reports;

public partial class HostileTextInBuildTests
{
    public static TheoryData<string> Kinds { get; } = [.. HostileText.All.Select(t => t.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_neither_a_field_nor_a_line_nor_the_place_of_another_finding(string kind)
    {
        var file = Path.GetTempFileName();
        var plan = new EvaluationPlan(new GateConfiguration(new Dictionary<ArtifactRole, RolePatterns>(), []), Workspace.Of(Repository.Root));

        new BuildLog(file).Write([plan], MadeReport.Saying(HostileText.All.Single(t => t.Kind == kind).Text));

        var lines = File.ReadAllLines(file).Select(l => l.Split('\t')).ToArray();
        lines[^1].Should().HaveCount(3).And.HaveElementAt(0, "verdict");
        lines[..^1].Select(l => l[0]).Should().BeEquivalentTo("error", "error", "error", "warning");
        foreach (var line in lines[..^1])
        {
            line.Should().HaveCount(6);
            Matcher().Match($"/w/gate.config.json(1,1): error {line[1]}: {line[5]} [/w/App.csproj]").Groups[1].Value.Should().Be("/w/gate.config.json");
            line[5].Should().NotMatchRegex("##[^ #]");
        }

        File.Delete(file);
    }

    // setup-dotnet's own.
    [GeneratedRegex(@"^\s*(?:\d+>\s*)?([^\s].*)\((\d+)(?:,(\d+))?(?:,\d+)*\):\s+(error|warning)\s+([a-zA-Z]+(?<!MSB)\d*):\s*(.*?)\s+\[(.*?)\]$")]
    private static partial Regex Matcher();
}
