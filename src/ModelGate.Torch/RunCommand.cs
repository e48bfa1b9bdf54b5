using System.Text.Json;
using ModelGate.ModelRuns;
using ModelGate.Torch.Steps;

namespace ModelGate.Torch;

/// <summary><c>modelgate-torch run</c>: reads a request, and answers its steps.</summary>
internal static class RunCommand
{
    private const int LongestRequest = 16 << 20;

    /// <summary>Does all steps; a step that cannot be done is answered too.</summary>
    public static int Run(Stream input, TextWriter error)
    {
        ParentProcess.Watch();
        if (Read(input, error) is not { } request)
        {
            return ExitCode.NotUnderstood;
        }

        using var answers = AnswerStream.Take();
        using var runner = new StepRunner(request, error);
        for (var index = 0; index < request.Steps.Count; index++)
        {
            answers.Write(runner.Do(index));
        }

        return ExitCode.Answered;
    }

    private static ModelRunRequest? Read(Stream input, TextWriter error)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = input.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > LongestRequest)
            {
                error.WriteLine($"modelgate-torch: the request is longer than {LongestRequest} bytes");
                return null;
            }
        }

        try
        {
            var request = JsonSerializer.Deserialize(bytes.ToArray(), ModelRunJson.Default.ModelRunRequest);
            if (request is { Protocol: ModelRunRequest.Version, Threads: > 0 and <= 1024 })
            {
                return request;
            }

            error.WriteLine(SafeText.Of($"modelgate-torch: the request is of version {request?.Protocol ?? 0} with {request?.Threads ?? 0} threads; version {ModelRunRequest.Version} is understood, and at least one thread"));
        }
        catch (JsonException fault)
        {
            error.WriteLine(SafeText.Of($"modelgate-torch: the request is not understood: {Sentences.FirstLine(fault.Message)}"));
        }

        return null;
    }
}
