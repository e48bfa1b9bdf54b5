using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class DurationMustMatchReferenceTests
{
    [Theory]
    [InlineData("hifigan-900", "reference")]
    [InlineData("u06-resampled", "u06-original")]
    public void A_hop_that_was_dropped_and_another_rate_pass(string output, string reference) => Judge(Voices.Clip(output), Voices.Clip(reference)).ShouldPass();

    [Fact]
    public void What_was_cut_fails() => Judge(Voices.Clip("u10-truncated"), Voices.Clip("u10-original")).ShouldFail("40.0 % of the time is missing");

    [Fact]
    public void Forty_kilohertz_played_at_forty_eight_are_called_so()
    {
        var reference = MadeClip.Of(MadeClip.Saw(120, 96_000));

        Judge(MadeClip.Of(MadeClip.Saw(120, 80_000)), reference).ShouldFail("as if it was made at 40000 Hz and is played at 48000 Hz");
    }

    [Fact]
    public void Two_percent_is_the_default_and_fifty_milliseconds_are_always_allowed()
    {
        Judge(MadeClip.Of(MadeClip.Silence(480_000 - 9_500)), MadeClip.Of(MadeClip.Silence(480_000))).ShouldPass();
        Judge(MadeClip.Of(MadeClip.Silence(480_000 - 9_700)), MadeClip.Of(MadeClip.Silence(480_000))).ShouldFail("missing");
        Judge(MadeClip.Of(MadeClip.Silence(10_000)), MadeClip.Of(MadeClip.Silence(12_000))).ShouldPass();
    }

    [Fact]
    public void An_empty_reference_is_inconclusive() => Judge(Voices.Silence, MadeClip.Of([])).ShouldBeInconclusive("no samples");

    private static Judgement Judge(AudioClip output, AudioClip reference)
        => Voices.Judge(new DurationMustMatchReference(), new DurationMustMatchReference.Options(), output, reference);
}
