using System.Runtime.InteropServices;
using ModelGate.Gates;
using ModelGate.Gates.Data;
using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Data;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Gates.Data;

public class PitchMustBelongToItsAudioTests
{
    private static readonly float[][] Pitch = [.. DataFixture.Stems.Select(s => MemoryMarshal.Cast<byte, float>(DataFixture.Bytes($"2b-f0nsf/{s}.wav.npy").AsSpan(^(200 * 4)..)).ToArray())];

    [Fact]
    public void Pitch_of_the_recordings_passes()
    {
        var judgement = Judge(With(i => Pitch[i]));

        judgement.Findings.Should().BeEmpty();
        judgement.IsInconclusive.Should().BeFalse();
        Value(judgement, "pitch-fit").Should().BeGreaterThan(0.97);
        Value(judgement, "shuffled-pitch-fit").Should().BeLessThan(0.92);
        Value(judgement, "pitch-lag").Should().BeInRange(-0.02, 0.02);
    }

    [Theory]
    [InlineData(1, "with the pitch of the recording before")]
    [InlineData(9, "with the pitch of the recording after")]
    [InlineData(3, "is not that of the recordings")]
    [InlineData(5, "is not that of the recordings")]
    public void Pitch_of_other_recordings_fails(int rotated, string expected)
        => Judge(With(i => Pitch[(i + rotated) % 10])).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain(expected);

    [Theory]
    [InlineData(10, "100 ms late")]
    [InlineData(-16, "160 ms early")]
    [InlineData(40, "400 ms late")]
    public void Late_pitch_fails_and_it_is_said_how_late_it_is(int frames, string expected)
        => Judge(With(i => Shifted(Pitch[i], frames))).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain(expected);

    [Theory]
    [InlineData(2, "above")]
    [InlineData(0.5, "below")]
    public void Pitch_of_another_octave_fails(double factor, string side)
        => Judge(With(i => Times(Pitch[i], factor))).Findings.Should().ContainSingle().Which.Message.Value.Should().StartWith($"the pitch of 10 of 10 segments is an octave {side} that of the recording");

    // 48 kHz taken for 44.1.
    [Fact]
    public void Transposed_pitch_fails()
        => Judge(With(i => Times(Pitch[i], 48.0 / 44.1))).Findings.Should().ContainSingle().Which.Message.Value.Should().StartWith("pitch is 1.5 semitones above the recordings");

    [Fact]
    public void One_segment_an_octave_off_is_named()
        => Judge(With(i => i == 3 ? Times(Pitch[i], 2) : Pitch[i])).Findings.Should().ContainSingle().Which.Message.Value.Should().EndWith("is an octave above that of the recording: 0_3");

    [Fact]
    public void Two_exchanged_files_are_named_with_what_they_hold()
        => Judge(With(i => Pitch[i switch { 3 => 6, 6 => 3, _ => i }])).Findings.Select(f => f.Message.Value).Should().HaveCount(2)
            .And.Contain(m => m.StartsWith("the pitch of 0_3 is that of 0_6", StringComparison.Ordinal))
            .And.Contain(m => m.StartsWith("the pitch of 0_6 is that of 0_3", StringComparison.Ordinal));

    [Fact]
    public void One_late_file_is_named()
        => Judge(With(i => i == 4 ? Shifted(Pitch[i], 20) : Pitch[i])).Findings.Should().ContainSingle().Which.Message.Value.Should().StartWith("the pitch of 0_4 is 200 ms late");

    [Fact]
    public void One_note_for_everything_fails()
        => Judge(With(i => [.. Pitch[i].Select(h => h > 0 ? 190f : 0)])).Findings.Should().ContainSingle();

    // Every pairing fits: that the own one does is all that can be asked.
    [Fact]
    public void Recordings_of_one_note_pass_with_their_pitch()
    {
        var run = new GateRun();
        for (var i = 0; i < 9; i++)
        {
            run.With(ArtifactRole.Recordings16k, $"run/1_16k_wavs/0_{i}.wav", WaveBytes.OfFloats([.. Enumerable.Range(0, 32_000).Select(t => (float)(0.3 * Math.Sin(2 * Math.PI * 200 * t / 16_000) + (0.2 * Math.Sin(2 * Math.PI * 400 * t / 16_000))))], rate: 16_000))
                .With(ArtifactRole.FinePitch, $"run/2b-f0nsf/0_{i}.wav.npy", DataFixture.Npy([.. Enumerable.Repeat(200f, 200)], "<f4", 200));
        }

        Judge(run).Should().Match<Judgement>(j => j.Findings.Count == 0 && !j.IsInconclusive);
    }

    [Fact]
    public void Too_few_segments_say_nothing()
    {
        var run = new GateRun();
        for (var i = 0; i < 7; i++)
        {
            run.With(ArtifactRole.Recordings16k, $"run/1_16k_wavs/0_{i}.wav", DataFixture.Sound($"0_{i}")).With(ArtifactRole.FinePitch, $"run/2b-f0nsf/0_{i}.wav.npy", DataFixture.Npy(Pitch[i], "<f4", 200));
        }

        Judge(run).IsAboutNothing.Should().BeTrue();
    }

    // A sine correlates with itself by the cosine of the lag, whatever is computed here.
    [Theory]
    [InlineData(20, 1)]
    [InlineData(40, 1)]
    [InlineData(30, -1)]
    [InlineData(25, 0)]
    public void The_correlation_of_a_sine_is_the_cosine_of_the_lag(int lag, double expected)
    {
        var clip = WaveBytes.Read(WaveBytes.OfFloats([.. Enumerable.Range(0, 8_000).Select(t => (float)(0.5 * Math.Sin(2 * Math.PI * 400 * t / 8_000)))], rate: 8_000));
        var sound = (Periodicity)AudioPass.Run(clip, [new PeriodicityMeasure().Begin(clip)], CancellationToken.None)[0];

        sound.Frames.Should().HaveCount(50);
        (sound.Frames[25]!.Correlations[lag - PeriodicityMeasure.ShortestLag] / 127.0).Should().BeApproximately(expected, 0.03);
    }

    private static float[] Shifted(float[] pitch, int frames) => [.. Enumerable.Range(0, pitch.Length).Select(i => i - frames >= 0 && i - frames < pitch.Length ? pitch[i - frames] : 0)];

    private static float[] Times(float[] pitch, double factor) => [.. pitch.Select(h => (float)(h * factor))];

    private static double Value(Judgement judgement, string signal) => judgement.Measurements.Single(m => m.Signal == signal).Observed!.Value;

    private static GateRun With(Func<int, float[]> pitch)
    {
        var run = new GateRun();
        foreach (var (stem, i) in DataFixture.Stems.Select((s, i) => (s, i)))
        {
            run.With(ArtifactRole.Recordings16k, $"run/1_16k_wavs/{stem}.wav", DataFixture.Sound(stem)).With(ArtifactRole.FinePitch, $"run/2b-f0nsf/{stem}.wav.npy", DataFixture.Npy(pitch(i), "<f4", 200));
        }

        return run;
    }

    private static Judgement Judge(GateRun run) => run.Judge(new PitchMustBelongToItsAudio(), new PitchMustBelongToItsAudio.Options()).Should().ContainSingle().Subject.Judgement;
}
