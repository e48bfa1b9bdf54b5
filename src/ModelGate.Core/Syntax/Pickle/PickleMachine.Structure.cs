using System.Globalization;
using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;
using Op = ModelGate.Syntax.Pickle.PickleOpcode;

namespace ModelGate.Syntax.Pickle;

internal sealed partial class PickleMachine
{
    private bool Structure(byte opcode)
    {
        switch (opcode)
        {
            case Op.BinPut:
                memo.Put(input.ReadByte(), Peek());
                return true;
            case Op.LongBinPut:
                memo.Put((uint)input.ReadInt32(), Peek());
                return true;
            case Op.Put:
                memo.Put(MemoIndex(), Peek());
                return true;
            case Op.Memoize:
                memo.Put(memo.Count, Peek());
                return true;
            case Op.BinGet:
                Push(Recall(input.ReadByte()));
                return true;
            case Op.LongBinGet:
                Push(Recall((uint)input.ReadInt32()));
                return true;
            case Op.Get:
                Push(Recall(MemoIndex()));
                return true;
            case Op.Mark:
                ReadBudget.Require(marks.Count + 1, budget.Limits.PickleStack, nameof(ReadLimits.PickleStack), "the number of open marks", opcodeOffset);
                budget.Keep(MarkBytes);
                budget.Step();
                marks.Add(count);
                return true;
            case Op.Pop when marks.Count > 0 && marks[^1] == count:
                marks.RemoveAt(marks.Count - 1);
                return true;
            case Op.Pop:
                Pop();
                return true;
            case Op.PopMark:
                PopToMark();
                return true;
            case Op.Dup:
                Push(Peek());
                return true;
            case Op.EmptyTuple:
                Push(PickleTuple.Empty);
                return true;
            case Op.Tuple1:
            case Op.Tuple2:
            case Op.Tuple3:
                PushTuple(opcode - Op.Tuple1 + 1);
                return true;
            case Op.Tuple:
                Push(Bounded(new PickleTuple(PopToMark(), budget)));
                return true;
            case Op.EmptyList:
                Push(new PickleList(budget));
                return true;
            case Op.List:
                var list = new PickleList(budget);
                Append(list, PopToMark());
                Push(list);
                return true;
            case Op.Append:
                RequireValues(2);
                Append(Pop());
                return true;
            case Op.Appends:
                var items = PopToMark();
                RequireValues(1);
                Append(items);
                return true;
            case Op.EmptyDict:
                Push(new PickleDict(budget));
                return true;
            case Op.Dict:
                var dict = new PickleDict(budget);
                SetItems(dict, PopToMark());
                Push(dict);
                return true;
            case Op.SetItem:
                RequireValues(3);
                var value = Pop();
                SetItems(Pop(), value);
                return true;
            case Op.SetItems:
                var pairs = PopToMark();
                RequireValues(1);
                SetItems(Peek(), pairs);
                return true;
            case Op.EmptySet:
                Push(new PickleSet(budget));
                return true;
            case Op.AddItems:
                var members = PopToMark();
                Add(Peek() as PickleSet, members);
                return true;
            case Op.FrozenSet:
                var frozen = new PickleSet(budget, "frozenset");
                Add(frozen, PopToMark());
                Push(frozen);
                return true;
            case Op.Proto:
                Protocol(input.ReadByte());
                return true;
            case Op.Frame:
                Frame(input.ReadUInt64());
                return true;
            default:
                return false;
        }
    }

    private void Protocol(byte version)
    {
        if (version > 5)
        {
            throw Malformed(FaultReason.BadProtocol, SafeText.Of($"there is no pickle protocol {version}"));
        }

        if ((hasProtocol || opcodeOffset != start) && !Warnings.IsFull())
        {
            Warnings.Note(SafeText.Of($"the pickle names its protocol again at offset {opcodeOffset - start}"));
        }

        (hasProtocol, protocol) = (true, version);
    }

    // Loaders that read from a file and from memory disagree about frames that do not hold whole opcodes.
    private void Frame(ulong length)
    {
        if (frameEnd >= 0 || length == 0 || length > (ulong)input.Remaining)
        {
            throw Malformed(FaultReason.Frame, SafeText.Of($"a frame of {length} bytes lies inside another, is empty, or reaches over the end"));
        }

        frameEnd = input.Position + (long)length;
    }

    private long MemoIndex()
    {
        var line = input.ReadLine(budget.Limits.PickleLineBytes);
        return line.Length is > 0 and <= 10 && !line.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && uint.TryParse(Encoding.ASCII.GetString(line), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw Malformed(FaultReason.BadMemo, SafeText.Of($"a memo number is not spelled as one"));
    }

    private PickleValue Recall(long index)
        => memo.Get(index) ?? throw Malformed(FaultReason.BadMemo, SafeText.Of($"nothing was put aside under the memo number {index}"));
}
