using ModelGate.Gates;
using ModelGate.Gates.Data;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Data;

public class PitchMustBePlausibleTests
{
    // The largest of a real data set, by RVC's own preprocessing: 285.7 Hz beside step 80.
    private const float Hertz = 285.7f;
    private const long Step = 80;

    [Fact]
    public void A_voice_passes_in_Hz_and_in_steps()
    {
        var judgement = Judge(Run());

        judgement.Findings.Should().BeEmpty();
        judgement.Measurements[0].Observed.Should().BeApproximately(0.5, 1e-9);
        judgement.Measurements[1].Observed.Should().BeApproximately(Hertz, 1);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(-1)]
    public void Numbers_that_are_no_pitch_fail(float number) => Message(Run(odd: [.. Contour(Hertz)[..^1], number])).Should().Contain("0_3 (1 of 200)");

    [Fact]
    public void Whispering_fails() => Message(Run(all: new float[200])).Should().Contain("0.0 % of the frames are voiced");

    [Fact]
    public void A_file_without_a_voiced_frame_fails() => Message(Run(odd: new float[200])).Should().Contain("has no voiced frame: 0_3");

    [Fact]
    public void An_octave_too_high_fails() => Message(Run(odd: Contour(2 * Hertz), oddStep: 154)).Should().Contain("lies an octave from that of the others");

    [Fact]
    public void Pitch_that_stands_still_fails() => Message(Run(odd: [.. Enumerable.Repeat(Hertz, 200)])).Should().Contain("stands still: 0_3");

    [Theory]
    [InlineData(5)]
    [InlineData(9000)]
    public void Pitch_out_of_range_fails(float number) => Message(Run(odd: [.. Contour(Hertz)[..^1], number])).Should().Contain("leaves 40 to 1600 Hz: 0_3");

    [Fact]
    public void Steps_of_another_pitch_fail() => Message(Run(oddStep: 120)).Should().Contain("is not the same in steps as in Hz: 0_3 (step 120");

    [Fact]
    public void Pitch_in_Hz_alone_is_judged()
        => Judge(new GateRun().With(ArtifactRole.FinePitch, "run/a.wav.f0.npy", Npy(Contour(Hertz)))).Findings.Should().BeEmpty();

    private static float[] Contour(float hertz) => [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0 : hertz + (i % 5 * 0.1f))];

    private static byte[] Npy(float[] contour) => DataFixture.Npy(contour, "<f4", contour.Length);

    private static GateRun Run(float[]? all = null, float[]? odd = null, long oddStep = Step)
    {
        var run = new GateRun();
        for (var i = 0; i < 8; i++)
        {
            var contour = i == 3 && odd is not null ? odd : all ?? Contour(Hertz);
            var step = i == 3 ? oddStep : Step;
            run.With(ArtifactRole.FinePitch, $"run/2b-f0nsf/0_{i}.wav.npy", Npy(contour))
                .With(ArtifactRole.Pitch, $"run/2a_f0/0_{i}.wav.npy", DataFixture.Npy([.. contour.Select(h => h > 0 ? step : 1L)], "<i8", contour.Length));
        }

        return run;
    }

    private static string Message(GateRun run) => Judge(run).Findings.Should().ContainSingle().Subject.Message.Value;

    private static Judgement Judge(GateRun run) => run.Judge(new PitchMustBePlausible(), new PitchMustBePlausible.Options()).Should().ContainSingle().Subject.Judgement;
}
