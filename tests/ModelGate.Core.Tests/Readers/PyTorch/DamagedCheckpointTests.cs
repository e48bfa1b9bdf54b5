using System.Diagnostics;
using ModelGate.Artifacts;
using ModelGate.Signals;

namespace ModelGate.Tests.Readers.PyTorch;

public class DamagedCheckpointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("torch2/weights_path.pth")]
    [InlineData("torch2/weights_legacy.pth")]
    [InlineData("torch2/weights_protocol5.pth")]
    [InlineData("torch2/weights_legacy_protocol4.pth")]
    [InlineData("torch1/whole_module.pth")]
    public void A_file_cut_anywhere_is_refused(string name)
    {
        var bytes = Fixture.Bytes(name);
        var watch = Stopwatch.StartNew();

        for (var length = 0; length < bytes.Length; length++)
        {
            Attempt(bytes[..length]).Should().NotBeNull($"{length} of {bytes.Length} bytes are no checkpoint");
        }

        watch.Elapsed.Should().BeLessThan(Patience);
    }

    [Theory]
    [InlineData("torch2/weights_path.pth", 2000)]
    [InlineData("torch2/weights_legacy.pth", 2000)]
    [InlineData("torch2/weights_protocol5.pth", 2000)]
    [InlineData("torch2/trainer_full_protocol5.pth", 1000)]
    [InlineData("torch2/trainer_full_legacy.pth", 1000)]
    [InlineData("torch2/quantized.pth", 2000)]
    [InlineData("torch2/sparse.pth", 2000)]
    [InlineData("torch2/sparse_legacy.pth", 2000)]
    [InlineData("torch2/whole_module_legacy.pth", 2000)]
    [InlineData("torch2/views_legacy.pth", 2000)]
    [InlineData("torch2/traced.torchscript.pt", 500)]
    public void A_flipped_byte_is_refused_or_read_and_never_anything_else(string name, int flips)
    {
        var bytes = Fixture.Bytes(name);
        var random = new Random(20260101);
        var watch = Stopwatch.StartNew();

        for (var i = 0; i < flips; i++)
        {
            var at = random.Next(bytes.Length);
            var before = bytes[at];
            bytes[at] ^= (byte)random.Next(1, 256);
            Attempt(bytes);
            bytes[at] = before;
        }

        watch.Elapsed.Should().BeLessThan(Patience);
    }

    // Any other exception fails the test with its own message.
    private static ArtifactFormatException? Attempt(byte[] bytes)
    {
        try
        {
            if (Fixture.Read(bytes) is Checkpoint checkpoint)
            {
                foreach (var tensor in checkpoint.Tensors.Where(t => t.Elements < 100_000))
                {
                    TensorStatistics.Measure(tensor, TestContext.Current.CancellationToken);
                }
            }

            return null;
        }
        catch (ArtifactFormatException refused)
        {
            refused.Reason.Should().MatchRegex("^[a-z0-9-]+$");
            return refused;
        }
    }
}
