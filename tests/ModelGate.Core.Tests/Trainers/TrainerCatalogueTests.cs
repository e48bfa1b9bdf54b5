using ModelGate.Artifacts;
using ModelGate.Trainers;

namespace ModelGate.Tests.Trainers;

public class TrainerCatalogueTests
{
    [Fact]
    public void Holds_a_trainer_for_each_file_of_the_folder()
        => TrainerCatalogue.All.Select(t => t.Name).Should().Equal(
            Directory.GetFiles(Repository.PathOf("src", "ModelGate.Core", "Trainers"), "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void Explains_a_log_format_by_one_trainer_at_most()
        => TrainerCatalogue.All.SelectMany(t => t.Profile.LogFormats).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Leaves_no_doubt_which_series_an_alias_means()
    {
        foreach (var trainer in TrainerCatalogue.All)
        {
            trainer.Profile.Series.SelectMany(s => s.Value.Aliases.Prepend(s.Key)).Should().OnlyHaveUniqueItems(trainer.Name);
        }
    }

    [Fact]
    public void Knows_the_numbers_of_the_code_of_RVC()
    {
        // train/train.py of RVC 2.x: "if loss_mel > 75: loss_mel = 75", "if loss_kl > 9: loss_kl = 9"; 1.x: 50 and 5. "save latest only" writes 2333333.
        var profile = TrainerCatalogue.ProfileOf("rvc-log");

        profile.SeriesOf("loss_mel").Clamps.Should().Equal(75, 50);
        profile.SeriesOf("loss_kl").Clamps.Should().Equal(9, 5);
        profile.LatestOnly.Should().Equal(2_333_333);
        profile.TrainingOnly.Should().Equal("enc_q.");
    }

    [Theory]
    [InlineData(45L, 27)]
    [InlineData(15L, 9)]
    [InlineData(0L, 27)]
    [InlineData(null, 27)]
    public void Scales_the_ceiling_of_the_mel_loss_with_its_weight(object? weight, double ceiling)
    {
        var hyperparameters = new Dictionary<string, MetadataValue>(StringComparer.Ordinal);
        if (weight is long value)
        {
            hyperparameters.Add("train.c_mel", new MetadataValue.Integer(value));
        }

        TrainerCatalogue.ProfileOf("rvc-log").SeriesOf("loss_mel").Ceiling!.Of(hyperparameters).Should().BeApproximately(ceiling, 1e-12);
    }

    [Fact]
    public void Finds_a_series_under_the_name_that_another_log_of_the_trainer_gives_it()
    {
        var profile = TrainerCatalogue.ProfileOf("rvc-log");
        var board = new TrainingLog("events", [new ScalarSeries("loss/g/mel", [])], new Dictionary<string, MetadataValue>(StringComparer.Ordinal));

        profile.Find(board, "loss_mel")!.Name.Should().Be("loss/g/mel");
        profile.Find(board, "loss_kl").Should().BeNull();
        profile.SeriesOf("loss/g/mel").Clamps.Should().Equal(75, 50);
    }

    [Fact]
    public void Knows_of_a_log_of_nobody_what_all_trainers_share()
    {
        var unknown = TrainerCatalogue.ProfileOf("events");

        unknown.LatestOnly.Should().Contain(2_333_333);
        unknown.TrainingOnly.Should().Contain("enc_q.");
        unknown.Series.Should().BeEmpty();
    }
}
