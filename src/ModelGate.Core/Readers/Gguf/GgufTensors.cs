using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Elements;

namespace ModelGate.Readers.Gguf;

/// <summary>The list of tensors, and where their bytes lie.</summary>
/// <param name="input">The file, at the beginning of the list.</param>
/// <param name="alignment">What every offset is a multiple of.</param>
internal sealed class GgufTensors(GgufInput input, ReadBudget budget, uint alignment)
{
    // What a description takes before it becomes a tensor.
    private const int InfoBytes = 160;

    private readonly List<SafeText> warnings = [];

    /// <summary>What is odd.</summary>
    public IReadOnlyList<SafeText> Warnings => warnings;

    /// <summary>Reads so many tensors.</summary>
    /// <exception cref="ArtifactFault">A name occurs twice, a type is not known, or bytes lie outside of the file or over one another.</exception>
    public List<TensorEntry> Read(int count)
    {
        var infos = new List<Info>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var info = ReadInfo();
            infos.Add(names.Add(info.Name) ? info : throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"two tensors have the name {info.Name}"), info.At));
            budget.Step();
            budget.Keep(InfoBytes + (2L * info.Name.Length));
        }

        var start = (input.Position + alignment - 1) / alignment * alignment;
        RequirePlaces(infos, start);
        return [.. infos.Select(i => AdmittedTensor.Of(new TensorEntry(i.Name, i.Type.DType, i.Shape, i.Elements, Data(i, start)), budget))];
    }

    private Info ReadInfo()
    {
        var at = input.Position;
        var name = input.ReadText("a tensor's name");
        var rank = input.ReadUInt32("the number of dimensions");
        ReadBudget.Require(rank, budget.Limits.Rank, nameof(ReadLimits.Rank), "the number of dimensions", at);
        var shape = new long[rank];
        for (var d = (int)rank - 1; d >= 0; d--)
        {
            var size = input.ReadUInt64("a size");
            shape[d] = size <= long.MaxValue ? (long)size : throw new ArtifactFault(FaultReason.Overflow, SafeText.Of($"the tensor {name} has a dimension of {size}"), at);
        }

        var type = GgufType.Find(input.ReadUInt32("a tensor's type"), name, at);
        var offset = input.ReadUInt64("a tensor's offset");
        var elements = TensorShapes.Elements(shape, name, at);
        if (elements > 0 && (rank == 0 ? 1 : shape[^1]) % type.Elements != 0)
        {
            throw new ArtifactFault(FaultReason.BadSize, SafeText.Of($"the rows of the tensor {name} have {(rank == 0 ? 1 : shape[^1])} values, which is not a whole number of blocks of {type.Elements}"), at);
        }

        var bytes = (Int128)(elements / type.Elements) * type.Bytes;
        return bytes <= long.MaxValue && offset <= long.MaxValue && offset % alignment == 0
            ? new Info(name, type, shape, elements, (long)offset, (long)bytes, at)
            : throw new ArtifactFault(FaultReason.Offset, SafeText.Of($"the tensor {name} would lie at {offset} with {bytes} bytes: offsets are multiples of {alignment}"), at);
    }

    private void RequirePlaces(List<Info> infos, long start)
    {
        var available = input.Source.Length - start;
        var behind = 0L;
        foreach (var info in infos.OrderBy(i => i.Offset).ThenBy(i => i.Bytes))
        {
            if ((Int128)info.Offset + info.Bytes > available)
            {
                throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the tensor {info.Name} ends at {(Int128)info.Offset + info.Bytes}, and {Math.Max(0, available)} bytes follow the header"), info.At);
            }

            if (info.Offset < behind && info.Bytes > 0)
            {
                throw new ArtifactFault(FaultReason.OverlappingTensors, SafeText.Of($"the tensor {info.Name} begins at {info.Offset}, and the one before ends at {behind}"), info.At);
            }

            behind = Math.Max(behind, info.Offset + info.Bytes);
        }

        if (infos.Count > 0 && available - behind >= alignment)
        {
            warnings.Add(SafeText.Of($"{SafeText.Count(available - behind, "byte follows", "bytes follow")} the last tensor"));
        }

        if (input.BigEndian && infos.Exists(i => i.Type.Elements > 1))
        {
            warnings.Add(SafeText.Of($"quantized tensors of a big-endian file are listed only"));
        }
    }

    private ITensorData? Data(Info info, long start)
    {
        if (info.Type.Elements == 1)
        {
            return new ContiguousTensorData(input.Source, start + info.Offset, info.Type.DType, input.BigEndian);
        }

        return info.Type.Decode is { } decode && !input.BigEndian ? new GgufBlockData(input.Source, start + info.Offset, info.Type, decode) : null;
    }

    private sealed record Info(string Name, GgufType Type, long[] Shape, long Elements, long Offset, long Bytes, long At);
}
