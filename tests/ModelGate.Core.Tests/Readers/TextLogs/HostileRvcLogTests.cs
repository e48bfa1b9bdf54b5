using System.Text;
using CsCheck;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.TextLogs;
using static ModelGate.Tests.Readers.TextLogs.RvcLogs;

namespace ModelGate.Tests.Readers.TextLogs;

public class HostileRvcLogTests
{
    [Fact]
    public void A_gigabyte_without_a_line_end_is_refused_in_flat_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var act = () => new TextLogReader().Read(new ReadRequest(new EndlessLine(1L << 30), new ReadBudget(ReadLimits.Default)));
        act.Should().Throw<ArtifactFault>().Which.Should().Match<ArtifactFault>(e => e.Reason.Code == "limit" && e.Message.Contains("logLineBytes"));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(16 << 20);
    }

    [Fact]
    public void A_log_without_losses_is_an_error()
    {
        var act = () => Read(Small[..Small.IndexOf("loss_disc")]);
        act.Should().Throw<ArtifactFault>().Which.Should().Match<ArtifactFault>(e => e.Reason.Code == "no-losses" && e.Format == "rvc-log");
    }

    [Fact]
    public void Too_many_points_are_an_error()
    {
        var act = () => Read(Encoding.UTF8.GetBytes(Small + Small), new ReadLimits { LogPoints = 1 });
        act.Should().Throw<ArtifactFault>().Which.Reason.Code.Should().Be("limit");
    }

    [Fact]
    public void Every_encoding_and_line_end_is_read()
    {
        Same([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Small)], null);
        Same([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Small)], "UTF-16");
        Same([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Small)], "UTF-16");
        Same(Encoding.UTF8.GetBytes(Small.Replace("\n", "\r\n")), null);
        Same(Encoding.UTF8.GetBytes(Small.Replace('\n', '\r')), "carriage return");
        Same(Encoding.UTF8.GetBytes(Small.Replace("]\n", "]\r")), "carriage return");
        Same(Encoding.UTF8.GetBytes(Small.Replace("\n", "\0\n")), "NUL");
        Same(Encoding.UTF8.GetBytes(Small.TrimEnd('\n')), "cut off");

        // A Chinese word in GBK, the same word in what no encoding reads, UTF-16 without its mark, and what PowerShell adds to a file.
        Same([.. Encoding.UTF8.GetBytes(Small + Head), 0xD1, 0xB5, 0xC1, 0xB7, (byte)'\n'], "GBK");
        Same([.. Encoding.UTF8.GetBytes(Small + Head), 0x81, (byte)'\n'], "1252");
        Same(Encoding.Unicode.GetBytes(Small), "UTF-16");
        Same(Encoding.BigEndianUnicode.GetBytes(Small), "UTF-16");
        Same([.. Encoding.UTF8.GetBytes(Small), .. Encoding.Unicode.GetBytes("training ended\n")], "NUL");
    }

    [Fact]
    public void A_log_that_ends_anywhere_is_a_log_or_an_error()
    {
        var bytes = Encoding.UTF8.GetBytes(Small);
        for (var length = 0; length < bytes.Length; length++)
        {
            ReadsOrRefuses(bytes[..length]);
        }
    }

    [Fact]
    public void Flipped_bytes_make_a_log_or_an_error()
        => Check.Sample(
            Gen.Select(Gen.Int[0, Small.Length - 1], Gen.Byte).Array[1, 12],
            flips =>
            {
                var bytes = Encoding.UTF8.GetBytes(Small);
                foreach (var (at, value) in flips)
                {
                    bytes[at] = value;
                }

                ReadsOrRefuses(bytes);
            },
            iter: 5000,
            seed: "0000000000000002");

    private static void Same(byte[] bytes, string? warning)
    {
        var log = Read(bytes);
        Points(log, "loss_mel").Should().Equal((200, 21.058));
        log.Hyperparameters.Should().ContainKey("train.c_mel");
        log.Saved.Should().Equal(new SavedCheckpoint("G_2050.pth", 50));
        log.Warnings.Select(w => w.Value.Contains(warning ?? "nothing")).Should().Equal(warning is null ? [] : [true]);
    }

    private static void ReadsOrRefuses(byte[] bytes)
    {
        try
        {
            new TextLogReader().Recognises(bytes);
            new TextLogReader().Read(new ReadRequest(new MemoryByteSource(bytes), new ReadBudget(ReadLimits.Default))).Should().BeOfType<TrainingLog>();
        }
        catch (ArtifactFault fault)
        {
            fault.Reason.Code.Should().NotBeEmpty();
        }
    }

    private sealed class EndlessLine(long length) : IByteSource
    {
        public long Length => length;

        public int Read(long offset, Span<byte> destination)
        {
            var count = (int)Math.Min(destination.Length, length - offset);
            destination[..count].Fill((byte)'a');
            return count;
        }

        public void Dispose()
        {
        }
    }
}
