using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Json;

namespace ModelGate.Tests.Readers;

public class TrainerConfigurationReaderTests
{
    [Fact]
    public void Is_read_with_comments_trailing_commas_and_a_byte_order_mark()
    {
        var root = Read([0xEF, 0xBB, 0xBF, .. "{ \"model\": { \"rates\": [12, 10,], }, // as trained\n \"f0\": true, \"p\": 0.5, \"n\": null }"u8]);

        root.Find("model.rates.1")!.Whole.Should().Be(10);
        root.Find("f0")!.IsTrue.Should().BeTrue();
        root.Find("p").Should().Be(new ConfigurationValue.Real(0.5));
        root.Find("n").Should().BeNull();
        root.Find("model.rates.2").Should().BeNull();
        root.Find("model.rates.-1").Should().BeNull();
        root.Find("f0.x").Should().BeNull();
    }

    [Fact]
    public void Keeps_the_later_of_two_equal_names_as_Python_does()
        => Read("""{ "a": 1, "a": 2 }"""u8.ToArray()).Find("a")!.Whole.Should().Be(2);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("hidden_channels: 192")]
    [InlineData("{ \"a\": NaN }")]
    [InlineData("{ \"a\": \"\\ud800\" }")]
    public void Is_refused_where_it_is_no_JSON(string text)
        => FluentActions.Invoking(() => Read(Encoding.UTF8.GetBytes(text))).Should().Throw<ArtifactFault>();

    [Fact]
    public void Is_refused_where_it_nests_without_end()
        => FluentActions.Invoking(() => Read(Encoding.UTF8.GetBytes(new string('[', 1_000_000)))).Should().Throw<ArtifactFault>();

    [Fact]
    public void Is_refused_where_it_holds_too_many_values()
        => FluentActions.Invoking(() => new TrainerConfigurationReader().Read(new ReadRequest(
                new MemoryByteSource(Encoding.UTF8.GetBytes("[" + string.Concat(Enumerable.Repeat("0,", 3_000)) + "0]")), new ReadBudget(ReadLimits.Default with { JsonValues = 3_000 }))))
            .Should().Throw<ArtifactFault>().Which.Limit.Should().Be("jsonValues");

    [Fact]
    public void Is_refused_where_it_is_longer_than_the_limit()
        => FluentActions.Invoking(() => ((TrainerConfiguration)new TrainerConfigurationReader().Read(new ReadRequest(new MemoryByteSource(new byte[11]), new ReadBudget(ReadLimits.Default with { JsonBytes = 10 })))))
            .Should().Throw<ArtifactFault>().Which.Sentence.Value.Should().Contain("jsonBytes");

    private static ConfigurationValue Read(byte[] bytes) => ((TrainerConfiguration)new TrainerConfigurationReader().Read(new ReadRequest(new MemoryByteSource(bytes), new ReadBudget(ReadLimits.Default)))).Root;
}
