using System.Runtime.CompilerServices;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Artifacts;

/// <summary>A file of tensors: a training checkpoint, an exported model, a bare state_dict.</summary>
/// <param name="Format">The container: <c>pytorch-zip</c>, <c>pytorch-legacy</c>, ….</param>
/// <param name="Tensors">Every tensor, in the order of the file.</param>
/// <param name="StateDict">The dotted path of the container that holds the weights; empty where that is the root.</param>
/// <param name="Metadata">Scalars beside the tensors by dotted path, in the order of the file.</param>
/// <param name="Globals">The names that its pickles import, sorted ordinally.</param>
internal sealed record Checkpoint(
    string Format,
    IReadOnlyList<TensorEntry> Tensors,
    string StateDict,
    IReadOnlyList<KeyValuePair<string, MetadataValue>> Metadata,
    IReadOnlyList<GlobalUse> Globals) : Artifact(Format)
{
    /// <inheritdoc/>
    public override string Kind => "checkpoint";

    /// <summary>
    /// What in the file would run when it is loaded: a TorchScript program, native libraries, pickles that Python would execute.
    /// Names of its records; empty where the file is data alone.
    /// </summary>
    public IReadOnlyList<SafeText> Code { get; init; } = [];

    /// <summary>The first pickle opcode in it that the unpickler of torch.load(weights_only=True) does not know; null where it knows all.</summary>
    public byte? UnknownOpcode { get; init; }

    /// <summary>Containers beside the state_dict that a loader could take for it: they hold tensors of the same names and shapes. An average of the weights is not one.</summary>
    public IReadOnlyList<string> Rivals { get; init; } = [];

    /// <summary>Whether the model holds its table of tokens and the head above it once: what a config.json beside the file says; null where none does.</summary>
    public bool? TiesWordEmbeddings { get; init; }

    /// <summary>Records of its archive that files of its kind do not have.</summary>
    public IReadOnlyList<ForeignRecord> ForeignRecords { get; init; } = [];

    /// <summary>The checksums of the content; null where the format has none.</summary>
    public IContentCheck? Checksums { get; init; }

    /// <summary>The tensors of the state_dict, by their name inside it.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Weights => Selected.GetValue(this, static checkpoint => checkpoint.SelectWeights());

    // Beside the record and not in it: a copy with another state_dict selects anew, and equality does not change by reading.
    private static readonly ConditionalWeakTable<Checkpoint, Dictionary<string, TensorEntry>> Selected = [];

    /// <summary>The tensors of a container, by their name inside it.</summary>
    /// <param name="container">The dotted path.</param>
    public IReadOnlyDictionary<string, TensorEntry> In(string container) => (this with { StateDict = container }).SelectWeights();

    /// <summary>The scalar at a dotted path, or null.</summary>
    public MetadataValue? Find(string path)
    {
        foreach (var (key, value) in Metadata)
        {
            if (string.Equals(key, path, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }

    private Dictionary<string, TensorEntry> SelectWeights()
    {
        var prefix = StateDict.Length == 0 ? "" : StateDict + ".";
        var selected = new Dictionary<string, TensorEntry>(Tensors.Count, StringComparer.Ordinal);
        foreach (var tensor in Tensors)
        {
            if (tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                selected.TryAdd(tensor.Name[prefix.Length..], tensor);
            }
        }

        return selected;
    }
}
