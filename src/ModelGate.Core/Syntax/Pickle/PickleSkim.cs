using ModelGate.Bytes;
using Op = ModelGate.Syntax.Pickle.PickleOpcode;

namespace ModelGate.Syntax.Pickle;

/// <summary>Follows the opcodes of bytes that claim to be something else, and tells whether a chain of them leads to an import.</summary>
/// <remarks>
/// It counts what the stack holds, the marks and the memo, but knows no value and parses no argument, so that nothing on which two
/// unpicklers disagree can end it early: what it follows is at least what any unpickler does. An opcode that takes more than the stack
/// can hold fails in all of them, so bytes that are not meant as a pickle end a chain within a few steps: the R of RIFF takes two values.
/// </remarks>
internal static class PickleSkim
{
    private const int BlockBytes = 4096;
    private const int LongestName = 256;
    private const int MostMarks = 1 << 16;

    /// <summary>Whether a chain of opcodes that begins at an offset reaches an import of a plausible name.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="start">Where the chain begins.</param>
    public static bool ReachesImport(IByteSource source, long start, ReadBudget budget)
    {
        var chain = new Chain(source, start, budget);
        var stack = new StackBound();
        var names = 0;
        for (var steps = 1L; ; steps++)
        {
            if ((steps & 0xFFFF) == 0)
            {
                budget.Checkpoint();
            }

            var opcode = chain.Byte();
            if (!stack.Take(opcode))
            {
                return false;
            }

            switch (opcode)
            {
                case Op.Global or Op.Inst:
                    if (chain.IsName(chain.Line()) && chain.IsName(chain.Line()))
                    {
                        return true;
                    }

                    break;
                case Op.StackGlobal when names >= 2:
                    return true;
                case Op.ShortBinUnicode:
                    names += chain.IsName(chain.Constant(1)) ? 1 : 0;
                    break;
                case Op.BinUnicode or Op.BinString:
                    names += chain.IsName(chain.Constant(4)) ? 1 : 0;
                    break;
                case Op.BinUnicode8:
                    names += chain.IsName(chain.Constant(8)) ? 1 : 0;
                    break;
                case Op.ShortBinString:
                    names += chain.IsName(chain.Constant(1)) ? 1 : 0;
                    break;
                case Op.Unicode or Op.String:
                    names += chain.IsName(chain.Line().TrimQuotes()) ? 1 : 0;
                    break;
                case Op.Float or Op.Int or Op.Long or Op.Get or Op.Put:
                    chain.Line();
                    break;
                case Op.ShortBinBytes or Op.Long1:
                    chain.Constant(1);
                    break;
                case Op.BinBytes or Op.Long4:
                    chain.Constant(4);
                    break;
                case Op.BinBytes8 or Op.ByteArray8:
                    chain.Constant(8);
                    break;
                case Op.BinInt1 or Op.BinGet or Op.BinPut or Op.Proto:
                    chain.Skip(1);
                    break;
                case Op.BinInt2:
                    chain.Skip(2);
                    break;
                case Op.BinInt or Op.LongBinGet or Op.LongBinPut:
                    chain.Skip(4);
                    break;
                case Op.BinFloat or Op.Frame:
                    chain.Skip(8);
                    break;
                case Op.Mark or Op.Pop or Op.PopMark or Op.Dup or Op.None or Op.BinPersId or Op.Reduce or Op.Build or Op.Obj
                    or Op.Append or Op.Dict or Op.Appends or Op.List or Op.SetItem or Op.Tuple or Op.SetItems
                    or Op.EmptyTuple or Op.EmptyList or Op.EmptyDict or Op.NewObj or Op.Tuple1 or Op.Tuple2 or Op.Tuple3
                    or Op.NewTrue or Op.NewFalse or Op.EmptySet or Op.AddItems or Op.FrozenSet or Op.NewObjEx or Op.Memoize
                    or Op.StackGlobal or Op.ReadonlyBuffer:
                    break;
                default:
                    // The end of the bytes, STOP, or no opcode. PERSID, NEXT_BUFFER and EXT end a chain too: no loader knows an id that is
                    // a line, none passes buffers, and an extension would first have to be registered by an import.
                    return false;
            }
        }
    }

    private readonly record struct Range(long Start, long Length)
    {
        public Range TrimQuotes() => Length >= 2 ? new(Start + 1, Length - 2) : this;
    }

    /// <summary>How many values the stack of an unpickler holds at most, by the effects that pickletools gives its opcodes.</summary>
    private sealed class StackBound
    {
        private readonly List<long> marks = [];
        private long values;
        private bool memoized;
        private bool unbounded;

