using System.Globalization;
using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>A value as a bar from zero, with a mark at its limit and the side shaded on which it may be: how far it is from the limit is seen before a number is read.</summary>
internal static class ScoreBar
{
    private const double Width = 120;

    // Where the longer of value and limit ends: a limit at the very edge would look like the end of the scale.
    private const double Longest = 0.86;

    /// <summary>The drawing; empty where there is no finite value, no finite limit or no length to draw.</summary>
    public static Markup Of(Measurement measurement)
    {
        if (measurement is not { Observed: { } value, Required: { } required } || !double.IsFinite(value) || !double.IsFinite(required.Limit))
        {
            return default;
        }

        var (low, high) = (Math.Min(0, Math.Min(value, required.Limit)), Math.Max(0, Math.Max(value, required.Limit)));
        if (high - low is not (> 0 and < double.PositiveInfinity))
        {
            return default;
        }

        // Room on the far side, also where all is below zero.
        var scale = Longest * Width / (high - low);
        double X(double v) => high == 0 ? Width - ((high - v) * scale) : (v - low) * scale;
        var (zero, end, limit) = (X(0), X(value), X(required.Limit));
        var allowed = required.Relation switch
        {
            Relation.Below or Relation.AtMost => (From: 0.0, To: limit),
            Relation.Above or Relation.AtLeast => (From: limit, To: Width),
            _ => (From: limit, To: limit),
        };
        var word = required.IsMetBy(value) ? "passed" : "failed";
        return new Markup(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"bar {word}\" viewBox=\"0 0 {Width:0} 16\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"track\" x=\"0\" y=\"2\" width=\"{Width:0}\" height=\"12\" /><rect class=\"allowed\" x=\"{allowed.From:0.##}\" y=\"2\" width=\"{allowed.To - allowed.From:0.##}\" height=\"12\" /><rect class=\"value\" x=\"{Math.Min(zero, end):0.##}\" y=\"5\" width=\"{Math.Max(Math.Abs(end - zero), 0.75):0.##}\" height=\"6\" /><rect class=\"limit\" x=\"{limit - 0.75:0.##}\" y=\"0\" width=\"1.5\" height=\"16\" /></svg>"));
    }

    /// <summary>Whether a limit is kept to the number, such as no missing keys of none allowed: there is nothing to draw.</summary>
    public static bool IsExact(Measurement measurement) => measurement is { Observed: { } value, Required: { } required, Margin: 0 } && required.IsMetBy(value) && (required.Relation == Relation.Equal || value == 0);

    /// <summary>The distance from the limit, in words: <c>0.32 to spare</c>, with the share of the limit that it is.</summary>
    public static string Distance(Measurement measurement)
    {
        if (measurement is not { Observed: { } value, Required: { } required, Margin: { } margin } || !double.IsFinite(margin))
        {
            return "";
        }

        var isMet = required.IsMetBy(value);
        var share = required.Limit != 0 && Math.Abs(margin / required.Limit) is var part and < 100 and >= 0.0005
            ? string.Create(CultureInfo.InvariantCulture, $" ({part * 100:0.#} %)")
            : "";
        var side = isMet ? "to spare" : required.Relation switch
        {
            Relation.Below or Relation.AtMost => "too much",
            Relation.Above or Relation.AtLeast => "too little",
            _ => "off",
        };
        return margin != 0 ? $"{NumberText.Of(Math.Abs(margin))}{share} {side}"
            : !isMet ? "at the limit, which is out"
            : required.Relation == Relation.Equal ? "equal"
            : value == 0 ? "none"
            : "at the limit";
    }

    /// <summary>The margin in parts of the limit, by which scores of one signal are ordered; NaN comes first.</summary>
    public static double Nearness(Measurement measurement)
        => measurement is not { Observed: { } value, Required: { } required } || double.IsNaN(value) ? double.NegativeInfinity
            : required.Margin(value) / (required.Limit == 0 ? 1 : Math.Abs(required.Limit));
}
