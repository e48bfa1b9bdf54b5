using ModelGate.Artifacts;
using ModelGate.Gates.Audio;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Audio;

public class SampleRateMustMatchModelTests
{
    [Fact]
    public void The_rate_that_is_set_counts()
    {
        Voices.Judge(new SampleRateMustMatchModel(), new SampleRateMustMatchModel.Options { Rate = 16_000 }, "u01-original").ShouldPass();
        Voices.Judge(new SampleRateMustMatchModel(), new SampleRateMustMatchModel.Options { Rate = 40_000 }, Voices.Silence).ShouldFail("faster and higher by a factor of 1.2");
    }

    [Theory]
    [InlineData("48k", true)]
    [InlineData("40k", false)]
    public void The_rate_that_a_model_of_RVC_states_counts(string rate, bool passes)
    {
        var model = new Checkpoint("pytorch-zip", [], "", [new("sr", new MetadataValue.Text(rate))], []);
        var judgement = new GateRun().With(ArtifactRole.Output, "out/a.wav", Voices.Silence).With(ArtifactRole.Model, "m.pth", model)
            .Judge(new SampleRateMustMatchModel(), new SampleRateMustMatchModel.Options()).Should().ContainSingle().Subject.Judgement;
        if (passes)
        {
            judgement.ShouldPass();
        }
        else
        {
            judgement.ShouldFail("m.pth 40000 Hz");
        }
    }

    [Fact]
    public void A_config_that_says_something_else_than_the_model_is_inconclusive()
    {
        var model = new Checkpoint("pytorch-zip", [], "", [new("sr", new MetadataValue.Integer(40_000))], []);
        var config = new TrainerConfiguration(new ConfigurationValue.Map(new Dictionary<string, ConfigurationValue>
        {
            ["data"] = new ConfigurationValue.Map(new Dictionary<string, ConfigurationValue> { ["sampling_rate"] = new ConfigurationValue.Integer(48_000) }),
        }));

        new GateRun().With(ArtifactRole.Output, "out/a.wav", Voices.Silence).With(ArtifactRole.Model, "m.pth", model).With(ArtifactRole.Config, "config.json", config)
            .Judge(new SampleRateMustMatchModel(), new SampleRateMustMatchModel.Options()).Should().ContainSingle().Subject.Judgement
            .ShouldBeInconclusive("config.json 48000 Hz");
    }

    [Fact]
    public void Where_nothing_states_a_rate_it_does_not_apply()
        => Voices.Judge(new SampleRateMustMatchModel(), new SampleRateMustMatchModel.Options(), "u01-original").IsAboutNothing.Should().BeTrue();
}
