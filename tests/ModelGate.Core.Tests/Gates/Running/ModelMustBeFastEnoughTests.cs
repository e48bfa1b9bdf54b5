using ModelGate.Gates;
using ModelGate.Gates.Running;
using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Tests.Gates.Audio;
using static ModelGate.Tests.Gates.Running.Runs;

namespace ModelGate.Tests.Gates.Running;

public class ModelMustBeFastEnoughTests
{
    [Fact]
    public void The_median_counts_and_the_machine_is_named()
    {
        var judgement = Judge([0.9, 0.5, 0.52, 0.51, 0.6], new ModelMustBeFastEnough.Options());

        judgement.ShouldPass();
        judgement.Summary.Value.Should().Be("real-time factor 0.26 (0.52 s for 2 s of audio, the median of 5 runs from 0.5 to 0.9 s; a machine, 1 thread, libtorch 2.10.0)");
        judgement.Measurements.Should().ContainSingle().Which.Should().Match<Measurement>(m => m.Signal == "real-time-factor" && m.Observed == 0.26 && m.Text.Value.StartsWith("a machine"));
    }

    [Fact]
    public void A_model_that_is_slower_than_the_limit_fails() => Judge([3.1, 3, 2.9], new ModelMustBeFastEnough.Options()).ShouldFail("real-time factor 1.5");

    // Six runs of two seconds were not done after 120 s: a second of audio took ten.
    [Fact]
    public void One_that_is_stopped_while_it_is_timed_fails()
    {
        var judgement = Stopped(new ModelMustBeFastEnough.Options());

        judgement.ShouldFail("real-time factor of at least 10 on average: 6 runs of 2 s of audio each were not finished within 120 s");
        judgement.Measurements.Should().ContainSingle().Which.Should().Match<Measurement>(m => m.Observed == 10 && m.Text.Value == "at least 10");
    }

    [Theory]
    [InlineData(10, null, null)]
    [InlineData(1, 20.0, null)]
    [InlineData(1, null, "in.safetensors")]
    public void Where_it_may_be_fast_enough_all_the_same_it_is_inconclusive(double limit, double? seconds, string? inputs)
        => Stopped(new ModelMustBeFastEnough.Options { RealTimeFactor = limit, Seconds = seconds, Inputs = inputs }).ShouldBeInconclusive("was stopped after 120 s");

    [Fact]
    public void One_that_is_stopped_while_it_loads_was_not_timed()
        => Runs.Judge(new ModelMustBeFastEnough(), new ModelMustBeFastEnough.Options(), Ended(ModelRunEndKind.TookTooLong, "modelgate-torch was stopped after 120 s while loading the model")).ShouldBeInconclusive("while loading");

    [Fact]
    public void What_does_not_load_strictly_is_not_timed()
        => Runs.Judge(new ModelMustBeFastEnough(), new ModelMustBeFastEnough.Options(), Report(Loaded() with { Unexpected = ["a"] }, new ModelRunAnswer { Step = 1, Ok = true, AudioSeconds = 2, Runs = [1, 1, 1] })).ShouldBeInconclusive("does not load strictly");

    [Fact]
    public void The_limit_is_an_option() => Judge([3.1, 3, 2.9], new ModelMustBeFastEnough.Options { RealTimeFactor = 2 }).ShouldPass();

    [Fact]
    public void No_times_are_no_speed() => Judge([double.NaN, 1], new ModelMustBeFastEnough.Options()).ShouldBeInconclusive("1 time for 2 s");

    [Fact]
    public void Of_a_program_the_audio_has_to_be_said()
    {
        Runs.Judge(new ModelMustBeFastEnough(), new ModelMustBeFastEnough.Options { Inputs = "in.safetensors" }, Report(), TorchScript).ShouldBeInconclusive("in seconds how much audio results");
        Runs.Judge(new ModelMustBeFastEnough(), new ModelMustBeFastEnough.Options { Inputs = "in.safetensors", Seconds = 4 }, Report(Loaded(), new ModelRunAnswer { Step = 1, Ok = true, Runs = [1, 1, 1] }), TorchScript)
            .Measurements.Single().Observed.Should().Be(0.25);
    }

    private static Judgement Stopped(ModelMustBeFastEnough.Options options)
        => Runs.Judge(new ModelMustBeFastEnough(), options, Ended(ModelRunEndKind.TookTooLong, "modelgate-torch was stopped after 120 s while timing the model", Loaded()));

    private static Judgement Judge(double[] runs, ModelMustBeFastEnough.Options options)
        => Runs.Judge(new ModelMustBeFastEnough(), options, Report(Loaded(), new ModelRunAnswer { Step = 1, Ok = true, AudioSeconds = 2, Runs = runs, Machine = "a machine, 1 thread, libtorch 2.10.0" }));
}
