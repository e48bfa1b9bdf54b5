using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;

namespace ModelGate.Gates.Audio;

/// <summary>What has to be said of a comparison, whatever came of it.</summary>
internal static class RecordingWords
{
    /// <summary>Where less than all of both was compared, or not every alignment was tried.</summary>
    public static SafeText Compared(RecordingComparison comparison)
    {
        var part = comparison.ComparedSeconds is { } seconds ? SafeText.Of($"; only the first {seconds:0} s were compared") : SafeText.Empty;
        return comparison.IsBanded ? SafeText.Of($"{part}; alignments further than {MelCepstralDistance.BandSeconds:0} s from the diagonal were not tried") : part;
    }

    /// <summary>A level in dBFS as an amplitude, to six digits: it stands in reports.</summary>
    public static double Amplitude(double decibels) => NumberText.SixDigits(Math.Pow(10, decibels / 20));

    /// <summary>Which seconds of a recording.</summary>
    public static SafeText Of(TimeRange time) => SafeText.Of($"from {time.From:0.0} to {time.To:0.0} s");

    /// <summary>The factor by which a transposition moves every frequency.</summary>
    /// <param name="semitones">The semitones.</param>
    public static double Factor(double semitones) => Math.Pow(2, semitones / 12);
}
