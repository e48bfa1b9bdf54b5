using System.Globalization;
using ModelGate.Artifacts;
using ModelGate.Gates.Curves;
using ModelGate.Signals.Curves;

namespace ModelGate.Tests.Gates.Curves;

/// <summary>The rules on curves of models that were really trained, held against the class that their trainer gave them.</summary>
public class ConvergenceRulesOnRealCurvesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "logs", "curves");

    public static TheoryData<string, string, string> Classes()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Folder, "classes.csv")))
        {
            var parts = line.Split(',');
            data.Add(parts[0], parts[1], parts[2]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_real_curve_gets_the_class_that_its_trainer_gave_it(string name, string expected, string also)
        => ConvergenceRules.Judge(CurveEnd.Of(Load(name), CurveMeasure.DefaultWindow, CurveMeasure.FewestInWindow), new ConvergenceCriteria()).ToString().ToUpperInvariant()
            .Should().BeOneOf(expected.ToUpperInvariant(), also.Length > 0 ? also.ToUpperInvariant() : expected.ToUpperInvariant());

    [Fact]
    public void The_curves_are_of_five_classes()
        => File.ReadLines(Path.Combine(Folder, "classes.csv")).Select(l => l.Split(',')[1]).Distinct()
            .Should().BeEquivalentTo("converged", "converging", "stagnant", "diverging", "notFinite");

    private static ScalarSeries Load(string name) => new(name, [.. File.ReadLines(Path.Combine(Folder, name + ".csv")).Select(Point)]);

    private static ScalarPoint Point(string line)
    {
        var parts = line.Split(',');
        var value = parts[1] switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            var number => double.Parse(number, CultureInfo.InvariantCulture),
        };
        return new ScalarPoint(long.Parse(parts[0], CultureInfo.InvariantCulture), value);
    }
}
