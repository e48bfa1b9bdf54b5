using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Readers.Json;

/// <summary>What the config.json beside a language model says of its embeddings: whether the table of tokens is the head as well.</summary>
/// <remarks>
/// transformers writes <c>tie_word_embeddings</c> where it differs from its default, which is true; so a configuration that it wrote and that does not say anything says
/// true. What cannot be read says nothing.
/// </remarks>
internal static class TiedEmbeddings
{
    private const string FileName = "config.json";
    private const string Member = "tie_word_embeddings";

    /// <summary>The checkpoint with what is said beside it, where it has such a table or head.</summary>
    public static Checkpoint In(Checkpoint checkpoint, ReadRequest request)
    {
        if (request.Folder is not { } folder || !checkpoint.Tensors.Any(t => WordEmbeddingNames.IsTable(t.Name) || WordEmbeddingNames.IsHead(t.Name)))
        {
            return checkpoint;
        }

        try
        {
            return folder.Open(FileName) is { } source && new TrainerConfigurationReader().Read(request with { Source = source }) is TrainerConfiguration { Root: var root }
                ? checkpoint with { TiesWordEmbeddings = Said(root) }
                : checkpoint;
        }
        catch (Exception fault) when (fault is ArtifactFault or SourceUnavailableException)
        {
            return checkpoint;
        }
    }

    private static bool? Said(ConfigurationValue root)
        => (root.Find(Member) ?? root.Find("text_config." + Member)) is { } said ? (said as ConfigurationValue.Truth)?.Value
            : root.Find("model_type") is ConfigurationValue.Text ? true
            : null;
}
