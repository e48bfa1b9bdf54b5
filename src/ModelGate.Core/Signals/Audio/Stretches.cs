namespace ModelGate.Signals.Audio;

/// <summary>Sums over frames that can be added up, so that stretches of a recording that overlap cost no more than the recording.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface IStretchSums<TSelf>
    where TSelf : IStretchSums<TSelf>
{
    /// <summary>The sums of no frame.</summary>
    static abstract TSelf Create();

    /// <summary>Adds another's frames.</summary>
    void Add(TSelf other);

    /// <summary>Forgets all frames.</summary>
    void Clear();
}

/// <summary>Cuts a recording into stretches of 10 seconds, each 2.5 seconds behind the one before: what is wrong for a while is lost in the mean of an hour.</summary>
/// <remarks>The last stretch ends with the recording and is 7.5 to 10 seconds long; a recording of 10 seconds or less is one stretch. Frames belong to where their centre is.</remarks>
/// <param name="framesPerSecond">How many frames there are a second.</param>
/// <param name="seconds">The duration of the recording.</param>
/// <param name="look">Is shown the sums of each stretch, and where it lies.</param>
/// <typeparam name="TSums">The sums.</typeparam>
internal sealed class Stretches<TSums>(double framesPerSecond, double seconds, Action<TSums, TimeRange> look)
    where TSums : class, IStretchSums<TSums>
{
    private readonly Queue<TSums> steps = [];
    private readonly TSums stretch = TSums.Create();
    private TSums current = TSums.Create();
    private long step;
    private bool isShown;

    // The first frame behind the current step.
    private long end = (long)Math.Ceiling(Stretch.StepSeconds * framesPerSecond);

    /// <summary>The sums of all frames of the steps that are over.</summary>
    public TSums Whole { get; } = TSums.Create();

    /// <summary>The sums to which a frame has to be added.</summary>
    /// <param name="frame">The index of the frame, never less than before; frames that do not count may be left out.</param>
    public TSums At(long frame)
    {
        while (frame >= end)
        {
            Close();
        }

        return current;
    }

    /// <summary>Shows the last stretch, and returns the sums of all frames.</summary>
    public TSums Finish()
    {
        // Behind the last frame that was asked for may lie any number of steps without one.
        while (step * Stretch.StepSeconds < seconds)
        {
            Close();
        }

        Whole.Add(current);
        if (!isShown)
        {
            look(Whole, new TimeRange(0, seconds));
        }

        return Whole;
    }

    private void Close()
    {
        var to = Math.Min(seconds, (step + 1) * Stretch.StepSeconds);
        Whole.Add(current);
        steps.Enqueue(current);
        current = steps.Count > Stretch.Steps ? steps.Dequeue() : TSums.Create();
        current.Clear();
        step++;
        end = (long)Math.Ceiling((step + 1) * Stretch.StepSeconds * framesPerSecond);
        if (step < Stretch.Steps)
        {
            return;
        }

        stretch.Clear();
        foreach (var part in steps)
        {
            stretch.Add(part);
        }

        isShown = true;
        look(stretch, new TimeRange((step - Stretch.Steps) * Stretch.StepSeconds, to));
    }
}

/// <summary>A span of a recording, in seconds from its beginning.</summary>
internal readonly record struct TimeRange(double From, double To);

/// <summary>A value of a stretch of a recording.</summary>
/// <param name="Value">The value.</param>
/// <param name="Time">Where it is.</param>
internal readonly record struct Stretch(double Value, TimeRange Time)
{
    /// <summary>How long a stretch is.</summary>
    public const double Seconds = Steps * StepSeconds;

    /// <summary>From a stretch to the next.</summary>
    public const double StepSeconds = 2.5;

    /// <summary>The steps of a stretch.</summary>
    public const int Steps = 4;

    /// <summary>A stretch that sounds for less than this says nothing of a recording that is longer.</summary>
    public const double LeastActiveSeconds = 2;

    /// <summary>Whether a recording is more than one stretch.</summary>
    public static bool IsPartOf(double seconds) => seconds > Seconds;

    /// <summary>How many active frames a stretch must have to say something; one where it is all of a short recording.</summary>
    public static double FewestActive(TimeRange time, double framesPerSecond) => time.From == 0 && time.To < Seconds ? 1 : LeastActiveSeconds * framesPerSecond;

    /// <summary>The lower of two.</summary>
    public static Stretch? Lower(Stretch? a, Stretch b) => a is { } other && other.Value <= b.Value ? other : b;

    /// <summary>The higher of two.</summary>
    public static Stretch? Higher(Stretch? a, Stretch b) => a is { } other && other.Value >= b.Value ? other : b;
}
