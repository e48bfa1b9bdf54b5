using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;

namespace ModelGate.Tests.Readers.TextLogs;

internal static class RvcLogs
{
    public const string Head = "2023-06-15 17:38:27,412\tConker\tINFO\t";

    public const string Small =
        Head + "{'train': {'log_interval': 200, 'betas': [0.8, 0.99], 'c_mel': 45}, 'data': {'mel_fmax': None}, 'name': 'Conker', 'if_f0': 1}\n"
        + Head + "Train Epoch: 5 [55%]\n"
        + Head + "[200, 9.995000937421877e-05]\n"
        + Head + "loss_disc=3.761, loss_gen=3.288, loss_fm=8.147,loss_mel=21.058, loss_kl=1.650\n"
        + Head + "Saving model and optimizer state at epoch 50 to ./logs/Conker2/G_2050.pth\n";

    public static TrainingLog Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static TrainingLog Read(byte[] bytes, ReadLimits? limits = null)
        => (TrainingLog)ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(bytes), new ReadBudget(limits ?? ReadLimits.Default)));

    public static TrainingLog ReadFile(string name) => Read(File.ReadAllBytes(PathOf(name)));

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "logs", "rvc", name);

    public static IEnumerable<(long Step, double Value)> Points(TrainingLog log, string series)
        => log.Series.Single(s => s.Name == series).Points.Select(p => (p.Step, p.Value));
}
