using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Signals.Checkpoints;

/// <summary>The digest of every weight of a file: as it is, and as an export in half precision would hold it.</summary>
internal sealed record DigestMeasure : WeightMeasure<TensorDigests>
{
    /// <inheritdoc/>
    public override WeightMeter Begin(Checkpoint checkpoint) => new Meter(checkpoint);

    private sealed class Meter(Checkpoint checkpoint) : WeightMeter
    {
        private readonly Dictionary<TensorEntry, TensorDigest> digests = new(ReferenceEqualityComparer.Instance);
        private readonly IncrementalHash exact = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly IncrementalHash half = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private TensorEntry tensor = null!;
        private ElementCensus census = null!;
        private bool rounds;

        public override bool Wants(string? name, TensorEntry tensor) => name is not null || WeightSets.Hold(tensor.Name);

        public override void Begin(string? name, TensorEntry tensor, long repeats)
        {
            this.tensor = tensor;
            census = new ElementCensus(tensor.DType);
            rounds = tensor.DType is DType.Float32 or DType.Float64 or DType.BFloat16;
        }

        public override void Add(long first, ReadOnlySpan<byte> elements)
        {
            var isFinite = census.Add(elements);
            Append(exact, elements, tensor.DType, isFinite);
            if (!rounds)
            {
                return;
            }

            var count = elements.Length / tensor.DType.ItemSize() * DType.Float16.ItemSize();
            var rounded = ArrayPool<byte>.Shared.Rent(count);
            try
            {
                ElementRounding.Round(elements, tensor.DType, rounded.AsSpan(0, count), DType.Float16);
                Append(half, rounded.AsSpan(0, count), DType.Float16, isFinite);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(rounded);
            }
        }

        public override void End()
            => digests[tensor] = Of(tensor) with
            {
                Exact = Finish(exact),
                Half = rounds ? Finish(half) : null,
                NaN = census.NaN,
                Infinite = census.Infinite,
                BeyondHalf = census.BeyondHalf,
                IsMask = census.IsMask,
                IsTelling = census.IsTelling,
            };

        public override object Finish()
        {
            exact.Dispose();
            half.Dispose();
            var sets = WeightSets.Of(checkpoint, t => digests.GetValueOrDefault(t) ?? Of(t));
            return new TensorDigests(sets[0].ByName, checkpoint.Find("info") is MetadataValue.Text { Value: var text } ? text : null) { Sets = sets };
        }

        private static TensorDigest Of(TensorEntry tensor) => new(tensor.DType, tensor.Shape, tensor.Elements, null, null) { Expanded = WeightPass.Expanded(tensor) };

        // Any NaN equals any other: which of its bits are set depends on the processor that made it.
        private static void Append(IncrementalHash hash, ReadOnlySpan<byte> elements, DType dtype, bool isFinite)
        {
            if (isFinite || !NanBits.AnyIn(elements, dtype))
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
