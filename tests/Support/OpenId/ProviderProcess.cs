using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Support.OpenId;

/// <summary>The provider's process. It ends with its standard input, so it does not outlive this one.</summary>
internal sealed class ProviderProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly SemaphoreSlim _turn = new(1);

    private ProviderProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Where it listens on loopback.</summary>
    public int Port { get; private set; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended at once; the message holds what it wrote.</exception>
    public static async Task<ProviderProcess> StartAsync(string stateFile, int port, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(SourceTree.Root, "tests", "Support", "OpenId", "provider");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException("the OpenID provider is not installed: bash infra/install.sh");
        var start = new ProcessStartInfo("node", ["provider.mjs", stateFile, port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        var started = new ProviderProcess(Process.Start(start) ?? throw new InvalidOperationException("node did not start"));
        try
        {
            JsonElement listening = await started.ReadAsync(cancellationToken);
            started.Port = listening.GetProperty("listening").GetInt32();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives a command and waits until it is done.</summary>
    /// <exception cref="InvalidOperationException">The provider refused it.</exception>
    public async Task CommandAsync(JsonObject command, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _process.StandardInput.WriteLineAsync(command.ToJsonString().AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
            JsonElement answer = await ReadAsync(cancellationToken);
            if (!answer.GetProperty("ok").GetBoolean())
                throw new InvalidOperationException(answer.GetProperty("error").GetString());
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
        _turn.Dispose();
    }

    private async Task<JsonElement> ReadAsync(CancellationToken cancellationToken)
    {
        string? line = await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
        if (line is null)
            throw new InvalidOperationException($"the OpenID provider ended: {await _errors.WaitAsync(Patience, cancellationToken)}");
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
