using System.Runtime.InteropServices;
using ModelGate.Artifacts;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Weights;
using ModelGate.Tests.Readers;

namespace ModelGate.Tests.Signals.Checkpoints;

/// <summary>An export held against a checkpoint, by digests and element by element.</summary>
public class ExportMatchTests
{
    private static readonly DType[] Types =
    [
        DType.UInt8, DType.Int8, DType.Int16, DType.Int32, DType.Int64, DType.UInt16, DType.Float16, DType.Float32, DType.Float64, DType.BFloat16, DType.Complex64, DType.Bool,
        DType.Float8E5M2, DType.Float8E4M3FN,
    ];

    // What Tensor.half(), Tensor.bfloat16() and Tensor.float() turn one type of floating-point numbers into.
    private static readonly (DType Export, DType Checkpoint)[] Converted =
    [
        (DType.Float16, DType.Float32), (DType.Float16, DType.Float64), (DType.Float16, DType.BFloat16), (DType.BFloat16, DType.Float32),
        (DType.Float32, DType.Float16), (DType.Float32, DType.BFloat16), (DType.Float32, DType.Float64),
    ];

    public static TheoryData<string, string> Pairs => [.. Types.SelectMany(e => Types.Select(c => (e.ToString(), c.ToString())))];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Digests_decide_as_the_elements_do_or_leave_it_to_them(string export, string checkpoint)
    {
        var (exported, trained) = (Enum.Parse<DType>(export), Enum.Parse<DType>(checkpoint));
        var isConverted = exported == trained || Converted.Contains((exported, trained));
        var decides = exported == trained || (exported == DType.Float16 && isConverted);
        foreach (var (values, other, equal) in new[] { (Values, Values, true), (Values, Changed, false), (Values, PositiveZero, !HasNegativeZero(exported, trained)) })
        {
            var (left, right) = (Of(exported, other, nanPayload: 1), Of(trained, values, nanPayload: 2));

            var elements = ExportMatch.Test(left, right, TestContext.Current.CancellationToken);
            var digests = ExportMatch.Of(Digests(left), Digests(right));

            elements.IsWhole.Should().Be(isConverted && equal);
            digests.MayBeWhole.Should().Be(!decides);
            digests.IsWhole.Should().Be(decides && equal);
        }
    }

    // Every bit pattern of a single, NaN of any payload, infinities, zeros and subnormal numbers among them, over several blocks of a pass.
    [Fact]
    public void Any_single_and_its_half_agree_by_digest()
    {
        var random = new Random(5);
        var singles = new float[300_001];
        random.NextBytes(MemoryMarshal.AsBytes(singles.AsSpan()));
        (singles[0], singles[1], singles[2]) = (float.NaN, -0f, float.Epsilon);
        var halves = Array.ConvertAll(singles, s => (Half)s);
        var checkpoint = MadeTensor.Checkpoint(MadeTensor.Of("w", DType.Float32, MemoryMarshal.AsBytes<float>(singles).ToArray()));

        Agree(Export(halves), checkpoint, isWhole: true);
        for (var i = 0; i < 20; i++)
        {
            var changed = halves.ToArray();
            var at = random.Next(changed.Length);
            changed[at] = Half.IsNaN(changed[at]) ? Half.Zero : BitConverter.UInt16BitsToHalf((ushort)(BitConverter.HalfToUInt16Bits(changed[at]) ^ 1));
            Agree(Export(changed), checkpoint, isWhole: false);
        }

        static Checkpoint Export(Half[] values) => MadeTensor.Checkpoint(MadeTensor.Of("w", DType.Float16, MemoryMarshal.AsBytes<Half>(values).ToArray()));
    }

    // Written and rounded by PyTorch: Fixtures/exports/README.md.
    [Theory]
    [InlineData("export.pth", 10, 10)]
    [InlineData("export_altered.pth", 7, 10)]
    public void What_PyTorch_exported_is_counted_by_both(string name, int equal, int keys)
    {
        var (export, checkpoint) = (Fixture.Checkpoint("exports/" + name), Fixture.Checkpoint("exports/train.pth"));

        var elements = ExportMatch.Rank(export, checkpoint, TestContext.Current.CancellationToken);
        var digests = ExportMatch.Of(Digests(export), Digests(checkpoint));

        (elements.EqualKeys, elements.Keys, elements.Absent).Should().Be((equal, keys, 0));
        (digests.EqualKeys + digests.Undecided >= equal, digests.Keys, digests.Absent).Should().Be((true, keys, 0));
        digests.Left.Should().Equal(elements.Left);
        digests.Elements.Should().Be(elements.Elements);
    }

