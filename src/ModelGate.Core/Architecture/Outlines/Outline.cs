using ModelGate.Architecture.Outlines.Python;
using ModelGate.Architecture.Outlines.Tree;
using ModelGate.Artifacts;
using System.Globalization;

namespace ModelGate.Architecture.Outlines;

/// <summary>The network that the names and shapes of a state_dict describe, as modules of PyTorch: a class for each repeated structure.</summary>
internal sealed class Outline
{
    // Beyond that many arguments a few classes read better than one.
    private const int MostArguments = 8;
    private const int FewVariants = 8;

    private Outline(OutlinePart root, List<long> numbers, IReadOnlyList<OutlineClass> classes, int tooDeep)
        => (Root, Numbers, Classes, TooDeep) = (root, numbers, classes, tooDeep);

    /// <summary>The network.</summary>
    public OutlinePart Root { get; }

    /// <summary>The numbers of all parts.</summary>
    public List<long> Numbers { get; }

    /// <summary>The classes, each after those that it uses.</summary>
    public IReadOnlyList<OutlineClass> Classes { get; }

    /// <summary>How many keys have names of too many parts, and are left out.</summary>
    public int TooDeep { get; }

    /// <summary>The outline of some keys.</summary>
    /// <param name="keys">Name, shape and element type of each.</param>
    /// <param name="name">What the outermost class is named after; empty for Model.</param>
    /// <param name="isEntry">Whether that name is one of a list of such modules.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Outline Of(IEnumerable<KeyValuePair<string, ExpectedKey>> keys, string name = "", bool isEntry = false, CancellationToken cancellation = default)
    {
        var tree = ModuleNode.Of(keys, out var tooDeep, cancellation);
        var reading = new OutlineReading(cancellation);
        var root = reading.Read(tree, name, isEntry);
        return new Outline(root, reading.Numbers, ClassesOf(reading, cancellation), tooDeep);
    }

    // From the innermost outwards: what a module is made of is known before the module.
    private static List<OutlineClass> ClassesOf(OutlineReading reading, CancellationToken cancellation)
    {
        var skeletons = new Dictionary<string, int>(StringComparer.Ordinal);
        var classes = new List<(int First, OutlineClass Class)>();
        var order = reading.Modules.Select((module, index) => (module, index)).ToDictionary(m => m.module, m => m.index, ReferenceEqualityComparer.Instance as IEqualityComparer<ModulePart>);
        foreach (var level in reading.Modules.GroupBy(m => m.Height).OrderBy(g => g.Key))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var group in level.GroupBy(m => SkeletonOf(m, skeletons)))
            {
                foreach (var made in Split([.. group], reading.Numbers))
                {
                    classes.Add((order[made.Modules[0]], made));
                    var id = Intern(string.Create(CultureInfo.InvariantCulture, $"class {classes.Count}"), skeletons);
                    foreach (var module in made.Modules)
                    {
                        (module.Class, module.Skeleton) = (made, id);
                    }
                }
            }
        }

        var names = new ClassNames();
        var sorted = classes.OrderBy(c => c.First).Select(c => c.Class).ToList();
        foreach (var made in sorted)
        {
            var first = made.Modules[0];
            made.Name = names.Next(first.Attribute, first.IsEntry, first.Around);
        }

        return sorted;
    }

    private static IEnumerable<OutlineClass> Split(ModulePart[] modules, List<long> numbers)
    {
        var one = OutlineClass.Of(modules, numbers);
        if (one.ArgumentCount <= MostArguments)
        {
            return [one];
        }

        var variants = modules.GroupBy(m => new NumbersKey(numbers, m.Start, m.Length)).Select(g => g.ToArray()).Take(FewVariants + 1).ToArray();
        return variants.Length > FewVariants ? [one] : variants.Select(v => OutlineClass.Of(v, numbers));
    }

    private static int SkeletonOf(OutlinePart part, Dictionary<string, int> skeletons)
    {
        if (part.Skeleton < 0)
        {
            part.Skeleton = Intern(part switch
            {
                CallPart call => "call " + call.Call.Text,
                ListPart list => $"{list.Kind} {string.Join(',', list.Keys.Select(k => $"{k.Length}:{k}"))} {string.Join(',', list.Entries.Select(e => SkeletonOf(e, skeletons)))}",
                ModulePart module => string.Join('\n', module.Members.Select(m => $"{m.Kind} {m.Name.Length}:{m.Name}={SkeletonOf(m.Part, skeletons)}")),
                _ => throw new InvalidOperationException("There is no other part."),
            }, skeletons);
        }

        return part.Skeleton;
    }

    private static int Intern(string text, Dictionary<string, int> skeletons)
    {
        if (!skeletons.TryGetValue(text, out var known))
        {
            skeletons.Add(text, known = skeletons.Count);
        }

        return known;
    }

    // A stretch of the numbers, compared by what it holds.
    private readonly struct NumbersKey(List<long> numbers, int start, int length) : IEquatable<NumbersKey>
    {
        private ReadOnlySpan<long> Span => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(numbers).Slice(start, length);

        public bool Equals(NumbersKey other) => Span.SequenceEqual(other.Span);

        public override bool Equals(object? obj) => obj is NumbersKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Span));
            return hash.ToHashCode();
        }
    }
}
