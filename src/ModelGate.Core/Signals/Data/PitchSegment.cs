namespace ModelGate.Signals.Data;

/// <summary>The pitch of one recording beside how periodic it is.</summary>
internal sealed class PitchSegment
{
    /// <summary>Fewest frames with a pitch and a sound that say anything.</summary>
    public const int FewestFrames = 15;

    private readonly Periodicity sound;
    private readonly float[] hertz;

    private PitchSegment(string name, float[] hertz, Periodicity sound) => (Name, this.hertz, this.sound) = (name, hertz, sound);

    /// <summary>The name of the segment.</summary>
    public string Name { get; }

    /// <summary>A segment; null where the pitch or the sound is too short, unvoiced or not finite.</summary>
    public static PitchSegment? Of(string name, PitchTrack pitch, Periodicity sound)
    {
        if (pitch.Frames == 0 || sound.Seconds <= 0 || sound.Frames.Count(f => f is not null) < FewestFrames)
        {
            return null;
        }

        // Frames of pitch are at any rate; those of the sound are fifty a second.
        var rate = pitch.Frames / sound.Seconds;
        var hertz = new float[sound.Frames.Count];
        for (var i = 0; i < hertz.Length; i++)
        {
            var at = (int)Math.Round(i * rate / PeriodicityMeasure.FramesPerSecond);
            hertz[i] = at < pitch.Hertz.Count ? pitch.Hertz[at] : 0;
        }

        return hertz.Count(h => h > 0) < FewestFrames ? null : new PitchSegment(name, hertz, sound);
    }

    /// <summary>The mean rank and correlation of the stated pitch in a sound; null where too few frames have both.</summary>
    /// <param name="other">The segment whose sound it is.</param>
    /// <param name="late">How many frames earlier the sound is taken: pitch that is late by as many fits it.</param>
    /// <param name="factor">What the stated pitch is multiplied by.</param>
    public (double Rank, double Correlation)? Fit(PitchSegment other, int late = 0, double factor = 1)
    {
        var (ranks, correlations, count) = (0.0, 0.0, 0);
        for (var i = 0; i < hertz.Length; i++)
        {
            if (hertz[i] > 0 && other.sound.At(i - late, hertz[i] * factor) is var (correlation, rank))
            {
                ranks += rank;
                correlations += correlation;
                count++;
            }
        }

        return count < FewestFrames ? null : (ranks / count, correlations / count);
    }

    /// <summary>The share of frames whose sound is at least as periodic at a multiple of the stated pitch as at the pitch itself; null where too few have both.</summary>
    /// <param name="factor">The multiple.</param>
    /// <param name="gain">By how much the correlation has to be higher.</param>
    public double? ShareBetterAt(double factor, double gain)
    {
        var (better, count) = (0, 0);
        for (var i = 0; i < hertz.Length; i++)
        {
            if (hertz[i] > 0 && sound.At(i, hertz[i]) is var (own, _) && sound.At(i, hertz[i] * factor) is var (multiple, _))
            {
                better += multiple >= own + gain ? 1 : 0;
                count++;
            }
        }

        return count < FewestFrames ? null : (double)better / count;
    }
}
