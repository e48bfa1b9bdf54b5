using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Runs;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class AudioMustNotClipTests
{
    [Theory]
    [InlineData("u01-original")]
    [InlineData("u06-8-bit")]
    [InlineData("u12-whisper")]
    [InlineData("u10-quiet")]
    [InlineData("u15-float")]
    [InlineData("reference")]
    public void A_good_recording_passes(string output) => Judge(output).ShouldPass();

    [Fact]
    public void Clipped_speech_fails() => Judge("u10-clipped").ShouldFail("of the samples are at full scale, from");

    [Fact]
    public void Clipped_speech_that_was_turned_down_fails() => Judge("u02-clipped-lowered").ShouldFail("cut off and then turned down");

    [Fact]
    public void A_run_in_one_of_two_channels_fails()
    {
        var tone = MadeClip.Sine(440, 48_000).ToArray();
        var clip = MadeClip.Of(tone.SelectMany((s, i) => new[] { s, i is >= 1000 and < 1010 ? 1 : s }), channels: 2);

        Voices.Judge(new AudioMustNotClip(), new AudioMustNotClip.Options(), clip).ShouldFail("10 samples in a row are at full scale in channel 2, from 0.02 s on");
        Voices.Judge(new AudioMustNotClip(), new AudioMustNotClip.Options { Run = 11, Plateau = 1000 }, clip).ShouldPass();
    }

    [Fact]
    public void Digital_silence_has_no_peak_to_cut_off() => Voices.Judge(new AudioMustNotClip(), new AudioMustNotClip.Options(), Voices.Silence).ShouldPass();

    [Fact]
    public void NaN_is_inconclusive() => Judge("u01-inf-some").ShouldBeInconclusive("samples-must-be-finite");

    [Fact]
    public void Shows_where_it_is_clipped()
    {
        var exhibit = new GateRun().With(ArtifactRole.Output, "a.wav", Voices.Clip("u10-clipped")).Judge(new AudioMustNotClip(), new AudioMustNotClip.Options()).Single()
            .Exhibits.Should().ContainSingle().Which.Should().BeOfType<WaveformExhibit>().Subject;

        exhibit.Clipped.Should().NotBeEmpty().And.OnlyContain(s => s.From >= 0 && s.To <= 2.86 && s.From < s.To);
        exhibit.Columns.Should().HaveCount(960).And.OnlyContain(c => c.Low <= c.High && c.Low >= -1 && c.High <= 1);
        exhibit.Columns.Max(c => c.High).Should().BeGreaterThan(0.999f);
    }

    private static Judgement Judge(string output) => Voices.Judge(new AudioMustNotClip(), new AudioMustNotClip.Options(), output);
}
