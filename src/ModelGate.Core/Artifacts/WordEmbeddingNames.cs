namespace ModelGate.Artifacts;

/// <summary>
/// The names that models have for the table that turns tokens into vectors and for the head that turns vectors into tokens. Where a model ties them they are one
/// tensor under two names, and safetensors keeps it under one. Names as in transformers (<c>_tied_weights_keys</c>), fairseq and llama.cpp.
/// </summary>
internal static class WordEmbeddingNames
{
    private const string Weight = ".weight";

    private static readonly HashSet<string> Tables = new(StringComparer.Ordinal)
    {
        "embed_tokens", "wte", "shared", "word_embeddings", "word_embedding", "tok_embeddings", "token_embd", "tokens_embed", "embed_in",
    };

    private static readonly HashSet<string> Heads = new(StringComparer.Ordinal)
    {
        "lm_head", "output_projection", "proj_out", "embed_out", "vocab_projector", "generator_lm_head", "output",
    };

    /// <summary>Whether the name is that of a table of tokens.</summary>
    public static bool IsTable(string name) => Module(name) is { Length: > 0 } module && Tables.Contains(Last(module));

    /// <summary>Whether the name is that of a head.</summary>
    public static bool IsHead(string name)
        => Module(name) is { Length: > 0 } module
            && (Heads.Contains(Last(module)) || module.EndsWith("predictions.decoder", StringComparison.Ordinal) || module.EndsWith("lm_head.decoder", StringComparison.Ordinal));

    /// <summary>Whether two tensors of one shape are tied in every model that has both: a table that encoder and decoder share, and GGUF's output.</summary>
    public static bool AreAlwaysTied(string one, string other)
        => IsShared(one, other) || IsShared(other, one) || IsGguf(one, other) || IsGguf(other, one);

    private static bool IsShared(string one, string other) => Last(Module(one)) == "shared" && Last(Module(other)) == "embed_tokens";

    private static bool IsGguf(string one, string other) => one == "output.weight" && other == "token_embd.weight";

    private static string Module(string name) => name.EndsWith(Weight, StringComparison.Ordinal) ? name[..^Weight.Length] : "";

    private static string Last(string module) => module[(module.LastIndexOf('.') + 1)..];
}
