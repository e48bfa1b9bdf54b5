using System.Buffers.Binary;
using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Python;

namespace ModelGate.Readers.Numpy;

/// <summary>The header of an array: a Python literal, which is parsed and never evaluated.</summary>
/// <param name="Type">NumPy's type string, such as <c>&lt;f4</c>; null where an element is not one number.</param>
/// <param name="HasObjects">Whether the type, or a field of the record, is an object: then a pickle follows.</param>
/// <param name="IsFortran">Whether the first index runs fastest.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Length">The bytes of the header.</param>
internal sealed record NumpyHeader(string? Type, bool HasObjects, bool IsFortran, long[] Shape, int Length)
{
    private const int Nesting = 32;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The first bytes of an array.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header that begins at an offset.</summary>
    /// <exception cref="ArtifactFault">It is not one of the versions 1 to 3, or no literal of the expected form.</exception>
    public static NumpyHeader Read(IByteSource source, long start, ReadBudget budget)
    {
        Span<byte> fixedPart = stackalloc byte[12];
        source.ReadExactly(start, fixedPart[..10], "the header of a NumPy array");
        if (!fixedPart.StartsWith(Magic))
        {
            throw new ArtifactFault(FaultReason.Header, SafeText.Of($"it does not begin like a NumPy array"), start);
        }

        var version = fixedPart[6];
        if (version is not (1 or 2 or 3) || fixedPart[7] != 0)
        {
            throw new ArtifactFault(FaultReason.Version, SafeText.Of($"NumPy's version {(int)version}.{(int)fixedPart[7]} is not known"), start);
        }

        var begin = version == 1 ? 10 : 12;
        source.ReadExactly(start, fixedPart[..begin], "the header of a NumPy array");
        var length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[8..]);
        ReadBudget.Require(length, budget.Limits.NumpyHeaderBytes, nameof(ReadLimits.NumpyHeaderBytes), "the length of the header", start);
        return Parse(Decode(source.ReadArray(start + begin, length, "the header of a NumPy array"), version, start), begin + (int)length, budget, start);
    }

    private static string Decode(byte[] bytes, int version, long start)
    {
        try
        {
            return version == 3 ? Strict.GetString(bytes) : Encoding.Latin1.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ArtifactFault(FaultReason.Header, SafeText.Of($"the header is not UTF-8"), start);
        }
    }

    private static NumpyHeader Parse(string text, int length, ReadBudget budget, long start)
    {
        if (!PythonLiteral.TryReadDict(text.TrimEnd(), Nesting, out var values)
            || values.GetValueOrDefault("fortran_order") is not MetadataValue.Bool fortran
            || values.GetValueOrDefault("shape") is not MetadataValue.List { IsTuple: true } shape
            || values.GetValueOrDefault("descr") is not { } type || type is not (MetadataValue.Text or MetadataValue.List)
            || values.Count != 3)
        {
            throw new ArtifactFault(FaultReason.Header, SafeText.Of($"the header of a NumPy array is not a dict of descr, fortran_order and shape"), start);
        }

        ReadBudget.Require(shape.Items.Count, budget.Limits.Rank, nameof(ReadLimits.Rank), "the number of dimensions", start);
        var sizes = shape.Items.Select(i => i is MetadataValue.Integer size
            ? size.Value
            : throw new ArtifactFault(FaultReason.BadSize, SafeText.Of($"a size of a NumPy array is not an integer"), start)).ToArray();
        var parsed = NumpyDType.Of(type)
            ?? throw new ArtifactFault(FaultReason.DType, SafeText.Of($"NumPy's element type {Shown(type)} is not spelled in a way that is known: it could be an object"), start);
        if (parsed is { IsSubArray: true, HasObjects: false })
        {
            // numpy.load gives the array more dimensions than its header says, and fails.
            throw new ArtifactFault(FaultReason.DType, SafeText.Of($"NumPy's element type {Shown(type)} has a shape of its own, which no array has"), start);
        }

        return new NumpyHeader(parsed.Code, parsed.HasObjects, fortran.Value, sizes, length);
    }

    private static SafeText Shown(MetadataValue type) => type is MetadataValue.Text { Value: var text } ? SafeText.Of($"\"{text}\"") : SafeText.Of($"of a record");
}
