using Microsoft.CodeAnalysis;

namespace ModelGate.Generators;

/// <summary>How an option's C# type stands in a configuration.</summary>
internal sealed class OptionType
{
    public string Kind { get; private set; } = "";

    public string Getter { get; private set; } = "";

    public bool IsNullable { get; private set; }

    public string[] Choices { get; private set; } = [];

    /// <summary>Makes the default a plain value: an enum's spelling in place of the enum.</summary>
    public string DefaultSuffix { get; private set; } = "";

    public static OptionType? Of(ITypeSymbol type)
    {
        var isNullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        var result = type switch
        {
            { SpecialType: SpecialType.System_Double } => new OptionType { Kind = "Number", Getter = isNullable ? "NullableNumber" : "Number" },
            { SpecialType: SpecialType.System_Int32 } => new OptionType { Kind = "Integer", Getter = isNullable ? "NullableInteger" : "Integer" },
            { SpecialType: SpecialType.System_Boolean } => new OptionType { Kind = "Boolean", Getter = "Boolean" },
            { SpecialType: SpecialType.System_String } => new OptionType { Kind = "Text", Getter = isNullable ? "NullableText" : "Text" },
            { TypeKind: TypeKind.Enum } => new OptionType
            {
                Kind = "Choice",
                Getter = "Choice",
                DefaultSuffix = ".ToString()",
                Choices = type.GetMembers().OfType<IFieldSymbol>().Select(f => Names.Kebab(f.Name)).ToArray(),
            },
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IReadOnlyList_T } list when list.TypeArguments[0].SpecialType == SpecialType.System_String
                => new OptionType { Kind = "TextList", Getter = isNullable ? "NullableTextList" : "TextList" },
            _ => null,
        };
        if (result is not null)
        {
            result.IsNullable = isNullable;
        }

        return result;
    }
}
