using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Outlines.Layers;
using ModelGate.Architecture.Outlines.Python;
using ModelGate.Architecture.Outlines.Tree;
using System.Globalization;

namespace ModelGate.Architecture.Outlines;

/// <summary>Turns a tree of names into parts: layers where the tensors are those of one, lists where names count, modules elsewhere.</summary>
/// <param name="cancellation">Stops it.</param>
internal sealed class OutlineReading(CancellationToken cancellation)
{
    // Beside as many placeholders a list of numbers is no list any more.
    private const int MostGaps = 16;
    private const int GapsPerEntry = 4;

    private readonly LayerContext context = new();

    /// <summary>The numbers of all parts, in the order of the tree.</summary>
    public List<long> Numbers { get; } = [];

    /// <summary>All parts that get a class, those inside before those around them.</summary>
    public List<ModulePart> Modules { get; } = [];

    /// <summary>Reads the tree.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public OutlinePart Read(ModuleNode root, string name, bool isEntry)
    {
        LookForTransposed(root, "");
        return Read(root, new Place("", name, "", isEntry, "", null));
    }

    private void LookForTransposed(ModuleNode node, string pattern)
    {
        if (node.Tensors.Count > 0 && LayerRecognition.IsTransposed(node) is { } shown)
        {
            context.Transposed.TryAdd(pattern, shown);
        }

        if (node.Tensors.Count == 2 && node.Tensors.Find(t => t.Name == "weight").Shape is [var rows, var columns] && rows != columns
            && node.Tensors.Find(t => t.Name == "bias").Shape is [var size] && size == columns)
        {
            context.RowsAreInputs.Add(node.Name);
        }

        foreach (var module in node.Modules)
        {
            LookForTransposed(module, Join(pattern, KeyName.IsIndex(module.Name) ? "*" : module.Name));
        }
    }

    private OutlinePart Read(ModuleNode node, Place place)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = Numbers.Count;
        if ((place.Name.Length > 0 || place.Attribute.Length == 0) && LayerRecognition.Of(node, new LayerPlace(place.Attribute, place.Pattern, place.Scope, node), context) is { } layer)
        {
            (context.Channels, context.Scope) = layer.Channels is { } channels ? (channels, place.Scope) : (context.Channels, context.Scope);
            context.Dimensions = layer.Dimensions ?? context.Dimensions;
            return Call(layer);
        }

