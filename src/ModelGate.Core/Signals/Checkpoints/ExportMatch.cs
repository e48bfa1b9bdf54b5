using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Signals.Checkpoints;

/// <summary>How far an exported model's weights are those of a training checkpoint, by content.</summary>
/// <param name="Keys">Keys of the export.</param>
/// <param name="EqualKeys">Keys whose elements all equal the checkpoint's, rounded to the export's element type.</param>
/// <param name="Elements">Elements of the export.</param>
/// <param name="EqualElements">Elements that equal the checkpoint's; by digest, those of the tensors that are equal as a whole.</param>
/// <param name="Absent">Keys of the export that the checkpoint does not have, or has in another shape.</param>
/// <param name="Left">Keys of the checkpoint that the export does not have, sorted ordinally.</param>
/// <param name="MeanAbsoluteDifference">Mean absolute difference over the elements that can be compared, or NaN.</param>
/// <remarks>
/// An export is the checkpoint's tensor converted element by element; <c>Tensor.half()</c> rounds to nearest, ties to even, and so does
/// this. Equality is of bits, so negative zero is kept; a NaN equals a NaN.
/// </remarks>
internal sealed record ExportMatch(
    int Keys, int EqualKeys, long Elements, long EqualElements, int Absent, IReadOnlyList<string> Left, double MeanAbsoluteDifference)
{
    private const int BlockElements = 1 << 15;

    /// <summary>Whether every tensor of the export equals the checkpoint's.</summary>
    public bool IsWhole => Keys > 0 && EqualKeys == Keys;

    /// <summary>Tensors whose digests cannot be compared: the export has them in a type that the digests do not cover.</summary>
    public int Undecided { get; init; }

    /// <summary>Whether the tensors that can be compared by digest are equal, and others are left to be compared by element.</summary>
    public bool MayBeWhole => Keys > 0 && Undecided > 0 && EqualKeys + Undecided == Keys;

    /// <summary>Compares an export with a checkpoint by their digests.</summary>
    public static ExportMatch Of(TensorDigests export, TensorDigests checkpoint)
    {
        var (equalKeys, absent, undecided) = (0, 0, 0);
        var (elements, equalElements) = (0L, 0L);
        foreach (var (name, exported) in export.ByName)
        {
            elements += exported.Elements;
            if (!checkpoint.ByName.TryGetValue(name, out var trained) || !trained.Shape.SequenceEqual(exported.Shape)
                || exported.Exact is not { } digest || trained.Exact is null)
            {
                absent++;
            }
            else if (!exported.Expanded.SequenceEqual(trained.Expanded))
            {
                undecided++;
            }
            else if ((exported.DType == trained.DType ? trained.Exact : exported.DType == DType.Float16 ? trained.Half : null) is not { } wanted)
            {
                undecided++;
            }
            else if (wanted == digest)
            {
                equalKeys++;
                equalElements += exported.Elements;
            }
        }

        var left = checkpoint.ByName.Keys.Where(k => !export.ByName.ContainsKey(k)).Order(StringComparer.Ordinal).ToArray();
        return new ExportMatch(export.ByName.Count, equalKeys, elements, equalElements, absent, left, double.NaN) { Undecided = undecided };
    }

    /// <summary>Compares an export with a checkpoint element by element and stops at the first difference.</summary>
    public static ExportMatch Test(Checkpoint export, Checkpoint checkpoint, CancellationToken cancellation = default)
        => Measure(export, checkpoint, stopAtFirstDifference: true, cancellation);

    /// <summary>Compares an export with a checkpoint element by element to the end: for ranking candidates none of which is the source.</summary>
    public static ExportMatch Rank(Checkpoint export, Checkpoint checkpoint, CancellationToken cancellation = default)
        => Measure(export, checkpoint, stopAtFirstDifference: false, cancellation);

    private static ExportMatch Measure(Checkpoint export, Checkpoint checkpoint, bool stopAtFirstDifference, CancellationToken cancellation)
    {
        var (equalKeys, absent) = (0, 0);
        var (elements, equalElements, compared) = (0L, 0L, 0L);
        var distance = 0.0;
        foreach (var (name, exported) in export.Weights)
        {
            elements += exported.Elements;
            if (!checkpoint.Weights.TryGetValue(name, out var trained) || !trained.Shape.SequenceEqual(exported.Shape)
                || exported.Data is null || trained.Data is null)
            {
                absent++;
                if (stopAtFirstDifference)
                {
                    break;
                }

                continue;
            }

            var (equal, sum) = Compare(exported, trained, stopAtFirstDifference, cancellation);
            equalElements += equal;
            compared += exported.Elements;
            distance += sum;
            if (equal == exported.Elements)
            {
                equalKeys++;
            }
            else if (stopAtFirstDifference)
            {
                break;
            }
        }

        var left = checkpoint.Weights.Keys.Where(k => !export.Weights.ContainsKey(k)).Order(StringComparer.Ordinal).ToArray();
        return new ExportMatch(export.Weights.Count, equalKeys, elements, equalElements, absent, left, compared == 0 ? double.NaN : distance / compared);
    }

    private static (long Equal, double Distance) Compare(TensorEntry exported, TensorEntry trained, bool stopAtFirstDifference, CancellationToken cancellation)
    {
        var left = new byte[BlockElements * exported.DType.ItemSize()];
        var right = new byte[BlockElements * trained.DType.ItemSize()];
        var rounded = new byte[left.Length];
        var equal = 0L;
        var distance = 0.0;
        var pair = TensorPair.Of(exported, trained);
        for (var first = 0L; first < pair.Elements; first += BlockElements)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = (int)Math.Min(BlockElements, pair.Elements - first);
            var a = left.AsSpan(0, count * exported.DType.ItemSize());
            var b = right.AsSpan(0, count * trained.DType.ItemSize());
            var c = rounded.AsSpan(0, a.Length);
            pair.Left.CopyElements(first, a);
            pair.Right.CopyElements(first, b);
            if (!ElementRounding.Round(b, trained.DType, c, exported.DType))
            {
                return (equal * pair.Repeats, distance * pair.Repeats);
            }

            if (a.SequenceEqual(c))
            {
                equal += count;
                continue;
            }

            var (same, sum) = ElementRounding.Difference(a, c, exported.DType);
            equal += same;
            distance += sum;
            if (stopAtFirstDifference && same < count)
            {
                break;
            }
        }

        return (equal * pair.Repeats, distance * pair.Repeats);
    }
}
