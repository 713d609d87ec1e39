using System.Security.Cryptography;
using SshFunctions.Support.Outside;

namespace SshFunctions.Interop.Tests.Functions;

/// <summary>A function app with a ticket system before it and a receiver of its notifications behind.</summary>
public sealed class ConnectedFunctionApp : IAsyncLifetime, IDisposable
{
    private const string TicketVariable = "DESK_SECRET";

    public FunctionApp App { get; } = new();

    /// <summary>Takes nothing until a test says so.</summary>
    public WebhookReceiver Receiver { get; } = new() { Status = 503 };

    /// <summary>What the ticket system signs with.</summary>
    public byte[] TicketSecret { get; } = RandomNumberGenerator.GetBytes(32);

    public async Task InitializeAsync()
    {
        App.Settings[TicketVariable] = "whsec_" + Convert.ToBase64String(TicketSecret);
        App.Settings["SSHFN_BROKER_TICKETS"] = $$$$"""
            {"sources":[{"name":"desk","secretVariable":"{{{{TicketVariable}}}}","mapping":{"event":{"from":"{/event}"},"reference":{"from":"{/number}"},
            "requester":{"from":"{/who}"},"path":{"from":"{/where}"},"duration":{"from":"1h"},"reason":{"from":"{/why}"}}}]}
            """;
        App.Settings["SSHFN_BROKER_OUTBOUND"] = $$"""
            {"subscriptions":[{"name":"chat","format":"standard","url":"{{Receiver.Address}}/chat","kinds":["revocation.lifted"],"secretVariable":"{{TicketVariable}}"}]}
            """;
        await App.InitializeAsync();
    }

    public Task DisposeAsync() => App.DisposeAsync();

    public void Dispose()
    {
        App.Dispose();
        Receiver.Dispose();
    }
}
