using ModelGate.Architecture.Remapping;
using ModelGate.Artifacts;
using ModelGate.Signals;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>An export against a set of weights of a checkpoint, element by element, under the mapping that makes the one of the other.</summary>
/// <param name="Pairing">What is compared with what.</param>
/// <param name="StopAtFirstDifference">Whether only equality is asked for.</param>
internal sealed record MappedExportComparison(ExportPairing Pairing, bool StopAtFirstDifference) : PairMeasure<Checkpoint, Checkpoint, ExportMatch>
{
    /// <inheritdoc/>
    protected override ExportMatch Compute(Checkpoint left, Checkpoint right, CancellationToken cancellation)
    {
        var weights = WeightSets.Of(right, tensor => tensor)[Pairing.Index].ByName;
        try
        {
            var made = Remapped.Of(weights, Pairing.Mapping()).ToDictionary(t => t.Name, StringComparer.Ordinal);
            return ExportMatch.Measure(left.Weights, made, Pairing.IsComputed, StopAtFirstDifference, cancellation);
        }
        catch (RemappingException)
        {
            // Adapters without a known scale, quantized weights: what cannot be computed cannot be proven.
            return Pairing.Match with { Absent = Pairing.Match.Absent + Pairing.Match.Undecided, Undecided = 0 };
        }
    }
}
