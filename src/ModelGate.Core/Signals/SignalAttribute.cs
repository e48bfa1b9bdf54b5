using ModelGate.Runs;

namespace ModelGate.Signals;

/// <summary>Makes a class a signal of the catalogue. Its name is the class's in kebab-case, its definition the doc comment.</summary>
/// <param name="on">What it is measured on.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class SignalAttribute(MeasuredOn on) : Attribute
{
    /// <summary>What it is measured on.</summary>
    public MeasuredOn On { get; } = on;

    /// <summary>The unit; empty for a pure number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The direction in which it gets better.</summary>
    public Better Better { get; init; }

    /// <summary>Counts the changes of the definition: values of different revisions cannot be compared.</summary>
    public int Revision { get; init; } = 1;
}
