using ModelGate.Artifacts;

namespace ModelGate.Runs;

/// <summary>What a model that is good enough measured: the numbers that the next one must not fall behind.</summary>
/// <param name="Models">The models, ordered by name.</param>
internal sealed record Baseline(IReadOnlyList<BaselineModel> Models) : Artifact(FormatName)
{
    /// <summary>The format's name.</summary>
    public const string FormatName = "modelgate-baseline";

    /// <inheritdoc/>
    public override string Kind => "baseline";

    /// <summary>The version of ModelGate that measured.</summary>
    public string ToolVersion { get; init; } = ProductVersion.Text;

    /// <summary>The model that a folder holds, by the longest name that the folder's path ends with; null where none is.</summary>
    /// <param name="folder">The folder's full path, with slashes.</param>
    /// <param name="isOneOfSeveral">Whether more models are judged along with it; the only one of a baseline is compared with the only one of a run, whatever they are called.</param>
    public BaselineModel? ModelOf(string folder, bool isOneOfSeveral)
        => Models is [var only] && !isOneOfSeveral ? only
            : Models.Where(m => !m.Name.IsEmpty && (folder == m.Name.Value || folder.EndsWith("/" + m.Name.Value, StringComparison.Ordinal))).MaxBy(m => m.Name.Value.Length);
}

/// <summary>One model of a baseline.</summary>
/// <param name="Name">Its folder; empty where there is but one.</param>
/// <param name="Artifacts">The files that were measured, ordered by run and path.</param>
/// <param name="Values">The numbers, ordered by signal and subject.</param>
internal sealed record BaselineModel(SafeText Name, IReadOnlyList<BaselineArtifact> Artifacts, IReadOnlyList<BaselineValue> Values);

/// <summary>A file that was measured.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Role">The part that it played.</param>
/// <param name="Sha256">The SHA-256 of its bytes in lower-case hexadecimal; null where it is not known.</param>
internal sealed record BaselineArtifact(SafeText Path, ArtifactRole Role, string? Sha256);

/// <summary>A number of a baseline.</summary>
/// <param name="Signal">The signal's name.</param>
/// <param name="Subject">What was measured, the same from one save to the next: the role, the file's path without step and date, and the part of the file.</param>
/// <param name="Value">The median over the runs, in the signal's unit.</param>
/// <param name="Better">The direction in which it is better.</param>
internal sealed record BaselineValue(string Signal, SafeText Subject, double Value, Better Better)
{
    /// <summary>The unit; empty for a pure number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The revision of the signal's definition; null where it is unknown.</summary>
    public int? Revision { get; init; }

    /// <summary>In how many runs it was measured.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>The standard deviation over the runs, with n - 1 in the denominator; null of one run.</summary>
    public double? Spread { get; init; }

    /// <summary>The worst value of the runs; that of the baseline where there was one run.</summary>
    public double? Worst { get; init; }

    /// <summary>Whether a value is better than another, by this signal's direction.</summary>
    public bool IsBetter(double value, double than) => Better == Better.Lower ? value < than : value > than;
}
