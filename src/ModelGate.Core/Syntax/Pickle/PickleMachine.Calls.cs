using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Calls;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle;

internal sealed partial class PickleMachine
{
    /// <summary>The name under which bound methods are pickled.</summary>
    internal const string GetAttribute = "builtins.getattr";

    private PickleValue Call(PickleValue target, PickleValue arguments)
    {
        if (!Callable(target, arguments, out var global, out var items))
        {
            return new PickleOpaque("the result of a refused call");
        }

        if (global.Name == GetAttribute)
        {
            return Attribute(global, items);
        }

        AccuseHandedOn(items);
        if (global.Verdict != GlobalVerdict.Allowed)
        {
            LookInside(items);
        }

        return global.Verdict switch
        {
            GlobalVerdict.Allowed => Checked(AllowedGlobals.Find(global)?.Call, global, items),
            GlobalVerdict.Dangerous => new PickleOpaque("the result of a dangerous call"),
            _ => new PickleObject(global, arguments),
        };
    }

    private PickleValue New(PickleValue target, PickleValue arguments, PickleValue? named)
    {
        if (!Callable(target, arguments, out var global, out var items))
        {
            return new PickleOpaque("the result of a refused call");
        }

        if (named is not (null or PickleDict { Entries.Count: 0 }) && (named is not PickleDict || global.Verdict == GlobalVerdict.Allowed))
        {
            Fault(FaultReason.BadArguments, SafeText.Of($"an instance of {global.Name} is made with named arguments"));
        }

        AccuseHandedOn(items);
        return global.Verdict switch
        {
            GlobalVerdict.Allowed => Checked(AllowedGlobals.Find(global)?.New, global, items),
            GlobalVerdict.Dangerous => new PickleOpaque("an instance of a dangerous class"),
            _ => new PickleObject(global, arguments),
        };
    }

    private bool Callable(PickleValue target, PickleValue arguments, out PickleGlobal global, out PickleValue[] items)
    {
        global = (target as PickleGlobal)!;
        items = (arguments as PickleTuple)?.Items!;
        // Whatever is made of the call, its arguments are looked at, and there is a value more.
        budget.Step(items?.Length ?? 0);
        budget.Keep(ObjectBytes);
        if (global is null)
        {
            Fault(target is PickleOpaque or PickleObject ? FaultReason.CallOfResult : FaultReason.CallTarget, SafeText.Of($"{target.Kind} is called"));
            return false;
        }

        if (items is null)
        {
            Fault(FaultReason.BadArguments, SafeText.Of($"{global.Name} is called with {arguments.Kind} instead of a tuple"));
            return false;
        }

        return true;
    }

    private PickleValue Checked(Func<PickleCall, PickleValue>? contract, PickleGlobal global, PickleValue[] items)
    {
        if (contract is null)
        {
            Fault(FaultReason.BadArguments, SafeText.Of($"{global.Name} is data and is called"));
            return new PickleOpaque("the result of a refused call");
        }

        try
        {
            var result = Bounded(contract(new PickleCall(global, items, opcodeOffset, log, budget)));
            if (result is PickleBytes made)
            {
                NotePickleInside(made.Value);
            }

            return result;
        }
        catch (ArtifactFault refused)
        {
            fault ??= refused;
            return new PickleOpaque("the result of a refused call");
        }
    }

    // A bound method is pickled as getattr(instance, name): honest, as long as the instance is nothing but data.
    private PickleOpaque Attribute(PickleGlobal global, PickleValue[] items)
    {
        if (items is [PickleObject, PickleText name] && GlobalNames.IsIdentifier(name.Value) && !name.Value.StartsWith("__", StringComparison.Ordinal))
        {
            log.Excuse(global.Name);
        }
        else
        {
            log.Accuse(global.Name);
        }

        return new PickleOpaque("an attribute");
    }

    private void AccuseHandedOn(PickleValue[] items)
    {
        foreach (var item in items)
        {
            if (item is PickleGlobal { Name: GetAttribute })
            {
                log.Accuse(GetAttribute);
            }
        }
    }
}
