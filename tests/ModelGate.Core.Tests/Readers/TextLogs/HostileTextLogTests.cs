using System.Diagnostics;
using System.Text;
using CsCheck;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.TextLogs;

namespace ModelGate.Tests.Readers.TextLogs;

/// <summary>Lines that are made to break the reader of logs.</summary>
public class HostileTextLogTests
{
    private static readonly string[] Pieces =
    [
        "loss_disc=", "[200, 0.1]", "[1.0, 2.0, 3.0, 4.0, 5.0, 6, 0.1]", "Losses: [", "], step: ", "g 1.0 m 2.0 s 3.0 d 4.0", "| step ", " | epoch=", " | step=", "lowest_value=", "Steps : ", "Gen Loss Total : ",
        "(Steps: ", ") train/x = ", "--> STEP: ", "-- STEP: 1/2 -- GLOBAL_STEP: ", "| > ", "| epoch 001", " | INFO | train_inner | ", "{'loss': ", "'epoch': 1.0}", "0%| | 0/10 [", "Step 1/2, ", "Epoch [1/2], Step [1/2], ",
        "epoch 0, step 1, loss: ", "2023-06-15 17:38:27,412\tx\tINFO\t", "INFO:x:", "nan", "-inf", "1e999", "99999999999999999999", "9223372036854775807", ":", "=", ",", "|", "]", "}", "(", "'", "\e[", "\e]", "\b", "\0", "\r", "\n", " ", "\uD800", "é",
        " is not in the checkpoint", ".pth", "/G_1.pth", "Saved model '", "> EPOCH: ", "> BEST MODEL : ", "EVAL PERFORMANCE", "valid on '", " / ", "{\"num_updates\": \"1\"", "}", "Validation ",
    ];

    [Fact]
    public void Anything_is_a_log_or_an_error()
        => Check.Sample(
            Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 40].Select(parts => string.Concat(parts)),
            text =>
            {
                foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.Latin1 })
                {
                    ReadsOrRefuses(encoding.GetBytes(text));
                }
            },
            iter: 4_000,
            seed: "0000000000000003");

    [Theory]
    [InlineData("{'loss': ")]
    [InlineData("2021-03-08 | INFO | train | {\"num_updates\": {\"a\": ")]
    [InlineData("[1.0, ")]
    [InlineData("| epoch 001: 1/")]
    [InlineData("Steps : 5, Gen Loss Total : ")]
    [InlineData("100%| 1/2 ")]
    [InlineData("1-")]
    [InlineData("\e[1m\e]0;")]
    [InlineData("G_1.pth 1 ")]
    public void A_line_of_a_megabyte_takes_no_longer_than_its_length(string piece)
    {
        var text = new StringBuilder("Steps : 5, Gen Loss Total : 1.0\n");
        while (text.Length < 1_000_000)
        {
            text.Append(piece);
        }

        var started = Stopwatch.GetTimestamp();
        ReadsOrRefuses(Encoding.UTF8.GetBytes(text.ToString()));
        ReadsOrRefuses(Encoding.UTF8.GetBytes(text.ToString(text.ToString().IndexOf('\n', StringComparison.Ordinal) + 1, 900_000)));
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_thousand_labels_a_line_are_bounded_by_memory()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"(Steps: 1) {new string('x', 20)}{i} = 1.\n"));
        ReadsOrRefuses(Encoding.UTF8.GetBytes(text));
    }

    private static void ReadsOrRefuses(byte[] bytes)
    {
        try
        {
            new TextLogReader().Recognises(bytes.AsSpan(0, Math.Min(bytes.Length, ArtifactReader.HeadBytes)));
            using var budget = new ReadBudget(ReadLimits.Default);
            budget.Admit(bytes.Length);
            new TextLogReader().Read(new ReadRequest(new MemoryByteSource(bytes), budget)).Should().BeOfType<TrainingLog>();
        }
        catch (ArtifactFault fault)
        {
            fault.Reason.Code.Should().NotBeEmpty();
        }
    }
}
