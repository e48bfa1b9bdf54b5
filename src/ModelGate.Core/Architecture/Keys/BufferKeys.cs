namespace ModelGate.Architecture.Keys;

/// <summary>Names of buffers: tensors that a module computes or counts, and does not learn.</summary>
internal static class BufferKeys
{
    // What thop registers in every module that it counts.
    private const string TotalOperations = "total_ops";
    private const string TotalParameters = "total_params";

    private static readonly HashSet<string> Leaves = new(StringComparer.Ordinal)
    {
        "num_batches_tracked", "position_ids", "inv_freq", "masked_bias", "relative_position_index", "window", "hann_window", "mel_basis", "mel_fb", "fb", "pe",
        "_float_tensor", "version", "filter", "causal_mask", "freqs", "freqs_cis", "cos_cached", "sin_cached", "positional_embedding_buffer", "n_averaged", "attn_mask",
        TotalOperations, TotalParameters,
    };

    // A vocoder's mean and scale of its input stand at the root; a module's own scale is learned.
    public static bool Is(string name)
        => Leaves.Contains(KeyName.Leaf(name)) || name.EndsWith(".attn.bias", StringComparison.Ordinal) || name is "mean" or "scale";

    /// <summary>Whether it is a counter of a profiler.</summary>
    public static bool IsCounter(string name) => KeyName.Leaf(name) is TotalOperations or TotalParameters;

    public static SafeText List(IEnumerable<string> names)
        => SafeText.Join(", ", names.Select(KeyName.Leaf).Distinct(StringComparer.Ordinal).Take(5).Select(n => SafeText.From(n)));
}
