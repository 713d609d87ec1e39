using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SshFunctions.Support.Azurite;

/// <summary>Stands between a client and Azurite and spoils requests: those that were planned, or a share of all, from a seed.</summary>
public sealed class FaultyStorage : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly TcpListener _listener;
    private readonly FaultPlan _plan;
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;

    private FaultyStorage(Uri target, int seed, double share)
    {
        _target = target;
        _plan = new FaultPlan(seed, share);
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}{target.AbsolutePath}");
        _accepting = AcceptAsync();
    }

    /// <summary>In place of the target's.</summary>
    public Uri Url { get; }

    /// <summary>Requests that clients sent.</summary>
    public int RequestCount => CountOf("request");

    /// <summary>Writes that storage did, a batch as one.</summary>
    public int WriteCount => CountOf("write");

    /// <summary>Faults that happened, planned or not.</summary>
    public int FaultCount => CountOf("fault");

    /// <summary>Begins to listen on a free loopback port.</summary>
    /// <param name="target">Where requests go, over plain HTTP.</param>
    /// <param name="seed">Of the faults.</param>
    /// <param name="share">Of the requests that are spoiled without a plan, 0 to 1.</param>
    public static FaultyStorage Start(Uri target, int seed = 0, double share = 0)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new FaultyStorage(target, seed, share);
    }

    /// <summary>Spoils the next request; plans queue up.</summary>
    /// <param name="faults">What goes wrong, request by request.</param>
    public void Plan(params IEnumerable<StorageFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        foreach (StorageFault fault in faults) _plan.Add(fault);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _listener.Dispose();
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_ended.Token);
                Task serving = ServeAsync(client);
                _connections[serving] = true;
                _ = serving.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Nobody listens any more.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var storage = new TcpClient())
        {
            try
            {
                await storage.ConnectAsync(IPAddress.Loopback, _target.Port, _ended.Token);
                while (await PassAsync(client.GetStream(), storage.GetStream()))
                {
                }
            }
            catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
            {
                // One of the two has left; the other is let go.
            }
        }
    }

    // False when the connection is to be cut.
    private async Task<bool> PassAsync(NetworkStream client, NetworkStream storage)
    {
        RawHttpMessage? request = await RawHttpMessage.ReadAsync(client, _ended.Token);
        if (request is null) return false;
        Count("request");
        StorageFault fault = _plan.Next(request);
        if (fault is not StorageFault.None) Count("fault");
        switch (fault)
        {
            case StorageFault.Busy busy:
                await client.WriteAsync(Say("503 Service Unavailable", "ServerBusy", busy.RetryAfterSeconds), _ended.Token);
                return true;
            case StorageFault.Answer other:
                await client.WriteAsync(Encoding.UTF8.GetBytes("HTTP/1.1 " + other.Response), _ended.Token);
                return false;
            case StorageFault.CutRequest:
                await storage.WriteAsync(request.ToBytes().AsMemory(0, (request.Head.Length + request.Body.Length) / 2), _ended.Token);
                return false;
            case StorageFault.ArriveLate late:
                client.Close();
                await late.When.WaitAsync(_ended.Token);
                await AskAsync(storage, request);
                late.Done.SetResult();
                return false;
            case StorageFault.Hang:
                await client.ReadExactlyAsync(new byte[1], _ended.Token);
                return false;
            default:
                return await AnswerAsync(client, storage, request, fault);
        }
    }

    private async Task<bool> AnswerAsync(NetworkStream client, NetworkStream storage, RawHttpMessage request, StorageFault fault)
    {
        (RawHttpMessage answer, bool hasHappened) = await AskAsync(storage, request);
        byte[] bytes = answer.ToBytes();
        if (fault is StorageFault.LoseAnswerAfter lost) await lost.First();
        if (fault is StorageFault.None || (request.Verb != "GET" && !hasHappened))
        {
            await client.WriteAsync(bytes, _ended.Token);
            return true;
        }

        if (fault is StorageFault.CutAnswer) await client.WriteAsync(bytes.AsMemory(0, bytes.Length - 1 - (answer.Body.Length / 2)), _ended.Token);
        if (fault is not StorageFault.FailAfterwards) return false;
        await client.WriteAsync(Say("500 Internal Server Error", "OperationTimedOut", null), _ended.Token);
        return true;
    }

    private async Task<(RawHttpMessage Answer, bool HasHappened)> AskAsync(NetworkStream storage, RawHttpMessage request)
    {
        await storage.WriteAsync(request.ToBytes(), _ended.Token);
        RawHttpMessage answer = await RawHttpMessage.ReadAsync(storage, _ended.Token) ?? throw new IOException("storage closed the connection");
        bool hasHappened = answer.IsSuccess && !Encoding.UTF8.GetString(answer.Body).Contains("odata.error", StringComparison.Ordinal);
        if (request.Verb != "GET" && hasHappened) Count("write");
        return (answer, hasHappened);
    }

    private static byte[] Say(string status, string code, int? retryAfterSeconds)
    {
        string body = $$$$"""{"odata.error":{"code":"{{{{code}}}}","message":{"lang":"en-US","value":"injected"}}}""";
        string retry = retryAfterSeconds is { } seconds ? $"Retry-After: {seconds}\r\n" : "";
        return Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{retry}\r\n{body}");
    }

    private void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    private int CountOf(string what) => _counts.GetValueOrDefault(what);
}
