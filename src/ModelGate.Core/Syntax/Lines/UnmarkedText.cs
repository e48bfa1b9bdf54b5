using System.Text;

namespace ModelGate.Syntax.Lines;

/// <summary>Decodes lines that are not UTF-8: in the code page of the Windows that wrote them, which nothing in the file names.</summary>
/// <remarks>
/// Python writes a log in the code page of the user's language: GBK (936) in China, 932 in Japan, 1252 in Western Europe. The three tell themselves apart by what
/// their bytes would be: two bytes of GBK's common characters are both above A0; 932 has kana, whose second byte mostly is below; in 1252 a byte
/// above 7F stands alone between letters. Text of other code pages comes out as other letters, while digits and signs stay what they are.
/// </remarks>
internal sealed class UnmarkedText
{
    private static readonly Encoding Gbk = Of(936);
    private static readonly Encoding Japanese = Of(932);
    private static readonly Encoding Western = Of(1252);

    private Encoding? chosen;

    /// <summary>The code page of the latest line; null where there was none.</summary>
    public string? Name => chosen is null ? null : chosen == Gbk ? "GBK" : chosen == Japanese ? "Windows code page 932" : "Windows code page 1252";

    /// <summary>Decodes a line.</summary>
    /// <param name="line">The bytes.</param>
    /// <param name="characters">Receives as many characters as bytes at most.</param>
    /// <returns>The number of characters.</returns>
    public int Decode(ReadOnlySpan<byte> line, Span<char> characters)
    {
        chosen = Choose(line);
        return chosen.GetChars(line, characters);
    }

    private Encoding Choose(ReadOnlySpan<byte> line)
    {
        var (pairs, common, isGbk) = AsGbk(line);
        var (kana, isJapanese) = AsJapanese(line);
        if (isJapanese && kana > 0 && (!isGbk || common * 2 < pairs))
        {
            return Japanese;
        }

        if (isGbk && common == pairs)
        {
            return Gbk;
        }

        // Characters that are rare in either: the lines before decide, else what is more of one kind.
        return chosen == Japanese && isJapanese ? Japanese
            : isGbk && (chosen == Gbk || common * 2 >= pairs) ? Gbk
            : isJapanese && pairs > 1 && !isGbk ? Japanese
            : Western;
    }

    private static (int Pairs, int Common, bool IsGbk) AsGbk(ReadOnlySpan<byte> line)
    {
        var (pairs, common) = (0, 0);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] < 0x80)
            {
                continue;
            }

            if (line[i] is 0x80 or 0xFF || i + 1 >= line.Length || line[i + 1] is < 0x40 or 0x7F or 0xFF)
            {
                return (pairs, common, false);
            }

            pairs++;
            common += line[i] is >= 0xA1 and <= 0xF7 && line[i + 1] >= 0xA1 ? 1 : 0;
            i++;
        }

        return (pairs, common, true);
    }

    private static (int Kana, bool IsJapanese) AsJapanese(ReadOnlySpan<byte> line)
    {
        var kana = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] < 0x80)
            {
                continue;
            }

            // Katakana of half width, which hardly any log holds, would make everything valid.
            if (line[i] is 0x80 or (>= 0xA0 and <= 0xDF) or > 0xFC || i + 1 >= line.Length || line[i + 1] is < 0x40 or 0x7F or > 0xFC)
            {
                return (kana, false);
            }

            kana += (line[i], line[i + 1]) is (0x82, >= 0x9F and <= 0xF1) or (0x83, >= 0x40 and <= 0x96) ? 1 : 0;
            i++;
        }

        return (kana, true);
    }

    private static Encoding Of(int codePage)
        => CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback) ?? Encoding.Latin1;
}
