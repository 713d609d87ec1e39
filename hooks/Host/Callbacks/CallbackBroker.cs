using System.Text.Json.Serialization.Metadata;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Callbacks;

/// <summary>Asks the broker on behalf of a login that waits: one request, one deadline for all of it.</summary>
internal static class CallbackBroker
{
    // Two seconds are what a login may wait for all of it, starting included; the rest is for ending.
    private static readonly TimeSpan Total = TimeSpan.FromMilliseconds(1700);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(300);

    /// <summary>Posts and reads the answer; whatever is no success ends in a <see cref="CommandFailedException"/>.</summary>
    internal static TAnswer Ask<TBody, TAnswer>(
        HostFolders folders, HostSettings settings, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType)
        where TAnswer : notnull
    {
        TimeSpan left = Total - ProcessTable.Age;
        using CancellationTokenSource deadline = new(left > Least ? left : Least);
        using BrokerClient client = new(BrokerAddress.Parse(settings.Broker), HostFiles.ReadToken(folders), Total, settings.CaFile);
        try
        {
            return Task.Run(() => client.PostAsync(path, body, bodyType, deadline.Token)).WaitAsync(deadline.Token)
                .GetAwaiter().GetResult().Read(answerType);
        }
        catch (OperationCanceledException)
        {
            throw new CommandFailedException(ExitCode.Unavailable, $"the broker {settings.Broker} did not answer in time");
        }
    }

    /// <summary>Whether a failure says nothing about the question: the broker, or its store, is away.</summary>
    internal static bool IsAway(CommandFailedException failure) => failure.ExitCode == ExitCode.Unavailable;
}
