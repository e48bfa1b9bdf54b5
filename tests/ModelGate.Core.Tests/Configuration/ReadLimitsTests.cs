using System.Globalization;
using System.Text.Json.Nodes;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Configuration.Schema;

namespace ModelGate.Tests.Configuration;

public class ReadLimitsTests
{
    [Fact]
    public void Holds_every_limit_with_its_default_and_a_description()
    {
        var properties = typeof(ReadLimits).GetProperties().Where(p => p.SetMethod is not null).ToArray();

        ReadLimits.All.Select(l => l.Name).Should().Equal(properties.Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]));
        foreach (var (limit, property) in ReadLimits.All.Zip(properties))
        {
            var value = property.GetValue(ReadLimits.Default);
            limit.Default.Should().Be(value is TimeSpan time ? (long)time.TotalSeconds : Convert.ToInt64(value, CultureInfo.InvariantCulture));
            limit.Description.Should().MatchRegex("^[A-Z][^:]+: .+\\.$", "it says what is bounded, and then what for");
        }
    }

    [Fact]
    public void Changes_one_limit_and_no_other()
    {
        foreach (var limit in ReadLimits.All)
        {
            var changed = limit.With(ReadLimits.Default, 3);

            limit.Get(changed).Should().Be(3);
            ReadLimits.All.Where(l => l != limit).Should().OnlyContain(l => l.Get(changed) == l.Default);
        }
    }

    [Fact]
    public void Stands_in_the_documentation_and_in_the_schema()
    {
        var table = string.Join('\n', ReadLimits.All.Select(l => string.Create(CultureInfo.InvariantCulture, $"| {l.Name} | {l.Default:N0} | {l.Description.TrimEnd('.')} |")));

        File.ReadAllText(Repository.PathOf("docs", "configuration.md")).Should().Contain(table, "this is the table of limits");
        JsonNode.Parse(GateConfigurationSchema.Write())!["properties"]!["limits"]!["properties"]!.AsObject().Select(p => p.Key).Should().Equal(ReadLimits.All.Select(l => l.Name));
    }

    [Theory]
    [InlineData("rank", "it wants NAME=VALUE, such as pickleOpcodes=1000000, and not \"rank\"")]
    [InlineData("ranks=3", "there is no limit \"ranks\"; did you mean \"rank\"?")]
    [InlineData("rank=-1", "\"rank\" is \"-1\"; it has to be a whole number from 1 to 2147483647")]
    [InlineData("rank=0", "\"rank\" is 0; it has to be a whole number from 1 to 2147483647")]
    [InlineData("rank=3000000000", "\"rank\" is 3000000000; it has to be a whole number from 1 to 2147483647")]
    public void Says_what_is_wrong_with_a_setting(string setting, string sentence)
        => FluentActions.Invoking(() => LimitValue.Apply(ReadLimits.Default, setting)).Should().Throw<UsageException>().WithMessage(sentence);

    [Fact]
    public void Takes_the_last_of_several_settings()
        => LimitValue.Apply(LimitValue.Apply(ReadLimits.Default, "rank=3"), "rank=4").Rank.Should().Be(4);
}
