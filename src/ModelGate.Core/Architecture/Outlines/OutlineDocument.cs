using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Outlines.Python;
using ModelGate.Architecture.Outlines.Tree;
using ModelGate.Artifacts;
using System.Text;

namespace ModelGate.Architecture.Outlines;

/// <summary>The outline of a file as a Python module that can be pasted and run.</summary>
internal static class OutlineDocument
{
    private static readonly string[] Norms = ["spectral_norm", "weight_norm"];

    /// <summary>Writes it.</summary>
    /// <param name="artifact">A checkpoint or a key manifest.</param>
    /// <param name="fileName">The file's name, without folders.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OutlineException">The file shows no network.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string Of(Artifact artifact, string fileName, CancellationToken cancellation = default)
    {
        if (artifact.Format == "onnx")
        {
            throw new OutlineException(SafeText.Of($"ONNX holds a graph: its exporter folds, transposes and renames weights, so no PyTorch module has them as they are; outline the checkpoint that was exported"));
        }

        if (ModelKeys.Of(artifact) is not { Count: > 0 } keys)
        {
            throw new OutlineException(artifact is Checkpoint
                ? SafeText.Of($"it holds no state_dict")
                : SafeText.Of($"it is {artifact.Format}, which states no keys: a checkpoint or a key manifest does"));
        }

        return Of(keys, artifact, fileName, cancellation);
    }

    private static string Of(IReadOnlyDictionary<string, ExpectedKey> keys, Artifact artifact, string fileName, CancellationToken cancellation)
    {
        var outline = Outline.Of(keys, cancellation: cancellation);
        var writer = new OutlineWriter(outline, cancellation);
        var classes = writer.Classes();
        var root = writer.Root();
        var text = new StringBuilder();
        text.Append("# The network that the weights of ").Append(SafeText.From(fileName)).Append(" are: every name and shape, and nothing of what is computed with them.\n");
        text.Append("# No weight tells forward(), activations, dropout, nor what a remark with ? asks: look those up in the code that trained it.\n");
        foreach (var note in Notes(keys, artifact, outline))
        {
            text.Append("# ").Append(note).Append('\n');
        }

        var body = string.Join('\n', classes) + root;
        if (body.Contains("torch.", StringComparison.Ordinal))
        {
            text.Append("import torch\n");
        }

        text.Append("import torch.nn as nn\n");
        string[] norms = [.. Norms.Where(n => HasCall(body, n))];
        string[] imports = [.. HasCall(body, "parametrizations") ? ["parametrizations", .. norms] : norms];
        if (imports.Length > 0)
        {
            text.Append("from torch.nn.utils import ").AppendJoin(", ", imports).Append('\n');
        }

        text.AppendJoin('\n', classes).Append(classes.Count > 0 ? "\n" : "").Append("\n\nmodel = ").Append(root).Append('\n');
        text.AppendJoin('\n', Loading(artifact, fileName)).Append('\n');
        return text.ToString();
    }

    // A call by this name that no dot stands before.
    private static bool HasCall(string body, string function)
    {
        for (var at = body.IndexOf(function, StringComparison.Ordinal); at >= 0; at = body.IndexOf(function, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || body[at - 1] is '(' or '[' or ' ') && at + function.Length < body.Length && body[at + function.Length] is '(' or '.')
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<SafeText> Notes(IReadOnlyDictionary<string, ExpectedKey> keys, Artifact artifact, Outline outline)
    {
        if (artifact.Format == "gguf")
        {
            yield return SafeText.Of($"GGUF names modules as llama.cpp does, not as the network that was trained; quantized weights have to be dequantized first.");
        }

        if (keys.Values.Any(k => k.DType is "qint8" or "quint8" or "qint32"))
        {
            yield return SafeText.Of($"Quantized tensors do not load into these modules: dequantize them first.");
        }

        if (artifact is Checkpoint checkpoint && checkpoint.Weights.Values.Count(t => t.IsEndless) is var endless and > 0)
        {
            yield return SafeText.Of($"{endless} tensors show far more elements than the file holds: to build these modules allocates {checkpoint.Weights.Values.Sum(t => (decimal)t.Elements)} of them.");
        }

        if (outline.TooDeep > 0)
        {
            yield return SafeText.Of($"{outline.TooDeep} keys are left out: their names have more than {ModuleNode.Deepest} parts.");
        }
    }

    private static IEnumerable<string> Loading(Artifact artifact, string fileName)
    {
        var file = PythonName.Literal(fileName);
        if (artifact is Checkpoint { Format: "safetensors" })
        {
            yield return "# from safetensors.torch import load_file";
            yield return $"# model.load_state_dict(load_file({file}), strict=True)";
        }
        else if (artifact is Checkpoint { Format: "pytorch-zip" or "pytorch-legacy", StateDict: var container })
        {
            var path = string.Concat(container.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(p => $"[{PythonName.Literal(p)}]"));
            yield return $"# checkpoint = torch.load({file}, map_location=\"cpu\", weights_only=True)";
            yield return $"# model.load_state_dict(checkpoint{path}, strict=True)";
        }
        else
        {
            yield return "# model.load_state_dict(state_dict, strict=True)";
        }
    }
}
