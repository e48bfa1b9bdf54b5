using System.Globalization;

namespace ModelGate.Architecture.Families.Expressions;

/// <summary>The tensors of a state_dict as expressions see them, and which of them an expression looked at.</summary>
/// <param name="names">All names.</param>
/// <param name="shapeOf">The shape of a name, or null where there is no such tensor.</param>
internal sealed class FamilyTensors(IEnumerable<string> names, Func<string, IReadOnlyList<long>?> shapeOf)
{
    // A module's weight under its own name, under spectral and weight norm in both spellings, and as peft wraps it. Spectral norm has a weight_v too, a vector.
    private static readonly string[] WeightSpellings =
        [".weight", ".weight_orig", ".weight_v", ".parametrizations.weight.original1", ".parametrizations.weight.original", ".base_layer.weight"];

    private readonly List<string> found = [];
    private readonly List<string> absent = [];

    /// <summary>Where the values come from that were looked at since the last call: what the names have in common, or the one that is not there.</summary>
    public string TakePlace()
    {
        var place = found.Count > 0 ? CommonPart() : absent.Count > 0 ? "no " + absent[0] : "";
        found.Clear();
        absent.Clear();
        return place;
    }

    /// <summary>The shape of a tensor, or of the weight of a module, or null.</summary>
    public IReadOnlyList<long>? Find(string name)
    {
        var shape = shapeOf(name);
        for (var i = 0; shape is null && i < WeightSpellings.Length; i++)
        {
            shape = shapeOf(name + WeightSpellings[i]);
        }

        (shape is null ? absent : found).Add(name);
        return shape;
    }

    /// <summary>The shape of a tensor, or of the weight of a module.</summary>
    /// <exception cref="FamilyException">There is no such tensor.</exception>
    public IReadOnlyList<long> Shape(string name) => Find(name) ?? throw new FamilyException(SafeText.Of($"there is no tensor {name}"));

    /// <summary>One size of a shape.</summary>
    /// <exception cref="FamilyException">There is no such tensor, or it has fewer dimensions.</exception>
    public long Size(string name, long dimension)
        => Shape(name) is var shape && dimension >= 0 && dimension < shape.Count
            ? shape[(int)dimension]
            : throw new FamilyException(SafeText.Of($"{name} has no dimension {dimension}"));

    /// <summary>How many indices from 0 on there are at the <c>*</c> of a name, without a gap.</summary>
    public long Count(string name, FamilyBudget budget)
    {
        var star = name.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            throw new FamilyException(SafeText.Of($"\"{name}\" has no * to count at"));
        }

        var count = 0;
        while (Find(string.Create(CultureInfo.InvariantCulture, $"{name[..star]}{count}{name[(star + 1)..]}")) is not null)
        {
            budget.Step();
            count++;
        }

        return count;
    }

    /// <summary>Whether any name has a text in it.</summary>
    public bool Any(string text)
    {
        var first = names.Where(n => n.Contains(text, StringComparison.Ordinal)).Min(StringComparer.Ordinal);
        (first is null ? absent : found).Add(first ?? text);
        return first is not null;
    }

    private string CommonPart()
    {
        var common = found[0].Split('.');
        var length = common.Length;
        foreach (var name in found.Skip(1))
        {
            var parts = name.Split('.');
            length = Math.Min(length, parts.Length);
            length = Enumerable.Range(0, length).FirstOrDefault(i => parts[i] != common[i], length);
        }

        return length == 0 ? found[0] : string.Join('.', common.Take(length));
    }
}
