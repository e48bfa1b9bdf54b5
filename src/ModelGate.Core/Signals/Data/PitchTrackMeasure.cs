using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Signals.Data;

/// <summary>The pitch of one recording, frame after frame, as far as it is compared with its sound.</summary>
internal sealed record PitchTrackMeasure : WeightMeasure<PitchTrack>
{
    // Ten seconds at two hundred frames a second, and then some.
    private const int MostFrames = 4096;

    /// <inheritdoc/>
    public override WeightMeter Begin(Checkpoint checkpoint) => new Meter();

    private sealed class Meter : NumberRowMeter
    {
        private readonly List<float> pitch = [];
        private bool isBroken;

        protected override void Add(ReadOnlySpan<double> numbers)
        {
            foreach (var number in numbers)
            {
                isBroken |= !double.IsFinite(number) || number < 0;
                if (pitch.Count < MostFrames)
                {
                    pitch.Add((float)number);
                }
            }
        }

        public override object Finish() => new PitchTrack(isBroken ? 0 : Count, isBroken ? [] : [.. pitch]);
    }
}

/// <summary>The pitch of one recording.</summary>
/// <param name="Frames">The number of frames; 0 where the file holds no row of finite numbers.</param>
/// <param name="Hertz">The first of them, 0 where there is no pitch.</param>
internal sealed record PitchTrack(long Frames, IReadOnlyList<float> Hertz);
