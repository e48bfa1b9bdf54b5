using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>Reads what torch.save wrote before PyTorch 1.6: five pickles, then the storages one after another.</summary>
[Reader(ReaderAttribute.BySignature + 10)]
internal sealed class PyTorchLegacyReader : ArtifactReader
{
    private const long ProtocolVersion = 1001;

    private static ReadOnlySpan<byte> Magic => [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E];

    /// <inheritdoc/>
    public override string Format => "pytorch-legacy";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head switch
    {
        [0x80, 2 or 3, .. var rest] => rest.StartsWith(Magic),
        [0x80, 4 or 5, 0x95, 0x0D, 0, 0, 0, 0, 0, 0, 0, .. var rest] => rest.StartsWith(Magic),
        _ => false,
    };

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        return GlobalLog.Reading(log => Read(source, budget, log));
    }

    private static Checkpoint Read(IByteSource source, ReadBudget budget, GlobalLog log)
    {
        var input = new PickleInput(source, 0, source.Length);
        Literal(input, budget, log, "the magic number");
        var version = Literal(input, budget, log, "the protocol version");
        if (version is not PickleInt { Value: ProtocolVersion })
        {
            throw new ArtifactFault(FaultReason.Version, SafeText.Of($"the second pickle is not the protocol version {ProtocolVersion}"));
        }

        if (Literal(input, budget, log, "the system's description") is not PickleDict system || system.Find("little_endian") is not PickleBool { Value: true })
        {
            throw new ArtifactFault(FaultReason.ByteOrder, SafeText.Of($"the file does not say that its numbers are little-endian"));
        }

        var storages = new TorchStorages(legacy: true);
        var machine = new PickleMachine(input, budget, log, storages.Load);
        var value = machine.Run();
        var keys = Literal(input, budget, log, "the list of storages");
        var places = new LegacyStorages(source, input.Position, storages, keys, budget);
        return log.Danger(null) is { } danger
            ? throw danger
            : new CheckpointWalk(new TensorDataFactory(places.Resolve, budget), budget).Run(value, "pytorch-legacy", log, machine.Warnings);
    }

    // A call in one of these pickles would yield the expected value and do something else besides.
    private static PickleValue Literal(PickleInput input, ReadBudget budget, GlobalLog log, string what)
    {
        var at = input.Position;
        var machine = new PickleMachine(input, budget, log);
        var value = machine.Run();
        return machine.IsLiteral
            ? value
            : throw new ArtifactFault(FaultReason.NotLiteral, SafeText.Of($"{SafeText.From(what)} is not written as plain data"), at);
    }
}
