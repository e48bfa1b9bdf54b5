namespace ModelGate.Syntax.Pickle.Globals;

/// <summary>What a name in a pickle may look like: identifiers of ASCII letters, digits and underscores.</summary>
internal static class GlobalNames
{
    /// <summary>Whether a module's name is identifiers joined by dots.</summary>
    public static bool IsModule(string module, int longest)
        => module.Length <= longest && module.Split('.').All(IsIdentifier);

    /// <summary>Whether a name is a module and one name in it.</summary>
    public static bool IsQualified(string name) => name.Contains('.', StringComparison.Ordinal) && IsModule(name, int.MaxValue);

    /// <summary>Whether a name is one identifier.</summary>
    public static bool IsIdentifier(string name)
        => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
