using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>A recording inside of the page: nothing is loaded, and nothing plays before somebody asks for it.</summary>
internal static class Player
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, AudioExhibit recording, string id)
    {
        page.Add($"<figure class=\"whole\" aria-labelledby=\"{id}\">\n<figcaption><h4 id=\"{id}\"><bdi>{recording.Title}</bdi></h4>");
        if (!recording.Description.IsEmpty)
        {
            page.Add($"<p><bdi>{Words.Sentence(Words.Capital(recording.Description.Value))}</bdi></p>");
        }

        page.Add($"</figcaption>\n<audio controls=\"controls\" preload=\"none\" aria-labelledby=\"{id}\" src=\"data:audio/wav;base64,{new Markup(Convert.ToBase64String(recording.Wave))}\"></audio>\n</figure>\n");
    }
}
