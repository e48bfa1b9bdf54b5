using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Gates;

/// <summary>The models that an architecture is held against: the model, or where none is named the final checkpoint.</summary>
internal static class JudgedModels
{
    /// <summary>The models, or what keeps each from being judged.</summary>
    public static IEnumerable<Selection<ArtifactFile<Checkpoint>>> Of(ArtifactSet artifacts)
    {
        if (artifacts.Has(ArtifactRole.Model))
        {
            return artifacts.Files<Checkpoint>(ArtifactRole.Model);
        }

        var checkpoints = artifacts.Files<Checkpoint>(ArtifactRole.Checkpoints).ToArray();
        if (checkpoints.FirstOrDefault(c => c.Subject is null) is { } unreadable)
        {
            return [unreadable];
        }

        return FinalCheckpoints.Of([.. checkpoints.Select(c => c.Subject!)]) is [var final, ..]
            ? [new(final.File.Path, final.File)]
            : [new(null, SafeText.Of($"neither model nor checkpoints name a file to compare"))];
    }

    /// <summary>The keys that the role architecture states, with the name of their source; or what keeps them from being known.</summary>
    public static Selection<StatedKeys> Expected(ArtifactSet artifacts)
    {
        var architectures = artifacts.Files<Artifact>(ArtifactRole.Architecture).ToArray();
        if (architectures is not [var architecture])
        {
            return new(null, SafeText.Of($"{architectures.Length} files match the role architecture, and a model has one"));
        }

        if (architecture.Subject is not { } source)
        {
            return new(architecture.Artifact, architecture.Problem);
        }

        return ModelKeys.Of(source.Content, withTypes: false) is { } expected
            ? new(source.Path, new StatedKeys(expected, source.Path))
            : new(source.Path, SafeText.Of($"{source.Path} is {source.Content.Format}, which states no keys: a key manifest or a checkpoint does"));
    }

    /// <summary>Expected keys and where they come from.</summary>
    public sealed record StatedKeys(IReadOnlyDictionary<string, ExpectedKey> Keys, string Source);
}
