using ModelGate.ModelRuns;
using ModelGate.Torch.Networks;
using ModelGate.Torch.Weights;
using static TorchSharp.torch;

namespace ModelGate.Torch.Models;

/// <summary>A network of a known family, and the file with its weights.</summary>
internal sealed class NetworkModel : RunnableModel
{
    private const string Audio = "audio";

    private readonly RequestedModel model;
    private readonly ArtifactFiles files;
    private Network? network;
    private LoadReport? report;

    /// <summary>A model as it is requested.</summary>
    public NetworkModel(RequestedModel model, ArtifactFiles files) => (this.model, this.files) = (model, files);

    /// <inheritdoc/>
    public override Network? Network => network;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedShape> Keys()
    {
        // What a file shows is wanted where nothing else names the architecture.
        var architecture = model.Architecture;
        var isNamed = architecture is { Family: not null } && (architecture.Config ?? architecture.Variant) is not null;
        var network = Choose(isNamed ? null : files.Tensors(model.Path));
        return [.. network.Slots.All.SelectMany(s => s.KeysOf(Spelling.WeightNorm)).Select(k => new NamedShape(k.Key, k.Shape))];
    }

    /// <inheritdoc/>
    public override ModelRunAnswer Load()
    {
        var checkpoint = files.Tensors(model.Path);
        network = Choose(checkpoint);
        report = StrictLoading.Into(network.Slots.All, StateDicts.Of(checkpoint, model.StateDict));
        return new ModelRunAnswer
        {
            Step = 0,
            Ok = true,
            Parameters = report.Parameters,
            Tensors = report.Tensors,
            Missing = report.Missing,
            Unexpected = report.Unexpected,
            Shapes = report.Shapes,
            Spelling = report.Spelling,
            Family = network.Family,
            Variant = network.Variant,
            SampleRate = network.SampleRate,
            Hop = (int)network.Hop,
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Run(IReadOnlyDictionary<string, Tensor> inputs, bool noise) => [(Audio, Loaded().Run(inputs, noise))];

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Its tensors end with the process.
    }

    /// <summary>The network with all of its weights.</summary>
    /// <exception cref="ModelException">Some are missing.</exception>
    public Network Loaded()
    {
        report!.RequireWhole();
        return network!;
    }

    private Network Choose(Artifacts.Checkpoint? checkpoint)
        => NetworkChoice.Of(model.Architecture, model.Architecture?.Config is { } path ? files.Configuration(path) : null, checkpoint, model.StateDict);
}