        /// <summary>Applies an opcode; false where it takes what no unpickler has by then.</summary>
        public bool Take(int opcode)
        {
            switch (opcode)
            {
                case Op.Mark:
                    Mark();
                    return true;
                case Op.Pop:
                    return Exchange(1, 0);
                case Op.PopMark:
                    return ToMark(0, 0);
                case Op.Tuple or Op.List or Op.Dict or Op.FrozenSet or Op.Inst or Op.Obj:
                    return ToMark(0, 1);
                case Op.Appends or Op.SetItems or Op.AddItems:
                    return ToMark(1, 1);
                case Op.Append or Op.Build or Op.Reduce or Op.NewObj or Op.StackGlobal or Op.Tuple2:
                    return Exchange(2, 1);
                case Op.SetItem or Op.NewObjEx or Op.Tuple3:
                    return Exchange(3, 1);
                case Op.BinPersId or Op.Tuple1 or Op.ReadonlyBuffer:
                    return Exchange(1, 1);
                case Op.Dup:
                    return Exchange(1, 2);
                case Op.Put or Op.BinPut or Op.LongBinPut or Op.Memoize:
                    memoized = true;
                    return Exchange(1, 1);
                case Op.Get or Op.BinGet or Op.LongBinGet:
                    return memoized && Exchange(0, 1);
                case Op.Proto or Op.Frame:
                    return true;
                default:
                    return Exchange(0, 1);
            }
        }

        private void Mark()
        {
            if (marks.Count == MostMarks)
            {
                // Whatever follows is taken to have what it needs.
                unbounded = true;
            }
            else
            {
                // Python 2 keeps a mark on the stack, where every opcode can take it; Python 3 keeps it apart.
                marks.Add(values);
                values++;
            }
        }

        private bool ToMark(int below, int gives)
        {
            if (unbounded)
            {
                return true;
            }

            if (marks.Count == 0)
            {
                return false;
            }

            values = marks[^1];
            marks.RemoveAt(marks.Count - 1);
            return Exchange(below, gives);
        }

        private bool Exchange(int takes, int gives)
        {
            if (values < takes)
            {
                return unbounded;
            }

            values += gives - takes;
            return true;
        }
    }

    private sealed class Chain(IByteSource source, long at, ReadBudget budget)
    {
        private readonly byte[] block = new byte[BlockBytes];
        private long blockStart;
        private int filled;

        /// <summary>The next byte; -1 at the end.</summary>
        public int Byte()
        {
            var found = Peek();
            at++;
            return found;
        }

        public void Skip(long count) => at = count < 0 || count > source.Length - at ? source.Length : at + count;

        /// <summary>A constant behind its length, which is skipped.</summary>
        public Range Constant(int lengthBytes)
        {
            var length = 0UL;
            for (var i = 0; i < lengthBytes; i++)
            {
                length |= (ulong)(Byte() & 0xFF) << (8 * i);
            }

            var range = new Range(at, length > (ulong)Math.Max(0, source.Length - at) ? -1 : (long)length);
            Skip(range.Length);
            return range;
        }

        /// <summary>The line that begins here, without its end.</summary>
        public Range Line()
        {
            var start = at;
            while (Peek() >= 0)
            {
                var rest = block.AsSpan((int)(at - blockStart), filled - (int)(at - blockStart));
                var end = rest.IndexOf((byte)'\n');
                if (end >= 0)
                {
                    at += end + 1;
                    return new Range(start, at - start - 1);
                }

                at += rest.Length;
                budget.Checkpoint();
            }

            return new Range(start, -1);
        }

        /// <summary>Whether bytes are letters, digits, underscores and dots, as the names of modules and of what is in them are.</summary>
        public bool IsName(Range range)
        {
            if (range.Length is <= 0 or > LongestName)
            {
                return false;
            }

            Span<byte> name = stackalloc byte[(int)range.Length];
            source.ReadExactly(range.Start, name, "a name");
            foreach (var character in name)
            {
                if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)'_' or (byte)'.') && character < 0x80)
                {
                    return false;
                }
            }

            return !char.IsAsciiDigit((char)name[0]);
        }

        private int Peek()
        {
            if (at >= source.Length || at < 0)
            {
                return -1;
            }

            if (at < blockStart || at >= blockStart + filled)
            {
                blockStart = at;
                filled = source.Read(at, block);
            }

            return filled == 0 ? -1 : block[at - blockStart];
        }
    }
}
