using System.Text.Json;
using ModelGate.Torch.Synthesis;

namespace ModelGate.Torch.Tests.Synthesis;

/// <summary>Spectrograms against numpy's, after the formulas of HiFi-GAN and librosa: Fixtures/mel/make.py.</summary>
public class MelSpectrogramTests
{
    // Binary32 against binary64; the logarithm widens what rounding does to a band at its floor.
    private const double Tolerance = 2e-3;

    [TorchTheory]
    [InlineData(0)]
    [InlineData(1)]
    public void Every_band_is_that_of_the_formulas(int index)
    {
        using var recorded = JsonDocument.Parse(File.ReadAllText(Fixture.PathOf("mel", "spectrograms.json")));
        var of = recorded.RootElement[index];
        int Of(string name) => of.GetProperty(name).GetInt32();
        var settings = new MelSettings(Of("rate"), Of("length"), Of("hop"), Of("window"), Of("bands"), Of("lowest"), Of("highest"));

        using var found = MelSpectrogram.Of(Signal(settings.SampleRate), settings);

        found.shape.Should().Equal(1, Of("bands"), Of("frames"));
        foreach (var column in of.GetProperty("columns").EnumerateObject())
        {
            var own = found[0].select(1, int.Parse(column.Name)).contiguous().data<float>().ToArray();
            own.Zip(column.Value.EnumerateArray().Select(v => v.GetDouble())).Max(p => Math.Abs(p.First - p.Second)).Should().BeLessThan(Tolerance, "frame {0}", column.Name);
        }
    }

    // As make.py states it.
    private static float[] Signal(int rate) => [.. Enumerable.Range(0, 12000).Select(n =>
    {
        var t = (double)n / rate;
        return (float)((0.4 * Math.Sin(2 * Math.PI * 440 * t)) + (0.2 * Math.Sin(2 * Math.PI * 3000 * t)) + (0.1 * Math.Sin(2 * Math.PI * 8000 * t * t)));
    })];
}