        OutlinePart part = IsParameterList(node) ? ParameterList(node, start)
            : node.IsList ? List(node, place, start)
            : node.Tensors.Count == 0 && node.Modules.Exists(m => !PythonName.IsAttribute(m.Name)) && node.Modules.TrueForAll(m => PythonName.IsFree(m.Name) && !KeyName.IsIndex(m.Name))
                ? Dictionary(node, place, start)
            : Module(node, place, start);
        part.Length = Numbers.Count - start;
        return part;
    }

    private CallPart Call(Layer layer)
    {
        var part = new CallPart(layer.Call, layer.Remarks) { Start = Numbers.Count, Length = layer.Numbers.Count };
        Numbers.AddRange(layer.Numbers);
        return part;
    }

    private CallPart Tensor(ModuleTensor tensor, bool isParameter)
    {
        var call = new CallWriter().Add("torch.empty(");
        call = tensor.Shape.Count == 0 ? call.Add("()") : tensor.Shape.Skip(1).Aggregate(call.Add("size", tensor.Shape[0]), (c, size) => c.Add(", ").Add("size", size));
        call = call.Add(TensorTypes.Argument(tensor.DType)).Add(")");
        return Call((isParameter ? call.Wrap("nn.Parameter", "") : call).ToLayer());
    }

    private ListPart ParameterList(ModuleNode node, int start)
        => new(ListKind.ParameterList, [.. node.Tensors.Select(t => Tensor(t, isParameter: true))], []) { Start = start };

    private ListPart List(ModuleNode node, Place place, int start)
    {
        var last = int.Parse(node.Modules[^1].Name, CultureInfo.InvariantCulture);
        var isScattered = last >= node.Modules.Count + MostGaps + ((long)GapsPerEntry * node.Modules.Count);
        var entries = new List<OutlinePart>();
        foreach (var module in node.Modules)
        {
            var index = int.Parse(module.Name, CultureInfo.InvariantCulture);
            while (!isScattered && entries.Count < index)
            {
                entries.Add(new CallPart(CallTemplate.Identity, ["no weights in the file"]) { Start = Numbers.Count });
            }

            entries.Add(Read(module, place.Entry(module.Name)));
        }

        return new ListPart(isScattered ? ListKind.ModuleDict : KindOf(entries), entries, isScattered ? [.. node.Modules.Select(m => m.Name)] : [])
        {
            Start = start,
            Height = entries.Max(e => e.Height),
        };
    }

    // Layers of several kinds follow each other; equal ones may stand side by side.
    private static ListKind KindOf(List<OutlinePart> entries)
        => entries.OfType<CallPart>().Where(c => c.Call != CallTemplate.Identity).Select(c => c.Call.Function).Distinct(StringComparer.Ordinal).Skip(1).Any()
            || (entries.Exists(e => e is CallPart { Call: var call } && call == CallTemplate.Identity) && entries.Exists(e => e is CallPart { Call: var call } && call != CallTemplate.Identity))
            ? ListKind.Sequential
            : ListKind.ModuleList;

    private ListPart Dictionary(ModuleNode node, Place place, int start)
    {
        var entries = node.Modules.Select(m => Read(m, place.Below(m.Name, node))).ToArray();
        return new ListPart(ListKind.ModuleDict, entries, [.. node.Modules.Select(m => m.Name)]) { Start = start, Height = entries.Max(e => e.Height) };
    }

    private ModulePart Module(ModuleNode node, Place place, int start)
    {
        var members = new List<OutlineMember>(node.Tensors.Count + node.Modules.Count);
        foreach (var tensor in node.Tensors)
        {
            var isParameter = !TensorTypes.IsExact(tensor.DType) && !BufferKeys.Is(Join(place.Name, tensor.Name));
            members.Add(new OutlineMember(tensor.Name, isParameter ? MemberKind.Parameter : MemberKind.Buffer, Tensor(tensor, isParameter)));
        }

        foreach (var module in node.Modules)
        {
            members.Add(new OutlineMember(module.Name, MemberKind.Module, Read(module, place.Below(module.Name, node))));
        }

        var part = new ModulePart(place.Name, place.Attribute, place.IsEntry, place.Around, members)
        {
            Start = start,
            Height = 1 + members.Select(m => m.Part.Height).DefaultIfEmpty().Max(),
        };
        Modules.Add(part);
        return part;
    }

    private static bool IsParameterList(ModuleNode node)
    {
        if (node.Modules.Count > 0 || node.Tensors.Count == 0)
        {
            return false;
        }

        for (var i = 0; i < node.Tensors.Count; i++)
        {
            if (node.Tensors[i].Name != i.ToString(CultureInfo.InvariantCulture) || TensorTypes.IsExact(node.Tensors[i].DType))
            {
                return false;
            }
        }

        return true;
    }

    private static string Join(string name, string part) => name.Length == 0 ? part : name + "." + part;

    // Where in the tree, and what its class may be named after.
    private readonly record struct Place(string Name, string Attribute, string Pattern, bool IsEntry, string Around, ModuleNode? Scope)
    {
        public Place Below(string part, ModuleNode module) => KeyName.IsIndex(part)
            ? Entry(part) with { Scope = module }
            : new(Join(Name, part), part, Join(Pattern, part), IsEntry: false, Attribute, module);

        public Place Entry(string part) => new(Join(Name, part), Attribute, Join(Pattern, "*"), IsEntry: true, Around, Scope);
    }
}
