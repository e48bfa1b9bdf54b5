namespace ModelGate.Reports.Html.Plots;

/// <summary>The perceptually uniform colours of viridis (Smith and van der Walt 2015, CC0), by its ten published control points.</summary>
internal static class Viridis
{
    private static readonly int[] ControlPoints =
        [0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6ECE58, 0xB5DE2B, 0xFDE725];

    /// <summary>256 colours from dark to bright, three bytes each.</summary>
    public static byte[] Palette { get; } = Interpolate();

    private static byte[] Interpolate()
    {
        var palette = new byte[256 * 3];
        for (var i = 0; i < 256; i++)
        {
            var position = i / 255.0 * (ControlPoints.Length - 1);
            var lower = Math.Min((int)position, ControlPoints.Length - 2);
            for (var channel = 0; channel < 3; channel++)
            {
                var shift = 16 - (8 * channel);
                var (a, b) = ((ControlPoints[lower] >> shift) & 255, (ControlPoints[lower + 1] >> shift) & 255);
                palette[(3 * i) + channel] = (byte)Math.Round(a + ((b - a) * (position - lower)));
            }
        }

        return palette;
    }
}
