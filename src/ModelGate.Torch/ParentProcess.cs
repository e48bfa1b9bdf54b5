using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ModelGate.ModelRuns;

namespace ModelGate.Torch;

/// <summary>Ends this process when the one that started it is gone: a model that loops would run on for ever.</summary>
internal static class ParentProcess
{
    /// <summary>Watches the process that the environment names, if it names one.</summary>
    public static void Watch()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(ModelRunProtocol.Parent), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return;
        }

        new Thread(() =>
        {
            try
            {
                using var parent = Process.GetProcessById(id);
                parent.WaitForExit();
            }
            catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or Win32Exception)
            {
                // It has ended already.
            }

            Process.GetCurrentProcess().Kill();
        }) { IsBackground = true, Name = "parent" }.Start();
    }
}
