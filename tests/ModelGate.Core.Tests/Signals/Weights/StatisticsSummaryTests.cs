using System.Runtime.InteropServices;
using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Tests.Signals.Weights;

public class StatisticsSummaryTests
{
    [Fact]
    public void Counts_what_no_trained_weight_should_hold()
    {
        TensorEntry[] tensors =
        [
            Of("good", 1, 2, 3), Of("nan", 1, float.NaN), Of("inf", 1, float.PositiveInfinity), Of("empty"), Of("constant", 2, 2, 2), Of("one", 5),
            MadeTensor.Of("text", DType.Float32, new byte[8]) with { Data = null },
        ];

        var summary = StatisticsSummary.Of(tensors.Zip(TensorStatistics.MeasureAll(tensors, TestContext.Current.CancellationToken)));

        summary.NaN.Should().Equal("nan");
        summary.Infinite.Should().Equal("inf");
        summary.Empty.Should().Equal("empty");
        summary.Constant.Should().Equal("constant");
        (summary.Tensors, summary.Unread).Should().Be((7, 1));
        summary.Sentence.Value.Should().Be("of 7 tensors, 1 hold NaN (nan), 1 infinity (inf), 1 nothing (empty), 1 one number throughout (constant), 1 without statistics");
    }

    private static TensorEntry Of(string name, params float[] values) => MadeTensor.Of(name, DType.Float32, MemoryMarshal.AsBytes<float>(values).ToArray());
}
