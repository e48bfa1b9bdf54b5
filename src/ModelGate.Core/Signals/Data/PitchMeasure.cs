using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Signals.Data;

/// <summary>The pitch of one recording in a few numbers.</summary>
/// <param name="Unvoiced">The highest value that stands for frames without pitch: 0 Hz, or step 1.</param>
internal sealed record PitchMeasure(double Unvoiced) : WeightMeasure<PitchContour>
{
    // Some minutes of voice, of which the median is taken.
    private const int MostForMedian = 1 << 16;

    /// <inheritdoc/>
    public override WeightMeter Begin(Checkpoint checkpoint) => new Meter(Unvoiced);

    private sealed class Meter(double unvoiced) : NumberRowMeter
    {
        private readonly List<double> voiced = [];
        private long count;
        private long broken;
        private double minimum = double.PositiveInfinity;
        private double maximum = double.NegativeInfinity;

        protected override void Add(ReadOnlySpan<double> numbers)
        {
            foreach (var number in numbers)
            {
                if (!double.IsFinite(number) || number < 0)
                {
                    broken++;
                }
                else if (number > unvoiced)
                {
                    count++;
                    (minimum, maximum) = (Math.Min(minimum, number), Math.Max(maximum, number));
                    if (voiced.Count < MostForMedian)
                    {
                        voiced.Add(number);
                    }
                }
            }
        }

        public override object Finish()
        {
            voiced.Sort();
            return new PitchContour(Count, count, broken, count > 0 ? minimum : 0, count > 0 ? maximum : 0, count > 0 ? voiced[voiced.Count / 2] : 0);
        }
    }
}

/// <summary>The pitch of one recording.</summary>
/// <param name="Frames">The number of frames; 0 where the file holds no row of numbers.</param>
/// <param name="Voiced">Frames that have a pitch.</param>
/// <param name="Broken">Frames that are NaN, infinite or negative.</param>
/// <param name="Minimum">The lowest pitch.</param>
/// <param name="Maximum">The highest pitch.</param>
/// <param name="Median">The median pitch.</param>
internal sealed record PitchContour(long Frames, long Voiced, long Broken, double Minimum, double Maximum, double Median);
