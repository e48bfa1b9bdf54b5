using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Elements;
using ModelGate.Syntax.Pickle;
using ModelGate.Syntax.Pickle.Globals;

namespace ModelGate.Readers.Numpy;

/// <summary>One array of a file: a tensor, or something that is none.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tensor">The tensor; null where the elements are not numbers.</param>
/// <param name="IsObject">Whether the elements are a pickle, which is not run.</param>
/// <param name="End">Where its bytes end; of objects, where their pickle begins.</param>
/// <param name="Warnings">What is odd.</param>
internal sealed record NumpyArray(string Name, TensorEntry? Tensor, bool IsObject, long End, IReadOnlyList<SafeText> Warnings)
{
    /// <summary>Reads the array that fills a range of a source.</summary>
    /// <exception cref="ArtifactFault">The header is malformed, or claims more than there is.</exception>
    public static NumpyArray Read(string name, IByteSource source, long start, long length, ReadBudget budget)
    {
        var header = NumpyHeader.Read(source, start, budget);
        if (header.HasObjects)
        {
            return new NumpyArray(name, null, true, start + header.Length, []);
        }

        var elements = TensorShapes.Elements(header.Shape, name, start);
        if (!NumpyElementTypes.TryParse(header.Type, out var type, out var stored, out var bigEndian))
        {
            var what = header.Type is null ? SafeText.Of($"records, texts or dates") : SafeText.Of($"elements of the type {header.Type}");
            return new NumpyArray(name, null, false, start + length, [SafeText.Of($"{Shown(name)} has {what}, which are not a tensor: it is not listed")]);
        }

        var bytes = (Int128)elements * stored;
        var available = length - header.Length;
        if (bytes > available)
        {
            throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"{Shown(name)} wants {bytes} bytes, and {available} follow its header"), start);
        }

        // numpy.load does not look at them, and numpy.save called twice writes them.
        SafeText[] warnings = bytes == available ? [] : [SafeText.Of($"{SafeText.Count((long)(available - bytes), "byte follows", "bytes follow")} {Shown(name)}, which numpy.load does not look at")];
        return new NumpyArray(name, new TensorEntry(name, type, header.Shape, elements, Data(header, source, start + header.Length, (long)bytes, type, elements, bigEndian)), false, start + header.Length + (long)bytes, warnings);
    }

    /// <summary>The error for an array of objects.</summary>
    public ArtifactFault Refusal() => new(FaultReason.Pickle, SafeText.Of($"{Shown(Name)} holds objects: loading it would run a pickle"));

    /// <summary>Lists what the pickle of an array of objects imports.</summary>
    public void Walk(IByteSource source, long end, ReadBudget budget, GlobalLog log)
    {
        try
        {
            new PickleMachine(new PickleInput(source, End, end - End), budget, log).Run();
        }
        catch (ArtifactFault)
        {
            // The array is not read whatever its pickle is; what came before is in the log.
        }
    }

    private static ITensorData Data(NumpyHeader header, IByteSource source, long start, long bytes, DType type, long elements, bool bigEndian)
    {
        if (type == DType.Float128)
        {
            return new ExtendedTensorData(source, start, header.IsFortran && header.Shape.Length > 1 ? header.Shape : null);
        }

        if (!header.IsFortran || header.Shape.Length < 2 || elements == 0)
        {
            return new ContiguousTensorData(source, start, type, bigEndian);
        }

        var strides = new long[header.Shape.Length];
        for (var (i, stride) = (0, 1L); i < strides.Length; stride *= header.Shape[i++])
        {
            strides[i] = stride;
        }

        var unit = bigEndian ? ByteOrder.Unit(type) : 1;
        return new StridedTensorData(new StorageBytes(source, start, bytes, unit), new TensorWindow(0, header.Shape, strides), type, false, false);
    }

    private static SafeText Shown(string name) => name.Length == 0 ? SafeText.Of($"the array") : SafeText.Of($"the array {name}");
}
