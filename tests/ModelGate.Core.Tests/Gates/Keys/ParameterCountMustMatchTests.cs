using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Keys;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Keys;

public class ParameterCountMustMatchTests
{
    private static readonly Checkpoint Model = Loaded.Weights("m.pth", ("a.weight", [4, 3]), ("a.bias", [4]), ("enc_q.weight", [10])).Content;

    private static readonly KeyManifest Expected = new(new Dictionary<string, ExpectedKey> { ["a.weight"] = new([4, 3], null), ["a.bias"] = new([4], null) });

    [Fact]
    public void Fails_where_the_architecture_has_fewer()
    {
        var judgement = Judge(new());

        judgement.Findings.Should().ContainSingle();
        judgement.Measurements.Single().Should().Match<Measurement>(m => m.Signal == "parameter-count" && m.Observed == 26 && m.Required!.Limit == 16);
    }

    [Fact]
    public void Passes_where_what_is_ignored_does_not_count() => Judge(new() { Ignore = ["enc_q.*"] }).Measurements.Single().Margin.Should().Be(0);

    [Fact]
    public void Counts_only_what_the_options_select() => Judge(new() { Only = ["enc_q"], Parameters = 10 }).Findings.Should().BeEmpty();

    [Theory]
    [InlineData(26, true)]
    [InlineData(25, false)]
    public void Compares_with_a_number_where_one_is_given(double number, bool isRight)
        => Judge(new() { Parameters = number }, isKnown: false).Findings.Should().HaveCount(isRight ? 0 : 1);

    [Fact]
    public void A_number_that_is_not_whole_is_inconclusive() => Judge(new() { Parameters = 25.5 }).IsInconclusive.Should().BeTrue();

    [Fact]
    public void Without_an_architecture_and_a_number_it_is_inconclusive()
    {
        var judgement = Judge(new(), isKnown: false);

        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().Contain("names no architecture");
    }

    private static Judgement Judge(ParameterCountMustMatch.Options options, bool isKnown = true)
    {
        var run = new GateRun().With(ArtifactRole.Model, "m.pth", Model);
        return (isKnown ? run.With(ArtifactRole.Architecture, "expected.json", Expected) : run)
            .Judge(new ParameterCountMustMatch(), options).Should().ContainSingle().Which.Judgement;
    }
}
