using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Catalogue;
using ModelGate.Signals.TeamMetrics;

namespace ModelGate.Gates.Requirements;

/// <summary>A signal keeps the bounds that the configuration requires of it.</summary>
/// <param name="requirement">What is required.</param>
[GateId("MG9003", FromRequirements = true)]
internal sealed class RequirementMustHold(RequirementMustHold.Options requirement) : Gate<RequirementMustHold.Options>
{
    private const int MostParts = 20;

    /// <summary>For the catalogue: a gate that requires nothing.</summary>
    public RequirementMustHold()
        : this(new Options())
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [requirement.Role];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => files.Each(requirement.Role);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) 
        => SignalOf(options) is var signal ? [new(subject.Files[0], signal.Source!) { OfOtherKind = OfOtherKind(subject, signal) }] : [];

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var signal = SignalOf(options);
        var readings = signal.Read(measured.Of(subject.Files[0], signal.Source!)).ToArray();
        var absent = readings.Where(r => r.Value is null).ToArray();
        if (readings.Length == absent.Length)
        {
            return Judgement.Inconclusive(SafeText.Of($"{subject.Path} has no {options.Signal}{Why(absent)}"));
        }

        var broken = readings.Where(r => r.Value is { } value && !options.Requirements.All(b => b.IsMetBy(value))).ToArray();
        var shown = (broken.Length > 0 ? broken : readings.Where(r => r.Value is not null)).Take(MostParts).ToArray();
        var measurements = shown.SelectMany(r => options.Requirements.Select(b => signal.Description.Of(subject.Path, r.Value, r.Part) with { Observed = r.Value, Text = r.Text, Required = b })).ToArray();
        if (broken.Length > 0)
        {
            var findings = broken.Take(MostParts).Select(r => new Finding(Sentence(subject, options, signal, r, "has to be"))
            {
                Evidence = [.. measurements.Where(m => m.Observed.Equals(r.Value) && (r.Part.IsEmpty || m.Subject == r.Part))],
            }).ToArray();
            return Judgement.Of(
                broken.Length == 1 ? findings[0].Message : SafeText.Of($"{options.Signal} is out of bounds in {broken.Length} of {readings.Length} parts of {subject.Path}"),
                measurements,
                findings);
        }

        // A part without a value, such as a tensor of NaN alone, is not known to keep the bounds.
        return absent.Length > 0
            ? Judgement.Inconclusive(SafeText.Of($"{absent.Length} of {readings.Length} parts of {subject.Path} have no {options.Signal}{Why(absent)}")) with { Measurements = measurements }
            : Judgement.Of(
                readings.Length == 1 ? Sentence(subject, options, signal, readings[0], "is") : SafeText.Of($"{options.Signal} keeps its bounds in all of {readings.Length} parts of {subject.Path}"),
                measurements,
                []);
    }

    private static SafeText OfOtherKind(Subject subject, Signal signal) => signal is MetricSignal
        ? SafeText.Empty
        : SafeText.Of($"{subject.Path} is not what {signal.Description.Name} is measured on: {SignalsPage.Name(signal.Description.On)}");

    private static Signal SignalOf(Options options) => options.Role == ArtifactRole.Metrics ? new MetricSignal(options.Signal) : SignalCatalogue.Find(options.Signal)
        ?? throw new InvalidOperationException($"the configuration requires something of {options.Signal}, which is not a signal");

    private static SafeText Why(Reading[] absent) => absent is [{ Text: { IsEmpty: false } text }, ..] ? SafeText.Of($": {text}") : SafeText.Empty;

    private static SafeText Sentence(Subject subject, Options options, Signal signal, Reading reading, string verb)
    {
        var part = reading.Part.IsEmpty ? SafeText.Empty : SafeText.Of($" of {reading.Part}");
        var unit = signal.Description.Unit.Length == 0 ? SafeText.Empty : SafeText.Of($" {signal.Description.Unit}");
        var bounds = SafeText.From(string.Join(" and ", options.Requirements.Select(b => $"{Word(b.Relation)} {NumberText.OfLimit(b.Limit)}")));
        var value = ValueBeside(reading.Value ?? 0, options.Requirements);
        var note = reading.Text.IsEmpty ? SafeText.Empty : SafeText.Of($" ({reading.Text})");
        return verb == "is"
            ? SafeText.Of($"{options.Signal}{part} in {subject.Path} is {value}{unit}{note}: {bounds}, as required")
            : SafeText.Of($"{options.Signal}{part} in {subject.Path} is {value}{unit}{note}, and has to be {bounds}");
    }

    // The nearest limit is the one that takes the most digits.
    private static string ValueBeside(double value, IReadOnlyList<Requirement> bounds)
        => NumberText.Of(value, bounds.Select(b => b.Limit).MinBy(limit => Math.Abs(limit - value)), least: 6);

    private static string Word(Relation relation) => relation switch
    {
        Relation.Below => "below",
        Relation.AtMost => "at most",
        Relation.Above => "above",
        Relation.AtLeast => "at least",
        _ => "exactly",
    };

    /// <summary>What is required: the configuration states it in <c>require</c>.</summary>
    public sealed record Options
    {
        internal ArtifactRole Role { get; init; }

        internal string Signal { get; init; } = "";

        internal IReadOnlyList<Requirement> Requirements { get; init; } = [];
    }
}
