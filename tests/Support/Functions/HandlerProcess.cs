using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using SshFunctions.Support.Processes;

namespace SshFunctions.Support.Functions;

/// <summary>The custom handler as the host starts it: on a port of the host's choice, with an environment of the host's and nothing else.</summary>
/// <remarks>Source: azure-functions-host, HttpWorkerProcess.cs, DefaultHttpWorkerService.IsWorkerReady.</remarks>
internal sealed class HandlerProcess : IDisposable
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromMilliseconds(25);
    private readonly Process _process;
    private readonly ProcessLeash _leash;

    private HandlerProcess(Process process, int port)
    {
        _process = process;
        _leash = new ProcessLeash(process.Id);
        Url = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}"));
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Ends with the process.</summary>
    public Task Exited => _process.WaitForExitAsync();

    public static HandlerProcess Start(HostConfiguration configuration, FunctionsHostOptions options, HostLog log)
    {
        int port = LoopbackPort.Free();
        string workerId = Guid.NewGuid().ToString();
        var start = new ProcessStartInfo(Path.Combine(options.Root, configuration.Executable))
        {
            WorkingDirectory = options.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in options.Settings) start.Environment[name] = value;
        string portText = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["AzureWebJobsStorage"] = options.Storage.ConnectionString;
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = portText;
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = workerId;
        start.Environment["FUNCTIONS_APP_ROOT_PATH"] = options.Root;
        start.Environment["FUNCTIONS_HTTPWORKER_PORT"] = portText;
        start.Environment["FUNCTIONS_HTTPWORKER_ID"] = workerId;
        Process process = Process.Start(start) ?? throw new InvalidOperationException("the handler did not start");
        process.OutputDataReceived += (_, line) => log.AddOutput(line.Data);
        process.ErrorDataReceived += (_, line) => log.AddError(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new HandlerProcess(process, port);
    }

    /// <summary>Asks until there is any answer; only a refused connection means not yet.</summary>
    /// <exception cref="TimeoutException">There was none in time, or the process ended.</exception>
    public async Task WaitUntilReadyAsync(HttpClient http, TimeSpan budget, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(budget);
        while (!deadline.IsCancellationRequested && !_process.HasExited)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(Url, deadline.Token);
                return;
            }
            catch (HttpRequestException refused) when (refused.InnerException is SocketException)
            {
                await Task.Delay(PingInterval, cancellationToken);
            }
            catch (HttpRequestException)
            {
                return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        throw new TimeoutException(_process.HasExited ? $"the handler ended with {_process.ExitCode}" : $"the handler did not listen within {budget}");
    }

    /// <summary>Ends it as the host does: with SIGKILL, and no word before.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _leash.Dispose();
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
