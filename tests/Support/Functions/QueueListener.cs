namespace SshFunctions.Support.Functions;

/// <summary>Has the messages of one queue handled: lease, retry and poison as the host's queue extension does it.</summary>
/// <remarks>Source: Azure WebJobs SDK, QueueListener and QueueProcessor. The host waits up to its longest polling interval, this one less.</remarks>
internal sealed class QueueListener(
    DeployedFunction function,
    Func<string, StorageQueue> queues,
    InvocationClient client,
    HostConfiguration configuration,
    InvocationLog log,
    TimeProvider clock)
{
    private const string PoisonSuffix = "-poison";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly StorageQueue _queue = queues(function.Setting("queueName"));

    public async Task RunAsync(CancellationToken stopping)
    {
        var running = new List<Task>();
        while (!stopping.IsCancellationRequested)
        {
            running.RemoveAll(task => task.IsCompleted);
            // A new batch is taken as soon as half of the one before is done.
            if (running.Count <= configuration.BatchSize / 2)
            {
                IReadOnlyList<StoredMessage> messages = await _queue.TakeAsync(configuration.BatchSize, Lease, stopping);
                running.AddRange(messages.Select(message => HandleAsync(message, stopping)));
                if (messages.Count > 0) continue;
            }

            await Task.Delay(PollInterval, stopping);
        }
    }

    private async Task HandleAsync(StoredMessage message, CancellationToken stopping)
    {
        string? fault = "the message is no base64";
        StoredMessage held = message;
        if (message.Text is { } text)
        {
            HostInvocation invocation = HostInvocation.OfMessage(function.Name, function.BindingName, message.ToHost(text), clock.GetUtcNow());
            using var handled = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            Task<StoredMessage> holding = HoldAsync(message, handled.Token);
            fault = await client.InvokeAsync(function.Name, invocation, stopping);
            await handled.CancelAsync();
            held = await holding;
        }

        await SettleAsync(held, fault, stopping);
        log.Add(new InvocationRecord(function.Name, fault is null, fault));
    }

    private async Task SettleAsync(StoredMessage message, string? fault, CancellationToken stopping)
    {
        bool givenUp = fault is not null && (message.Text is null || message.DequeueCount >= configuration.MaximumDequeueCount);
        if (fault is not null && !givenUp)
        {
            await _queue.RenewAsync(message, configuration.VisibilityTimeout, stopping);
            return;
        }

        if (givenUp)
        {
            StorageQueue poison = queues(_queue.Name + PoisonSuffix);
            await poison.CreateAsync(stopping);
            await poison.PutRawAsync(message.RawText, stopping);
        }

        await _queue.DeleteAsync(message, stopping);
    }

    /// <summary>Keeps a message hidden while it is handled, by a new lease at half of each.</summary>
    private async Task<StoredMessage> HoldAsync(StoredMessage message, CancellationToken handled)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Lease / 2, handled);
                message = await _queue.RenewAsync(message, Lease, handled) ?? message;
            }
        }
        catch (OperationCanceledException)
        {
            return message;
        }
    }
}
