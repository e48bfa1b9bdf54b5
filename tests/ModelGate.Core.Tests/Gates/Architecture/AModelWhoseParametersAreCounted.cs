using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Architecture;

public class AModelWhoseParametersAreCounted
{
    private static readonly ArtifactFile<Checkpoint> Model = Loaded.Weights("m.pth", ("a.weight", [4, 3]), ("a.bias", [4]), ("enc_q.weight", [10]));

    private static readonly Dictionary<string, ExpectedKey> Expected = new() { ["a.weight"] = new([4, 3], null), ["a.bias"] = new([4], null) };

    [Fact]
    public void Fails_where_the_architecture_has_fewer()
    {
        var judgement = Judge(new ParameterCountMustMatch.Options());

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Be("10 parameters too many: 26 in 3 keys against 16");
        judgement.Measurements.Single().Should().Match<Measurement>(m => m.Observed == 26 && m.Required!.Limit == 16);
    }

    [Fact]
    public void Passes_where_what_is_ignored_does_not_count()
        => Judge(new ParameterCountMustMatch.Options { Ignore = ["enc_q.*"] }).Findings.Should().BeEmpty();

    [Theory]
    [InlineData(26, true)]
    [InlineData(25, false)]
    public void Is_held_against_a_number_where_one_is_given(double number, bool isRight)
        => Judge(new ParameterCountMustMatch.Options { Parameters = number }, isKnown: false).Findings.Should().HaveCount(isRight ? 0 : 1);

    [Fact]
    public void Is_inconclusive_without_architecture_and_number()
    {
        var set = Loaded.Set((ArtifactRole.Model, [Model]));

        var judgement = new ParameterCountMustMatch().Judge(set, new ParameterCountMustMatch.Options()).Single();
        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().Contain("names no architecture");
    }

    private static Judgement Judge(ParameterCountMustMatch.Options options, bool isKnown = true)
        => new ParameterCountMustMatch().Judge(new CountedModel(Model, isKnown ? Expected : null, "expected.json", SafeText.Empty), options);
}
