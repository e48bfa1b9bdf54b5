using System.Text.Json;
using ModelGate.ModelRuns;

namespace ModelGate.Tests.ModelRuns;

public class ModelRunJsonTests
{
    // JSON has no NaN: what has no finite element has no least one, and the answer has to say so and be read.
    [Fact]
    public void An_output_without_finite_elements_is_written_and_read()
    {
        var output = new RunOutput("audio", [1, 2], false, null, null, null, "ab");

        JsonSerializer.Deserialize(JsonSerializer.Serialize(output, ModelRunJson.Default.RunOutput), ModelRunJson.Default.RunOutput).Should().BeEquivalentTo(output);
    }

    [Fact]
    public void Outputs_that_cannot_be_compared_are_written_and_read()
    {
        var difference = new OutputDifference(null, null, "audio is not there");

        JsonSerializer.Deserialize(JsonSerializer.Serialize(difference, ModelRunJson.Default.OutputDifference), ModelRunJson.Default.OutputDifference).Should().Be(difference);
    }
}
