using ModelGate.Gates;
using ModelGate.Gates.Data;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Data;

public class FeaturesMustBeFiniteTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(768)]
    public void Finite_features_of_a_usual_width_pass(int width) => Judge(Run(5, _ => Features(width))).Findings.Should().BeEmpty();

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_number_that_is_not_finite_fails(float number)
    {
        var broken = Features(256);
        broken[1000] = number;
        Judge(Run(5, i => i == 3 ? broken : Features(256))).Findings.Should().ContainSingle()
            .Which.Message.Value.Should().Be("1 of 5 files of features holds NaN or infinity: 0_3.npy (1 of 5120)");
    }

    [Fact]
    public void Features_that_stand_still_fail()
        => Judge(Run(5, i => i < 2 ? [.. Enumerable.Repeat(Features(256).Take(256), 20).SelectMany(r => r)] : Features(256))).Findings.Should().ContainSingle()
            .Which.Message.Value.Should().Contain("2 of 5 files").And.Contain("0_0.npy, 0_1.npy");

    [Fact]
    public void One_file_of_another_width_fails()
    {
        var run = Run(5, _ => Features(768));
        run.With(ArtifactRole.Features, "run/3_feature768/0_9.npy", DataFixture.Rows(Features(256), 256));

        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("another width than 768: 0_9.npy (256)");
    }

    [Fact]
    public void Features_of_both_versions_of_a_trainer_lie_in_folders_of_their_own()
    {
        var run = Run(5, _ => Features(768));
        for (var i = 0; i < 3; i++)
        {
            run.With(ArtifactRole.Features, $"run/3_feature256/0_{i}.npy", DataFixture.Rows([.. Features(256)[..^1], i], 256));
        }

        Judge(run).Should().Match<Judgement>(j => j.Findings.Count == 0 && j.Summary.Value.Contains("256 or 768"));
    }

    [Fact]
    public void A_width_that_no_model_takes_fails_unless_it_is_asked_for()
    {
        Judge(Run(3, _ => Features(100), 100)).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("100 wide");
        Judge(Run(3, _ => Features(100), 100), new() { Width = 100 }).Findings.Should().BeEmpty();
        Judge(Run(3, _ => Features(768)), new() { Width = 256 }).Findings.Should().ContainSingle();
    }

    [Fact]
    public void A_damaged_file_is_named_and_does_not_hide_the_others()
    {
        var broken = Features(256);
        broken[0] = float.NaN;
        var run = Run(4, i => i == 1 ? broken : Features(256));
        run.With(ArtifactRole.Features, "run/3_feature768/0_8.npy", DataFixture.Rows(Features(256), 256)[..5000]);

        Judge(run).Findings.Select(f => f.Message.Value).Should().HaveCount(2).And.Contain(m => m.Contains("no frames that can be read: 0_8.npy", StringComparison.Ordinal));
    }

    [Fact]
    public void Features_whose_first_dimension_is_the_width_are_read_as_such()
    {
        var run = new GateRun().With(ArtifactRole.Features, "run/a.npy", DataFixture.Npy(Features(768), "<f4", 1, 768, 20)).With(ArtifactRole.Features, "run/b.npy", DataFixture.Npy<float>([.. Features(768)[..^1], 2], "<f4", 1, 768, 20));
        Judge(run).Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_array_of_width_by_frames_without_a_leading_one_fails_since_trainers_read_its_rows_as_frames(int turned)
    {
        var run = Run(12, i => i < turned ? [] : Features(768), skip: turned);
        for (var i = 0; i < turned; i++)
        {
            run.With(ArtifactRole.Features, $"run/3_feature768/0_{i}.npy", DataFixture.Npy<float>([.. Features(768)[..^1], i], "<f4", 768, 20));
        }

        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("0_0.npy (768 by 20: read as 768 frames of 20)");
    }

    [Fact]
    public void Whole_numbers_fail()
    {
        var run = Run(5, _ => Features(768));
        run.With(ArtifactRole.Features, "run/3_feature768/0_9.npy", DataFixture.Npy([.. Enumerable.Range(0, 20 * 768)], "<i4", 20, 768));

        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Be("1 of 6 files of features holds whole numbers: 0_9.npy (int32)");
    }

    [Fact]
    public void Copies_of_another_file_fail_where_they_are_more_than_the_share()
    {
        var run = Run(5, _ => Features(768));
        run.With(ArtifactRole.Features, "run/3_feature768/0_9.npy", DataFixture.Rows([.. Features(768)[..^1], 0], 768));

        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Be("1 of 6 files of features holds the numbers of another: 0_9.npy (as 0_0.npy)");
        Judge(run, new() { Share = 0.2 }).Should().Match<Judgement>(j => j.Findings.Count == 0 && j.Summary.Value.Contains("1 of them is a copy of another"));
    }

    private static float[] Features(int width)
    {
        var random = new Random(width);
        return [.. Enumerable.Range(0, 20 * width).Select(_ => random.NextSingle())];
    }

    private static GateRun Run(int count, Func<int, float[]> features, int width = 0, int skip = 0)
    {
        var run = new GateRun();
        for (var i = skip; i < count; i++)
        {
            var numbers = features(i);
            if (numbers[0] != numbers[numbers.Length / 2])
            {
                numbers[^1] = i;
            }

            run.With(ArtifactRole.Features, $"run/3_feature768/0_{i}.npy", DataFixture.Rows(numbers, width > 0 ? width : numbers.Length / 20));
        }

        return run;
    }

    private static Judgement Judge(GateRun run, FeaturesMustBeFinite.Options? options = null)
        => run.Judge(new FeaturesMustBeFinite(), options ?? new()).Should().ContainSingle().Subject.Judgement;
}
