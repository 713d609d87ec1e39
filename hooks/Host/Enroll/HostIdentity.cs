using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Who this machine is to the broker; a class, because a record would print the token.</summary>
internal sealed class HostIdentity(string host, string resource, int? instance, string token, DateTimeOffset? tokenExpires)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal string Host { get; } = host;

    internal string Resource { get; } = resource;

    internal int? Instance { get; } = instance;

    internal string Token { get; } = token;

    /// <summary>Exclusive; null for an identity of before, whose state says it.</summary>
    internal DateTimeOffset? TokenExpires { get; } = tokenExpires;

    /// <summary>The identity of an earlier run with the same broker; null when there is none.</summary>
    internal static HostIdentity? Find(HostFolders folders, Uri broker)
    {
        if (!Files.Exists(folders.Settings) || !Files.Exists(folders.Token) || !Files.Exists(folders.State))
            return null;
        HostSettings settings = HostFiles.ReadSettings(folders);
        return BrokerAddress.Parse(settings.Broker) == broker
            ? new(settings.Host, settings.Resource, settings.Instance, HostFiles.ReadToken(folders), null)
            : null;
    }

    /// <summary>Becomes a host: uses the proof up.</summary>
    internal static async Task<HostIdentity> EnrollAsync(
        Uri broker, EnrollmentProof proof, HostPlan plan, CancellationToken cancellationToken)
    {
        EnrollHostRequest request = await proof.AddToAsync(
            new EnrollHostRequest([.. plan.Keys.Select(key => key.Key.ToText())], plan.DropIn.Version.ToString(), Programs.MachineName), cancellationToken);
        using BrokerClient client = new(broker, token: null);
        BrokerAnswer answer = await AskAsync(client, request, cancellationToken);
        EnrolledHostResponse enrolled = answer.Read(Contract.Json.EnrolledHostResponse);
        // Its resource becomes an argument in sshd's configuration: a broker that is not honest must not reach further than this.
        return AcceptedPrincipals.IsResource(enrolled.Host.Resource)
            ? new(enrolled.Host.Id, enrolled.Host.Resource, enrolled.Host.Instance, AccessTokenText.Parse(enrolled.Token), enrolled.TokenExpires)
            : throw new CommandFailedException(ExitCode.Failed, "the broker sent the path of a resource that is none", "sshfn doctor");
    }

    // Signing in, the hint for whoever has no good token, is nothing that a machine could do.
    private static async Task<BrokerAnswer> AskAsync(BrokerClient client, EnrollHostRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.PostAsync(Routes.Hosts, request, Contract.Json.EnrollHostRequest, cancellationToken);
        }
        catch (CommandFailedException failure) when (failure.ExitCode == ExitCode.NotSignedIn)
        {
            throw new CommandFailedException(
                failure.ExitCode, failure.Message,
                request.EnrollmentToken is null ? "does a mapping of one of the broker's issuers name this machine?" : "an admin makes a new one: sshfn host token RESOURCE");
        }
    }

    /// <summary>Asks the broker to forget the host; whoever asks is the host itself.</summary>
    /// <param name="broker">Whose host it is.</param>
    /// <param name="caFile">A PEM file with a further TLS root; null for what the environment names.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it, for people.</returns>
    internal async Task<string> ForgetAsync(Uri broker, string? caFile, CancellationToken cancellationToken)
    {
        try
        {
            using BrokerClient client = new(broker, Token, Patience, caFile);
            await client.DeleteAsync(Route.Of(Routes.Host, Host), cancellationToken);
            return $"the broker has forgotten host {Host}";
        }
        catch (CommandFailedException failure) when (failure.ExitCode is ExitCode.NotSignedIn or ExitCode.NotFound)
        {
            return $"the broker knows no host {Host} any more";
        }
        catch (CommandFailedException failure)
        {
            return $"the broker still lists host {Host}: {failure.Message}; an admin removes it";
        }
    }
}
