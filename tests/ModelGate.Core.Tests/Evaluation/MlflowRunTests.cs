using System.Globalization;
using ModelGate.Evaluation;
using ModelGate.Runs;

namespace ModelGate.Tests.Evaluation;

/// <summary>A run of MLflow's file store, seen from the store and from its own folder: meta.yaml, a file a metric, artifacts.</summary>
public sealed class MlflowRunTests : IDisposable
{
    private const string Id = "8ad4e2c02ee94347b55e4fec6cbf629b";

    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public MlflowRunTests()
    {
        var run = Path.Combine(root, "mlruns", "707053943037257546", Id);
        Directory.CreateDirectory(Path.Combine(run, "metrics", "val"));
        Directory.CreateDirectory(Path.Combine(run, "artifacts", "weights"));
        File.WriteAllText(Path.Combine(run, "meta.yaml"), "run_id: " + Id);
        File.WriteAllText(Path.Combine(run, "metrics", "train_loss"), Metric(every: 5, step => Math.Exp(-step / 40.0)));
        File.WriteAllText(Path.Combine(run, "metrics", "val", "loss"), Metric(every: 10, step => step < 150 ? Math.Exp(-step / 40.0) : double.NaN));
        File.Copy(Repository.PathOf("samples", "lexi", "lexi.pth"), Path.Combine(run, "artifacts", "weights", "model.pth"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mlruns/707053943037257546/" + Id)]
    public void Is_one_run_with_all_of_its_metrics_and_its_model(string folder)
    {
        var plan = PlanLocation.Of([Path.Combine(root, folder)], null).Should().ContainSingle().Subject;
        var report = Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken);

        report.Results.Single(r => r.Gate.Id == "MG4002").Should().Match<RunResult>(r => r.Outcome == Outcome.Failed && r.Message.Value.Contains("val/loss is not finite") && r.Message.Value.Contains("2 logs are one run"));
        report.Results.Should().Contain(r => r.Gate.Id == "MG3001" && r.Artifact.Value == "artifacts/weights/model.pth");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static string Metric(int every, Func<int, double> value)
        => string.Concat(Enumerable.Range(0, 300 / every).Select(i => i * every).Select(step => string.Create(CultureInfo.InvariantCulture, $"{1795548572000 + step} {(double.IsNaN(value(step)) ? "nan" : value(step).ToString("R", CultureInfo.InvariantCulture))} {step}\n")));
}
