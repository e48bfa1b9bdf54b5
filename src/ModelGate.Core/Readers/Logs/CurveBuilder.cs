using ModelGate.Artifacts;

namespace ModelGate.Readers.Logs;

/// <summary>Collects a tag's points as they are logged, also when training was restarted, and orders them by step.</summary>
/// <param name="name">The tag.</param>
internal sealed class CurveBuilder(string name)
{
    private readonly List<ScalarPoint> logged = [];

    public int Count => logged.Count;

    /// <summary>The lowest step that was logged.</summary>
    public long FirstStep { get; private set; } = long.MaxValue;

    /// <summary>The first step that was not finite and was run again; null where there is none. Known once the series is built.</summary>
    public long? Replaced { get; private set; }

    public void Add(long step, double value)
    {
        FirstStep = Math.Min(FirstStep, step);
        logged.Add(new ScalarPoint(step, value));
    }

    /// <summary>Ascending by step; of a step that ran twice the later value.</summary>
    public ScalarSeries Build()
    {
        // OrderBy is stable: among equal steps the later one comes last.
        var points = new List<ScalarPoint>(logged.Count);
        foreach (var point in logged.OrderBy(p => p.Step))
        {
            if (points.Count > 0 && points[^1].Step == point.Step)
            {
                Replaced ??= double.IsFinite(points[^1].Value) ? null : point.Step;
                points[^1] = point;
            }
            else
            {
                points.Add(point);
            }
        }

        return new ScalarSeries(name, points);
    }
}
