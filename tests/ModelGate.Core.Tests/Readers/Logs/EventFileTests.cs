using System.Buffers.Binary;
using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.TensorBoard;
using ModelGate.Readers.WeightsAndBiases;

namespace ModelGate.Tests.Readers.Logs;

/// <summary>Event files of TensorBoard, and the file of Weights &amp; Biases, beyond their values.</summary>
public class EventFileTests
{
    // RFC 3720, B.4, and the check value of the catalogue of CRCs.
    [Fact]
    public void The_checksum_is_Castagnoli_s()
    {
        (~Crc32C.Append(Crc32C.Start, "123456789"u8)).Should().Be(0xE3069283);
        (~Crc32C.Append(Crc32C.Start, new byte[32])).Should().Be(0x8A9136AA);
    }

    // Where TensorBoard's own reader stops, by the file's maker.
    [Theory]
    [InlineData("cut-in-data", 548, "cut off")]
    [InlineData("cut-in-data-crc", 548, "cut off")]
    [InlineData("cut-in-length", 548, "cut off")]
    [InlineData("cut-in-length-crc", 548, "cut off")]
    [InlineData("data-bit-flipped", 422, "wrong checksum")]
    [InlineData("length-bit-flipped", 422, "wrong checksum")]
    [InlineData("length-huge", 422, "wrong checksum")]
    [InlineData("text-after", 926, "wrong checksum")]
    [InlineData("zeros-after", 926, "wrong checksum")]
    public void A_damaged_file_is_read_up_to_the_damage(string file, int offset, string what)
        => RunLogs.Read($"tensorboard/damaged/{file}/events.out.tfevents.1700000000.node.1.0").Warnings.Should().ContainSingle()
            .Which.Value.Should().Contain(FormattableString.Invariant($"at byte {offset}")).And.Contain(what);

    [Fact]
    public void A_file_without_scalars_is_an_empty_log()
    {
        var log = RunLogs.Read("tensorboard/damaged/version-only/events.out.tfevents.1700000000.node.1.0");

        log.Series.Should().BeEmpty();
        log.Warnings.Should().ContainSingle().Which.Value.Should().Be("the file holds no scalar");
    }

    // add_hparams({"lr": 0.05, …}) of PyTorch wrote it; a float is 4 or 8 bytes there.
    [Fact]
    public void Hyperparameters_are_those_of_the_session()
        => RunLogs.Read("tensorboard/scalars-hparams/trial-0.05/events.out.tfevents.1795548589.node.6173.11").Hyperparameters["lr"].Should().Be(new MetadataValue.Real(0.05));

    // PyTorch's purge_step 40.
    [Fact]
    public void A_start_says_from_where_it_purges()
    {
        RunLogs.Read("tensorboard/purged/events.out.tfevents.1795548595.node.6173.17.start1").PurgedFrom.Should().Be(40);
        RunLogs.Read("tensorboard/purged/events.out.tfevents.1795548594.node.6173.16.start0").PurgedFrom.Should().BeNull();
    }

    // What TensorBoard's EventAccumulator makes of both files: 40 points of the first, and the second. In one file the session log does the same.
    [Fact]
    public void A_purge_takes_back_what_a_crashed_start_wrote()
    {
        byte[] both = [.. RunLogs.Bytes("tensorboard/purged/events.out.tfevents.1795548594.node.6173.16.start0"), .. RunLogs.Bytes("tensorboard/purged/events.out.tfevents.1795548595.node.6173.17.start1")];

        var log = RunLogs.Read(both);

        log.Starts.Should().Be(2);
        var expected = RunLogs.Points(RunLogs.Expected.GetProperty("tensorboard/purged/events.out.tfevents.1795548594.node.6173.16.start0").GetProperty("loss")).Take(40)
            .Concat(RunLogs.Points(RunLogs.Expected.GetProperty("tensorboard/purged/events.out.tfevents.1795548595.node.6173.17.start1").GetProperty("loss")));
        RunLogs.Points(log.Series("loss")).Should().Equal(expected);
        log.PurgedFrom.Should().BeNull();
    }

