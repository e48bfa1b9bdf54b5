namespace ModelGate.Generators;

internal static class Placeholder
{
}
