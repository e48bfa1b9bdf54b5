using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>What gates measure on every channel of a recording by itself.</summary>
internal static class OfChannels
{
    /// <summary>Levels of frames.</summary>
    public static EachChannel<FrameLevels> Levels { get; } = new(new FrameLevelsMeasure());

    /// <summary>Mel bands.</summary>
    public static EachChannel<MelStatistics> Mel { get; } = new(new MelMeasure());

    /// <summary>Periodicity and pitch.</summary>
    public static EachChannel<PitchStatistics> Pitch { get; } = new(new PitchMeasure());

    /// <summary>Changes of sign.</summary>
    public static EachChannel<Crossings> Crossings { get; } = new(new CrossingsMeasure());

    /// <summary>Clicks.</summary>
    public static EachChannel<Clicks> Clicks { get; } = new(new ClickMeasure());
}
