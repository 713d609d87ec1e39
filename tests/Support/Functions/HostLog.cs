using System.Collections.Concurrent;

namespace SshFunctions.Support.Functions;

/// <summary>What the handler wrote, over all its starts, and what the host has to say of it.</summary>
public sealed class HostLog
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    /// <summary>Lines of standard output.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>Lines of standard error, which the host takes for errors.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    internal void AddOutput(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }

    internal void AddError(string? line)
    {
        if (line is not null) _errors.Enqueue(line);
    }
}
