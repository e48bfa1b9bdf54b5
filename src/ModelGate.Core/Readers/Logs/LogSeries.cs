namespace ModelGate.Readers.Logs;

/// <summary>A series of a log while it is read.</summary>
/// <param name="name">What the log calls it.</param>
internal sealed class LogSeries(string name)
{
    /// <summary>What the log calls it.</summary>
    public string Name => name;

    /// <summary>Its points of the run that is being read; null where it has none.</summary>
    public CurveBuilder? Curve { get; set; }

    /// <summary>Its last step since training was started last; null where it has none.</summary>
    public long? Latest { get; set; }

    /// <summary>Tells whether it has fallen silent; begun anew with each run.</summary>
    public Silence Silence { get; set; } = new();

    /// <summary>Tells whether a start lost what was learned; begun anew with each run.</summary>
    public Levels Levels { get; set; } = new();

    /// <summary>Whether its steps are not those of the training: they went back while the others went on.</summary>
    public bool GoesItsOwnWay { get; set; }
}
