using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelGate.Torch.Tests.Modules;

/// <summary>A module as a user writes one: a linear layer and a buffer.</summary>
public sealed class GainModule : Module<Tensor, Tensor>
{
    private readonly Linear layer;
    private readonly Tensor scale;

    public GainModule(int inputs, int outputs = 2, bool bias = true)
        : base(nameof(GainModule))
    {
        layer = nn.Linear(inputs, outputs, hasBias: bias);
        scale = ones(outputs);
        register_buffer("scale", scale);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => layer.call(input).mul(get_buffer("scale")!);
}

/// <summary>A module that forgets to register what it has.</summary>
public sealed class ForgetfulModule : Module<Tensor, Tensor>
{
    public ForgetfulModule()
        : base(nameof(ForgetfulModule))
    {
    }

    public override Tensor forward(Tensor input) => input;
}

/// <summary>A module that cannot be made.</summary>
public sealed class BrokenModule : Module<Tensor, Tensor>
{
    public BrokenModule()
        : base(nameof(BrokenModule)) => throw new InvalidDataException("no data today.\nsecond line");

    public override Tensor forward(Tensor input) => input;
}
