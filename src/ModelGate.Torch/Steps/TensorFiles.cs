using ModelGate.Readers.Safetensors;
using ModelGate.Torch.Weights;
using static TorchSharp.torch;

namespace ModelGate.Torch.Steps;

/// <summary>Inputs and outputs as safetensors files.</summary>
internal static class TensorFiles
{
    /// <summary>The tensors of a file by name.</summary>
    public static IReadOnlyDictionary<string, Tensor> Read(string path, ArtifactFiles files)
        => files.Tensors(path).Tensors.ToDictionary(t => t.Name, TensorElements.Of, StringComparer.Ordinal);

    /// <summary>Writes tensors.</summary>
    /// <exception cref="ModelException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        var entries = tensors.Select(t => TensorElements.Entry(t.Name, t.Value)).ToList();
        try
        {
            using var file = File.Create(path);
            SafetensorsWriter.Write(entries, file);
        }
        catch (UnwritableTensorException fault)
        {
            throw new ModelException(SafeText.From(fault.Message));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(SafeText.Of($"{path} cannot be written: {Sentences.FirstLine(fault.Message)}"));
        }
    }
}
