using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Opening;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;
using SshFunctions.Local.Queue;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.App.Tests.Hosting;

/// <summary>The service around a function that can't do its work: its services are missing.</summary>
public sealed class BackgroundWorkTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_function_that_fails_ends_nothing_is_logged_and_its_message_is_put_aside_after_five_tries_and_again_after_five_of_showing_that()
    {
        var clock = new ManualClock();
        var store = new InMemoryStore();
        var queue = new LocalQueue(store, clock);
        using var log = new MemoryStream();
        using var lines = new JsonLines(Stream.Synchronized(log), clock);
        using var factory = new LoggerFactory([lines]);
        await using ServiceProvider nothing = new ServiceCollection().AddSingleton(queue).BuildServiceProvider();
        using var service = new BackgroundWork(nothing, clock, factory.CreateLogger<BackgroundWork>());
        await service.StartAsync(default);
        await queue.SendAsync(RevocationRegistry.Queue, "{}"u8.ToArray(), default);
        // Whatever shows that a message was given up needs the services too: so that one is given up in turn.
        while ((await store.ListAsync("queue:revocations-poison-poison", RowRange.All, default)).Documents.Count == 0)
        {
            clock.Advance(LocalQueue.Visibility);
            await Task.Yield();
        }

        await service.StopAsync(default);
        string[] events = [.. Encoding.UTF8.GetString(log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()!)];
        Assert.True(events.Count(name => name == "FunctionFailed") >= 2 * QueueLimits.MaximumTryCount);
        Assert.Equal(2, events.Count(name => name == "MessagePutAside"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Ends_when_it_is_told_to_while_store_and_keys_were_never_reached()
    {
        var clock = new ManualClock();
        using var factory = new LoggerFactory();
        var gate = new BrokerGate(
            _ => throw new StoreUnavailableException("the store is elsewhere"), _ => Task.CompletedTask, clock, factory.CreateLogger<BrokerGate>());
        await using ServiceProvider nothing = new ServiceCollection().BuildServiceProvider();
        using var service = new BackgroundWork(nothing, clock, factory.CreateLogger<BackgroundWork>(), gate);
        await service.StartAsync(default);
        while (clock.WaitingCount == 0) await Task.Yield();

        await service.StopAsync(default);
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
    }
}
