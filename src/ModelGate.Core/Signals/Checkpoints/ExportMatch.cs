using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Signals.Checkpoints;

/// <summary>How far an exported model's weights are those of a training checkpoint, by content.</summary>
/// <param name="Keys">Keys of the export.</param>
/// <param name="EqualKeys">Keys whose elements all equal the checkpoint's, rounded to the export's element type.</param>
/// <param name="Elements">Elements of the export.</param>
/// <param name="EqualElements">Elements that equal the checkpoint's; by digest, those of the tensors that are equal as a whole.</param>
/// <param name="Absent">Keys of the export that the checkpoint does not have, or has in another shape or in a type that no export converts from.</param>
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

    /// <summary>Equal tensors that prove something: they hold more than one number.</summary>
    public int Telling { get; init; }

    /// <summary>Whether the tensors that can be compared by digest are equal, and others are left to be compared by element.</summary>
    public bool MayBeWhole => Keys > 0 && Undecided > 0 && EqualKeys + Undecided == Keys;

    /// <summary>Compares an export with a checkpoint by their digests, name by name.</summary>
    public static ExportMatch Of(TensorDigests export, TensorDigests checkpoint)
        => Of(export.ByName, name => checkpoint.ByName.GetValueOrDefault(name), (exported, trained) => trained.Shape.SequenceEqual(exported.Shape)) with
        {
            Left = [.. checkpoint.ByName.Keys.Where(k => !export.ByName.ContainsKey(k)).Order(StringComparer.Ordinal)],
        };

    /// <summary>Compares digests.</summary>
    /// <param name="export">The export's tensors.</param>
    /// <param name="source">The tensor that one of the export should equal; null where there is none.</param>
    /// <param name="fits">Whether its shape is one that an export may have of it.</param>
    public static ExportMatch Of(
        IReadOnlyDictionary<string, TensorDigest> export, Func<string, TensorDigest?> source, Func<TensorDigest, TensorDigest, bool> fits)
    {
        var (equalKeys, absent, undecided, telling) = (0, 0, 0, 0);
        var (elements, equalElements) = (0L, 0L);
        foreach (var (name, exported) in export)
        {
            elements += exported.Elements;
            if (source(name) is not { Exact: not null } trained || exported.Exact is null || !fits(exported, trained))
            {
                absent++;
                continue;
            }

            switch (IsEqual(exported, trained))
            {
                case null:
                    undecided++;
                    break;
                case true:
                    equalKeys++;
                    equalElements += exported.Elements;
                    telling += trained.IsTelling ? 1 : 0;
                    break;
            }
        }

        return new ExportMatch(export.Count, equalKeys, elements, equalElements, absent, [], double.NaN) { Undecided = undecided, Telling = telling };
    }

    /// <summary>Whether an exported tensor is a trained one, rounded to its type; null where digests cannot tell.</summary>
    public static bool? IsEqual(TensorDigest exported, TensorDigest trained)
        => exported.Expanded.SequenceEqual(trained.Expanded) && (exported.DType == trained.DType ? trained.Exact : exported.DType == DType.Float16 ? trained.Half : null) is { } wanted ? wanted == exported.Exact : null;

    /// <summary>Compares an export with a checkpoint element by element and stops at the first difference.</summary>
    public static ExportMatch Test(Checkpoint export, Checkpoint checkpoint, CancellationToken cancellation = default)
        => Measure(export.Weights, checkpoint.Weights, _ => false, stopAtFirstDifference: true, cancellation);

    /// <summary>Compares an export with a checkpoint element by element to the end: for ranking candidates none of which is the source.</summary>
    public static ExportMatch Rank(Checkpoint export, Checkpoint checkpoint, CancellationToken cancellation = default)
        => Measure(export.Weights, checkpoint.Weights, _ => false, stopAtFirstDifference: false, cancellation);

    /// <summary>Compares an export's tensors with those that it should equal, element by element.</summary>
    /// <param name="export">The export's tensors.</param>
    /// <param name="source">What they should equal, by the export's names.</param>
    /// <param name="isComputed">Whether a tensor is computed from others, so that equality is within rounding.</param>
    /// <param name="stopAtFirstDifference">Whether only equality is asked for.</param>
    /// <param name="cancellation">Stops the comparison.</param>
    public static ExportMatch Measure(
        IReadOnlyDictionary<string, TensorEntry> export, IReadOnlyDictionary<string, TensorEntry> source, Func<string, bool> isComputed, bool stopAtFirstDifference, CancellationToken cancellation)
    {
        var (equalKeys, absent, telling) = (0, 0, 0);
        var (elements, equalElements, compared) = (0L, 0L, 0L);
        var distance = 0.0;
        foreach (var (name, exported) in export)
        {
            elements += exported.Elements;
            if (!source.TryGetValue(name, out var trained) || !trained.Shape.SequenceEqual(exported.Shape)
                || exported.Data is null || trained.Data is null || !ElementRounding.CanRound(trained.DType, exported.DType))
            {
                absent++;
                if (stopAtFirstDifference)
                {
                    break;
                }

                continue;
            }

            var census = new ElementCensus(exported.DType);
            var (equal, sum) = Compare(exported, trained, isComputed(name), census, stopAtFirstDifference, cancellation);
            equalElements += equal;
            compared += exported.Elements;
            distance += sum;
            if (equal == exported.Elements)
            {
                equalKeys++;
                telling += census.IsTelling ? 1 : 0;
            }
            else if (stopAtFirstDifference)
            {
                break;
            }
        }

        var left = source.Keys.Where(k => !export.ContainsKey(k)).Order(StringComparer.Ordinal).ToArray();
        return new ExportMatch(export.Count, equalKeys, elements, equalElements, absent, left, compared == 0 ? double.NaN : distance / compared) { Telling = telling };
    }

    private static (long Equal, double Distance) Compare(
        TensorEntry exported, TensorEntry trained, bool isComputed, ElementCensus census, bool stopAtFirstDifference, CancellationToken cancellation)
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
            census.Add(a);
            ElementRounding.Round(b, trained.DType, c, exported.DType);
            if (a.SequenceEqual(c))
            {
                equal += count;
                continue;
            }

            var (same, sum) = isComputed ? ElementRounding.Nearly(a, c, exported.DType) : ElementRounding.Difference(a, c, exported.DType);
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
