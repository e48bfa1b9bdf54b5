using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Outlines.Tree;

namespace ModelGate.Architecture.Outlines.Layers;

/// <summary>Where a module stands, as far as that says what it is.</summary>
/// <param name="Attribute">The attribute that holds it, or the list that it is in. Text from the file.</param>
/// <param name="Pattern">Its name with every index as <c>*</c>.</param>
/// <param name="Scope">The module around it and the lists that it is in; null at the root.</param>
/// <param name="Self">The module.</param>
internal sealed record LayerPlace(string Attribute, string Pattern, ModuleNode? Scope, ModuleNode Self)
{
    private static readonly string[] Up = ["up", "ups", "upsample", "upsampler", "upsamples", "upconv", "upconvs", "deconv", "deconvs", "transpose", "transposed", "convtr", "convtranspose", "tconv", "unpool"];

    private static readonly string[] Table = ["wte", "wpe", "shared", "lookup", "codebook"];

    /// <summary>Whether the name says that it makes its input longer.</summary>
    public bool IsUpsampling => Array.Exists(Words(), w => Up.Contains(w, StringComparer.Ordinal));

    /// <summary>Whether the name says that it looks rows up.</summary>
    public bool IsTable
        => !Says("proj") && (Says("emb") || Says("relative_attention_bias") || Array.Exists(Words(), w => Table.Contains(w, StringComparer.Ordinal)));

    /// <summary>Whether the name has some letters in it.</summary>
    public bool Says(string letters) => Attribute.Contains(letters, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a word of the name is this one.</summary>
    public bool IsWord(string word) => Words().Contains(word, StringComparer.Ordinal);

    private string[] Words() => KeyName.Leaf(Attribute).ToLowerInvariant().Split(['_', '-']).Select(w => w.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')).ToArray();
}

/// <summary>What the layers before one say about it.</summary>
internal sealed class LayerContext
{
    /// <summary>The channels that the layer before gives; null at the start.</summary>
    public long? Channels { get; set; }

    /// <summary>The module around that layer, and the lists that it is in.</summary>
    public ModuleNode? Scope { get; set; }

    /// <summary>How many dimensions the last convolution had.</summary>
    public int Dimensions { get; set; } = 1;

    /// <summary>Patterns of names of which one convolution's shapes show whether it is transposed.</summary>
    public Dictionary<string, bool> Transposed { get; } = new(StringComparer.Ordinal);

    /// <summary>Attributes of which one matrix shows that its rows are the inputs, as transformers' Conv1D has them.</summary>
    public HashSet<string> RowsAreInputs { get; } = new(StringComparer.Ordinal);

    private readonly Dictionary<ModuleNode, Dictionary<long, int>> given = [];

    /// <summary>Whether a layer inside a module gives so many channels.</summary>
    public bool IsGivenIn(ModuleNode? scope, long channels) => scope is not null && Given(scope).ContainsKey(channels);

    /// <summary>Whether another layer of the same module gives so many channels.</summary>
    public bool IsGivenBeside(LayerPlace place, long channels)
        => place.Scope is not null && Given(place.Scope).GetValueOrDefault(channels) > (Gives(place.Self) == channels ? 1 : 0);

    // Looked up once a module: the channels that its layers give, and how many give them.
    private Dictionary<long, int> Given(ModuleNode scope)
    {
        if (!given.TryGetValue(scope, out var channels))
        {
            given.Add(scope, channels = []);
            Add(scope, channels);
        }

        return channels;
    }

    private static void Add(ModuleNode node, Dictionary<long, int> channels)
    {
        if (Gives(node) is { } own)
        {
            channels[own] = channels.GetValueOrDefault(own) + 1;
        }

        foreach (var module in node.Modules.Where(m => m.Name != LayerTensors.Parametrizations))
        {
            Add(module, channels);
        }
    }

    private static long? Gives(ModuleNode node)
        => node.Tensors.Find(t => t.Name is "weight" or "weight_v" or "weight_orig" or "original1" or "original" && t.Shape.Count >= 2).Shape is { } shape ? shape[0]
            : node.Find(LayerTensors.Parametrizations)?.Find("weight") is { } weight ? Gives(weight)
            : null;
}
