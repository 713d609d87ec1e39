using SshFunctions.Core.Hosts;

namespace SshFunctions.Core.Callers;

public sealed partial class AccessTokenRegistry
{
    /// <summary>The only maker of a host's token: enrollment, which records it. Null when the random identifier was taken.</summary>
    internal async Task<CreatedAccessToken?> CreateForHostAsync(HostId host, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        Secret secret = Secret.Generate();
        var order = new AccessTokenOrder($"host {host}", CallerKind.Host, host.Subject, [], expires);
        AccessToken token = Make(order, null, secret, _clock.GetUtcNow());
        return await _tokens.TryInsertAsync(token, cancellationToken) ? new CreatedAccessToken(token, secret) : null;
    }

    /// <summary>Takes a token away as part of what is recorded already.</summary>
    internal Task<bool> ForgetAsync(AccessToken token, CancellationToken cancellationToken) => _tokens.TryRemoveAsync(token, cancellationToken);

    /// <summary>A host's identity comes from its enrollment, and from nobody's order.</summary>
    private static Refusal.Invalid? FaultOfHost(AccessTokenOrder order) => order.Kind == CallerKind.Host || HostId.IsHostSubject(order.Subject)
        ? new Refusal.Invalid("subject", "a host's token comes from its enrollment alone", "enroll the host: sshfn host token RESOURCE, then sshfn host enroll there")
        : null;
}
