namespace ModelGate.Torch.Networks.Rvc;

/// <summary>One of RVC's own sets of hyperparameters: configs/ of the original code.</summary>
/// <param name="Version">v1 or v2.</param>
/// <param name="SampleRate">Samples of a second.</param>
/// <param name="Rates">Factor of each upsampling stage.</param>
/// <param name="Kernels">Kernel of each upsampling stage.</param>
/// <param name="SpectrumBins">Bins of the spectrogram.</param>
internal sealed record RvcVariant(string Version, int SampleRate, IReadOnlyList<long> Rates, IReadOnlyList<long> Kernels, long SpectrumBins)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RvcVariant> All { get; } =
    [
        new("v1", 32000, [10, 4, 2, 2, 2], [16, 16, 4, 4, 4], 513),
        new("v1", 40000, [10, 10, 2, 2], [16, 16, 4, 4], 1025),
        new("v1", 48000, [10, 6, 2, 2, 2], [16, 16, 4, 4, 4], 1025),
        new("v2", 32000, [10, 8, 2, 2], [20, 16, 4, 4], 513),
        new("v2", 40000, [10, 10, 2, 2], [16, 16, 4, 4], 1025),
        new("v2", 48000, [12, 10, 2, 2], [24, 20, 4, 4], 1025),
    ];

    /// <summary>The name, such as <c>v2_48k_f0</c>.</summary>
    public string NameOf(bool hasPitch) => $"{Version}_{SampleRate / 1000}k_{(hasPitch ? "f0" : "nof0")}";

    /// <summary>Finds a name, with <c>_</c> or <c>-</c> between its parts; without <c>f0</c> or <c>nof0</c> at its end the network takes pitch.</summary>
    public static (RvcVariant Variant, bool? HasPitch)? Find(string name)
    {
        var parts = name.Split('_', '-');
        if (parts.Length is not (2 or 3) || (parts.Length == 3 && parts[2] is not ("f0" or "nof0")))
        {
            return null;
        }

        var found = All.FirstOrDefault(v => v.Version == parts[0] && $"{v.SampleRate / 1000}k" == parts[1]);
        return found is null ? null : (found, parts.Length == 3 ? parts[2] == "f0" : null);
    }
}
