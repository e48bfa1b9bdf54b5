using System.Diagnostics;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Signals.Weights;

namespace ModelGate.Tests.Readers;

public class DamagedFileTests
{
    // One reading takes milliseconds: what takes this long on any machine was made to.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Records have no size that we know, and a model without its last functions is one too: these are flipped, and not cut.
    public static TheoryData<string> NotCut => ["numpy/structured-nested.npy", "onnx/nested.onnx"];

    // Too long to cut at every byte in a unit test; their kinds are among those that are.
    public static TheoryData<string> Long =>
    [
        "torch2/trainer_full_protocol5.pth", "torch2/trainer_full_legacy.pth", "torch2/quantized.pth", "torch2/sparse.pth", "torch2/sparse_legacy.pth",
        "torch2/whole_module_legacy.pth", "torch2/views_legacy.pth", "torch2/traced.torchscript.pt",
    ];

    public static TheoryData<string> Cut =>
    [
        "torch2/weights_path.pth", "torch2/weights_legacy.pth", "torch2/weights_protocol5.pth", "torch2/weights_legacy_protocol4.pth", "torch1/whole_module.pth",
        "safetensors/dtypes.safetensors", "safetensors/metadata.safetensors", "safetensors/sharded/model.safetensors.index.json",
        "numpy/f4.npy", "numpy/version3.npy", "numpy/fortran-big.npy", "numpy/longdouble.npy", "numpy/bool.npy", "numpy/weights.npz", "numpy/weights-compressed.npz",
        "gguf/quantized.gguf", "gguf/random-blocks.gguf", "gguf/alignment.gguf", "gguf/big-endian.gguf",
        "onnx/types-raw.onnx", "onnx/types-typed.onnx", "onnx/sparse.onnx", "onnx/old.onnx",
        "torch1/gain.torchscript.pt", "torch2/exported.pt2",
    ];

    [Theory]
    [MemberData(nameof(Cut))]
    public void A_file_cut_anywhere_is_refused(string name)
    {
        var bytes = Fixture.Bytes(name);

        // Trailing padding of a header or of the last block belongs to nothing, and may be missing.
        var padding = name.StartsWith("gguf/") ? bytes.Length - bytes.AsSpan().TrimEnd((byte)0).Length : 0;
        for (var length = 0; length < bytes.Length - padding; length++)
        {
            Attempt(bytes[..length]).Should().NotBeNull($"{length} of {bytes.Length} bytes are no {name}");
        }
    }

    [Theory]
    [MemberData(nameof(Cut))]
    [MemberData(nameof(NotCut))]
    [MemberData(nameof(Long))]
    public void A_flipped_byte_is_refused_or_read_and_never_anything_else(string name)
    {
        var bytes = Fixture.Bytes(name);
        var random = new Random(20260102);
        for (var i = 0; i < 1500; i++)
        {
            var at = random.Next(Math.Min(bytes.Length, i % 2 == 0 ? 600 : int.MaxValue));
            var before = bytes[at];
            bytes[at] ^= (byte)random.Next(1, 256);
            Attempt(bytes);
            bytes[at] = before;
        }
    }

    // Any other exception fails the test with its own message.
    private static ArtifactFault? Attempt(byte[] bytes)
    {
        var started = Stopwatch.GetTimestamp();
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
        catch (ArtifactFault refused)
        {
            refused.Reason.Code.Should().MatchRegex("^[a-z0-9-]+$");
            return refused;
        }
        finally
        {
            Stopwatch.GetElapsedTime(started).Should().BeLessThan(Patience);
        }
    }
}
