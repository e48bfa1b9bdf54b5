using ModelGate.Gates;
using ModelGate.Gates.Data;
using ModelGate.Runs;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Gates.Data;

public class RecordingsMustBeUsableTests
{
    [Fact]
    public void Speech_passes()
    {
        var run = new GateRun();
        foreach (var stem in DataFixture.Stems)
        {
            run.With(ArtifactRole.Recordings16k, $"run/1_16k_wavs/{stem}.wav", DataFixture.Sound(stem));
        }

        var judgement = Judge(run);
        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().StartWith("10 recordings in 1_16k_wavs at 16000 Hz with 1 channel");
    }

    [Fact]
    public void Silence_fails() => Message(Run((5, Tone(0.0005)))).Should().Contain("is silent, below -60 dBFS: odd.wav");

    [Fact]
    public void Quiet_speech_passes() => Judge(Run((5, Tone(0.01)))).Findings.Should().BeEmpty();

    [Theory]
    [InlineData(1.5, 1)]
    [InlineData(3, 0.4)]
    public void Clipping_fails_also_where_it_was_turned_down(double gain, double level)
        => Message(Run((5, [.. Tone(gain).Select(s => (float)(level * Math.Clamp(s, -1, 1)))]))).Should().Contain("is clipped: odd.wav");

    [Fact]
    public void Copies_fail_whatever_their_names() => Message(Run((5, Tone(0.5, 3)))).Should().Contain("is there twice: odd.wav (as 0_3.wav)");

    [Fact]
    public void Few_that_are_unfit_pass_in_many() => Judge(Run((99, Tone(0)))).Findings.Should().BeEmpty();

    [Fact]
    public void Samples_that_are_not_finite_fail_however_few() => Message(Run((99, [.. Tone(0.5, 400), float.NaN]))).Should().Contain("broken by NaN or infinity: odd.wav");

    [Fact]
    public void Another_rate_fails_however_few()
        => Message(Run((99, null)).With(ArtifactRole.Recordings, "run/0_gt_wavs/odd.wav", WaveBytes.OfFloats(Tone(0.5, 500), rate: 44_100)))
            .Should().Contain("of another form than 48000 Hz with 1 channel: odd.wav (44100 Hz, 1)");

    [Fact]
    public void A_second_channel_fails()
        => Message(Run((5, null)).With(ArtifactRole.Recordings, "run/0_gt_wavs/odd.wav", WaveBytes.OfFloats(Tone(0.5, 500), channels: 2))).Should().Contain("odd.wav (48000 Hz, 2)");

    [Fact]
    public void Empty_and_damaged_files_are_named()
    {
        var run = Run((5, null)).With(ArtifactRole.Recordings, "run/0_gt_wavs/empty.wav", WaveBytes.OfFloats([])).With(ArtifactRole.Recordings, "run/0_gt_wavs/html.wav", "<html>not found</html>"u8.ToArray());

        Judge(run).Findings.Select(f => f.Message.Value).Should().Contain(m => m.Contains("empty.wav", StringComparison.Ordinal)).And.Contain(m => m.Contains("unreadable: html.wav", StringComparison.Ordinal));
    }

    [Fact]
    public void Recordings_for_features_have_to_be_at_16_kHz()
        => Message(new GateRun().With(ArtifactRole.Recordings16k, "run/1_16k_wavs/a.wav", WaveBytes.OfFloats(Tone(0.5)))).Should().Contain("at 48000 Hz, and features are made at 16000 Hz");

    // Tones of different pitch, so that none is the copy of another.
    private static float[] Tone(double level, int pitch = 1000) => [.. Enumerable.Range(0, 4800).Select(i => (float)(level * Math.Sin(i * (0.03 + (pitch * 0.0001)))))];

    private static GateRun Run((int Count, float[]? Odd) of)
    {
        var run = new GateRun();
        for (var i = 0; i < of.Count; i++)
        {
            run.With(ArtifactRole.Recordings, $"run/0_gt_wavs/0_{i}.wav", WaveBytes.OfFloats(Tone(0.5, i)));
        }

        return of.Odd is { } odd ? run.With(ArtifactRole.Recordings, "run/0_gt_wavs/odd.wav", WaveBytes.OfFloats(odd)) : run;
    }

    private static string Message(GateRun run) => Judge(run).Findings.Should().ContainSingle().Subject.Message.Value;

    private static Judgement Judge(GateRun run) => run.Judge(new RecordingsMustBeUsable(), new RecordingsMustBeUsable.Options()).Should().ContainSingle().Subject.Judgement;
}
