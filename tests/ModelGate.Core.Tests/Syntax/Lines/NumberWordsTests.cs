using ModelGate.Syntax.Lines;

namespace ModelGate.Tests.Syntax.Lines;

public class NumberWordsTests
{
    // Python's repr and str, numpy 2's repr, PyTorch's print, C99's printf (nan, -nan, NAN with %F), Java and .NET (NaN, Infinity), and Microsoft's C library before and since 2015.
    [Theory]
    [InlineData("nan")]
    [InlineData("-nan")]
    [InlineData("+nan")]
    [InlineData("NaN")]
    [InlineData("NAN")]
    [InlineData("1.#IND")]
    [InlineData("-1.#IND00")]
    [InlineData("1.#QNAN0")]
    [InlineData("1.#SNAN")]
    [InlineData("nan(ind)")]
    [InlineData("-nan(ind)")]
    [InlineData("-nan(ind")]
    [InlineData("nan(snan)")]
    [InlineData("tensor(nan)")]
    [InlineData("tensor(nan, device='cuda:0', grad_fn=<DivBackward0>)")]
    [InlineData("np.float64(nan)")]
    [InlineData("[nan]")]
    [InlineData("(nan)")]
    [InlineData("'nan'")]
    public void Reads_what_is_not_a_number(string text) => (NumberWords.TryParse(text, out var value) && double.IsNaN(value)).Should().BeTrue();

    [Theory]
    [InlineData("inf", 1)]
    [InlineData("-inf", -1)]
    [InlineData("+Inf", 1)]
    [InlineData("INF", 1)]
    [InlineData("Infinity", 1)]
    [InlineData("-Infinity", -1)]
    [InlineData("1.#INF", 1)]
    [InlineData("-1.#INF00", -1)]
    [InlineData("tensor(-inf)", -1)]
    public void Reads_infinities_with_their_sign(string text, int sign)
        => (NumberWords.TryParse(text, out var value) ? value : 0).Should().Be(sign * double.PositiveInfinity);

    [Theory]
    [InlineData("")]
    [InlineData("0.25")]
    [InlineData("nano")]
    [InlineData("info")]
    [InlineData("None")]
    [InlineData("banana")]
    [InlineData("1.5")]
    public void Takes_nothing_else_for_one(string text) => NumberWords.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("tensor(0.25, device='cuda:0')", "0.25")]
    [InlineData("tensor(0.25)", "0.25")]
    [InlineData("np.float32(1e-05)", "1e-05")]
    [InlineData("0.25", "0.25")]
    public void Takes_a_scalar_out_of_what_it_was_printed_in(string text, string expected) => NumberWords.Unwrapped(text).ToString().Should().Be(expected);

    [Theory]
    [InlineData(true, "Loss is NaN, stopping training")]
    [InlineData(true, "RuntimeError: loss=nan at step 5")]
    [InlineData(true, "gradient norm: -inf")]
    [InlineData(true, "value 1.#QNAN")]
    [InlineData(false, "INFO: saved")]
    [InlineData(false, "terminate_on_nan=True")]
    [InlineData(false, "reading /data/nan/a.wav and inf.txt")]
    [InlineData(false, "finance, banana, infer")]
    public void Finds_them_in_a_line_as_words_alone(bool found, string line) => NumberWords.AreIn(line).Should().Be(found);
}