    [Fact]
    public void A_purge_takes_back_what_no_later_start_reached()
    {
        var log = RunLogs.Read([.. Version, .. Scalar("loss", 1, 3), .. Scalar("loss", 2, 2), .. Scalar("loss", 3, 1), .. Record([0x10, 2, 0x3A, 2, 0x08, 1]), .. Scalar("loss", 2, 2.5f)]);

        RunLogs.Points(log.Series("loss")).Should().Equal("1 3", "2 2.5");
    }

    // TensorFlow 1 merges the scalars of a step with its pictures into one summary.
    [Theory]
    [InlineData(1000)]
    [InlineData(300_000)]
    [InlineData(3_000_000)]
    public void Pictures_are_passed_over_and_the_scalars_beside_them_are_not(int length)
    {
        var picture = Field(1, [.. Field(1, "image"u8), .. Field(4, [.. Field(4, new byte[length])])]);
        var summary = Field(5, [.. picture, .. Field(1, [.. Field(1, "loss"u8), 0x15, .. Float(2.5f)])]);

        var log = RunLogs.Read([.. Version, .. Record([0x09, .. new byte[8], 0x10, 7, .. summary]), .. Scalar("loss", 8, 1.5f)]);

        RunLogs.Points(log.Series.Should().ContainSingle().Which).Should().Equal("7 2.5", "8 1.5");
        log.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void A_long_record_with_a_wrong_checksum_ends_the_log()
    {
        var record = Record([0x09, .. new byte[8], .. Field(5, Field(1, [.. Field(1, "image"u8), .. Field(4, new byte[400_000])]))]);
        record[200_000] ^= 1;

        var log = RunLogs.Read([.. Version, .. Scalar("loss", 1, 2), .. record, .. Scalar("loss", 2, 1)]);

        RunLogs.Points(log.Series("loss")).Should().Equal("1 2");
        log.Warnings.Should().ContainSingle().Which.Value.Should().Contain("wrong checksum");
    }

    [Fact]
    public void A_record_that_is_no_event_is_counted()
    {
        var log = RunLogs.Read([.. Version, .. Record([0xFF, 0xFF, 0xFF]), .. Scalar("loss", 1, 2)]);

        log.NotUnderstood.Should().Be(1);
        log.Series("loss").Points.Should().HaveCount(1);
    }

    [Fact]
    public void Only_scalars_are_scalars()
    {
        byte[] tensor = Field(8, [0x08, 1, .. Field(4, Float(2))]);
        byte[] other = Field(1, [.. Field(1, "pr"u8), .. tensor, .. Field(9, Field(1, Field(1, "pr_curves"u8)))]);
        byte[] unknown = Field(1, [.. Field(1, "tensor"u8), .. tensor]);
        byte[] scalar = Field(1, [.. Field(1, "loss"u8), .. tensor, .. Field(9, Field(1, Field(1, "scalars"u8)))]);

        RunLogs.Read([.. Version, .. Record([0x10, 1, .. Field(5, [.. other, .. unknown, .. scalar])])]).Series.Select(s => s.Name).Should().Equal("loss");
    }

    // dtype and element of each: TensorFlow's tensor.proto and types.proto.
    [Theory]
    [InlineData("0801 2A04 0000C03F", 1.5)]
    [InlineData("0801 2D 0000C03F", 1.5)]
    [InlineData("0802 3208 000000000000F83F", 1.5)]
    [InlineData("0802 2208 000000000000F83F", 1.5)]
    [InlineData("0803 3A01 07", 7)]
    [InlineData("0809 5201 07", 7)]
    [InlineData("0809 2208 FFFFFFFFFFFFFFFF", -1)]
    [InlineData("0813 6A02 807C", 1)]
    [InlineData("0813 2202 003E", 1.5)]
    [InlineData("080E 2202 C03F", 1.5)]
    public void A_tensor_holds_one_number(string hex, double value)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        ScalarTensor.TryRead(bytes, out var read).Should().BeTrue();
        if (hex.StartsWith("0813 6A", StringComparison.Ordinal))
        {
            // A packed half is a number of its bits: 0x3E00 is 0x80, 0x7C as a varint.
            value = (double)BitConverter.UInt16BitsToHalf(0x3E00);
        }

        read.Should().Be(value);
    }

