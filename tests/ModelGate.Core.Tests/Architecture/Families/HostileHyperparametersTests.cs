using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;


namespace ModelGate.Tests.Architecture.Families;

public class HostileHyperparametersTests
{
    [Theory]
    [InlineData("rvc", """{ "n_layers": 100000000 }""", "over the limit of 100000")]
    [InlineData("rvc", """{ "n_layers": 99999 }""", "more than 200000 keys, which is the limit")]
    [InlineData("rvc", """{ "n_layers": 4611686018427387904 }""", "n_layers is 4611686018427387904; it has to be a whole number from 0 to 100000000")]
    [InlineData("rvc", """{ "hidden_channels": -1 }""", "hidden_channels is -1; it has to be")]
    [InlineData("rvc", """{ "hidden_channels": "192" }""", "hidden_channels is the text \"192\"; it has to be")]
    [InlineData("rvc", """{ "hidden_channels": 1.5 }""", "hidden_channels is 1.5; it has to be")]
    [InlineData("rvc", """{ "n_heads": 0 }""", "hidden_channels is not divisible by n_heads")]
    [InlineData("rvc", """{ "inter_channels": 0 }""", "which no tensor has: the hyperparameters do not fit together")]
    [InlineData("rvc", """{ "hidden_channels": 100000000, "n_heads": 1, "filter_channels": 100000000, "kernel_size": 100000000 }""", "which no tensor has")]
    [InlineData("rvc", """{ "upsample_rates": [2, 2] }""", "upsample_rates and upsample_kernel_sizes differ in length")]
    [InlineData("rvc", """{ "upsample_rates": {} }""", "upsample_rates is an object of 0; it has to be a list of whole numbers")]
    [InlineData("rvc", """{ "upsample_rates": [100000000, 100000000, 100000000, 100000000] }""", "does not fit 64 bits")]
    [InlineData("rvc", """{ "hiden_channels": 1 }""", "rvc has no parameter \"hiden_channels\"")]
    [InlineData("rvc", """{ "form": "exprot" }""", "form is the text \"exprot\"; it has to be one of export, training")]
    [InlineData("discriminator", """{ "periods": 100000 }""", "more than 200000 keys, which is the limit")]
    public void Are_refused_with_one_sentence(string family, string parameters, string sentence)
        => FluentActions.Invoking(() => FamilyLists.Manifest(family, family == "rvc" ? "v2-48k" : null, null, parameters))
            .Should().Throw<FamilyException>().Which.Sentence.Value.Should().Contain(sentence);

    [Fact]
    public void That_are_missing_are_named_with_the_places_where_they_were_looked_for()
        => FluentActions.Invoking(() => FamilyLists.Manifest("hifi-gan", null, FamilyLists.Json("{}")))
            .Should().Throw<FamilyException>().Which.Sentence.Value.Should().Be(
                "hifi-gan needs upsample_rates: the configuration has no upsample_rates and no model.upsample_rates; give it under \"parameters\", or choose a variant: v1, v2, v3");

    [Fact]
    public void Of_every_wrong_kind_never_escape_as_another_exception()
    {
        string[] values = ["null", "true", "-1", "0", "1", "1e300", "\"\"", "\"1\"", "[]", "{}", "[null]", "[[]]", "[{}]", "[-1]", "[0, 0, 0, 0]", "9223372036854775807"];
        foreach (var family in ModelFamilies.Names.Select(n => ModelFamilies.Find(n)!))
        {
            foreach (var parameter in family.Parameters)
            {
                foreach (var value in values)
                {
                    try
                    {
                        family.Expect(family.Variants.Count > 0 ? family.Variants[0] : null, null, (ModelGate.Artifacts.ConfigurationValue.Map)FamilyLists.Json($$"""{ "{{parameter.Name}}": {{value}} }"""));
                    }
                    catch (FamilyException fault)
                    {
                        fault.Sentence.Value.Should().NotBeEmpty();
                    }
                }
            }
        }
    }
}
