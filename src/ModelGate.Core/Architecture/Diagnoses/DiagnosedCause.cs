using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Diagnoses;

/// <summary>A cause that was found.</summary>
/// <param name="Name">Its name in kebab-case; a combination joins those of its parts by <c> + </c>.</param>
/// <param name="Message">What happened, in one sentence.</param>
/// <param name="Explains">How many mismatches it accounts for.</param>
/// <param name="Remaining">How many are left when its mapping is applied.</param>
/// <param name="Mapped">The keys with its mapping applied, and those of the causes before it that cleared its way; null where no mapping resolves it.</param>
internal sealed record DiagnosedCause(string Name, SafeText Message, int Explains, int Remaining, MappedKeys? Mapped)
{
    /// <summary>Whether it stands for several causes whose mappings only together bring the mismatches down; they follow by themselves.</summary>
    public bool IsCombination { get; init; }

    /// <summary>Whether it is about element types alone, which a loader converts.</summary>
    public bool IsAboutTypes { get; init; }
}
