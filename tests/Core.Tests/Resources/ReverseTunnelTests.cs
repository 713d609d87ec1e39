using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Resources;

public sealed class ReverseTunnelTests
{
    private const int Patience = 60_000;
    private static readonly ResourcePath Bastion = ResourcePath.Parse("acme/production/bastion");

    [Fact(Timeout = Patience)]
    public async Task A_port_of_a_bastion_leads_to_one_resource()
    {
        await using var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        Broker.Must(await PutAsync(broker, "box", 20022));
        Refusal.Conflict refusal = Broker.Refused<Refusal.Conflict>((await PutAsync(broker, "other", 20022)).Refusal);
        Assert.Equal("tunnel.port", refusal.Field);
        Assert.Contains("acme/production/box", refusal.Detail, StringComparison.Ordinal);
        Broker.Must(await PutAsync(broker, "other", 20023));
    }

    [Fact(Timeout = Patience)]
    public async Task A_port_is_free_again_when_its_resource_moves_to_another_or_goes()
    {
        await using var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        Broker.Must(await PutAsync(broker, "box", 20022));
        Broker.Must(await PutAsync(broker, "box", 20023));
        Broker.Must(await PutAsync(broker, "other", 20022));
        Broker.Must(await broker.Tree.RemoveAsync(Broker.Admin, ResourcePath.Parse("acme/production/box"), default));
        Broker.Must(await PutAsync(broker, "third", 20023));
        Broker.Must(await PutAsync(broker, "third", null));
        Broker.Must(await PutAsync(broker, "fourth", 20023));
    }

    [Fact(Timeout = Patience)]
    public async Task Two_that_want_one_port_at_once_do_not_both_get_it()
    {
        await using var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        for (int port = 20000; port < 20050; port++)
        {
            Result<Resource>[] results = await Task.WhenAll(PutAsync(broker, "box", port), PutAsync(broker, "other", port));
            Assert.Equal(1, results.Count(result => result.Succeeded));
        }
    }

    private static Task<Result<Resource>> PutAsync(Broker broker, string name, int? port)
    {
        Resource resource = Broker.ResourceOf($"acme/production/{name}", $"{name}.example.com") with
        {
            Tunnel = port is { } number ? new ReverseTunnel(Bastion, Login.Parse("tunnel"), number) : null,
        };
        return broker.Tree.PutResourceAsync(Broker.Admin, resource, default);
    }
}
