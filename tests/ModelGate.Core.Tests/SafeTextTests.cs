namespace ModelGate.Tests;

public class SafeTextTests
{
    [Theory]
    [InlineData("enc_p.emb_phone.weight", "enc_p.emb_phone.weight")]
    [InlineData("a\n::error::b", "a\\n::error::b")]
    [InlineData("\u001b[2J\u009b\u007f\b", "\\x1b[2J\\x9b\\x7f\\x08")]
    [InlineData("\u202Eevil\u2069\u200B\uFEFF", "\\u{202E}evil\\u{2069}\\u{200B}\\u{FEFF}")]
    [InlineData("\u034F\u17B4\u17B5\u180B\u180C\u180D\u180E\u180F", "\\u{034F}\\u{17B4}\\u{17B5}\\u{180B}\\u{180C}\\u{180D}\\u{180E}\\u{180F}")]
    [InlineData("\U000E0041", "\\u{E0041}")]
    [InlineData("\u2028\u00A0", "\\u{2028}\\xa0")]
    [InlineData("Größe 声 🎤", "Größe 声 🎤")]
    public void Text_from_a_file_stays_readable_and_becomes_harmless(string untrusted, string expected)
        => SafeText.From(untrusted).Value.Should().Be(expected);

    [Fact]
    public void A_lone_surrogate_becomes_its_number() => SafeText.From("\uD800x").Value.Should().Be("\\u{D800}x");

    [Fact]
    public void An_inserted_value_is_escaped_while_the_message_stands_as_written()
        => SafeText.Of($"step {2376L} of {"a\u001bb"}: {0.25:0.000}").Value.Should().Be("step 2376 of a\\x1bb: 0.250");

    [Fact]
    public void A_long_value_is_cut()
        => SafeText.From(new string('a', 1_000_000)).Value.Should().HaveLength(SafeText.LongestExcerpt + 1).And.EndWith("…");
}
