using ModelGate.Artifacts;
using ModelGate.Signals;

namespace ModelGate.Gates.Keys;

/// <summary>The trainer's own configuration.</summary>
internal sealed record DeclarationMeasure : ContentMeasure<TrainerConfiguration, TrainerConfiguration>
{
    /// <inheritdoc/>
    protected override TrainerConfiguration Compute(FileStamp file, TrainerConfiguration content, CancellationToken cancellation) => content;
}
