using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Zip;

/// <summary>The deflated records of an archive as byte sources: read forward they stream, and where somebody goes back they are held, as far as memory allows.</summary>
/// <remarks>Every byte that is inflated is paid for, so that a record which is begun again and again ends the reading.</remarks>
/// <param name="source">The archive.</param>
/// <param name="budget">Pays.</param>
internal sealed class InflatedRecords(IByteSource source, ReadBudget budget)
{
    // What is held of all records together; a longer one begins anew where somebody goes back.
    private const long MostHeld = 64 << 20;

    // An open stream takes some fifty kilobytes, and an archive may have a record for every tensor.
    private const int MostOpen = 8;

    private readonly Lock gate = new();
    private readonly List<Record> open = [];
    private readonly List<Record> held = [];

    /// <summary>The content of a record, of which nothing is read yet.</summary>
    public IByteSource Of(ZipEntry entry) => new Record(this, entry);

    private sealed class Record(InflatedRecords records, ZipEntry entry) : IByteSource
    {
        private byte[]? whole;
        private Stream? stream;
        private long position;
        private long furthest;

        public long Length => entry.Size;

        public int Read(long offset, Span<byte> destination)
        {
            if (offset < 0 || offset >= Length)
            {
                return 0;
            }

            var wanted = destination[..(int)Math.Min(destination.Length, Length - offset)];
            lock (records.gate)
            {
                if (whole is null && offset < position && Length <= MostHeld)
                {
                    Hold();
                }

                if (whole is not null)
                {
                    whole.AsSpan((int)offset, wanted.Length).CopyTo(wanted);
                }
                else
                {
                    Forward(offset, wanted);
                }
            }

            return wanted.Length;
        }

        public void Dispose()
        {
            lock (records.gate)
            {
                Close();
            }
        }

        private void Hold()
        {
            while (records.held.Sum(r => r.Length) > MostHeld - Length)
            {
                records.held[0].whole = null;
                records.held.RemoveAt(0);
            }

            var bytes = new byte[Length];
            Forward(0, bytes);
            whole = bytes;
            records.held.Add(this);
        }

        private void Forward(long offset, Span<byte> destination)
        {
            if (stream is null || position > offset)
            {
                Close();
                Open();
            }

            Span<byte> passed = stackalloc byte[4096];
            while (position < offset)
            {
                Some(passed[..(int)Math.Min(passed.Length, offset - position)]);
            }

            while (!destination.IsEmpty)
            {
                destination = destination[Some(destination)..];
            }

            if (position == Length)
            {
                Close();
            }
        }

        private void Open()
        {
            if (records.open.Count == MostOpen)
            {
                records.open[0].Close();
            }

            stream = ZipContent.Open(records.Source, entry);
            position = 0;
            records.open.Add(this);
        }

        // The position stays: whoever goes on from here has to begin anew, and whoever begins anew goes back.
        private void Close()
        {
            stream?.Dispose();
            stream = null;
            records.open.Remove(this);
        }

        private int Some(Span<byte> destination)
        {
            var count = ZipContent.Inflate(stream!, destination[..Math.Min(destination.Length, 1 << 16)], entry);
            if (count <= 0)
            {
                throw new ArtifactFault(FaultReason.SizeMismatch, SafeText.Of($"entry {entry.Name} inflates to fewer bytes than it claims"), entry.DataOffset);
            }

            position += count;
            if (position > furthest)
            {
                records.Budget.Admit(position - furthest);
                furthest = position;
            }

            records.Budget.Step(count);
            return count;
        }
    }

    private IByteSource Source => source;

    private ReadBudget Budget => budget;
}
