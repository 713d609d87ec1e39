using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Threading.Channels;
using SshFunctions.Support.Http;

namespace SshFunctions.Support.Outside;

/// <summary>Whoever is posted to, on loopback: keeps what comes, and answers as a test says.</summary>
public sealed class WebhookReceiver : IDisposable
{
    private readonly HttpListener _listener;
    private readonly ConcurrentQueue<ReceivedPost> _posts = new();
    private readonly Channel<ReceivedPost> _arrivals = Channel.CreateUnbounded<ReceivedPost>();

    /// <summary>Starts it.</summary>
    public WebhookReceiver()
    {
        (_listener, Address) = LoopbackListener.Start();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>Where it listens, without a trailing slash.</summary>
    public string Address { get; }

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Where an answer of 3xx leads.</summary>
    public string? Location { get; set; }

    /// <summary>What came, in order.</summary>
    public IReadOnlyList<ReceivedPost> Posts => [.. _posts];

    /// <summary>Waits for the next that no call has given yet.</summary>
    public ValueTask<ReceivedPost> NextAsync(CancellationToken cancellationToken = default) => _arrivals.Reader.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => LoopbackListener.End(_listener);

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var post = new ReceivedPost(
                context.Request.RawUrl ?? "",
                context.Request.Headers.AllKeys.OfType<string>().ToImmutableDictionary(name => name.ToLowerInvariant(), name => context.Request.Headers[name]!),
                [.. body.ToArray()]);
            _posts.Enqueue(post);
            context.Response.StatusCode = Status;
            if (Location is not null) context.Response.RedirectLocation = Location;
            context.Response.Close();
            _arrivals.Writer.TryWrite(post);
        }
    }
}
