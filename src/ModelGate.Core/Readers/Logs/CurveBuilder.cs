using ModelGate.Artifacts;

namespace ModelGate.Readers.Logs;

/// <summary>Collects a tag's points as they are logged, also when training was restarted, and orders them by step.</summary>
/// <param name="name">The tag.</param>
/// <param name="most">The number of points up to which a curve is held whole; of a longer one <see cref="ThinnedCurve"/> holds some.</param>
internal sealed class CurveBuilder(string name, int most = TrainingLogBuilder.MostPoints)
{
    private List<ScalarPoint> logged = [];
    private ThinnedCurve? thinned;
    private bool ascends = true;
    private readonly List<int> startsAt = [];

    /// <summary>The number of points that were logged.</summary>
    public long Count => thinned?.Count ?? logged.Count;

    /// <summary>The number of points that are held.</summary>
    public int Held => thinned?.Held ?? logged.Count;

    /// <summary>The lowest step that was logged.</summary>
    public long FirstStep { get; private set; } = long.MaxValue;

    /// <summary>The first step that was not finite and was run again; null where there is none. Known once the series is built.</summary>
    public long? Replaced { get; private set; }

    /// <summary>Adds a point.</summary>
    public void Add(long step, double value)
    {
        FirstStep = Math.Min(FirstStep, step);
        if (thinned is not null)
        {
            thinned.Add(step, value);
            return;
        }

        ascends &= logged.Count == 0 || logged[^1].Step < step;
        logged.Add(new ScalarPoint(step, value));
        Limit(most);
    }

    /// <summary>Holds fewer points from now on.</summary>
    public void Limit(int points)
    {
        most = points;
        if (thinned is not null)
        {
            thinned.Limit(most);
        }
        else if (logged.Count > most)
        {
            thinned = new ThinnedCurve(most);
            foreach (var point in logged)
            {
                thinned.Add(point.Step, point.Value);
            }

            logged = [];
        }
    }

    /// <summary>Notes that training was started again: a step that is logged from now on runs again.</summary>
    public void StartAgain()
    {
        if (startsAt.Count == 0 || startsAt[^1] != logged.Count)
        {
            startsAt.Add(logged.Count);
        }
    }

    /// <summary>Takes back every point from a step on.</summary>
    public void RemoveFrom(long step)
    {
        logged.RemoveAll(p => p.Step >= step);
        for (var i = 0; i < startsAt.Count; i++)
        {
            startsAt[i] = Math.Min(startsAt[i], logged.Count);
        }

        thinned?.RemoveFrom(step);
    }

    /// <summary>Ascending by step; of a step that ran twice the later value.</summary>
    public ScalarSeries Build()
    {
        if (thinned is not null)
        {
            return new ScalarSeries(name, ByStep(thinned.Points())) { Logged = thinned.Count };
        }

        return new ScalarSeries(name, ascends ? logged : ByStep(logged));
    }

    private List<ScalarPoint> ByStep(List<ScalarPoint> inOrder)
    {
        // OrderBy is stable: among equal steps the later one comes last.
        var points = new List<ScalarPoint>(inOrder.Count);
        var start = 0;
        foreach (var (point, at) in Started(inOrder).OrderBy(p => p.Point.Step))
        {
            if (points.Count == 0 || points[^1].Step != point.Step)
            {
                points.Add(point);
                start = at;
            }
            else if (at != start || double.IsFinite(points[^1].Value))
            {
                Replaced ??= double.IsFinite(points[^1].Value) ? null : point.Step;
                points[^1] = point;
                start = at;
            }
        }

        return points;
    }

    // A step that goes back runs again, also where the log says nothing of a start. Of a step that one start logged twice, what is not finite counts.
    private IEnumerable<(ScalarPoint Point, int Start)> Started(List<ScalarPoint> inOrder)
    {
        var (start, next, isThinned) = (0, 0, thinned is not null);
        for (var i = 0; i < inOrder.Count; i++)
        {
            for (; !isThinned && next < startsAt.Count && startsAt[next] <= i; next++)
            {
                start++;
            }

            start += i > 0 && inOrder[i].Step < inOrder[i - 1].Step ? 1 : 0;
            yield return (inOrder[i], start);
        }
    }
}
