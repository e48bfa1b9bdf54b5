namespace ModelGate.Faults;

/// <summary>The bytes of a file cannot be had: it is not there, may not be read, or the disk fails. It says nothing about what the file holds.</summary>
/// <remarks>Thrown by byte sources and folders alone, so that no other input or output error is ever blamed on a file.</remarks>
/// <param name="description">One sentence without a full stop, whose subject is the file.</param>
/// <param name="cause">The operating system's error.</param>
internal class SourceUnavailableException(SafeText description, Exception? cause = null) : Exception(description.Value, cause)
{
    /// <summary>The file beside the artifact that cannot be had; null where it is the artifact itself. Text from the file.</summary>
    public string? Part { get; internal set; }

    /// <summary>Why the bytes cannot be had.</summary>
    public SafeText Sentence => Part is { } part ? SafeText.Of($"the file refers to {part}, which cannot be read: {description}") : description;

    /// <inheritdoc/>
    public override string Message => Sentence.Value;

    /// <summary>The error for what the operating system reported.</summary>
    public static SourceUnavailableException From(Exception cause) => new(SafeText.From(cause.Message.TrimEnd('.')), cause);
}

/// <summary>There is no file of this name.</summary>
internal sealed class SourceMissingException(Exception? cause = null) : SourceUnavailableException(SafeText.Of($"there is no such file"), cause);
