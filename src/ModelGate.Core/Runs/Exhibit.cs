namespace ModelGate.Runs;

/// <summary>Something to look at beside the numbers: data for a picture, a table or a tree. A report draws it, or leaves it out.</summary>
/// <param name="Title">What is shown, in a few words.</param>
internal abstract record Exhibit(SafeText Title)
{
    /// <summary>What there is to see, in one sentence with the numbers: for who cannot see it, and for who wants to know where to look.</summary>
    public SafeText Description { get; init; }
}

/// <summary>A value over an axis, such as a loss over steps or flatness over time.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="XLabel">The axis and its unit.</param>
/// <param name="YLabel">The value and its unit.</param>
/// <param name="Points">Ascending by X; a Y that is not finite is a gap.</param>
internal sealed record CurveExhibit(SafeText Title, SafeText XLabel, SafeText YLabel, IReadOnlyList<CurvePoint> Points) : Exhibit(Title)
{
    /// <summary>The limit to draw across the plot.</summary>
    public double? Limit { get; init; }

    /// <summary>What the limit is, such as <c>ceiling</c>.</summary>
    public string LimitLabel { get; init; } = "limit";

    /// <summary>Ranges of X to shade, such as the judged window or the silent frames.</summary>
    public IReadOnlyList<ShadedRange> Shaded { get; init; } = [];

    /// <summary>What the shading means.</summary>
    public string ShadedLabel { get; init; } = "";

    /// <summary>Whether X counts the steps of training, on which a report marks the checkpoints of the run.</summary>
    public bool IsOverSteps { get; init; }

    /// <summary>More curves over the same axis.</summary>
    public IReadOnlyList<CurveLine> Others { get; init; } = [];

    /// <summary>What happened at some X, such as a restart.</summary>
    public IReadOnlyList<CurveMoment> Moments { get; init; } = [];

    /// <summary>Whether the values are to be drawn by their logarithm: all of them are above 0, and the highest is many times the lowest.</summary>
    public bool IsLogarithmic { get; init; }
}

/// <summary>A curve beside the one that is shown.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Points">Ascending by X; a Y that is not finite is a gap.</param>
internal sealed record CurveLine(SafeText Name, IReadOnlyList<CurvePoint> Points);

/// <summary>Something that happened at an X.</summary>
/// <param name="X">Where.</param>
/// <param name="Kind">What.</param>
/// <param name="Label">In words.</param>
internal sealed record CurveMoment(double X, MomentKind Kind, SafeText Label);

/// <summary>What happened in a run.</summary>
internal enum MomentKind
{
    /// <summary>Training was started again.</summary>
    Restart,

    /// <summary>The best value of the run.</summary>
    Best,

    /// <summary>A checkpoint was saved.</summary>
    Saved,
}

/// <summary>A point of a curve.</summary>
internal readonly record struct CurvePoint(double X, double Y);

/// <summary>A range of X that is shaded.</summary>
internal readonly record struct ShadedRange(double From, double To);

/// <summary>A value over two axes, such as a spectrogram.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Value">The value that a colour stands for; what lies outside its range is shown as its end.</param>
/// <param name="Columns">One array a column, from the lowest Y up; all of one length.</param>
internal sealed record HeatmapExhibit(SafeText Title, AxisExtent X, AxisExtent Y, AxisExtent Value, IReadOnlyList<float[]> Columns) : Exhibit(Title);

/// <summary>What an axis shows, with its unit, and from where to where.</summary>
internal sealed record AxisExtent(string Label, double From, double To);

/// <summary>Samples over time.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Seconds">The time that the columns span.</param>
/// <param name="Columns">The lowest and the highest sample of equal stretches of time; full scale is 1.</param>
internal sealed record WaveformExhibit(SafeText Title, double Seconds, IReadOnlyList<(float Low, float High)> Columns) : Exhibit(Title)
{
    /// <summary>Where samples are at full scale, in seconds.</summary>
    public IReadOnlyList<ShadedRange> Clipped { get; init; } = [];

    /// <summary>Where nothing is heard, in seconds.</summary>
    public IReadOnlyList<ShadedRange> Silent { get; init; } = [];
}

/// <summary>A recording to listen to.</summary>
/// <param name="Title">What is played.</param>
/// <param name="Wave">A WAV file.</param>
internal sealed record AudioExhibit(SafeText Title, byte[] Wave) : Exhibit(Title);

/// <summary>Rows of text.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Headings">One a column.</param>
/// <param name="Rows">The cells.</param>
internal sealed record TableExhibit(SafeText Title, IReadOnlyList<string> Headings, IReadOnlyList<TableRow> Rows) : Exhibit(Title)
{
    /// <summary>The checkpoints that it chooses from, to be marked on the run's curves; in the order of their steps.</summary>
    public IReadOnlyList<CheckpointMark> Checkpoints { get; init; } = [];
}

/// <summary>A checkpoint of a run at its step.</summary>
/// <param name="Step">The step.</param>
/// <param name="File">The file's name.</param>
/// <param name="IsExported">Whether the exported model holds its weights.</param>
/// <param name="IsToExport">Whether it is the one that has to be exported.</param>
internal readonly record struct CheckpointMark(long Step, SafeText File, bool IsExported, bool IsToExport);

/// <summary>A row of a table.</summary>
/// <param name="Cells">One a column; the first names the row.</param>
/// <param name="IsWrong">Whether the row is what the finding is about.</param>
internal sealed record TableRow(IReadOnlyList<SafeText> Cells, bool IsWrong);

/// <summary>A tree of names with what is wrong of each, folded.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Roots">The outermost nodes.</param>
internal sealed record TreeExhibit(SafeText Title, IReadOnlyList<TreeNode> Roots) : Exhibit(Title)
{
    /// <summary>How many names are under roots that were left out.</summary>
    public int Hidden { get; init; }
}

/// <summary>A node of a tree.</summary>
/// <param name="Label">The name, perhaps folded.</param>
/// <param name="State">How it differs from what was expected.</param>
/// <param name="Count">How many names it stands for.</param>
/// <param name="Children">The nodes below it; none where all below it is the same.</param>
internal sealed record TreeNode(SafeText Label, NodeState State, int Count, IReadOnlyList<TreeNode> Children)
{
    /// <summary>What is known of the name, such as its shape.</summary>
    public SafeText Detail { get; init; }

    /// <summary>How many names are under children that were left out.</summary>
    public int Hidden { get; init; }
}

/// <summary>How a node differs from what was expected.</summary>
internal enum NodeState
{
    /// <summary>It does not.</summary>
    Same,

    /// <summary>It was expected and is not there.</summary>
    Missing,

    /// <summary>It is there and was not expected.</summary>
    Unexpected,

    /// <summary>It is there in another shape.</summary>
    Different,

    /// <summary>Something below it differs.</summary>
    Mixed,
}

/// <summary>A value of each of many parts, side by side, such as the layers of a model.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Value">What the colour of a part stands for, with its unit.</param>
/// <param name="Cells">The parts, in their order.</param>
internal sealed record StripExhibit(SafeText Title, string Value, IReadOnlyList<StripCell> Cells) : Exhibit(Title);

/// <summary>A part of a strip.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; NaN where it has none.</param>
/// <param name="IsWrong">Whether a finding is about it.</param>
internal readonly record struct StripCell(SafeText Name, double Value, bool IsWrong);
