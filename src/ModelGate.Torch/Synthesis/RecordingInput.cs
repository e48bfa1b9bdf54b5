using ModelGate.Artifacts;
using ModelGate.Torch.Networks;
using static TorchSharp.torch;

namespace ModelGate.Torch.Synthesis;

/// <summary>A recording as a vocoder's training takes it: one channel, the peak at 0.95, a whole number of frames.</summary>
internal static class RecordingInput
{
    private const float Peak = 0.95f;
    private const int Block = 1 << 16;
    private const long LongestSeconds = 600;

    /// <summary>The network's input.</summary>
    /// <exception cref="ModelException">The recording has another rate, is silent, too short or not finite.</exception>
    public static IReadOnlyDictionary<string, Tensor> Of(AudioClip recording, MelSettings settings, string name)
    {
        if (recording.SampleRate != settings.SampleRate)
        {
            throw new ModelException(SafeText.Of($"{name} is at {recording.SampleRate} Hz, the network at {settings.SampleRate} Hz: it is not resampled, for that would be judged along with the network"));
        }

        if (recording.Frames > LongestSeconds * recording.SampleRate)
        {
            throw new ModelException(SafeText.Of($"{name} is {recording.Seconds:0} seconds long, and {LongestSeconds} are the most that is synthesized"));
        }

        var samples = Mono(recording);
        samples = samples[..(int)(samples.Length / settings.Hop * settings.Hop)];
        if (!Array.TrueForAll(samples, float.IsFinite))
        {
            throw new ModelException(SafeText.Of($"{name} contains NaN or infinity, so its copy would too"));
        }

        var loudest = samples.Length == 0 ? 0 : samples.Max(Math.Abs);
        if (loudest == 0)
        {
            throw new ModelException(SafeText.Of($"{name} is silent or shorter than a frame: there is nothing to synthesize"));
        }

        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = samples[i] / loudest * Peak;
        }

        return new Dictionary<string, Tensor>(StringComparer.Ordinal) { [MelInput.Name] = MelSpectrogram.Of(samples, settings) };
    }

    private static float[] Mono(AudioClip recording)
    {
        var mono = new float[recording.Frames];
        var block = new float[Block * recording.Channels];
        for (var first = 0L; first < mono.Length;)
        {
            var frames = recording.Samples.Read(first, block);
            if (frames == 0)
            {
                break;
            }

            for (var i = 0; i < frames; i++)
            {
                var sum = 0f;
                foreach (var sample in block.AsSpan(i * recording.Channels, recording.Channels))
                {
                    sum += sample;
                }

                mono[first + i] = sum / recording.Channels;
            }

            first += frames;
        }

        return mono;
    }
}
