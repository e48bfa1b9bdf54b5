using System.Reflection;

namespace ModelGate.Runs;

/// <summary>The version of this build.</summary>
internal static class ProductVersion
{
    /// <summary>The version without build metadata, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        var version = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        var metadata = version.IndexOf('+', StringComparison.Ordinal);
        return metadata < 0 ? version : version[..metadata];
    }
}
