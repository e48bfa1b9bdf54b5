using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class BandMustMatchReferenceTests
{
    [Theory]
    [InlineData("u01-griffinlim-100", "u01-original")]
    [InlineData("u06-resampled", "u06-original")]
    [InlineData("u01-octave-up", "u01-original")]
    [InlineData("u10-quiet", "u10-original")]
    public void As_bright_as_the_reference_passes(string output, string reference) => Judge(output, reference).ShouldPass();

    [Theory]
    [InlineData("u01-muffled-1k5", "u01-original")]
    [InlineData("u01-hum-50", "u01-original")]
    [InlineData("u10-beep", "u10-original")]
    public void Duller_than_the_reference_fails(string output, string reference) => Judge(output, reference).ShouldFail("duller");

    [Fact]
    public void A_voice_that_was_transposed_downwards_may_be_darker()
    {
        var (low, high) = (MadeClip.Of(MadeClip.Saw(120, 48_000).Zip(MadeClip.Sine(300, 48_000), (a, b) => (0.05 * a) + b)), MadeClip.Of(MadeClip.Saw(120, 48_000).Zip(MadeClip.Sine(600, 48_000), (a, b) => (0.05 * a) + b)));
        var ratio = Voices.Judge(new BandMustMatchReference(), new BandMustMatchReference.Options(), low, high).Measurements.Single(m => m.Signal == "centroid-ratio");

        Voices.Judge(new BandMustMatchReference(), new BandMustMatchReference.Options { PitchShift = -12 }, low, high).Measurements.Single(m => m.Signal == "centroid-ratio")
            .Required!.Limit.Should().BeApproximately(ratio.Required!.Limit / 2, 1e-4);
    }

    [Fact]
    public void Silence_and_NaN_are_inconclusive()
    {
        Voices.Judge(new BandMustMatchReference(), new BandMustMatchReference.Options(), Voices.Silence, Voices.Clip("u01-original")).ShouldBeInconclusive("silent");
        Judge("u01-inf-some", "u01-original").ShouldBeInconclusive("NaN or infinite");
    }

    private static Judgement Judge(string output, string reference) => Voices.Judge(new BandMustMatchReference(), new BandMustMatchReference.Options(), output, reference);
}
