using System.Globalization;
using BenchmarkDotNet.Running;
using ModelGate.Benchmarks.Curves;

if (args is ["curves", .. var rest])
{
    ConfusionMatrix.Print(Console.Out, rest is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 1000);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
