using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Calls;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle;

internal sealed partial class PickleMachine
{
    // Its name is compared, and its value looked at.
    private const int StepsPerAttribute = 4;

    private static readonly PickleGlobal BuildName = new("the opcode", "BUILD", GlobalVerdict.Allowed);

    // BUILD calls __setstate__ or writes attributes, so each kind of target says which states it takes.
    private PickleValue Build(PickleValue target, PickleValue state)
    {
        try
        {
            var call = new PickleCall(BuildName, [target, state], opcodeOffset, log, budget);
            budget.Step(state is PickleDict attributes ? StepsPerAttribute * attributes.Entries.Count : 0);
            switch (target)
            {
                case PickleObject { Type.Verdict: GlobalVerdict.Allowed, Type.Name: "argparse.Namespace" } instance:
                    RequirePlainAttributes(call, state, onlyMetadata: false);
                    instance.State = state;
                    return target;
                case PickleObject instance:
                    instance.State = state;
                    return target;
                case PickleDict { Kind: "OrderedDict" }:
                    RequirePlainAttributes(call, state, onlyMetadata: true);
                    return target;
                case PickleNumpyType type:
                    NumpyCalls.BuildType(call, type, state);
                    return target;
                case PickleNumpyArray array:
                    NumpyCalls.BuildArray(call, array, state);
                    return target;
                case PickleUnbuiltTensor tensor:
                    tensor.Tensor = Tensor(call, tensor, state);
                    return target;
                default:
                    Fault(FaultReason.BuildTarget, SafeText.Of($"a state is given to {target.Kind}"));
                    return target;
            }
        }
        catch (ArtifactFault refused)
        {
            fault ??= refused;
            return target;
        }
    }

    // An attribute named like a method would be called in its place by the next opcode.
    private static void RequirePlainAttributes(PickleCall call, PickleValue state, bool onlyMetadata)
    {
        call.Require(state is PickleDict, "a dict of attributes");
        foreach (var (key, value) in ((PickleDict)state).Entries)
        {
            call.Require(
                key is PickleText name && !name.Value.StartsWith("__", StringComparison.Ordinal)
                && (name.Value == "_metadata" ? value is PickleDict : !onlyMetadata || value is PickleNone or PickleBool or PickleInt or PickleFloat or PickleText),
                "plain attributes");
        }
    }

    private static PickleTensor Tensor(PickleCall call, PickleUnbuiltTensor target, PickleValue state)
    {
        const string Expected = "a storage with offset, sizes and strides, once";
        call.Require(target.Tensor is null && state is PickleTuple, Expected);
        switch (((PickleTuple)state).Items)
        {
            case [PickleStorage { Type: { } type } storage, var offset, var size, var stride] when target.Type is null || target.Type == type:
                return TorchCalls.Window(call, storage, type, offset, size, stride, null);
            case [PickleTensor tensor, _, _, _, _]:
                return tensor;
            case [PickleUnbuiltTensor { Tensor: { } tensor }, _, _, _, _]:
                return tensor;
            default:
                throw call.Bad(Expected);
        }
    }
}
