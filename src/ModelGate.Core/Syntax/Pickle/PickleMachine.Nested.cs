using System.Buffers.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;
using Op = ModelGate.Syntax.Pickle.PickleOpcode;

namespace ModelGate.Syntax.Pickle;

internal sealed partial class PickleMachine
{
    private const int DeepestNested = 4;
    private const int ShortestEncoded = 24;

    private readonly HashSet<byte[]> walked = new(ReferenceEqualityComparer.Instance);

    private static bool LooksLikePickle(ReadOnlySpan<byte> bytes) => bytes is [0x80, >= 2 and <= 5, .., Op.Stop];

    // Data that something else unpickles later is none of this pickle's doing, and worth a word.
    private void NotePickleInside(ReadOnlySpan<byte> bytes)
    {
        if (!Warnings.IsFull() && (LooksLikePickle(bytes) || bytes is [(byte)'P', (byte)'K', 3, 4, ..]))
        {
            Warnings.Note(SafeText.Of($"bytes at offset {opcodeOffset - start} of the pickle look like another pickle or archive"));
        }
    }

    private void NoteEncodedPickle(string text)
    {
        if (Warnings.IsFull() || text.Length < ShortestEncoded || text[0] is not ('g' or '8'))
        {
            return;
        }

        // Base64 and hexadecimal digits of a PROTO opcode with a version from 2 to 5.
        var isBase64 = text.StartsWith("gA", StringComparison.Ordinal) && text[2] is 'I' or 'J' or 'K' or 'L' or 'M' or 'N' or 'O' or 'P' or 'Q' or 'R' or 'S' or 'T' or 'U' or 'V' or 'W' or 'X'
            && Base64.IsValid(text);
        var isHex = text.StartsWith("800", StringComparison.Ordinal) && text[3] is >= '2' and <= '5' && text.All(char.IsAsciiHexDigit);
        if (isBase64 || isHex)
        {
            Warnings.Note(SafeText.Of($"a text at offset {opcodeOffset - start} of the pickle looks like another pickle, encoded"));
        }
    }

    // Bytes that are handed to an unpickling function are walked like this pickle, for the sake of the names in them.
    private void LookInside(PickleValue[] items)
    {
        foreach (var item in items)
        {
            if (depth < DeepestNested && item is PickleBytes { Value: var bytes } && LooksLikePickle(bytes) && walked.Add(bytes))
            {
                try
                {
                    new PickleMachine(new PickleInput(new MemoryByteSource(bytes), 0, bytes.Length), budget, log, null, depth + 1).Run();
                }
                catch (ArtifactFault inner) when (inner.Kind != FaultKind.TooCostly)
                {
                    // The outer pickle is refused already; what its inner one imports is in the log.
                }
            }
        }
    }
}
