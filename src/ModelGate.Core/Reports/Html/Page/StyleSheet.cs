using System.Text;

namespace ModelGate.Reports.Html.Page;

/// <summary>The style sheet of the report, which lies beside this file and is built in.</summary>
internal static class StyleSheet
{
    private const string Resource = "report.css";

    /// <summary>The whole text, with line feeds as a browser sees it.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not built in");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
