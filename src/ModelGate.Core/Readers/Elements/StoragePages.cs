namespace ModelGate.Readers.Elements;

/// <summary>Single elements of a long storage, read a page at a time: those of a transposed matrix lie far apart, and near one another in the next row.</summary>
/// <param name="storage">The storage.</param>
internal sealed class StoragePages(StorageBytes storage)
{
    private const int PageBytes = 4096;
    private const int Slots = 4096;

    private readonly long[] numbers = new long[Slots];
    private readonly byte[]?[] pages = new byte[]?[Slots];

    /// <summary>Reads one element, which never lies on two pages.</summary>
    public void Read(long offset, Span<byte> element)
    {
        var number = offset / PageBytes;
        // Rows whose length is a power of two would all fall on a few slots: the upper bits spread them.
        var slot = (int)((number ^ (number >> 12)) * 0x9E3779B1 >> 8 & (Slots - 1));
        ref var page = ref pages[slot];
        if (page is null || numbers[slot] != number)
        {
            var start = number * PageBytes;
            page ??= new byte[PageBytes];
            storage.Read(start, page.AsSpan(0, (int)Math.Min(PageBytes, storage.Length - start)));
            numbers[slot] = number;
        }

        page.AsSpan((int)(offset % PageBytes), element.Length).CopyTo(element);
    }
}
