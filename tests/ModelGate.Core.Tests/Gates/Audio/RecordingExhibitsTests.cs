using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Runs;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates;

public class RecordingExhibitsTests
{
    private const int Rate = 48_000;

    [Fact]
    public void A_tone_is_one_bright_row_at_its_frequency()
    {
        var heatmap = (HeatmapExhibit)RecordingExhibits.Spectrogram(File(MadeClip.Sine(6_000, Rate)), "output").Single();
        heatmap.Columns.Should().HaveCount(1 + (Rate / 512)).And.OnlyContain(c => c.Length == 128);
        heatmap.Y.To.Should().Be(24);
        var column = heatmap.Columns[40];
        Array.IndexOf(column, column.Max()).Should().BeCloseTo(32, 1);
        column.Max().Should().BeApproximately(0, 0.1f);
        column[100].Should().Be(-80);
    }

    [Fact]
    public void A_long_recording_has_300_columns()
        => ((HeatmapExhibit)RecordingExhibits.Spectrogram(File(MadeClip.Noise(0.1, 10 * Rate)), "output").Single()).Columns.Should().HaveCount(300);

    [Fact]
    public void Silence_has_no_spectrogram()
        => RecordingExhibits.Spectrogram(File(MadeClip.Silence(Rate)), "output").Should().BeEmpty();

    [Fact]
    public void Silence_is_shaded()
    {
        var curve = RecordingExhibits.Flatness(File([.. MadeClip.Noise(0.1, Rate), .. MadeClip.Silence(Rate)]), new())!;
        var shaded = curve.Shaded.Should().ContainSingle().Subject;
        shaded.From.Should().BeApproximately(1, 0.05);
        shaded.To.Should().BeApproximately(2, 0.02);
        curve.Points.Should().OnlyContain(p => p.Y >= 0 && p.Y <= 1);
        curve.Limit.Should().Be(0.1);
    }

    private static ArtifactFile<AudioClip> File(IEnumerable<double> samples) => new("a.wav", 1, default, MadeClip.Of(samples));
}
