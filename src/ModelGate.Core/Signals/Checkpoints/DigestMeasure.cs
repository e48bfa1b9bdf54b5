using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Signals.Checkpoints;

/// <summary>The digest of every tensor of a state_dict: as it is, and as an export in half precision would hold it.</summary>
internal sealed record DigestMeasure : WeightMeasure<TensorDigests>
{
    /// <inheritdoc/>
    public override WeightMeter Begin(Checkpoint checkpoint) => new Meter(checkpoint);

    private sealed class Meter : WeightMeter
    {
        private readonly Dictionary<string, TensorDigest> digests = new(StringComparer.Ordinal);
        private readonly string? label;
        private readonly IncrementalHash exact = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly IncrementalHash half = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private TensorEntry tensor = null!;
        private string name = "";
        private bool rounds;

        public Meter(Checkpoint checkpoint)
        {
            label = checkpoint.Find("info") is MetadataValue.Text { Value: var text } ? text : null;
            foreach (var (key, entry) in checkpoint.Weights)
            {
                digests[key] = new TensorDigest(entry.DType, entry.Shape, entry.Elements, null, null) { Expanded = WeightPass.Expanded(entry) };
            }
        }

        public override bool Wants(string? name, TensorEntry tensor) => name is not null;

        public override void Begin(string? name, TensorEntry tensor, long repeats)
        {
            (this.name, this.tensor) = (name!, tensor);
            rounds = tensor.DType is DType.Float32 or DType.Float64 or DType.BFloat16;
        }

        public override void Add(long first, ReadOnlySpan<byte> elements)
        {
            Append(exact, elements, tensor.DType);
            if (!rounds)
            {
                return;
            }

            var count = elements.Length / tensor.DType.ItemSize() * DType.Float16.ItemSize();
            var rounded = ArrayPool<byte>.Shared.Rent(count);
            try
            {
                ElementRounding.Round(elements, tensor.DType, rounded.AsSpan(0, count), DType.Float16);
                Append(half, rounded.AsSpan(0, count), DType.Float16);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(rounded);
            }
        }

        public override void End()
            => digests[name] = digests[name] with { Exact = Finish(exact), Half = rounds ? Finish(half) : null };

        public override object Finish()
        {
            exact.Dispose();
            half.Dispose();
            return new TensorDigests(digests, label);
        }

        // Any NaN equals any other: which of its bits are set depends on the processor that made it.
        private static void Append(IncrementalHash hash, ReadOnlySpan<byte> elements, DType dtype)
        {
            if (!NanBits.AnyIn(elements, dtype))
            {
                hash.AppendData(elements);
                return;
            }

            var plain = elements.ToArray();
            NanBits.MakeAlike(plain, dtype);
            hash.AppendData(plain);
        }

        private static Digest Finish(IncrementalHash hash)
        {
            Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
            hash.GetHashAndReset(bytes);
            return new Digest(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
        }
    }
}
