using System.Runtime.InteropServices;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>Which matrices of a state_dict have rows of zeros alone, and numbers that half precision hardly holds.</summary>
/// <remarks>Tensors of floating-point numbers with two dimensions or more; a row is all that shares the first index: an output channel of a linear or convolution layer.</remarks>
internal sealed record LifeMeasure : WeightMeasure<WeightLife>
{
    // One bit a row; no layer has as many channels.
    private const long MostRows = 1 << 22;

    /// <inheritdoc/>
    public override WeightMeter Begin(Checkpoint checkpoint) => new Meter();

    private sealed class Meter : WeightMeter
    {
        private readonly List<TensorLife> measured = [];
        private TensorEntry tensor = null!;
        private string name = "";
        private bool[] alive = [];
        private long rowBytes;
        private long subnormal;

        public override bool Wants(string? name, TensorEntry tensor)
            => name is not null && tensor.Shape.Count >= 2 && tensor.Elements > 0 && tensor.Shape[0] <= MostRows && tensor.Data is not IQuantizedData
                && tensor.DType is DType.Float64 or DType.Float32 or DType.Float16 or DType.BFloat16;

        public override void Begin(string? name, TensorEntry tensor, long repeats)
        {
            (this.name, this.tensor, subnormal) = (name!, tensor, 0);

            // An expanded dimension is shown once: then rows cannot be told apart, and all of it is one.
            var rows = repeats == 1 ? tensor.Shape[0] : 1;
            alive = new bool[rows];
            rowBytes = tensor.Elements / repeats / rows * tensor.DType.ItemSize();
        }

        public override void Add(long first, ReadOnlySpan<byte> elements)
        {
            var at = first * tensor.DType.ItemSize();
            for (var done = 0; done < elements.Length;)
            {
                var row = (int)Math.Min(alive.Length - 1, (at + done) / rowBytes);
                var length = (int)Math.Min(elements.Length - done, ((row + 1) * rowBytes) - (at + done));
                length = length <= 0 ? elements.Length - done : length;
                alive[row] = alive[row] || IsAlive(elements.Slice(done, length));
                done += length;
            }

            if (tensor.DType == DType.Float16)
            {
                foreach (var bits in MemoryMarshal.Cast<byte, ushort>(elements))
                {
                    subnormal += (bits & 0x7C00) == 0 && (bits & 0x03FF) != 0 ? 1 : 0;
                }
            }
        }

        public override void End() => measured.Add(new TensorLife(name, tensor.Elements, alive.Length, alive.Count(a => !a), subnormal));

        public override object Finish() => new WeightLife(measured);

        // Minus zero is a zero, too, and looks otherwise.
        private bool IsAlive(ReadOnlySpan<byte> row)
        {
            if (!row.ContainsAnyExcept((byte)0))
            {
                return false;
            }

            switch (tensor.DType)
            {
                case DType.Float64:
                    return MemoryMarshal.Cast<byte, ulong>(row).ContainsAnyExcept(0UL, 1UL << 63);
                case DType.Float32:
                    return MemoryMarshal.Cast<byte, uint>(row).ContainsAnyExcept(0U, 1U << 31);
                default:
                    return MemoryMarshal.Cast<byte, ushort>(row).ContainsAnyExcept((ushort)0, (ushort)0x8000);
            }
        }
    }
}

/// <summary>The matrices of a state_dict.</summary>
/// <param name="Tensors">In the order of the file.</param>
internal sealed record WeightLife(IReadOnlyList<TensorLife> Tensors);

/// <summary>A matrix.</summary>
/// <param name="Name">The name in the state_dict. Text from the file.</param>
/// <param name="Elements">The number of elements.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="DeadRows">How many rows hold zeros alone.</param>
/// <param name="Subnormal">How many elements of a tensor in float16 are so small that they have lost digits: below 6.1e-5.</param>
internal sealed record TensorLife(string Name, long Elements, long Rows, long DeadRows, long Subnormal);
