using System.Runtime.InteropServices;
using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Tests.Signals.Weights;

public class ElementRoundingTests
{
    // Python's struct.pack("<e", x), which rounds to nearest, ties to even, as PyTorch's half() does.
    [Theory]
    [InlineData(2049f, 0x6800)]
    [InlineData(2051f, 0x6802)]
    [InlineData(65519.99f, 0x7BFF)]
    [InlineData(65520f, 0x7C00)]
    [InlineData(2.9802322e-8f, 0x0000)]
    [InlineData(2.9805303e-8f, 0x0001)]
    [InlineData(-0f, 0x8000)]
    [InlineData(0.1f, 0x2E66)]
    [InlineData(0.33333334f, 0x3555)]
    [InlineData(1.0004883f, 0x3C00)]
    [InlineData(1.0014648f, 0x3C02)]
    public void A_single_is_rounded_to_the_nearest_half(float value, int half)
    {
        Round<float, ushort>(value, DType.Float32, DType.Float16).Should().Be((ushort)half);
        Round<double, ushort>(value, DType.Float64, DType.Float16).Should().Be((ushort)half);
    }

    // c10::Half is made of a float: PyTorch rounds a double twice (c10/util/TypeCast.h), unlike numpy, which gives 0x3C01.
    [Fact]
    public void A_double_is_rounded_to_single_first()
        => Round<double, ushort>(1 + Math.ScaleB(1, -11) + Math.ScaleB(1, -40), DType.Float64, DType.Float16).Should().Be(0x3C00);

    // The upper half of the bits of a single, to nearest, ties to even; c10::BFloat16 gives every NaN the bits 0x7FC0.
    [Theory]
    [InlineData(0x3F808000u, 0x3F80)]
    [InlineData(0x3F808001u, 0x3F81)]
    [InlineData(0x3F818000u, 0x3F82)]
    [InlineData(0x7F7FFFFFu, 0x7F80)]
    [InlineData(0x80000000u, 0x8000)]
    [InlineData(0x7F800001u, 0x7FC0)]
    [InlineData(0xFFFFFFFFu, 0x7FC0)]
    public void A_single_is_rounded_to_the_nearest_bfloat16(uint bits, int rounded)
        => Round<uint, ushort>(bits, DType.Float32, DType.BFloat16).Should().Be((ushort)rounded);

    [Theory]
    [InlineData(0x3F80, 0x3C00)]
    [InlineData(0x4780, 0x7C00)]
    [InlineData(0x8000, 0x8000)]
    public void A_bfloat16_becomes_a_half_by_its_value(int bits, int half)
        => Round<ushort, ushort>((ushort)bits, DType.BFloat16, DType.Float16).Should().Be((ushort)half);

    [Fact]
    public void What_is_widened_is_exact()
    {
        Round<ushort, float>(0x3555, DType.Float16, DType.Float32).Should().Be(0.33325195f);
        Round<ushort, float>(0x3EAB, DType.BFloat16, DType.Float32).Should().Be(0.33398438f);
    }

    [Fact]
    public void Types_that_no_export_converts_are_left()
        => ElementRounding.Round(new byte[4], DType.Int32, new byte[4], DType.Float32).Should().BeFalse();

    private static TTo Round<TFrom, TTo>(TFrom value, object from, object to)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        TTo[] rounded = [default];
        ElementRounding.Round(MemoryMarshal.AsBytes<TFrom>(new[] { value }), (DType)from, MemoryMarshal.AsBytes(rounded.AsSpan()), (DType)to).Should().BeTrue();
        return rounded[0];
    }
}
