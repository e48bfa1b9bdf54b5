using System.Buffers.Binary;
using System.Numerics;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;
using Op = ModelGate.Syntax.Pickle.PickleOpcode;

namespace ModelGate.Syntax.Pickle;

internal sealed partial class PickleMachine
{
    // Texts beyond this are data, and few: everything longer is read straight into its own array.
    private const int ShortText = 32 << 10;

    private bool Literal(byte opcode)
    {
        switch (opcode)
        {
            case Op.None:
                Push(PickleNone.Instance);
                return true;
            case Op.NewTrue:
                Push(PickleBool.True);
                return true;
            case Op.NewFalse:
                Push(PickleBool.False);
                return true;
            case Op.BinInt:
                Push(Small(input.ReadInt32()));
                return true;
            case Op.BinInt1:
                Push(PickleInt.Of(input.ReadByte()));
                return true;
            case Op.BinInt2:
                Push(Small(input.ReadUInt16()));
                return true;
            case Op.BinFloat:
                Push(Made(new PickleFloat(BinaryPrimitives.ReadDoubleBigEndian(input.Read(8))), ScalarBytes));
                return true;
            case Op.Long1:
                Push(Integer(input.ReadByte()));
                return true;
            case Op.Long4:
                Push(Integer(Signed(input.ReadInt32())));
                return true;
            case Op.Int:
            case Op.Long:
            case Op.Float:
                var line = input.ReadLine(budget.Limits.PickleLineBytes);
                Push(Made(PickleNumbers.Parse(line, opcode, opcodeOffset, budget.Limits), ScalarBytes + line.Length));
                return true;
            case Op.ShortBinUnicode:
                Push(Text(input.ReadByte()));
                return true;
            case Op.BinUnicode:
                Push(Text((uint)input.ReadInt32()));
                return true;
            case Op.BinUnicode8:
                Push(Text(Length(input.ReadUInt64())));
                return true;
            case Op.ShortBinString:
                Push(OldText(input.ReadByte()));
                return true;
            case Op.BinString:
                Push(OldText(Signed(input.ReadInt32())));
                return true;
            case Op.String:
                Push(Old(PickleTexts.Quoted(input.ReadLine(budget.Limits.PickleLineBytes), opcodeOffset)));
                return true;
            case Op.Unicode:
                Push(Kept(PickleTexts.RawUnicode(input.ReadLine(budget.Limits.PickleLineBytes))));
                return true;
            case Op.ShortBinBytes:
                Push(Bytes(input.ReadByte()));
                return true;
            case Op.BinBytes:
                Push(Bytes((uint)input.ReadInt32()));
                return true;
            case Op.BinBytes8:
            case Op.ByteArray8:
                Push(Bytes(Length(input.ReadUInt64())));
                return true;
            default:
                return false;
        }
    }

    private PickleValue Integer(long length)
    {
        ReadBudget.Require(length, budget.Limits.PickleIntegerBytes, nameof(ReadLimits.PickleIntegerBytes), "the length of an integer", opcodeOffset);
        RequireLeft(length);
        var bytes = input.Read((int)length);
        return Made(PickleNumbers.Of(new BigInteger(bytes)), ScalarBytes + (length > sizeof(long) ? TextBytes + length : 0));
    }

    private PickleText Text(long length)
    {
        RequireLeft(length);
        budget.Keep(TextBytes + (2 * length));
        var text = PickleTexts.Utf8(length <= ShortText ? input.Read((int)length) : Constant(length), out var isValid);
        if (!isValid)
        {
            Fault(FaultReason.Utf8, SafeText.Of($"a text of the pickle is not valid UTF-8, which no unpickler accepts"));
        }

        NoteEncodedPickle(text);
        return new PickleText(text);
    }

    private PickleValue OldText(long length)
    {
        RequireLeft(length);
        return Old(PickleTexts.Old(length <= ShortText ? input.Read((int)length) : Constant(length)));
    }

    // torch.load decodes Python 2's texts as UTF-8 where it is not told otherwise, and fails.
    private PickleValue Old(PickleValue text)
    {
        if (text is PickleBytes && !hasOldBytes)
        {
            hasOldBytes = true;
            Warnings.Note(SafeText.Of($"a text of Python 2 at offset {opcodeOffset - start} of the pickle is not UTF-8: torch.load needs encoding=\"latin1\" to load the file"));
        }

        return Kept(text);
    }

    private PickleBytes Bytes(long length)
    {
        RequireLeft(length);
        budget.Keep(TextBytes + length);
        var bytes = length <= ShortText ? input.Read((int)length).ToArray() : Constant(length);
        NotePickleInside(bytes);
        return new PickleBytes(bytes);
    }

    private PickleValue Small(int value) => value is >= PickleInt.LowestShared and < PickleInt.SharedEnd ? PickleInt.Of(value) : Made(PickleInt.Of(value), ScalarBytes);

    private PickleValue Kept(PickleValue text) => Made(text, TextBytes + (text is PickleText { Value.Length: var length } ? 2L * length : ((PickleBytes)text).Value.Length));

    private byte[] Constant(long length)
    {
        ReadBudget.Require(length, budget.Limits.PickleConstantBytes, nameof(ReadLimits.PickleConstantBytes), "the length of a constant", opcodeOffset);
        ReadBudget.Require(opcodeOffset - start + length, budget.Limits.PickleBytes, nameof(ReadLimits.PickleBytes), "the length of the pickle", start);
        return input.ReadArray(length);
    }

    private long Length(ulong length)
        => length <= long.MaxValue ? (long)length : throw Malformed(FaultReason.BadLength, SafeText.Of($"a constant claims {length} bytes"));

    private int Signed(int length)
        => length >= 0 ? length : throw Malformed(FaultReason.BadLength, SafeText.Of($"a constant claims {length} bytes"));

    private void RequireLeft(long length)
    {
        if (length > input.Remaining)
        {
            throw Malformed(FaultReason.Truncated, SafeText.Of($"a constant claims {length} bytes, and {input.Remaining} are left"));
        }
    }
}
