namespace ModelGate.Torch.Networks;

/// <summary>The tensors of a network, collected while its parts are made: what is not declared here has no place in the network.</summary>
internal sealed class Slots
{
    private readonly List<Slot> declared;
    private readonly string prefix;

    /// <summary>An empty list.</summary>
    public Slots()
        : this([], "")
    {
    }

    private Slots(List<Slot> declared, string prefix) => (this.declared, this.prefix) = (declared, prefix);

    /// <summary>All of them, in the order of their declaration.</summary>
    public IReadOnlyList<Slot> All => declared;

    /// <summary>The slots below a module's name.</summary>
    public Slots In(string module) => new(declared, prefix + module + ".");

    /// <summary>Declares a parameter or buffer.</summary>
    public Slot Plain(string name, params long[] shape) => Add(new Slot(prefix + name, shape, false));

    /// <summary>Declares a weight under weight norm.</summary>
    public Slot Normed(string name, params long[] shape) => Add(new Slot(prefix + name, shape, true));

    private Slot Add(Slot slot)
    {
        declared.Add(slot);
        return slot;
    }
}
