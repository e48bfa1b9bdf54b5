namespace ModelGate.Tests.Signals.Audio;

/// <summary>The test signals of EBU Tech 3341 and of BS.1770-4, made again here; their loudness and their true peak are stated there.</summary>
public class LoudnessTests
{
    private static readonly (double Seconds, double[] Peaks)[] Case9 =
        [.. Enumerable.Repeat<(double, double[])[]>([(1.34, [-20, -20]), (1.66, [-30, -30])], 5).SelectMany(s => s)];

    public static TheoryData<string, double, (double Seconds, double[] Peaks)[], double> Signals => new()
    {
        { "Tech 3341, case 1", 1000, [(20, [-23, -23])], -23 },
        { "Tech 3341, case 2", 1000, [(20, [-33, -33])], -33 },
        { "Tech 3341, case 3", 1000, [(10, [-36, -36]), (60, [-23, -23]), (10, [-36, -36])], -23 },
        { "Tech 3341, case 4", 1000, [(10, [-72, -72]), (10, [-36, -36]), (60, [-23, -23]), (10, [-36, -36]), (10, [-72, -72])], -23 },
        { "Tech 3341, case 5", 1000, [(20, [-26, -26]), (20.1, [-20, -20]), (20, [-26, -26])], -23 },
        { "Tech 3341, case 6", 1000, [(20, [-28, -28, -24, -30, -30])], -23 },
        { "Tech 3341, case 9", 1000, Case9, -23 },
        { "BS.1770-4, annex 1", 997, [(20, [0])], -3.01 },
        { "one channel of case 1", 1000, [(20, [-23])], -26.01 },
    };

    [Theory]
    [MemberData(nameof(Signals))]
    public void Loudness_is_the_stated_one(string name, double frequency, (double Seconds, double[] Peaks)[] segments, double lufs)
        => Readings.OfWhole("integrated-loudness", new ToneClip(48_000, frequency, segments).Clip).Should().BeApproximately(lufs, 0.1, name);

    [Theory]
    [InlineData(16_000, -22.95329794)]
    [InlineData(22_050, -22.96408372)]
    [InlineData(24_000, -22.9674395)]
    [InlineData(40_000, -22.98719133)]
    [InlineData(44_100, -22.99053977)]
    [InlineData(48_000, -22.99329713)]
    public void The_filter_is_that_of_the_recordings_own_rate(int rate, double pyloudnormWithDeMansFilter)
        => Readings.OfWhole("integrated-loudness", new ToneClip(rate, 1000, [(20, [-23, -23])]).Clip).Should().BeApproximately(pyloudnormWithDeMansFilter, 1e-5);

    [Theory]
    [InlineData("Tech 3341, case 15", 4, 0, -6.0)]
    [InlineData("Tech 3341, case 16", 4, 45, -6.0)]
    [InlineData("Tech 3341, case 17", 6, 60, -6.0)]
    [InlineData("Tech 3341, case 18", 8, 67.5, -6.0)]
    [InlineData("Tech 3341, case 19", 4, 45, 3.0)]
    public void The_true_peak_lies_between_the_samples(string name, int samplesAPeriod, double degrees, double decibels)
    {
        var level = decibels > 0 ? 20 * Math.Log10(1.41) : 20 * Math.Log10(0.5);
        var tone = new ToneClip(48_000, 48_000.0 / samplesAPeriod, [(1, [level, level])]) { Phase = degrees * Math.PI / 180, FadeSeconds = 0.05 };

        Readings.OfWhole("true-peak", tone.Clip).Should().BeInRange(decibels - 0.4, decibels + 0.2, name);
    }

    [Fact]
    public void Below_a_block_in_silence_and_above_five_channels_there_is_no_loudness()
    {
        Readings.OfWhole("integrated-loudness", new ToneClip(48_000, 1000, [(0.399, [-20])]).Clip).Should().BeNull();
        Readings.OfWhole("integrated-loudness", new ToneClip(48_000, 1000, [(1, [-120])]).Clip).Should().BeNull();
        Readings.OfWhole("integrated-loudness", new ToneClip(48_000, 1000, [(1, [-20, -20, -20, -20, -20, -20])]).Clip).Should().BeNull();
        Readings.OfWhole("true-peak", MadeClip.Of(MadeClip.Silence(4800))).Should().BeNull();
    }
}
