using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class SamplesMustBeFiniteTests
{
    [Theory]
    [InlineData("u01-original")]
    [InlineData("u15-float")]
    public void A_finite_recording_passes(string output) => Judge(Voices.Clip(output)).ShouldPass();

    [Fact]
    public void Infinite_samples_fail() => Judge(Voices.Clip("u01-inf-some")).ShouldFail("3 samples are NaN or infinite");

    [Fact]
    public void One_NaN_fails() => Judge(MadeClip.Of([.. MadeClip.Saw(120, 4800), double.NaN, .. MadeClip.Saw(120, 4800)])).ShouldFail("1 sample is NaN or infinite");

    [Fact]
    public void The_largest_floats_and_denormals_are_finite() => Judge(MadeClip.Of([1e38, -1e38, 1e-45, 0])).ShouldPass();

    [Fact]
    public void No_samples_are_inconclusive() => Judge(MadeClip.Of([])).ShouldBeInconclusive("no samples");

    private static Judgement Judge(AudioClip clip) => Voices.Judge(new SamplesMustBeFinite(), new SamplesMustBeFinite.Options(), clip);
}
