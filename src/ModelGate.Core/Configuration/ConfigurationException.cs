using ModelGate.Runs;

namespace ModelGate.Configuration;

/// <summary>A configuration that cannot be used: what is wrong, where, and what would be right.</summary>
internal sealed class ConfigurationException : UsageException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errors">One or more errors, by place.</param>
    public ConfigurationException(IReadOnlyList<ConfigurationError> errors)
        : base(SafeText.Join("; ", errors.Select(e => SafeText.Of($"{e.At.ToString()}: {e.Message}"))))
    {
        Errors = errors;
    }

    /// <summary>The errors, by place.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }
}

/// <summary>One error in a configuration.</summary>
/// <param name="At">The place.</param>
/// <param name="Message">One sentence without a full stop.</param>
internal sealed record ConfigurationError(SourcePosition At, SafeText Message)
{
    /// <summary>Place and message, as compilers print them.</summary>
    public override string ToString() => $"{At}: {Message}";
}
