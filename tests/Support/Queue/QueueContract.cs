using System.Collections.Concurrent;
using System.Text;
using SshFunctions.Core.Ports;
using Xunit;

namespace SshFunctions.Support.Queue;

/// <summary>The law of <see cref="IMessageQueue"/>, one test for each rule. A backend derives from it and adds how it is opened and delivers.</summary>
public abstract class QueueContract : IAsyncLifetime
{
    private const int TimeoutMilliseconds = 60_000;
    private IMessageQueue? _queue;

    /// <summary>A queue that no other test uses: backends may share what they keep between tests.</summary>
    protected string Queue { get; } = $"test-{Guid.NewGuid():N}";

    public async Task InitializeAsync() => _queue = await OpenAsync();

    public Task DisposeAsync() => CloseAsync();

    /// <summary>Opens the queue under test.</summary>
    protected abstract Task<IMessageQueue> OpenAsync();

    /// <summary>Closes what was opened.</summary>
    protected virtual Task CloseAsync() => Task.CompletedTask;

    /// <summary>Has one message handled, as the backend's host does it.</summary>
    /// <returns>Whether there was one.</returns>
    protected abstract Task<bool> DeliverAsync(string queue, Func<string, Task<bool>> handle);

    /// <summary>Lets the time pass after which a message that failed, or that somebody died with, may be taken again.</summary>
    protected abstract Task PassVisibilityAsync();

    /// <summary>Messages that were put aside.</summary>
    protected abstract Task<IReadOnlyList<string>> ListPutAsideAsync(string queue);

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_message_is_delivered_as_it_was_sent_and_gone_when_it_was_handled()
    {
        await SendAsync("{\"text\":\"ä\\u0001\"}");
        Assert.Equal(["{\"text\":\"ä\\u0001\"}"], await DrainAsync(Queue));
        await PassVisibilityAsync();
        Assert.Empty(await DrainAsync(Queue));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_message_is_delivered_from_its_own_queue_alone()
    {
        await SendAsync("{}");
        Assert.Empty(await DrainAsync(Queue + "-other"));
        Assert.Single(await DrainAsync(Queue));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_message_in_hand_is_hidden_from_others()
    {
        await SendAsync("{}");
        Assert.True(await DeliverAsync(Queue, async _ => !await DeliverAsync(Queue, _ => Task.FromResult(true))));
        await PassVisibilityAsync();
        Assert.Empty(await DrainAsync(Queue));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_message_whose_handling_failed_or_whose_handler_died_comes_again()
    {
        await SendAsync("{}");
        Assert.True(await DeliverAsync(Queue, _ => Task.FromResult(false)));
        await PassVisibilityAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => DeliverAsync(Queue, _ => throw new OperationCanceledException("died")));
        Assert.Empty(await DrainAsync(Queue));
        await PassVisibilityAsync();
        Assert.Single(await DrainAsync(Queue));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_message_that_fails_five_times_is_put_aside_and_holds_up_no_other()
    {
        await SendAsync("\"bad\"");
        int tries = 0;
        for (int round = 0; round < 10; round++)
        {
            await DeliverAsync(Queue, _ => Task.FromResult(++tries < 0));
            await PassVisibilityAsync();
        }

        Assert.Equal(QueueLimits.MaximumTryCount, tries);
        Assert.Equal(["\"bad\""], await ListPutAsideAsync(Queue));
        await SendAsync("\"good\"");
        Assert.Equal(["\"good\""], await DrainAsync(Queue));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Eight_receivers_handle_every_message_of_eight_senders()
    {
        var handled = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            for (int number = 0; number < 10; number++) await SendAsync($"\"{sender}-{number}\"");
        })));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            foreach (string message in await DrainAsync(Queue)) handled.Add(message);
        })));
        Assert.Equal(80, handled.Distinct().Count());
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData("too short", "ab", 2)]
    [InlineData("too long", "a123456789012345678901234567890123456789012345678901234567", 2)]
    [InlineData("a capital", "Revocations", 2)]
    [InlineData("a dash at the end", "revocations-", 2)]
    [InlineData("two dashes", "revo--cations", 2)]
    [InlineData("a message that is too large", "revocations", QueueLimits.MaximumMessageBytes + 1)]
    public async Task Refuses(string what, string queue, int messageBytes)
    {
        Exception? thrown = await Record.ExceptionAsync(async () => await _queue!.SendAsync(queue, new byte[messageBytes], CancellationToken.None));
        Assert.True(thrown is ArgumentException, what);
    }

    private Task SendAsync(string message) => _queue!.SendAsync(Queue, Encoding.UTF8.GetBytes(message), CancellationToken.None).AsTask();

    private async Task<List<string>> DrainAsync(string queue)
    {
        var messages = new List<string>();
        while (await DeliverAsync(queue, message =>
        {
            messages.Add(message);
            return Task.FromResult(true);
        }))
        {
        }

        return messages;
    }
}
