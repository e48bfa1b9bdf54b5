using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using ModelGate.Runs;

namespace ModelGate.Tests.Reports;

public class ReportSchemaTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs", "report.schema.json"));

    private static readonly JsonSchema Schema = JsonSchema.FromText(Text);

    public static TheoryData<string> Kinds { get; } = [.. HostileText.All.Select(t => t.Kind)];

    [Fact]
    public void Every_outcome_is_valid() => Schema.Evaluate(Rendered.Json("json", MadeReport.Rich())).IsValid.Should().BeTrue();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Hostile_text_is_valid(string kind)
        => Schema.Evaluate(Rendered.Json("json", MadeReport.Saying(HostileText.All.Single(t => t.Kind == kind).Text))).IsValid.Should().BeTrue();

    [Theory]
    [InlineData("""{ "schemaVersion": "2" }""")]
    [InlineData("{}")]
    public void Something_else_is_not(string other) => Schema.Evaluate(JsonDocument.Parse(other).RootElement).IsValid.Should().BeFalse();

    [Fact]
    public void Every_member_that_is_written_is_described()
    {
        // The schema lets readers ignore what they do not know; here, nothing may be unknown.
        var strict = JsonNode.Parse(Text)!;
        Close(strict);

        JsonSchema.FromText(strict.ToJsonString()).Evaluate(Rendered.Json("json", MadeReport.Rich())).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Every_role_is_described()
        => JsonNode.Parse(Text)!["properties"]!["artifacts"]!["items"]!["properties"]!["role"]!["enum"]!.AsArray().Select(r => (string)r!)
            .Should().Equal(ArtifactRoles.All.Select(r => r.Key()));

    private static void Close(JsonNode node)
    {
        if (node is JsonArray array)
        {
            array.OfType<JsonNode>().ToList().ForEach(Close);
        }
        else if (node is JsonObject members)
        {
            members.Select(m => m.Value).OfType<JsonNode>().ToList().ForEach(Close);
            if (members["properties"] is JsonObject && members["type"] is JsonValue)
            {
                members["additionalProperties"] = false;
            }
        }
    }
}
