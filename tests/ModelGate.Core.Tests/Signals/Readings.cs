using ModelGate.Artifacts;
using ModelGate.Signals;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Catalogue;
using ModelGate.Signals.Weights;

namespace ModelGate.Tests.Signals;

/// <summary>A signal's values on an artifact.</summary>
internal static class Readings
{
    /// <summary>The values by the part of the file; the whole file is the empty part.</summary>
    public static Dictionary<string, double?> Of(string signal, Artifact content)
    {
        var found = SignalCatalogue.Find(signal)!;
        object result = (found.Source, content) switch
        {
            (IAudioMeasure audio, AudioClip clip) => AudioPass.Run(clip, [audio.Begin(clip)], CancellationToken.None)[0],
            (IWeightMeasure weights, Checkpoint checkpoint) => WeightPass.Run(checkpoint, [weights.Begin(checkpoint)], CancellationToken.None)[0],
            (IContentMeasure inside, _) => inside.Of(new FileStamp("file", 0, default), content, CancellationToken.None),
            _ => throw new ArgumentException($"{signal} is not measured on {content.GetType().Name}", nameof(signal)),
        };
        return found.Read(result).ToDictionary(r => r.Part.Value, r => r.Value, StringComparer.Ordinal);
    }

    /// <summary>The values of the whole recording of all signals, in one pass.</summary>
    public static Dictionary<string, double?> OfAll(AudioClip clip)
    {
        var signals = SignalCatalogue.All.Where(s => s.Source is IAudioMeasure).ToArray();
        var measures = signals.Select(s => (IAudioMeasure)s.Source!).Distinct().ToArray();
        var results = AudioPass.Run(clip, [.. measures.Select(m => m.Begin(clip))], CancellationToken.None);
        return signals.ToDictionary(
            s => s.Description.Name, s => s.Read(results[Array.IndexOf(measures, (IAudioMeasure)s.Source!)]).Single(r => r.Part.Value.Length == 0).Value, StringComparer.Ordinal);
    }

    /// <summary>The value of the whole file.</summary>
    public static double? OfWhole(string signal, Artifact content) => Of(signal, content)[""];
}
