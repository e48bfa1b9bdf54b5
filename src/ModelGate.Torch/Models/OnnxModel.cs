using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModelGate.ModelRuns;
using ModelGate.Torch.Networks;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace ModelGate.Torch.Models;

/// <summary>An ONNX graph, run by ONNX Runtime on the processor. No library of further operators is ever loaded.</summary>
internal sealed class OnnxModel(RequestedModel model, ArtifactFiles files, int threads) : RunnableModel
{
    private InferenceSession? session;

    /// <inheritdoc/>
    public override string Engine => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    /// <inheritdoc/>
    public override IReadOnlyList<NamedShape> Keys() => throw new ModelException(SafeText.Of($"an ONNX graph has no architecture beside itself"));

    /// <inheritdoc/>
    public override ModelRunAnswer Load()
    {
        // ModelGate's own reader goes first: it refuses external data that lie elsewhere than beside the model.
        var content = files.Tensors(model.Path);
        if (content.Format != "onnx")
        {
            throw new ModelException(SafeText.Of($"{Path.GetFileName(model.Path)} is not an ONNX model but {content.Format}"));
        }

        OnnxTelemetry.TurnOff();
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        session = new InferenceSession(model.Path, options);
        var weights = content.Weights;
        return new ModelRunAnswer { Step = 0, Ok = true, Parameters = weights.Values.Sum(t => t.Elements), Tensors = weights.Count, Missing = [], Unexpected = [], Shapes = [] };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Run(IReadOnlyDictionary<string, Tensor> inputs, bool noise)
    {
        if (inputs.Keys.FirstOrDefault(k => !session!.InputMetadata.ContainsKey(k)) is { } unknown)
        {
            throw new ModelException(SafeText.Of($"the model has no input \"{unknown}\"; it has {string.Join(", ", session!.InputMetadata.Keys)}"));
        }

        var values = session!.InputMetadata.Select(i => Value(i.Key, i.Value, ModelInputs.Find(inputs, i.Key, "which the model takes"))).ToList();
        using var outputs = session.Run(values);
        return [.. outputs.Select(o => (o.Name, TensorOf(o)))];
    }

    /// <inheritdoc/>
    public override void Dispose() => session?.Dispose();

    private static NamedOnnxValue Value(string name, NodeMetadata expected, Tensor input)
    {
        Require(name, expected, input);
        var shape = input.shape.Select(size => (int)size).ToArray();
        using var whole = input.contiguous();
        return whole.dtype switch
        {
            ScalarType.Float32 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(whole.data<float>().ToArray(), shape)),
            ScalarType.Float64 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<double>(whole.data<double>().ToArray(), shape)),
            ScalarType.Int64 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(whole.data<long>().ToArray(), shape)),
            ScalarType.Int32 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<int>(whole.data<int>().ToArray(), shape)),
            ScalarType.Bool => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<bool>(whole.data<bool>().ToArray(), shape)),
            var other => throw new ModelException(SafeText.Of($"the input {name} is {SafeText.From(other.ToString())}, which cannot be given to an ONNX model")),
        };
    }

    // The runtime would say it as a fault of the model, and it is one of the file of inputs. A size that the model leaves open is negative, and no sizes at all are stated where the rank is open.
    private static void Require(string name, NodeMetadata expected, Tensor input)
    {
        if (expected.IsTensor && TypeOf(input.dtype) is { } type && type != expected.ElementType)
        {
            throw new ModelException(SafeText.Of($"the input {name} is {input.dtype.ToString()}, and the model takes {expected.ElementDataType.ToString()}"));
        }

        var sizes = expected.IsTensor ? expected.Dimensions : [];
        if (sizes.Length > 0 && (sizes.Length != input.shape.Length || sizes.Zip(input.shape).Any(s => s.First >= 0 && s.First != s.Second)))
        {
            throw new ModelException(SafeText.Of($"the input {name} has the shape {ModelInputs.Shown(input.shape)}, and the model takes [{string.Join(", ", sizes.Select(s => s < 0 ? "any" : $"{s}"))}]"));
        }
    }

    private static Type? TypeOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => typeof(float),
        ScalarType.Float64 => typeof(double),
        ScalarType.Int64 => typeof(long),
        ScalarType.Int32 => typeof(int),
        ScalarType.Bool => typeof(bool),
        _ => null,
    };

    private static Tensor TensorOf(DisposableNamedOnnxValue output) => output.Value switch
    {
        Tensor<float> values => Shaped(tensor(values.ToArray()), values.Dimensions),
        Tensor<double> values => Shaped(tensor(values.ToArray()), values.Dimensions),
        Tensor<long> values => Shaped(tensor(values.ToArray()), values.Dimensions),
        Tensor<int> values => Shaped(tensor(values.ToArray()), values.Dimensions),
        Tensor<bool> values => Shaped(tensor(values.ToArray()), values.Dimensions),
        Tensor<Float16> values => Shaped(tensor(values.Select(v => (float)v).ToArray()), values.Dimensions),
        _ => throw new ModelException(SafeText.Of($"the output {output.Name} has a type that is not supported")),
    };

    private static Tensor Shaped(Tensor flat, ReadOnlySpan<int> dimensions) => flat.reshape([.. dimensions.ToArray().Select(d => (long)d)]);
}
