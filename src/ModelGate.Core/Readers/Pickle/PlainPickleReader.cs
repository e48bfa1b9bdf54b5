using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle;
using ModelGate.Syntax.Pickle.Globals;

namespace ModelGate.Readers.Pickle;

/// <summary>Recognises pickles that are no checkpoint: their imports are listed, and they are refused.</summary>
[Reader(ReaderAttribute.BySignature + 20)]
internal sealed class PlainPickleReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => "pickle";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => IsPickle(head);

    /// <summary>Whether bytes begin like a pickle of any protocol.</summary>
    /// <remarks>No opcode is below 0x28, so that a length or a count which happens to begin like a protocol is told from one: no loader gets past it.</remarks>
    internal static bool IsPickle(ReadOnlySpan<byte> head) => head is [0x80, <= 5] or [0x80, <= 5, >= 0x28, ..] || ImportsSomething(head);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var log = new GlobalLog();
        var input = new PickleInput(source, 0, source.Length);
        try
        {
            // Loaders that are asked for several objects run every pickle of a file.
            while (input.Remaining > 0)
            {
                new PickleMachine(input, budget, log).Run();
            }
        }
        catch (ArtifactFault fault)
        {
            log.Explain(fault);
            if (fault.Reason == FaultReason.BadOpcode)
            {
                // A pickle that is not a checkpoint may well have something else behind it: joblib writes the bytes of its arrays there.
                fault.Kind = FaultKind.Foreign;
            }

            throw;
        }

        var foreign = new ArtifactFault(FaultReason.UnknownFormat, SafeText.Of($"the file is a pickle and not a checkpoint of a known format"), 0);
        log.Explain(foreign);
        throw foreign;
    }

    // Protocols 0 and 1 have no signature: a file is taken for one when it imports something before anything in it is wrong.
    private static bool ImportsSomething(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head[0] is (byte)'{' or (byte)'R')
        {
            return false;
        }

        var log = new GlobalLog();
        try
        {
            new PickleMachine(new PickleInput(new MemoryByteSource(head.ToArray()), 0, head.Length), new ReadBudget(ReadLimits.Default), log).Run();
        }
        catch (ArtifactFault)
        {
            // What matters is how far it came.
        }

        return log.ToList().Any(u => u.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'));
    }
}
