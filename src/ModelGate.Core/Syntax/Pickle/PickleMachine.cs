using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Calls;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;
using Op = ModelGate.Syntax.Pickle.PickleOpcode;

namespace ModelGate.Syntax.Pickle;

/// <summary>
/// Runs a pickle's opcodes on a stack of descriptions. It imports nothing and calls nothing: what Python would do is written down,
/// and checked where the result would only be data.
/// </summary>
/// <remarks>
/// A fault that leaves the stack in order (a wrong argument, a call of what may not be called) is kept and the walk goes on, so that
/// every import is listed; any other ends the walk. Either way the pickle is refused in the end.
/// </remarks>
internal sealed partial class PickleMachine
{
    private const int OpcodesBetweenLooks = 0xFFFF;

    // What a value takes beside what it holds, in bytes of memory.
    private const int ScalarBytes = 24;
    private const int TextBytes = 56;
    private const int ObjectBytes = 64;
    private const int MarkBytes = 6;

    private readonly PickleInput input;
    private readonly ReadBudget budget;
    private readonly GlobalLog log;
    private readonly Func<PickleValue, long, PickleValue>? persistent;
    private readonly long start;
    private readonly int depth;
    private readonly PickleMemo memo;
    private readonly List<int> marks = [];
    private PickleValue[] stack = new PickleValue[32];
    private int count;
    private long frameEnd = -1;
    private long opcodeOffset;
    private ArtifactFault? fault;
    private bool hasProtocol;
    private bool hasOldBytes;
    private int protocol;

    /// <summary>Prepares to run the pickle that begins at the input's position.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="log">Takes note of every import.</param>
    /// <param name="persistent">Describes what a persistent id stands for; null where none may occur.</param>
    /// <param name="depth">In how many other pickles this one was found.</param>
    public PickleMachine(PickleInput input, ReadBudget budget, GlobalLog log, Func<PickleValue, long, PickleValue>? persistent = null, int depth = 0)
    {
        this.depth = depth;
        this.input = input;
        this.budget = budget;
        this.log = log;
        this.persistent = persistent;
        start = input.Position;
        memo = new PickleMemo(budget);
    }

    /// <summary>Whether the pickle imported or called anything, or used a persistent id.</summary>
    public bool IsLiteral { get; private set; } = true;

    /// <summary>What is odd in it and harmless.</summary>
    public List<SafeText> Warnings { get; } = [];

    /// <summary>Runs the pickle up to its STOP and returns the value that it describes.</summary>
    /// <exception cref="ArtifactFault">The pickle is malformed, breaks a limit, or asks for what is refused.</exception>
    public PickleValue Run()
    {
        var most = budget.Limits.PickleOpcodes;
        for (var opcodes = 1L; ; opcodes++)
        {
            if (opcodes > most)
            {
                throw ReadBudget.Exceeded(nameof(ReadLimits.PickleOpcodes), SafeText.Of($"the pickle has more than {most} opcodes"), opcodeOffset);
            }

            if ((opcodes & OpcodesBetweenLooks) == 0)
            {
                budget.Checkpoint();
                ReadBudget.Require(input.Position - start, budget.Limits.PickleBytes, nameof(ReadLimits.PickleBytes), "the length of the pickle", start);
            }

            opcodeOffset = input.Position;
            if (opcodeOffset == frameEnd)
            {
                frameEnd = -1;
            }

            var opcode = input.ReadByte();
            if (opcode == Op.Stop)
            {
                return Stop();
            }

            if (!WeightsOnlyGlobals.Knows(opcode))
            {
                log.Beyond(opcode);
            }

            if (!Literal(opcode) && !Structure(opcode) && !Import(opcode))
            {
                throw Malformed(FaultReason.BadOpcode, SafeText.Of($"0x{opcode:x2} is not a pickle opcode"));
            }

            if (frameEnd >= 0 && input.Position > frameEnd)
            {
                throw Malformed(FaultReason.Frame, SafeText.Of($"an opcode reaches over the end of its frame"));
            }
        }
    }

    private PickleValue Stop()
    {
        if (frameEnd >= 0 && input.Position != frameEnd)
        {
            throw Malformed(FaultReason.Frame, SafeText.Of($"the pickle stops inside a frame"));
        }

        if (count != 1 || marks.Count != 0)
        {
            throw Malformed(FaultReason.UnbalancedStack, SafeText.Of($"the pickle stops with {SafeText.Count(count, "value")} on its stack and {SafeText.Count(marks.Count, "open mark")}"));
        }

        return fault is null ? stack[0] : throw fault;
    }

    private void Push(PickleValue value)
    {
        if (count == stack.Length)
        {
            ReadBudget.Require(count + 1, budget.Limits.PickleStack, nameof(ReadLimits.PickleStack), "the number of values on the pickle's stack", opcodeOffset);
            budget.Keep(sizeof(long) * (long)stack.Length);
            Array.Resize(ref stack, (int)Math.Min(stack.Length * 2L, budget.Limits.PickleStack));
        }

        budget.CountValue(opcodeOffset);
        stack[count++] = value;
    }

    private PickleValue Made(PickleValue value, long bytes)
    {
        budget.Keep(bytes);
        return value;
    }

    private PickleValue Pop()
    {
        RequireValues(1);
        return stack[--count];
    }

    private PickleValue Peek()
    {
        RequireValues(1);
        return stack[count - 1];
    }

    private void RequireValues(int wanted)
    {
        if (count - (marks.Count > 0 ? marks[^1] : 0) < wanted)
        {
            throw Malformed(FaultReason.StackUnderflow, SafeText.Of($"an opcode wants {wanted} values, and the stack has fewer"));
        }
    }

    /// <summary>Takes everything above the last mark.</summary>
    private PickleValue[] PopToMark()
    {
        if (marks.Count == 0)
        {
            throw Malformed(FaultReason.StackUnderflow, SafeText.Of($"an opcode wants a mark, and there is none"));
        }

        var mark = marks[^1];
        marks.RemoveAt(marks.Count - 1);
        var items = stack.AsSpan(mark, count - mark).ToArray();
        count = mark;
        return items;
    }

    /// <summary>Requires that containers are not nested too deeply.</summary>
    private PickleValue Bounded(PickleValue value)
        => value.Depth <= budget.Limits.Nesting
            ? value
            : throw ReadBudget.Exceeded(nameof(ReadLimits.Nesting), SafeText.Of($"containers of the pickle are nested {value.Depth} deep"), opcodeOffset);

    private void Fault(FaultReason reason, SafeText description)
        => fault ??= new ArtifactFault(reason, description, opcodeOffset);

    private ArtifactFault Malformed(FaultReason reason, SafeText description) => new(reason, description, opcodeOffset);
}
