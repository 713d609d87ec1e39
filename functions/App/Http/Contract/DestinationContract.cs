using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Resources;
using HostAddress = SshFunctions.Core.Resources.HostAddress;

namespace SshFunctions.App.Http.Contract;

/// <summary>Finds the one resource that a request means: by destination as ssh knows it, or by path.</summary>
internal static class DestinationContract
{
    public static async Task<Result<ResolvedDestination>> ResolveAsync(
        Destination? destination, string? resource, string? login, ResourceTree tree, CancellationToken cancellationToken) =>
        (destination, resource) switch
        {
            (null, null) or (not null, not null) => new Refusal.Invalid(
                "destination", "it is ambiguous what to reach", "give destination (host, port, login), or resource with login, not both"),
            ({ } address, _) => login is null
                ? await ByAddressAsync(address, tree, cancellationToken)
                : new Refusal.Invalid("login", "the login is given twice", "with destination, give the login inside it"),
            (_, { } path) => await ByPathAsync(path, login, tree, cancellationToken),
        };

    private static async Task<Result<ResolvedDestination>> ByAddressAsync(
        Destination destination, ResourceTree tree, CancellationToken cancellationToken)
    {
        if (destination.Port is < 1 or > 65535)
            return new Refusal.Invalid("destination.port", "the port is out of bounds", "give 1 to 65535");
        if (!HostAddress.TryCreate(destination.Host, destination.Port, out HostAddress address))
            return new Refusal.Invalid("destination.host", "the host name is not allowed", HostAddress.NameRule);
        if (!Fields.Parse<Login>(destination.Login, "destination.login", Login.Rule).Try(out Login login, out Refusal? refusal))
            return refusal;
        return await tree.ResolveAsync(address, cancellationToken) is { } resource
            ? new ResolvedDestination(resource, login)
            : new Refusal.NotFound($"no resource is reached at {address}", "check host and port, or ask a manager to add it to a resource");
    }

    private static async Task<Result<ResolvedDestination>> ByPathAsync(
        string text, string? loginText, ResourceTree tree, CancellationToken cancellationToken)
    {
        if (!Fields.Parse<ResourcePath>(text, "resource", ResourcePath.Rule).Try(out ResourcePath path, out Refusal? refusal)
            || !Fields.Parse<Login>(loginText, "login", Login.Rule).Try(out Login login, out refusal))
            return refusal;
        return path.Depth == 3 && await tree.FindResourceAsync(path, cancellationToken) is { } resource
            ? new ResolvedDestination(resource, login)
            : new Refusal.NotFound($"there is no resource {path}", "list them: sshfn resources");
    }
}
