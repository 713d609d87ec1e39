using SshFunctions.Api;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Commands.Tree;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Doctor;

/// <summary>Whether resources answer on their ports from here; what was found out chooses the port from then on.</summary>
internal static class PortChecks
{
    // Each may cost the patience of a connection.
    private const int MostTried = 50;

    internal static async Task<IReadOnlyList<Finding>> RunAsync(Folders folders, string? name)
    {
        IReadOnlyList<(ResourceResponse Resource, HostAddress[] Addresses)> chosen;
        try
        {
            chosen = [.. Choose(folders, name).Take(MostTried)];
        }
        catch (CommandFailedException failure)
        {
            // Without a name there is nothing to try; broker and credentials have findings of their own.
            return name is null ? [] : [Finding.Fail(failure.Message, failure.Hint)];
        }

        var tried = await Task.WhenAll(chosen.Select(async choice => (
            choice.Resource, Tried: await Task.WhenAll(choice.Addresses.Select(async address => (address, Answers: await Ports.AnswersAsync(address.Name, address.Port)))))));
        if (tried.Length == 0)
            return [];
        BlockedPorts.Read(folders).Write(folders, tried.SelectMany(choice => choice.Tried));
        new AliasFolder(folders).Clear();
        return [.. tried.Select(choice => Found(choice.Resource, choice.Tried, isAsked: name is not null))];
    }

    private static Finding Found(ResourceResponse resource, (HostAddress Address, bool Answers)[] tried, bool isAsked)
    {
        string blocked = string.Join(", ", tried.Where(address => !address.Answers).Select(address => HostText.AddressText(address.Address)));
        HostAddress? open = tried.FirstOrDefault(address => address.Answers).Address;
        if (open is null)
            return new(isAsked ? Finding.FailLevel : Finding.WarnLevel, $"{resource.Path} does not answer at {blocked}", "is a firewall or a VPN between? another network may let it through");
        return tried[0].Answers
            ? Finding.Ok($"{resource.Path} answers at {HostText.AddressText(open)}")
            : Finding.Warn($"{resource.Path} does not answer at {blocked}", $"{HostText.AddressText(open)} does: aliases and sshfn ssh take it from now on");
    }

    // Behind another resource nothing can be tried from here.
    private static IEnumerable<(ResourceResponse, HostAddress[])> Choose(Folders folders, string? name)
    {
        CatalogStore store = new(folders);
        ResourceResponse[] resources = name is null
            ? [.. store.Get().Resources]
            : [store.Look(new ResourceChoice(name).Find, new ResourceChoice(name).Missing).Resource];
        return from resource in resources
               where Way.ThroughOf(resource) is null
               from instance in resource.Hosts.Where(address => HostPattern.IsOneHost(address.Name)).GroupBy(address => address.Instance)
               where name is not null || instance.Count() > 1
               select (resource, instance.ToArray());
    }
}
