using ModelGate.Architecture.Families.Expressions;

namespace ModelGate.Architecture.Families.Hyperparameters;

/// <summary>What a model and its configurations state of the hyperparameters, held against its tensors, against each other and within itself.</summary>
internal sealed class DeclarationCheck
{
    private readonly ModelFamily family;
    private readonly bool mayBeMerged;
    private readonly IReadOnlyDictionary<string, Hyperparameter> measured;
    private readonly List<SafeText> contradictions = [];

    /// <summary>Compares.</summary>
    /// <param name="family">The family that the tensors are of.</param>
    /// <param name="tensors">The model's tensors.</param>
    /// <param name="declarations">What is stated; of two that differ, the earlier is named first.</param>
    /// <param name="mayBeMerged">Whether what is declared may be merged into the weights, where the family says that it can be.</param>
    public DeclarationCheck(ModelFamily family, FamilyTensors tensors, IReadOnlyList<Declaration> declarations, bool mayBeMerged = false)
    {
        (this.family, this.mayBeMerged, measured) = (family, mayBeMerged, MeasuredHyperparameters.Of(family, tensors));
        foreach (var declaration in declarations)
        {
            contradictions.AddRange(declaration.Problems);
            AgainstTensors(declaration);
            WithinItself(declaration);
        }

        AgainstEachOther(declarations);
    }

    /// <summary>How many pairs of statements were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>What contradicts what, one sentence each.</summary>
    public IReadOnlyList<SafeText> Contradictions => contradictions;

    private void AgainstTensors(Declaration declaration)
    {
        foreach (var measure in family.Measures)
        {
            if (!measured.TryGetValue(measure.Name, out var shown) || declaration.Find(measure) is not { } said
                || (mayBeMerged && measure.IsMergeable && !shown.Value.IsTrue))
            {
                continue;
            }

            Compared++;
            if (!said.Agrees(shown))
            {
                contradictions.Add(measure.IsMergeable ? Merged(said, shown) : SafeText.Of($"{said.Name} is {said.Shown} by {said.Place}, and {shown.Shown} by the tensors ({shown.Place})"));
            }
        }
    }

    private static SafeText Merged(Hyperparameter said, Hyperparameter shown) => said.Value.IsTrue
        ? SafeText.Of($"{said.Place} declares {said.Name}, and there is {shown.Place} among the keys: it was merged (then say mergedLora), or is missing")
        : SafeText.Of($"{said.Place} declares no {said.Name}, and {shown.Place} was not merged into the weights");

    private void WithinItself(Declaration declaration)
    {
        foreach (var (sentence, condition) in family.Requirements)
        {
            Try(() =>
            {
                if (declaration.Evaluate(sentence, condition) is { } holds && !holds.Value.IsTrue)
                {
                    contradictions.Add(SafeText.Of($"{sentence}, by {holds.Place}"));
                }
            });
        }

        foreach (var agreement in family.Agreements)
        {
            Try(() =>
            {
                if (declaration.Evaluate(agreement.Left.Text, agreement.Left.Value) is not { } left || declaration.Evaluate(agreement.Right.Text, agreement.Right.Value) is not { } right)
                {
                    return;
                }

                Compared++;
                if (!left.Agrees(right))
                {
                    contradictions.Add(SafeText.Of($"{left.Name} is {left.Shown} by {left.Place}, and {right.Name} is {right.Shown} by {right.Place}: {agreement.Consequence}"));
                }
            });
        }
    }

    // Values that no arithmetic allows are a contradiction too.
    private void Try(Action compare)
    {
        try
        {
            compare();
        }
        catch (FamilyException fault)
        {
            contradictions.Add(fault.Sentence);
        }
    }

    // What the tensors show was compared with them; of the rest, two statements have to agree.
    private void AgainstEachOther(IReadOnlyList<Declaration> declarations)
    {
        var names = family.Parameters.Concat(family.Stated).Select(p => p.Name).Where(n => !measured.ContainsKey(n));
        foreach (var name in names)
        {
            var measure = family.Measures.FirstOrDefault(m => m.Name == name);
            var statements = declarations.Select(d => measure is null ? d.Find(name) : d.Find(measure)).OfType<Hyperparameter>().ToArray();
            foreach (var other in statements.Skip(1))
            {
                Compared++;
                if (!statements[0].Agrees(other))
                {
                    contradictions.Add(SafeText.Of($"{name} is {statements[0].Shown} by {statements[0].Place}, and {other.Shown} by {other.Place}"));
                }
            }
        }
    }
}
