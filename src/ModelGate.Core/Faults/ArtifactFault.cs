namespace ModelGate.Faults;

/// <summary>An artifact is refused: why, with what was expected and what was found, and where.</summary>
/// <remarks>
/// It knows no path: readers see bytes, and the code that opened the file names it. On its way up it is enriched and thrown again as the same object,
/// so that neither the stack trace nor what was found before is lost.
/// </remarks>
/// <param name="reason">Which rule is broken.</param>
/// <param name="description">One sentence without a full stop, with the numbers.</param>
/// <param name="offset">The byte offset, where there is one.</param>
/// <param name="underlying">The fault behind this one.</param>
internal sealed class ArtifactFault(FaultReason reason, SafeText description, long? offset = null, ArtifactFault? underlying = null)
    : Exception(description.Value, underlying)
{
    private SafeText remark;

    /// <summary>Which rule is broken.</summary>
    public FaultReason Reason { get; } = reason;

    /// <summary>What the refusal says of the file.</summary>
    public FaultKind Kind { get; internal set; } = reason.Kind;

    /// <summary>What was expected and what was found, with the part of the file that it is about.</summary>
    public SafeText Description
    {
        get
        {
            var own = remark == SafeText.Empty ? description : SafeText.Of($"{description}; {remark}");
            return Part is not { } part ? own : offset is { } at ? SafeText.Of($"in {part}: {own} (offset {at})") : SafeText.Of($"in {part}: {own}");
        }
    }

    /// <summary>The byte offset in the file; null where there is none, or where it is an offset in a part of it.</summary>
    public long? Offset => Part is null ? offset : null;

    /// <summary>Description and offset as one safe text.</summary>
    public SafeText Sentence => Offset is { } at ? SafeText.Of($"{Description} (offset {at})") : Description;

    /// <inheritdoc/>
    public override string Message => Sentence.Value;

    /// <summary>The format that the bytes were taken for, where it was recognised before the fault.</summary>
    public string? Format { get; internal set; }

    /// <summary>The file in the file, or beside it, in which the fault lies; null where it lies in the file itself. Text from the file.</summary>
    public string? Part { get; internal set; }

    /// <summary>The limit that is broken, as configurations and the command line spell it; null where no limit can be raised.</summary>
    public string? Limit { get; init; }

    /// <summary>What the file's pickles had imported before the fault: a later parse error never hides it.</summary>
    public IReadOnlyList<GlobalUse> Globals { get; internal set; } = [];

    /// <summary>What is wrong besides: the damage to a file that was refused for something graver.</summary>
    public ArtifactFault? Underlying => (ArtifactFault?)InnerException;

    /// <summary>The fault that shows the file to be damaged or malformed, also where something graver hides it; null where nothing does.</summary>
    public ArtifactFault? Damage => Underlying is { } behind ? behind.Damage : Kind is FaultKind.Damaged or FaultKind.Malformed ? this : null;

    /// <summary>Adds what explains the fault, behind its description.</summary>
    internal void Add(SafeText explanation) => remark = explanation;
}
