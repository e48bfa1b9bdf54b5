namespace ModelGate.Html.Tests;

/// <summary>Where the repository lies that the tests were built from.</summary>
internal static class Repository
{
    public static string PathOf(params string[] parts) => Path.Combine([Root(), .. parts]);

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "ModelGate.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("the tests do not lie in the repository");
    }
}
