using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;
using HostAddress = SshFunctions.Core.Resources.HostAddress;

namespace SshFunctions.App.Http.Contract;

/// <summary>Finds the one resource that a request means: by destination as ssh knows it, or by path.</summary>
internal static class DestinationContract
{
    public static async Task<Result<ResolvedDestination>> ResolveAsync(
        Destination? destination, string? resource, string? login, Caller caller, ResourceTree tree, KnownResource known, CancellationToken cancellationToken) =>
        (destination, resource) switch
        {
            (null, null) or (not null, not null) => new Refusal.Invalid(
                "destination", "it is ambiguous what to reach", "give destination (host, port, login), or resource with login, not both"),
            ({ } address, _) => login is null
                ? await ByAddressAsync(address, tree, cancellationToken)
                : new Refusal.Invalid("login", "the login is given twice", "with destination, give the login inside it"),
            (_, { } path) => await ByPathAsync(path, login, caller, known, cancellationToken),
        };

    private static Task<Result<ResolvedDestination>> ByAddressAsync(
        Destination destination, ResourceTree tree, CancellationToken cancellationToken) =>
        ResolveAsync(destination, "destination.", tree, cancellationToken);

    /// <summary>Finds the resource that is reached at an address.</summary>
    /// <param name="destination">Host, port and login.</param>
    /// <param name="prefix">What stands before these names in the request.</param>
    /// <param name="tree">Where resources are read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<Result<ResolvedDestination>> ResolveAsync(
        Destination destination, string prefix, ResourceTree tree, CancellationToken cancellationToken)
    {
        if (destination.Port is < 1 or > 65535)
            return new Refusal.Invalid(prefix + "port", "the port is out of bounds", "give 1 to 65535");
        if (!HostAddress.TryCreate(destination.Host, destination.Port, out HostAddress address))
            return new Refusal.Invalid(prefix + "host", "the host name is not allowed", HostAddress.NameRule);
        if (!Fields.Parse<Login>(destination.Login, prefix + "login", Login.Rule).Try(out Login login, out Refusal? refusal))
            return refusal;
        return await tree.ResolveAsync(address, cancellationToken) is { } resource
            ? new ResolvedDestination(resource, login)
            : new Refusal.NotFound($"no resource is reached at {address}", "check host and port, or ask a manager to add it to a resource");
    }

    private static async Task<Result<ResolvedDestination>> ByPathAsync(
        string text, string? loginText, Caller caller, KnownResource known, CancellationToken cancellationToken)
    {
        if (!Fields.Parse<ResourcePath>(text, "resource", ResourcePath.Rule).Try(out ResourcePath path, out Refusal? refusal)
            || !Fields.Parse<Login>(loginText, "login", Login.Rule).Try(out Login login, out refusal)
            || !(await known.FindAsync(caller, path, cancellationToken)).Try(out Resource? resource, out refusal))
            return refusal;
        return new ResolvedDestination(resource, login);
    }
}
