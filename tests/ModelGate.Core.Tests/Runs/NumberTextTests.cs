using ModelGate.Runs;

namespace ModelGate.Tests.Runs;

public class NumberTextTests
{
    [Theory]
    [InlineData(0.12949999, 0.1295)]
    [InlineData(0.1295, 0.12950000000001)]
    [InlineData(26.99999, 27)]
    [InlineData(27.0000001, 27)]
    [InlineData(1e-9, 0)]
    [InlineData(0.1, 0.1)]
    [InlineData(123456.4, 123456)]
    public void A_number_stands_on_its_side_of_the_limit(double value, double limit)
    {
        var shown = double.Parse(NumberText.Of(value, limit), System.Globalization.CultureInfo.InvariantCulture);
        var bound = double.Parse(NumberText.OfLimit(limit), System.Globalization.CultureInfo.InvariantCulture);

        bound.Should().Be(limit);
        shown.CompareTo(bound).Should().Be(value.CompareTo(limit));
    }

    [Fact]
    public void No_more_digits_are_shown_than_it_takes() => NumberText.Of(0.38067540769, 0.1).Should().Be("0.38068");
}
