using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ModelGate.Reports.Html.Page;

/// <summary>
/// A page under construction. Markup is what stands literally in the source code; whatever is inserted is encoded, in text and in
/// quoted attributes alike, unless it is <see cref="Markup"/>.
/// </summary>
internal sealed class HtmlPage
{
    private static readonly HtmlEncoder Encoder = CreateEncoder();

    private readonly StringBuilder text = new();

    /// <summary>The characters so far.</summary>
    public int Length => text.Length;

    /// <summary>Appends markup with encoded insertions: the compiler has the fragment write it.</summary>
    public HtmlPage Add([InterpolatedStringHandlerArgument("")] ref Fragment fragment) => this;

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    /// <summary>Text made fit to stand in markup.</summary>
    public static string Encode(string value) => Encoder.Encode(value);

    // A page that is printed to a build's log must not speak to the build server, which looks for ##[ and ##vso[ anywhere in a line.
    private static HtmlEncoder CreateEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacter('#');
        return HtmlEncoder.Create(settings);
    }

    /// <summary>Writes into the page, as the compiler takes an interpolated string apart.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Fragment
    {
        private readonly StringBuilder text;

        /// <summary>Called by the compiler.</summary>
        public Fragment(int literalLength, int formattedCount, HtmlPage page) => text = page.text;

        /// <summary>Appends markup from the source code.</summary>
        public void AppendLiteral(string markup) => text.Append(markup);

        /// <summary>Appends encoded text.</summary>
        public void AppendFormatted(string? value) => text.Append(Encoder.Encode(value ?? ""));

        /// <summary>Appends encoded text.</summary>
        public void AppendFormatted(SafeText value) => text.Append(Encoder.Encode(value.Value));

        /// <summary>Appends a number.</summary>
        public void AppendFormatted(long value) => text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{value}");

        /// <summary>Appends markup that was made by code.</summary>
        public void AppendFormatted(Markup value) => text.Append(value.Text);
    }
}

/// <summary>Text that is markup already: only code that encodes makes it.</summary>
internal readonly record struct Markup(string Text);
