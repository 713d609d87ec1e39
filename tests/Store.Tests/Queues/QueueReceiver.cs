using System.Collections.Concurrent;
using System.Text;
using System.Xml.Linq;
using Azure.Core;
using SshFunctions.Azure.Queues;
using SshFunctions.Azure.Storage;
using SshFunctions.Core.Ports;

namespace SshFunctions.Store.Tests.Queues;

/// <summary>Delivers messages of storage queues by the rules of the Functions host: hidden while in hand, poison after five tries.</summary>
internal sealed class QueueReceiver(Uri queuesUrl, StorageCredential credential, StorageOptions options)
{
    private const string Hidden = "600";
    private readonly StorageClient _client = new(
        StoragePipeline.Build(queuesUrl, credential, key => new QueuesKeyPolicy(key, TimeProvider.System), options), options);

    private readonly StorageQueueSender _sender = new(queuesUrl, credential, options);
    private readonly ConcurrentQueue<Received> _inHand = new();

    public async Task<bool> DeliverAsync(string queue, Func<string, Task<bool>> handle)
    {
        if ((await ListAsync(queue, $"visibilitytimeout={Hidden}")).FirstOrDefault() is not { } message) return false;
        bool isHandled = false;
        try
        {
            isHandled = await handle(message.Text);
        }
        finally
        {
            if (!isHandled && message.TryCount < QueueLimits.MaximumTryCount) _inHand.Enqueue(message);
        }

        if (isHandled || message.TryCount >= QueueLimits.MaximumTryCount)
        {
            if (!isHandled) await _sender.SendAsync(queue + "-poison", Encoding.UTF8.GetBytes(message.Text), CancellationToken.None);
            await SendAsync(RequestMethod.Delete, $"{queue}/messages/{message.Id}?popreceipt={Uri.EscapeDataString(message.Receipt)}");
        }

        return true;
    }

    /// <summary>Shows again what failed, as the host does after a while.</summary>
    public async Task ShowAsync()
    {
        while (_inHand.TryDequeue(out Received? message))
        {
            string path = $"{message.Queue}/messages/{message.Id}?popreceipt={Uri.EscapeDataString(message.Receipt)}&visibilitytimeout=0";
            string text = Convert.ToBase64String(Encoding.UTF8.GetBytes(message.Text));
            await SendAsync(RequestMethod.Put, path, $"<QueueMessage><MessageText>{text}</MessageText></QueueMessage>");
        }
    }

    public async Task<IReadOnlyList<string>> PeekAsync(string queue) => [.. (await ListAsync(queue, "peekonly=true")).Select(message => message.Text)];

    private async Task<List<Received>> ListAsync(string queue, string how)
    {
        StorageAnswer answer = await SendAsync(RequestMethod.Get, $"{queue}/messages?numofmessages=1&{how}");
        if (answer.Status == 404) return [];
        Assert.Equal(200, answer.Status);
        using var body = new MemoryStream(answer.Body.ToArray());
        return [.. XDocument.Load(body).Descendants("QueueMessage").Select(message => new Received(
            queue,
            message.Element("MessageId")!.Value,
            message.Element("PopReceipt")?.Value ?? "",
            int.Parse(message.Element("DequeueCount")!.Value, System.Globalization.CultureInfo.InvariantCulture),
            Encoding.UTF8.GetString(Convert.FromBase64String(message.Element("MessageText")!.Value))))];
    }

    private async Task<StorageAnswer> SendAsync(RequestMethod method, string path, string? body = null)
    {
        using StorageCall call = _client.Begin(CancellationToken.None);
        return await call.SendAsync(request =>
        {
            request.Method = method;
            request.Uri.Reset(new Uri($"{queuesUrl}/{path}"));
            if (body is null) return;
            request.Headers.SetValue("Content-Type", "application/xml");
            request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body));
        });
    }

    private sealed record Received(string Queue, string Id, string Receipt, int TryCount, string Text);
}
