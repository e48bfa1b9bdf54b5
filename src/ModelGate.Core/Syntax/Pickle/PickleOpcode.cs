namespace ModelGate.Syntax.Pickle;

/// <summary>The 68 opcodes of protocols 0 to 5, by the names that Python gives them.</summary>
internal static class PickleOpcode
{
#pragma warning disable CS1591 // The names are the documentation: they are Python's own.
    public const byte Mark = 0x28, Stop = 0x2E, Pop = 0x30, PopMark = 0x31, Dup = 0x32;
    public const byte Float = 0x46, Int = 0x49, Long = 0x4C, None = 0x4E, String = 0x53, Unicode = 0x56;
    public const byte PersId = 0x50, BinPersId = 0x51, Reduce = 0x52, Build = 0x62, Global = 0x63, Inst = 0x69, Obj = 0x6F;
    public const byte Append = 0x61, Dict = 0x64, Appends = 0x65, List = 0x6C, SetItem = 0x73, Tuple = 0x74, SetItems = 0x75;
    public const byte EmptyTuple = 0x29, EmptyList = 0x5D, EmptyDict = 0x7D;
    public const byte Get = 0x67, BinGet = 0x68, LongBinGet = 0x6A, Put = 0x70, BinPut = 0x71, LongBinPut = 0x72;
    public const byte BinFloat = 0x47, BinInt = 0x4A, BinInt1 = 0x4B, BinInt2 = 0x4D;
    public const byte BinString = 0x54, ShortBinString = 0x55, BinUnicode = 0x58;
    public const byte Proto = 0x80, NewObj = 0x81, Ext1 = 0x82, Ext2 = 0x83, Ext4 = 0x84, Tuple1 = 0x85, Tuple2 = 0x86, Tuple3 = 0x87;
    public const byte NewTrue = 0x88, NewFalse = 0x89, Long1 = 0x8A, Long4 = 0x8B;
    public const byte BinBytes = 0x42, ShortBinBytes = 0x43;
    public const byte ShortBinUnicode = 0x8C, BinUnicode8 = 0x8D, BinBytes8 = 0x8E, EmptySet = 0x8F, AddItems = 0x90, FrozenSet = 0x91;
    public const byte NewObjEx = 0x92, StackGlobal = 0x93, Memoize = 0x94, Frame = 0x95;
    public const byte ByteArray8 = 0x96, NextBuffer = 0x97, ReadonlyBuffer = 0x98;
#pragma warning restore CS1591
}
