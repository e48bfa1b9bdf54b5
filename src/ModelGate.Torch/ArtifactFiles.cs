using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Torch;

/// <summary>Files that are read through ModelGate's own readers, which execute nothing. They stay open as long as the process needs their elements.</summary>
internal sealed class ArtifactFiles : IDisposable
{
    private readonly List<IDisposable> opened = [];

    /// <summary>Reads a checkpoint, an array or a file of tensors.</summary>
    /// <exception cref="ModelException">It cannot be read, or is something else.</exception>
    public Checkpoint Tensors(string path) => Read<Checkpoint>(path, null, "holds no tensors");

    /// <summary>Reads a trainer's configuration.</summary>
    public ConfigurationValue Configuration(string path) => Read<TrainerConfiguration>(path, ArtifactRole.Config, "is not a configuration").Root;

    /// <summary>Reads a recording.</summary>
    public AudioClip Recording(string path) => Read<AudioClip>(path, null, "is not a recording");

    /// <summary>Reads the one array of a .npy file.</summary>
    public TensorEntry Array(string path)
        => Tensors(path).Tensors is [var only] ? only : throw new ModelException(SafeText.Of($"{Path.GetFileName(path)} does not hold one array"));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var each in opened)
        {
            each.Dispose();
        }
    }

    private TArtifact Read<TArtifact>(string path, ArtifactRole? role, string otherwise)
        where TArtifact : Artifact
    {
        var name = Path.GetFileName(path);
        try
        {
            var source = FileByteSource.Open(path);
            var folder = Workspace.Beside(path);
            opened.AddRange([source, folder]);
            var budget = new ReadBudget(ReadLimits.Default);
            opened.Add(budget);
            return ArtifactReaders.Read(new ReadRequest(source, budget) { Folder = folder, Name = name, Role = role }) as TArtifact
                ?? throw new ModelException(SafeText.Of($"{name} {SafeText.From(otherwise)}"));
        }
        catch (ArtifactFault fault)
        {
            throw new ModelException(SafeText.Of($"{name} cannot be read: {fault.Sentence}"));
        }
        catch (SourceUnavailableException fault)
        {
            throw new ModelException(SafeText.Of($"{name} cannot be read: {fault.Sentence}"));
        }
    }
}
