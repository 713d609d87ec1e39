using System.Text;
using Azure.Core;
using SshFunctions.Azure.Storage;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Queues;

/// <summary>Sends messages to queues of Azure Storage; the Functions host delivers them.</summary>
/// <remarks>
/// A queue is made when a message finds none. A message waits until it is handled, however long. It is base64, which the host expects
/// unless told otherwise. A message whose answer was lost is sent again and may come twice, as the port allows. Source: "Put Message".
/// </remarks>
public sealed class StorageQueueSender : IMessageQueue
{
    private readonly StorageClient _client;
    private readonly string _service;

    /// <summary>Stores how the queues are reached.</summary>
    /// <param name="queuesUrl">Where the account's queues are served.</param>
    /// <param name="credential">How requests are signed.</param>
    /// <exception cref="ArgumentException">An identity's token would go over plain HTTP.</exception>
    public StorageQueueSender(Uri queuesUrl, StorageCredential credential)
        : this(queuesUrl, credential, StorageOptions.Default)
    {
    }

    internal StorageQueueSender(Uri queuesUrl, StorageCredential credential, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(queuesUrl);
        _service = queuesUrl.ToString().TrimEnd('/');
        _client = new StorageClient(StoragePipeline.Build(queuesUrl, credential, key => new QueuesKeyPolicy(key, options.Clock), options), options);
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        QueueLimits.Check(queue, message);
        using StorageCall call = _client.Begin(cancellationToken);
        byte[] body = Encoding.ASCII.GetBytes($"<QueueMessage><MessageText>{Convert.ToBase64String(message.Span)}</MessageText></QueueMessage>");
        StorageAnswer answer = await call.SendAsync(request => Put(request, queue, body));
        if (answer is { Status: 404, Code: "QueueNotFound" })
        {
            StorageAnswer made = await call.SendAsync(request => Create(request, queue));
            if (!made.IsSuccess && made is not { Status: 409, Code: "QueueAlreadyExists" }) throw made.Unexpected("the making of a queue");
            answer = await call.SendAsync(request => Put(request, queue, body));
        }

        if (answer.Status != 201) throw answer.Unexpected("a message");
    }

    private void Put(Request request, string queue, byte[] body)
    {
        request.Method = RequestMethod.Post;
        request.Uri.Reset(new Uri($"{_service}/{queue}/messages?messagettl=-1"));
        request.Headers.SetValue("Content-Type", "application/xml");
        request.Content = RequestContent.Create(body);
    }

    private void Create(Request request, string queue)
    {
        request.Method = RequestMethod.Put;
        request.Uri.Reset(new Uri($"{_service}/{queue}"));
    }
}
