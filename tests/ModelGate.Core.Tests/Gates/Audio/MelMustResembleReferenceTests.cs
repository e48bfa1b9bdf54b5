using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Audio;

public class MelMustResembleReferenceTests
{
    [Theory]
    [InlineData("u01-griffinlim-100", "u01-original")]
    [InlineData("u06-resampled", "u06-original")]
    [InlineData("u10-quiet", "u10-original")]
    [InlineData("u10-truncated", "u10-original")]
    [InlineData("rvc-healthy", "rvc-input")]
    public void What_says_the_same_passes(string output, string reference) => Judge(output, reference).ShouldPass();

    [Theory]
    [InlineData("u01-hum-50", "u01-original")]
    [InlineData("u01-muffled-1k5", "u01-original")]
    [InlineData("u01-speech-shaped-noise", "u01-original")]
    [InlineData("u10-beep", "u10-original")]
    [InlineData("u10-stuck", "u10-original")]
    [InlineData("u10-original", "u06-original")]
    [InlineData("rvc-misaligned", "rvc-input")]
    public void What_says_something_else_fails(string output, string reference) => Judge(output, reference).ShouldFail("mel-cepstral distortion");

    [Fact]
    public void A_conversion_is_judged_by_what_it_does_over_time()
    {
        Judge("rvc-healthy", "rvc-input", ArtifactRole.Input).ShouldPass();
        Judge("rvc-misaligned", "rvc-input", ArtifactRole.Input).ShouldFail("does not follow");
        Judge("u10-truncated", "u10-original", ArtifactRole.Input).ShouldBeInconclusive("times as long");
    }

    [Fact]
    public void An_input_that_comes_out_unchanged_is_no_conversion()
    {
        Judgement Converted(string output) => new GateRun()
            .With(ArtifactRole.Output, "a_converted.wav", Voices.Clip(output)).With(ArtifactRole.Input, "a_input.wav", Voices.Clip("rvc-input")).With(ArtifactRole.Target, "voice.wav", Voices.Clip("u01-original"))
            .Judge(new MelMustResembleReference(), new MelMustResembleReference.Options()).Should().ContainSingle().Subject.Judgement;

        Converted("rvc-input").ShouldFail("nothing was converted");
        Converted("rvc-healthy").ShouldPass();
    }

    [Fact]
    public void Silence_NaN_and_a_missing_reference_are_inconclusive()
    {
        Voices.Judge(new MelMustResembleReference(), new MelMustResembleReference.Options(), Voices.Clip("u01-original"), Voices.Silence).ShouldBeInconclusive("silent");
        Judge("u01-inf-some", "u01-original").ShouldBeInconclusive("NaN or infinite");
        new GateRun().With(ArtifactRole.Output, "a.wav", Voices.Silence).With(ArtifactRole.Output, "b.wav", Voices.Silence).With(ArtifactRole.Output, "c.wav", Voices.Silence)
            .With(ArtifactRole.Reference, "x.wav", Voices.Silence).With(ArtifactRole.Reference, "y.wav", Voices.Silence)
            .Judge(new MelMustResembleReference(), new MelMustResembleReference.Options())
            .Should().HaveCount(3).And.OnlyContain(j => j.Judgement.IsInconclusive && j.Judgement.Summary.Value.Contains("referenceName"));
    }

    [Fact]
    public void Shows_both_spectrograms_their_difference_and_the_distance_over_time()
    {
        var exhibits = new GateRun().With(ArtifactRole.Output, "a.wav", Voices.Clip("u01-muffled-1k5")).With(ArtifactRole.Reference, "b.wav", Voices.Clip("u01-original"))
            .Judge(new MelMustResembleReference(), new MelMustResembleReference.Options()).Single().Exhibits;

        exhibits.Select(e => e.GetType()).Should().Equal(typeof(HeatmapExhibit), typeof(HeatmapExhibit), typeof(HeatmapExhibit), typeof(CurveExhibit));
        ((HeatmapExhibit)exhibits[0]).Value.Should().Be(((HeatmapExhibit)exhibits[1]).Value);
        var difference = (HeatmapExhibit)exhibits[2];

        // The upper rows are missing from the output.
        difference.Columns.Average(c => c[^20..].Average()).Should().BeLessThan(-10);
    }

    private static Judgement Judge(string output, string reference, ArtifactRole role = ArtifactRole.Reference)
        => Voices.Judge(new MelMustResembleReference(), new MelMustResembleReference.Options(), output, reference, role);
}