    [Fact]
    public void Weights_and_Biases_say_the_configuration_and_the_end()
    {
        var good = RunLogs.Read("wandb/wandb/offline-run-20261124_193103-heixki47/run-heixki47.wandb");
        var sick = RunLogs.Read("wandb/wandb/offline-run-20261124_193106-12l35kqd/run-12l35kqd.wandb");

        good.Hyperparameters["lr"].Should().Be(new MetadataValue.Real(0.02));
        good.Hyperparameters["steps"].Should().Be(new MetadataValue.Integer(800));
        sick.Hyperparameters["name"].Should().Be(new MetadataValue.Text("runs-away"));
        good.Events.Should().ContainSingle().Which.Should().Match<LogEvent>(e => e.Kind == LogEventKind.Finished && e.Step == 796);
        sick.Events.Should().BeEmpty("it ended with exit code 1");
    }

    [Theory]
    [InlineData(20_000, 100, "cut off")]
    [InlineData(66_000, 190, "cut off")]
    public void Weights_and_Biases_may_be_cut_off(int length, int atLeast, string what)
    {
        var log = RunLogs.Read(RunLogs.Bytes("wandb/wandb/offline-run-20261124_193103-heixki47/run-heixki47.wandb")[..length]);

        log.Warnings.Should().ContainSingle().Which.Value.Should().Contain(what);
        log.Series("train/loss").Points.Count.Should().BeInRange(atLeast / 2, 200);
    }

    [Fact]
    public void Weights_and_Biases_end_at_a_wrong_checksum()
    {
        var bytes = RunLogs.Bytes("wandb/wandb/offline-run-20261124_193103-heixki47/run-heixki47.wandb");
        bytes[30_000] ^= 1;

        var log = RunLogs.Read(bytes);

        log.Warnings.Should().ContainSingle().Which.Value.Should().Contain("wrong checksum");
        log.Series("train/loss").Points.Count.Should().BeInRange(50, 120);
    }

    [Fact]
    public void Blocks_that_were_not_filled_end_nothing()
    {
        var bytes = RunLogs.Bytes("wandb/wandb/offline-run-20261124_193106-12l35kqd/run-12l35kqd.wandb");

        RunLogs.Read([.. bytes, .. new byte[40_000]]).Series("train/loss").Points.Should().HaveCount(60);
        new WandbRecords(new MemoryByteSource(bytes.AsMemory(0, 7)), new ReadBudget(ReadLimits.Default)).Next(out _).Should().BeFalse();
    }

    private static byte[] Version => Record([0x09, .. new byte[8], .. Field(3, "brain.Event:2"u8)]);

    private static byte[] Scalar(string tag, byte step, float value)
        => Record([0x09, .. new byte[8], 0x10, step, .. Field(5, Field(1, [.. Field(1, Encoding.UTF8.GetBytes(tag)), 0x15, .. Float(value)]))]);

    private static byte[] Record(byte[] data)
    {
        var record = new byte[data.Length + 16];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Crc32C.MaskedOf(record.AsSpan(0, 8)));
        data.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(data.Length + 12), Crc32C.MaskedOf(data));
        return record;
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> content)
    {
        var bytes = new List<byte> { (byte)((number << 3) | 2) };
        var length = (uint)content.Length;
        for (; length >= 0x80; length >>= 7)
        {
            bytes.Add((byte)(length | 0x80));
        }

        bytes.Add((byte)length);
        bytes.AddRange(content);
        return [.. bytes];
    }

    private static byte[] Float(float value) => BitConverter.GetBytes(value);
}
