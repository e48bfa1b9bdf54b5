namespace ModelGate.MSBuild;

/// <summary>A line of what the tool writes for the build: a kind, then fields, parted by tabs.</summary>
internal sealed class BuildLogLine(string line)
{
    private readonly string[] fields = line.Split('\t');

    public bool IsInput => Kind == "input" && fields.Length == 2;

    public bool IsVerdict => Kind == "verdict" && fields.Length == 3;

    public bool IsFinding => Kind is "error" or "warning" && fields.Length == 6;

    public bool IsError => Kind == "error";

    /// <summary>A glob relative to the configuration.</summary>
    public string Pattern => fields[1];

    /// <summary>passed, failed or inconclusive.</summary>
    public string Verdict => fields[1];

    /// <summary>The verdict with how many gates there are of each outcome.</summary>
    public string Tally => fields[2];

    public string Code => fields[1];

    public int Line => Number(fields[2]);

    public int Column => Number(fields[3]);

    /// <summary>The page, relative to the package.</summary>
    public string Help => fields[4];

    public string Message => fields[5];

    private string Kind => fields[0];

    private static int Number(string text)
        => int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 1;
}
