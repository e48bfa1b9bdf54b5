using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Calls;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;
using Op = ModelGate.Syntax.Pickle.PickleOpcode;

namespace ModelGate.Syntax.Pickle;

internal sealed partial class PickleMachine
{
    // A name is held against every list of names that are known.
    private const int StepsToImport = 16;

    // What the log keeps of a name beside the name itself.
    private const int LoggedBytes = 256;

    private bool Import(byte opcode)
    {
        switch (opcode)
        {
            case Op.Global:
                Push(ReadGlobal());
                return true;
            case Op.StackGlobal:
                StackGlobal();
                return true;
            case Op.Reduce:
                RequireValues(2);
                var arguments = Pop();
                Push(Call(Pop(), arguments));
                return true;
            case Op.NewObj:
                RequireValues(2);
                arguments = Pop();
                Push(New(Pop(), arguments, null));
                return true;
            case Op.NewObjEx:
                RequireValues(3);
                var named = Pop();
                arguments = Pop();
                Push(New(Pop(), arguments, named));
                return true;
            case Op.Build:
                RequireValues(2);
                var state = Pop();
                stack[count - 1] = Build(stack[count - 1], state);
                return true;
            case Op.BinPersId:
                Push(Persistent(Pop()));
                return true;
            case Op.PersId:
                input.ReadLine(budget.Limits.PickleLineBytes);
                IsLiteral = false;
                Refuse(FaultReason.PersistentId, SafeText.Of($"a persistent id is written as text"));
                return true;
            case Op.Inst:
                var type = ReadGlobal();
                PopToMark();
                Refuse(FaultReason.LegacyCallOpcode, SafeText.Of($"{type.Name} is called by the opcode INST"));
                return true;
            case Op.Obj:
                var called = PopToMark();
                Refuse(FaultReason.LegacyCallOpcode, SafeText.Of($"{(called.Length > 0 ? called[0].Kind : "nothing")} is called by the opcode OBJ"));
                return true;
            case Op.Ext1:
                Extension(input.ReadByte());
                return true;
            case Op.Ext2:
                Extension(input.ReadUInt16());
                return true;
            case Op.Ext4:
                Extension(input.ReadInt32());
                return true;
            case Op.NextBuffer:
                Refuse(FaultReason.OutOfBandBuffer, SafeText.Of($"the pickle wants a buffer from outside the file"));
                return true;
            case Op.ReadonlyBuffer:
                Fault(FaultReason.OutOfBandBuffer, SafeText.Of($"the pickle wants a buffer from outside the file"));
                return true;
            default:
                return false;
        }
    }

    private void Refuse(FaultReason reason, SafeText description)
    {
        Fault(reason, description);
        Push(new PickleOpaque("the result of a refused opcode"));
    }

    private void Extension(int code)
    {
        IsLiteral = false;
        Refuse(FaultReason.ExtensionRegistry, SafeText.Of($"the pickle imports by the registered number {code}"));
    }

    private PickleGlobal ReadGlobal()
    {
        var module = PickleTexts.Utf8(input.ReadLine(budget.Limits.PickleLineBytes));
        var member = PickleTexts.Utf8(input.ReadLine(budget.Limits.PickleLineBytes));
        return Imported(module, member);
    }

    private void StackGlobal()
    {
        RequireValues(2);
        var name = Pop();
        if (Pop() is PickleText module && name is PickleText member)
        {
            Push(Imported(module.Value, member.Value));
            return;
        }

        // What Python would do with it depends on tricks with the interpreter's own tables; what follows is walked all the same.
        Refuse(FaultReason.MalformedPickle, SafeText.Of($"the names for an import are not strings"));
    }

    private PickleGlobal Imported(string module, string member)
    {
        IsLiteral = false;
        var (newModule, newMember) = PythonNames.ToPython3(module, member);
        var (writtenModule, writtenMember) = (module, member);

        // From protocol 3 on names are what they say: a module may well be called as Python 2 called another one.
        if (protocol < 3)
        {
            (module, member) = (newModule, newMember);
        }

        var longest = budget.Limits.GlobalNameLength;
        // A name may be as long as the pickle, and none that matters is: what is looked at and kept of it is bounded.
        budget.Step(StepsToImport);
        budget.Keep(ObjectBytes + TextBytes + (2L * Math.Min(module.Length + member.Length, 2 * longest)));
        var effect = DangerousGlobals.Effect(Cut(writtenModule, longest), Cut(writtenMember, longest)) ?? DangerousGlobals.Effect(Cut(newModule, longest), Cut(newMember, longest));
        if (!GlobalNames.IsModule(module, longest) || !GlobalNames.IsIdentifier(member) || member.Length > longest)
        {
            Fault(
                member.Contains('.', StringComparison.Ordinal) ? FaultReason.DottedName : FaultReason.BadName,
                SafeText.Of($"the import of {module}.{member} is not a module and a name in it"));
            (module, member) = (Cut(module, longest), Cut(member, longest));
        }
        else if (AllowedGlobals.Contains($"{module}.{member}"))
        {
            log.Add($"{module}.{member}", GlobalVerdict.Allowed, null, opcodeOffset - start, opcodeOffset);
            return new PickleGlobal(module, member, GlobalVerdict.Allowed);
        }

        var verdict = effect is null ? GlobalVerdict.Unknown : GlobalVerdict.Dangerous;
        if (log.Add($"{module}.{member}", verdict, effect, opcodeOffset - start, opcodeOffset))
        {
            budget.Keep(LoggedBytes);
        }

        return new PickleGlobal(module, member, verdict);
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];

    private PickleValue Persistent(PickleValue id)
    {
        IsLiteral = false;
        if (persistent is null)
        {
            Fault(FaultReason.PersistentId, SafeText.Of($"a persistent id appears where none is allowed"));
            return new PickleOpaque("a persistent id");
        }

        try
        {
            return persistent(id, opcodeOffset);
        }
        catch (ArtifactFault refused)
        {
            fault ??= refused;
            return new PickleOpaque("a persistent id");
        }
    }
}
