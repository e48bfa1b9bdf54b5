using System.Text;
using ModelGate.Tests.Reports;

namespace ModelGate.Tool.Tests.Reports;

public class HostileTextOnConsoleTests
{
    public static TheoryData<string> Kinds { get; } = [.. HostileText.All.Select(t => t.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_no_command_to_a_terminal_or_a_build_server(string kind)
    {
        using var buffer = new MemoryStream();
        new ConsoleReport().Write(MadeReport.Saying(HostileText.All.Single(t => t.Kind == kind).Text), buffer);

        foreach (var line in Encoding.UTF8.GetString(buffer.ToArray()).Split('\n'))
        {
            line.Should().Be(SafeText.From(line, int.MaxValue).Value);
            line.TrimStart().Should().NotStartWith("::");
            line.Should().NotMatchRegex("##[^ #]");
        }
    }
}
