using System.Numerics;

namespace ModelGate.Syntax.Pickle.Values;

/// <summary>A value that a pickle describes. Nothing in it was ever executed.</summary>
internal abstract class PickleValue
{
    /// <summary>What kind of value it is, for messages: never the value itself.</summary>
    public abstract string Kind { get; }

    /// <summary>How deeply containers are nested in it, as far as that was known when it was built.</summary>
    public virtual int Depth => 0;

    /// <inheritdoc/>
    public sealed override string ToString() => Kind;
}

/// <summary>None.</summary>
internal sealed class PickleNone : PickleValue
{
    /// <summary>The only one.</summary>
    public static readonly PickleNone Instance = new();

    /// <inheritdoc/>
    public override string Kind => "None";
}

/// <summary>True or False.</summary>
internal sealed class PickleBool : PickleValue
{
    /// <summary>True.</summary>
    public static readonly PickleBool True = new(true);

    /// <summary>False.</summary>
    public static readonly PickleBool False = new(false);

    private PickleBool(bool value) => Value = value;

    /// <summary>The truth value.</summary>
    public bool Value { get; }

    /// <inheritdoc/>
    public override string Kind => "bool";
}

/// <summary>An integer that fits 64 bits.</summary>
internal sealed class PickleInt : PickleValue
{
    /// <summary>The lowest number whose value is shared.</summary>
    public const int LowestShared = -16;

    /// <summary>The lowest number above those.</summary>
    public const int SharedEnd = 1024;

    private static readonly PickleInt[] Small = [.. Enumerable.Range(LowestShared, SharedEnd - LowestShared).Select(i => new PickleInt(i))];

    private PickleInt(long value) => Value = value;

    /// <summary>The number.</summary>
    public long Value { get; }

    /// <inheritdoc/>
    public override string Kind => "int";

    /// <summary>The value for a number; small ones are shared.</summary>
    public static PickleInt Of(long value) => value is >= LowestShared and < SharedEnd ? Small[value - LowestShared] : new PickleInt(value);
}

/// <summary>An integer beyond 64 bits.</summary>
internal sealed class PickleBigInt(BigInteger value) : PickleValue
{
    /// <summary>The number.</summary>
    public BigInteger Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "int";
}

/// <summary>A floating-point number.</summary>
internal sealed class PickleFloat(double value) : PickleValue
{
    /// <summary>The number.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "float";
}

/// <summary>A text; bytes that were not UTF-8 stand in it as lone surrogates.</summary>
internal sealed class PickleText(string value) : PickleValue
{
    /// <summary>The text.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "str";
}

/// <summary>Bytes or a bytearray.</summary>
internal sealed class PickleBytes(byte[] value) : PickleValue
{
    /// <summary>The bytes.</summary>
    public byte[] Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "bytes";
}
