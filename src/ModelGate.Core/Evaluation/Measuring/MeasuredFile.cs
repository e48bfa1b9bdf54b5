using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Evaluation.Measuring;

/// <summary>A file that was opened, measured and closed.</summary>
internal sealed class MeasuredFile
{
    private readonly Dictionary<Measure, object> values = [];
    private readonly Dictionary<Measure, ArtifactFault> faults = [];

    /// <summary>The length in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset LastWriteTime { get; init; }

    /// <summary>The SHA-256 in lower-case hexadecimal; empty where the file could not be opened.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>The format; empty where it is unknown.</summary>
    public string Format { get; set; } = "";

    /// <summary>The kind of artifact.</summary>
    public string Kind { get; set; } = "unreadable";

    /// <summary>What is odd in the file.</summary>
    public IReadOnlyList<SafeText> Warnings { get; set; } = [];

    /// <summary>Why it was refused.</summary>
    public ArtifactFault? Fault { get; set; }

    /// <summary>Why it could not be opened; empty where it could.</summary>
    public SafeText Unavailable { get; init; }

    /// <summary>Whether it is not a file: keys that the configuration states, or that a command printed.</summary>
    public bool IsStated { get; init; }

    /// <summary>The file that this was made from, where it is not a file itself.</summary>
    public (RoleFile File, MeasuredFile Result)? ReadFrom { get; set; }

    /// <summary>Keeps what a measure gave.</summary>
    public void Add(Measure measure, object value) => values[measure] = value;

    /// <summary>Keeps the fault for which a measure gave nothing.</summary>
    public void Add(Measure measure, ArtifactFault fault) => faults[measure] = fault;

    /// <summary>What a measure gave; null where it gave nothing.</summary>
    public object? Value(Measure measure) => values.GetValueOrDefault(measure);

    /// <summary>Whether a measure fits the file and failed on it.</summary>
    public bool IsFaulty(Measure measure) => faults.ContainsKey(measure);

    /// <summary>Whether a measure gave nothing because the file is of another kind than the measure is made for.</summary>
    public bool IsOfOtherKind(Measure measure) => Unavailable.IsEmpty && Fault is null && !values.ContainsKey(measure) && !faults.ContainsKey(measure);

    /// <summary>Why a measure gave nothing; empty where it gave something.</summary>
    public SafeText Problem(Measure measure, RoleFile file)
    {
        if (!Unavailable.IsEmpty)
        {
            return SafeText.Of($"{file.Path} cannot be read: {Unavailable}");
        }

        if (values.ContainsKey(measure))
        {
            return SafeText.Empty;
        }

        if (Fault is not null)
        {
            return SafeText.Of($"{file.Path} cannot be read: {Fault.SentenceWithAdvice()}");
        }

        return faults.TryGetValue(measure, out var fault)
            ? SafeText.Of($"{file.Path} cannot be read to the end: {fault.SentenceWithAdvice()}")
            : SafeText.Of($"{file.Path} is {Format}, which cannot serve as {file.Role.Key()}");
    }

    /// <summary>Forgets what was measured: the last gate that needed it has judged.</summary>
    public void Release()
    {
        values.Clear();
        faults.Clear();
    }
}
