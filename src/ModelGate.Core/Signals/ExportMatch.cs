using ModelGate.Artifacts;

namespace ModelGate.Signals;

/// <summary>How far an exported model's weights are those of a training checkpoint, by content.</summary>
/// <param name="Keys">Keys of the export.</param>
/// <param name="EqualKeys">Keys whose elements all equal the checkpoint's, rounded to the export's element type.</param>
/// <param name="Elements">Elements of the export.</param>
/// <param name="EqualElements">Elements that equal the checkpoint's; counted only up to the first difference unless ranked.</param>
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

    /// <summary>Compares an export with a checkpoint and stops at the first difference: the cheap question.</summary>
    public static ExportMatch Test(Checkpoint export, Checkpoint checkpoint, CancellationToken cancellation = default)
        => Measure(export, checkpoint, stopAtFirstDifference: true, cancellation);

    /// <summary>Compares an export with a checkpoint to the end: for ranking candidates none of which is the source.</summary>
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
        for (var first = 0L; first < exported.Elements; first += BlockElements)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = (int)Math.Min(BlockElements, exported.Elements - first);
            var a = left.AsSpan(0, count * exported.DType.ItemSize());
            var b = right.AsSpan(0, count * trained.DType.ItemSize());
            var c = rounded.AsSpan(0, a.Length);
            exported.Data!.CopyElements(first, a);
            trained.Data!.CopyElements(first, b);
            if (!ElementRounding.Round(b, trained.DType, c, exported.DType))
            {
                return (equal, distance);
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

        return (equal, distance);
    }
}
