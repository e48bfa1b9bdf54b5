using System.Globalization;
using System.Numerics;

namespace ModelGate.Architecture.Outlines;

/// <summary>A class of an outline: the modules that differ in numbers alone. What differs are its constructor's arguments.</summary>
internal sealed class OutlineClass
{
    private const long MostTimes = 16;

    private readonly List<long> numbers;
    private readonly List<Argument> arguments = [];
    private readonly (int Argument, long Times, long Parts)[] columns;

    private OutlineClass(IReadOnlyList<ModulePart> modules, List<long> numbers)
    {
        (Modules, this.numbers) = (modules, numbers);
        columns = new (int, long, long)[modules[0].Length];
        var slots = SlotsOf(modules[0]);
        var known = new Dictionary<ulong, List<int>>();
        for (var column = 0; column < columns.Length; column++)
        {
            columns[column] = IsConstant(column) ? (-1, 0, 0) : Express(column, slots[column], known);
        }

        NameArguments();
    }

    /// <summary>The modules, in the order of the tree.</summary>
    public IReadOnlyList<ModulePart> Modules { get; }

    /// <summary>Its name; set once all classes are known.</summary>
    public string Name { get; set; } = "";

    /// <summary>The names of its constructor's arguments.</summary>
    public IEnumerable<string> ArgumentNames => arguments.Select(a => a.Name);

    /// <summary>The class of some modules.</summary>
    /// <param name="modules">Modules of one skeleton.</param>
    /// <param name="numbers">The numbers of the outline.</param>
    public static OutlineClass Of(IReadOnlyList<ModulePart> modules, List<long> numbers) => new(modules, numbers);

    /// <summary>How many arguments there are.</summary>
    public int ArgumentCount => arguments.Count;

    /// <summary>A number of a part of its modules, as the constructor knows it.</summary>
    /// <param name="part">A part of the first module.</param>
    /// <param name="offset">Which of the part's numbers.</param>
    public string Expression(OutlinePart part, int offset)
    {
        var column = part.Start - Modules[0].Start + offset;
        var (argument, times, parts) = columns[column];
        if (argument < 0)
        {
            return numbers[Modules[0].Start + column].ToString(CultureInfo.InvariantCulture);
        }

        var name = arguments[argument].Name;
        return (times, parts) switch
        {
            (1, 1) => name,
            (_, 1) => string.Create(CultureInfo.InvariantCulture, $"{times} * {name}"),
            (1, _) => string.Create(CultureInfo.InvariantCulture, $"{name} // {parts}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{times} * {name} // {parts}"),
        };
    }

    /// <summary>The call that makes one of its modules inside a module of another class.</summary>
    /// <param name="part">The module, a part of the first module of the other class.</param>
    /// <param name="around">The other class; null at the root of the outline.</param>
    public string Call(ModulePart part, OutlineClass? around)
        => $"{Name}({string.Join(", ", arguments.Select(a => around?.Expression(part, a.Column) ?? numbers[part.Start + a.Column].ToString(CultureInfo.InvariantCulture)))})";

    private long At(int module, int column) => numbers[Modules[module].Start + column];

    private bool IsConstant(int column)
    {
        for (var module = 1; module < Modules.Count; module++)
        {
            if (At(module, column) != At(0, column))
            {
                return false;
            }
        }

        return true;
    }

    // The same numbers, or a simple multiple of those of an argument of the same kind; else an argument of its own.
    private (int Argument, long Times, long Parts) Express(int column, string slot, Dictionary<ulong, List<int>> known)
    {
        var divisor = Enumerable.Range(0, Modules.Count).Aggregate(0L, (gcd, module) => (long)BigInteger.GreatestCommonDivisor(gcd, At(module, column)));
        var isSize = IsSize(slot);
        ulong key = 0;
        for (var module = 0; module < Modules.Count; module++)
        {
            key = (key * 6364136223846793005) + (ulong)(At(module, column) / divisor) + 1442695040888963407;
        }

        key ^= (ulong)(uint)(isSize ? 0 : slot.Length * 7919);
        if (!known.TryGetValue(key, out var alike))
        {
            known.Add(key, alike = []);
        }

        foreach (var index in alike)
        {
            var argument = arguments[index];
            var (times, parts) = (divisor / Gcd(divisor, argument.Divisor), argument.Divisor / Gcd(divisor, argument.Divisor));
            if ((isSize ? argument.IsSize : argument.Slot == slot) && ((times <= MostTimes && parts == 1) || (times == 1 && parts <= MostTimes) || (times <= 4 && parts <= 4)) && AreProportional(column, divisor, argument))
            {
                argument.Uses.Add((slot, times == 1 && parts == 1));
                return (index, times, parts);
            }
        }

        alike.Add(arguments.Count);
        arguments.Add(new Argument(column, divisor, slot, isSize) { Uses = { (slot, true) } });
        return (arguments.Count - 1, 1, 1);
    }

    private bool AreProportional(int column, long divisor, Argument argument)
    {
        for (var module = 0; module < Modules.Count; module++)
        {
            if (At(module, column) / divisor != At(module, argument.Column) / argument.Divisor)
            {
                return false;
            }
        }

        return true;
    }

    private void NameArguments()
    {
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            var exact = argument.Uses.Where(u => u.IsExact).Select(u => u.Slot).ToHashSet(StringComparer.Ordinal);
            var name = exact.Contains("in_channels") && exact.Contains("out_channels") ? "channels"
                : exact.Contains("in_features") && exact.Contains("out_features") ? "features"
                : argument.Slot;
            var count = used[name] = used.GetValueOrDefault(name) + 1;
            argument.Name = count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{count}");
        }
    }

    private static bool IsSize(string slot) => slot is not ("kernel_size" or "groups" or "num_heads" or "num_layers" or "num_groups");

    private static long Gcd(long a, long b) => (long)BigInteger.GreatestCommonDivisor(a, b);

    private static List<string> SlotsOf(OutlinePart part)
    {
        var slots = new List<string>();
        Add(part);
        return slots;

        void Add(OutlinePart at)
        {
            switch (at)
            {
                case CallPart call:
                    slots.AddRange(call.Call.Slots);
                    break;
                case ListPart list:
                    foreach (var entry in list.Entries)
                    {
                        Add(entry);
                    }

                    break;
                case ModulePart module:
                    foreach (var member in module.Members)
                    {
                        Add(member.Part);
                    }

                    break;
            }
        }
    }

    private sealed class Argument(int column, long divisor, string slot, bool isSize)
    {
        public int Column { get; } = column;

        public long Divisor { get; } = divisor;

        public string Slot { get; } = slot;

        public bool IsSize { get; } = isSize;

        public string Name { get; set; } = slot;

        public List<(string Slot, bool IsExact)> Uses { get; } = [];
    }
}
