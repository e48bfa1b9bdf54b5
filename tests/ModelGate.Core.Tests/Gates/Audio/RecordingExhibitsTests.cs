using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class RecordingExhibitsTests
{
    private const int Rate = 48_000;

    private static readonly RoleFile File = new(ArtifactRole.Output, "a.wav");

    [Fact]
    public void A_tone_is_one_bright_row_at_its_frequency()
    {
        var heatmap = (HeatmapExhibit)Spectrogram(MadeClip.Sine(6_000, Rate)).Single();

        heatmap.Columns.Should().HaveCount(1 + (Rate / 512)).And.OnlyContain(c => c.Length == 128);
        heatmap.Y.To.Should().Be(24);
        var column = heatmap.Columns[40];
        Array.IndexOf(column, column.Max()).Should().BeCloseTo(32, 1);
        column.Max().Should().BeApproximately(0, 0.1f);
        column[100].Should().Be(-80);
    }

    [Fact]
    public void A_long_recording_has_300_columns()
        => ((HeatmapExhibit)Spectrogram(MadeClip.Noise(0.1, 10 * Rate)).Single()).Columns.Should().HaveCount(300);

    [Fact]
    public void Silence_has_no_spectrogram() => Spectrogram(MadeClip.Silence(Rate)).Should().BeEmpty();

    [Fact]
    public void Silence_is_shaded()
    {
        var clip = MadeClip.Of([.. MadeClip.Noise(0.1, Rate), .. MadeClip.Silence(Rate)]);

        var curve = RecordingExhibits.Flatness(File, MadeClip.Flatness(clip), MadeClip.BandFlatness(clip), 0.1).Should().ContainSingle().Which.Should().BeOfType<CurveExhibit>().Subject;

        var shaded = curve.Shaded.Should().ContainSingle().Subject;
        shaded.From.Should().BeApproximately(1, 0.05);
        shaded.To.Should().BeApproximately(2, 0.02);
        curve.Points.Should().OnlyContain(p => p.Y >= 0 && p.Y <= 1);
        curve.Limit.Should().Be(0.1);
    }

    private static IEnumerable<Exhibit> Spectrogram(IEnumerable<double> samples)
    {
        var clip = MadeClip.Of(samples);
        return RecordingExhibits.Spectrogram(File, (SpectrogramPicture)AudioPass.Run(clip, [new SpectrogramMeasure().Begin(clip)], TestContext.Current.CancellationToken)[0]);
    }
}
