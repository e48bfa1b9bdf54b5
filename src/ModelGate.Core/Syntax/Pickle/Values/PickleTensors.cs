using ModelGate.Artifacts;

namespace ModelGate.Syntax.Pickle.Values;

/// <summary>A run of bytes that tensors share. Where its bytes lie is the container's business.</summary>
/// <param name="key">The name of the record that holds it.</param>
/// <param name="type">The element type; null for untyped bytes.</param>
/// <param name="bytes">Its length.</param>
/// <param name="location">The device that it was saved from.</param>
internal sealed class PickleStorage(string key, DType? type, long bytes, string location) : PickleValue
{
    /// <summary>The name of the record that holds it.</summary>
    public string Key { get; } = key;

    /// <summary>The element type; null for untyped bytes.</summary>
    public DType? Type { get; } = type;

    /// <summary>Its length in bytes.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>The device that it was saved from; informative only.</summary>
    public string Location { get; } = location;

    /// <summary>Where it begins in its record: old legacy files store views of storages.</summary>
    public long Start { get; init; }

    /// <inheritdoc/>
    public override string Kind => "a storage";
}

/// <summary>A tensor: a window over a storage, or something that is described by several tensors.</summary>
internal sealed class PickleTensor : PickleValue
{
    /// <summary>The element type.</summary>
    public required DType Type { get; init; }

    /// <summary>The sizes of the dimensions.</summary>
    public required long[] Shape { get; init; }

    /// <summary>The product of the sizes.</summary>
    public required long Elements { get; init; }

    /// <summary>Elements from one index to the next in each dimension.</summary>
    public long[] Strides { get; init; } = [];

    /// <summary>The first element's index in the storage.</summary>
    public long Offset { get; init; }

    /// <summary>The bytes; null where the file holds none for this tensor.</summary>
    public PickleStorage? Storage { get; init; }

    /// <summary>The elements as they stand in the pickle itself (a NumPy array), row-major.</summary>
    public byte[]? Inline { get; init; }

    /// <summary>Whether the stored numbers are the complex conjugates.</summary>
    public bool Conjugated { get; init; }

    /// <summary>Whether the stored numbers are the negatives.</summary>
    public bool Negated { get; init; }

    /// <summary>How quantized integers become numbers.</summary>
    public PickleQuantizer? Quantizer { get; init; }

    /// <summary>The parts of a sparse tensor.</summary>
    public PickleSparse? Sparse { get; init; }

    /// <inheritdoc/>
    public override string Kind => "a tensor";
}

/// <summary>How quantized integers become numbers: one scale, or one for every index of a dimension.</summary>
internal sealed record PickleQuantizer(double Scale, long ZeroPoint, PickleTensor? Scales, PickleTensor? ZeroPoints, int Axis);

/// <summary>The parts of a sparse tensor.</summary>
/// <param name="Layout"><c>sparse_coo</c>, <c>sparse_csr</c>, ….</param>
/// <param name="Indices">The indices, or the compressed ones.</param>
/// <param name="Plain">The plain indices of a compressed layout.</param>
/// <param name="Values">The values.</param>
internal sealed record PickleSparse(string Layout, PickleTensor Indices, PickleTensor? Plain, PickleTensor Values);

/// <summary>A memory layout, <c>torch.strided</c> and so on.</summary>
internal sealed class PickleLayout(string name) : PickleValue
{
    /// <summary>Its name without <c>torch.</c>.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override string Kind => "a layout";
}

/// <summary>A NumPy element type.</summary>
/// <param name="code">NumPy's code, such as <c>f8</c>.</param>
internal sealed class PickleNumpyType(string code) : PickleValue
{
    /// <summary>NumPy's code, such as <c>f8</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Whether its bytes are in big-endian order.</summary>
    public bool BigEndian { get; set; }

    /// <summary>Whether a state was given: a type is finished once.</summary>
    public bool Built { get; set; }

    /// <inheritdoc/>
    public override string Kind => "a NumPy type";
}

/// <summary>A NumPy array or scalar.</summary>
internal sealed class PickleNumpyArray : PickleValue
{
    /// <summary>The element type; null before BUILD.</summary>
    public PickleNumpyType? Type { get; set; }

    /// <summary>The sizes of the dimensions; empty for a scalar.</summary>
    public long[] Shape { get; set; } = [];

    /// <summary>Whether the first index runs fastest.</summary>
    public bool Fortran { get; set; }

    /// <summary>The raw bytes; null for an array of objects.</summary>
    public byte[]? Bytes { get; set; }

    /// <inheritdoc/>
    public override string Kind => "a NumPy array";
}
