using System.Security.Cryptography;
using System.Text;

namespace ModelGate.Reports.Html.Page;

/// <summary>The head of a page: its title, its style, and a policy that lets the browser load nothing.</summary>
internal static class PageHead
{
    /// <summary>Writes it, from the document's type on.</summary>
    /// <param name="page">The page.</param>
    /// <param name="title">What the page is about; the tool's name is put after it.</param>
    /// <param name="hasAudio">Whether the page holds recordings to be played.</param>
    public static void Write(HtmlPage page, string title, bool hasAudio = false)
    {
        // The policy names the one style sheet by its hash: markup that slipped in somewhere could not even change a colour.
        var style = StyleSheet.Text;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        page.Add($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n");
        page.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{new Markup(hash)}'; img-src data:;{new Markup(hasAudio ? " media-src data:;" : "")} base-uri 'none'; form-action 'none'\" />\n");
        page.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<meta name=\"color-scheme\" content=\"light dark\" />\n<meta name=\"referrer\" content=\"no-referrer\" />\n");
        page.Add($"<title>{title} · ModelGate</title>\n");
        page.Add($"<style>{new Markup(style)}</style>\n</head>\n");
    }
}