    [Theory]
    [InlineData("G_396.pth", true)]
    [InlineData("G_792.pth", false)]
    [InlineData("G_2376.pth", false)]
    public void The_sample_comes_from_its_first_checkpoint(string name, bool isSource)
    {
        var (export, checkpoint) = (Lexi("lexi.pth"), Lexi(name));

        Agree(export, checkpoint, isSource);
        ExportMatch.Of(Digests(export), Digests(checkpoint)).Left.Should().HaveCount(103).And.OnlyContain(k => k.StartsWith("enc_q.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tensor_of_another_shape_or_another_name_is_absent()
    {
        var export = MadeTensor.Checkpoint(MadeTensor.Of("w", DType.Float32, new byte[8]));

        foreach (var checkpoint in new[] { MadeTensor.Checkpoint(MadeTensor.Of("w", DType.Float32, new byte[12])), MadeTensor.Checkpoint(MadeTensor.Of("v", DType.Float32, new byte[8])) })
        {
            ExportMatch.Rank(export, checkpoint, TestContext.Current.CancellationToken).Absent.Should().Be(1);
            ExportMatch.Of(Digests(export), Digests(checkpoint)).Absent.Should().Be(1);
        }
    }

    [Fact]
    public void An_export_without_tensors_matches_nothing()
        => ExportMatch.Of(Digests(MadeTensor.Checkpoint()), Digests(Lexi("G_396.pth"))).Should().Match<ExportMatch>(m => !m.IsWhole && !m.MayBeWhole);

    [Fact]
    public void A_tensor_without_elements_is_equal()
        => Agree(MadeTensor.Checkpoint(MadeTensor.Of("w", DType.Float16, [])), MadeTensor.Checkpoint(MadeTensor.Of("w", DType.Float32, [])), isWhole: true);

    private static double[] Values => [1, -0.0, double.NaN, 1.5, 2];

    private static double[] Changed => [1, -0.0, double.NaN, 3, 2];

    private static double[] PositiveZero => [1, 0.0, double.NaN, 1.5, 2];

    private static void Agree(Checkpoint export, Checkpoint checkpoint, bool isWhole)
    {
        ExportMatch.Test(export, checkpoint, TestContext.Current.CancellationToken).IsWhole.Should().Be(isWhole);
        ExportMatch.Of(Digests(export), Digests(checkpoint)).IsWhole.Should().Be(isWhole);
    }

    private static bool HasNegativeZero(DType export, DType checkpoint) => Array.TrueForAll([export, checkpoint], t => t is DType.Float16 or DType.Float32 or DType.Float64 or DType.BFloat16 or DType.Complex64);

    private static Checkpoint Lexi(string name) => (Checkpoint)Fixture.Read(File.ReadAllBytes(Repository.PathOf("samples", "lexi", name)));

    private static TensorDigests Digests(Checkpoint checkpoint)
        => (TensorDigests)WeightPass.Run(checkpoint, [new DigestMeasure().Begin(checkpoint)], TestContext.Current.CancellationToken)[0];

    private static Checkpoint Of(DType dtype, double[] values, int nanPayload)
        => MadeTensor.Checkpoint(MadeTensor.Of("w", dtype, [.. values.SelectMany(v => Bytes(dtype, v, nanPayload))]));

    // All values are exact in all types of floating-point numbers; the integers cut them off, and the eight-bit types take whatever byte it is.
    private static byte[] Bytes(DType dtype, double value, int nanPayload) => dtype switch
    {
        DType.Float64 => BitConverter.GetBytes(double.IsNaN(value) ? BitConverter.Int64BitsToDouble(0x7FF8000000000000 + nanPayload) : value),
        DType.Float32 => BitConverter.GetBytes(Single(value, nanPayload)),
        DType.Float16 => BitConverter.GetBytes(double.IsNaN(value) ? (ushort)(0x7E00 + nanPayload) : BitConverter.HalfToUInt16Bits((Half)value)),
        DType.BFloat16 => BitConverter.GetBytes(double.IsNaN(value) ? (ushort)(0x7FC0 + nanPayload) : (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16)),

        // A complex number is compared by its bits, so its NaN is always the same here.
        DType.Complex64 => [.. BitConverter.GetBytes(Single(value, 0)), .. BitConverter.GetBytes(0f)],
        DType.Int64 => BitConverter.GetBytes(Whole(value)),
        DType.Int32 => BitConverter.GetBytes((int)Whole(value)),
        DType.Int16 or DType.UInt16 => BitConverter.GetBytes((short)Whole(value)),
        DType.Bool => [(byte)(value == 3 ? 0 : 1)],
        _ => [(byte)Whole(value)],
    };

    private static float Single(double value, int nanPayload) => double.IsNaN(value) ? BitConverter.Int32BitsToSingle(0x7FC00000 + nanPayload) : (float)value;

    private static long Whole(double value) => double.IsNaN(value) ? 7 : (long)(value * 2);
}
