using System.Text.RegularExpressions;
using ModelGate.Bytes;
using ModelGate.Evaluation;
using ModelGate.Evaluation.Measuring;
using ModelGate.Gates;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Catalogue;
using ModelGate.Signals.TeamMetrics;
using ModelGate.Tests.Readers;

namespace ModelGate.Tests.Signals.Catalogue;

public partial class SignalCatalogueTests
{
    public static TheoryData<string> EverySignal => [.. SignalCatalogue.All.Select(s => s.Description.Name)];

    public static TheoryData<string> EveryMeasurableSignal => [.. SignalCatalogue.All.Where(s => s.Source is not null).Select(s => s.Description.Name)];

    // A metric is named by the file that holds it.
    [Fact]
    public void It_holds_every_class_that_is_a_signal()
        => SignalCatalogue.All.Select(s => s.GetType()).Should().BeEquivalentTo(
            typeof(Signal).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Signal)) && !t.IsAbstract && t != typeof(MetricSignal)));

    [Fact]
    public void It_is_sorted_by_names_that_are_unique()
        => SignalCatalogue.All.Select(s => s.Description.Name).Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();

    [Theory]
    [MemberData(nameof(EverySignal))]
    public void A_signal_has_its_classs_name_a_summary_and_a_definition(string name)
    {
        var signal = SignalCatalogue.Find(name)!;

        name.Should().Be(Words().Replace(signal.GetType().Name, m => (m.Index == 0 ? "" : "-") + m.Value.ToLowerInvariant()));
        signal.Description.Summary.Should().MatchRegex(@"^[A-Z][^<>]*\.$");
        signal.Description.Definition.Should().MatchRegex(@"^[^<>]{10,}\.$");
        signal.Description.Revision.Should().BePositive();
    }

    [Theory]
    [MemberData(nameof(EveryMeasurableSignal))]
    public void A_signal_with_a_measure_has_a_value_on_a_file_of_its_kind(string name)
    {
        var signal = SignalCatalogue.Find(name)!;
        var (role, bytes) = FileOf(signal.Description.On);
        var file = new RoleFile(role, "file");

        var measured = new FileMeasuring(new OneFile(bytes), ReadLimits.Default, null, parallel: false).Run(file, [signal.Source!], TestContext.Current.CancellationToken);

        measured.Problem(signal.Source!, file).Value.Should().BeEmpty();
        var readings = signal.Read(measured.Value(signal.Source!)!).ToArray();
        readings.Should().Contain(r => r.Value.HasValue).And.OnlyHaveUniqueItems(r => r.Part);
        readings.Should().OnlyContain(r => r.Value == null || double.IsFinite(r.Value.Value));
    }

    [Fact]
    public void Every_number_of_a_report_is_of_a_signal_that_the_catalogue_holds()
    {
        var plan = EvaluationPlan.FromFile(Repository.PathOf("samples", "lexi", "gate.config.json"), "gate.config.json");
        var report = Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken);

        var measurements = report.Results.SelectMany(r => r.Measurements.Concat(r.Findings.SelectMany(f => f.Evidence))).DistinctBy(m => m.Signal).ToArray();

        measurements.Should().HaveCountGreaterThan(20);
        measurements.Should().OnlyContain(m => SignalCatalogue.Find(m.Signal) != null && SignalCatalogue.Find(m.Signal)!.Description.Unit == m.Unit);
    }

    [Fact]
    public void An_unknown_name_finds_nothing() => SignalCatalogue.Find("Spectral-Flatness").Should().BeNull("names are compared exactly");

    private static (ArtifactRole Role, byte[] Bytes) FileOf(MeasuredOn kind) => kind switch
    {
        MeasuredOn.Recording => (ArtifactRole.Output, Fixture.Bytes("audio/voices/u01-original.wav")),
        MeasuredOn.Series => (ArtifactRole.Log, Fixture.Bytes("logs/rvc/train_converging.log")),
        _ => (ArtifactRole.Checkpoints, File.ReadAllBytes(Repository.PathOf("samples", "lexi", "G_396.pth"))),
    };

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Words();

    private sealed class OneFile(byte[] bytes) : IArtifactFiles
    {
        public OpenedArtifact Open(RoleFile file) => new(new MemoryByteSource(bytes), null, default);
    }
}
