namespace ModelGate.Reports.Html.Page;

/// <summary>The signs of the outcomes: each has its own form, so that colour is never the only difference.</summary>
internal static class Icons
{
    /// <summary>The drawings, once a page.</summary>
    public static Markup Definitions { get; } = new(
        """
        <svg class="defs" aria-hidden="true" focusable="false">
        <symbol id="i-failed" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" /><path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" /></symbol>
        <symbol id="i-passed" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" /><path d="M4.8 8.3l2.2 2.2 4.2-4.7" /></symbol>
        <symbol id="i-warning" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" /><path d="M8 4.2v4.6M8 11.2v.6" /></symbol>
        <symbol id="i-inconclusive" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" /><path d="M6 6.2a2 2 0 1 1 2.6 2c-.5.2-.6.5-.6 1M8 11.3v.5" /></symbol>
        <symbol id="i-waived" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" /><path d="M4.6 8h6.8M9 5.6L11.4 8 9 10.4" /></symbol>
        <symbol id="i-not-applicable" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" /><path d="M4.8 8h6.4" /></symbol>
        </svg>
        """.ReplaceLineEndings("\n"));

    /// <summary>One icon, for the eye alone: the word stands beside it.</summary>
    public static Markup Of(string word) => new($"<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#i-{word}\" /></svg>");
}
