using ModelGate.Runs;

namespace ModelGate.Tests.Configuration.Binding;

public class RequirementBinderTests
{
    private readonly ConfigurationsInMemory files = new();

    [Fact]
    public void Reads_role_signal_bounds_and_severity()
    {
        var requirements = files.Read("""
            { "require": {
                "output.rms": { "at-least": 0.01, "below": 0.5 },
                "log.loss-min": { "at-most": 30, "severity": "warning" },
                "metrics.eval.wer": { "below": 0.12 }, "metrics.val loss/50%": { "below": 2 } } }
            """).Requirements;

        requirements.Select(r => (r.Role, r.Signal, r.Severity)).Should().Equal(
            (ArtifactRole.Output, "rms", Severity.Error), (ArtifactRole.Log, "loss-min", Severity.Warning),
            (ArtifactRole.Metrics, "eval.wer", Severity.Error), (ArtifactRole.Metrics, "val loss/50%", Severity.Error));
        requirements[0].Requirements.Should().Equal(new Requirement(Relation.AtLeast, 0.01), new Requirement(Relation.Below, 0.5));
        requirements[1].At.Line.Should().Be(3);
    }

    [Theory]
    [InlineData("\"outptu.rms\": { \"above\": 0 }", "there is no role \"outptu\" in \"outptu.rms\", which has to be a role, a dot and a signal; did you mean \"output\"?")]
    [InlineData("\"output.rsm\": { \"above\": 0 }", "there is no signal \"rsm\"; did you mean \"rms\"?")]
    [InlineData("\"output.exported-step\": { \"above\": 0 }", "exported-step is measured on an export and the checkpoints of its run, and cannot be required of one file")]
    [InlineData("\"output\": { \"above\": 0 }", "\"output\" names a role and no signal")]
    [InlineData("\"metrics\": { \"above\": 0 }", "\"metrics\" names a role and no signal, such as \"metrics.eval.wer\"")]
    [InlineData("\"output.rms\": { \"aboev\": 0 }", "there is no member of a requirement \"aboev\"; did you mean \"above\"?")]
    [InlineData("\"output.rms\": { \"above\": \"0\" }", "\"above\" is a string; it has to be a number")]
    [InlineData("\"output.rms\": { \"above\": 1e999 }", "\"above\" is too large a number")]
    [InlineData("\"output.rms\": 0.1", "\"output.rms\" is a number; it has to be an object")]
    [InlineData("\"output.rms\": {}", "\"output.rms\" says nothing of what is required")]
    [InlineData("\"output.rms\": { \"at-least\": 2, \"at-most\": 1 }", "no value of \"output.rms\" can be >= 2 and <= 1")]
    [InlineData("\"output.rms\": { \"above\": 1, \"equal\": 1 }", "no value of \"output.rms\" can be > 1 and = 1")]
    public void Says_what_is_wrong(string requirement, string sentence)
        => files.Errors($"{{ \"require\": {{ {requirement} }} }}").Should().ContainSingle().Which.Should().Contain(sentence);

    [Fact]
    public void Allows_bounds_that_leave_one_value()
        => files.Read("""{ "require": { "output.rms": { "at-least": 1, "at-most": 1, "equal": 1 } } }""").Requirements.Should().ContainSingle();

    [Fact]
    public void Merges_bounds_member_by_member()
    {
        files["base.json"] = """{ "require": { "output.rms": { "above": 0, "below": 0.5 }, "output.peak": { "below": 1 } } }""";

        var requirements = files.Read("""{ "extends": "base.json", "require": { "output.rms": { "below": 0.7 }, "output.peak": "off" } }""").Requirements;

        requirements.Should().ContainSingle().Which.Requirements.Should().BeEquivalentTo([new Requirement(Relation.Above, 0), new Requirement(Relation.Below, 0.7)]);
    }
}
