using ModelGate.Artifacts;
using ModelGate.Runs;

namespace ModelGate.Configuration;

/// <summary>The user asked wrongly: what is wrong, where, and what would be right.</summary>
internal sealed class ConfigurationException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The configuration file as the user knows it.</param>
    /// <param name="errors">One or more errors, by place.</param>
    public ConfigurationException(string path, IReadOnlyList<ConfigurationError> errors)
        : base(SafeText.Join("\n", errors.Select(e => e.Describe(path))).Value)
    {
        Path = path;
        Errors = errors;
    }

    /// <summary>The configuration file as the user knows it.</summary>
    public string Path { get; }

    /// <summary>The errors, by place.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }
}

/// <summary>One error in a configuration.</summary>
/// <param name="At">The place.</param>
/// <param name="Message">One sentence without a full stop.</param>
internal sealed record ConfigurationError(TextPosition At, SafeText Message)
{
    /// <summary>File, line, column and message.</summary>
    public SafeText Describe(string path) => SafeText.Of($"{path}({At.Line},{At.Column}): {Message}");
}
