using System.Collections.Immutable;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Resources;

public sealed class ResourceSearchTests
{
    private const int Patience = 60_000;

    [Theory(Timeout = Patience)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Finds_what_a_look_at_every_resource_for_itself_would(int seed)
    {
        await using var broker = new Broker();
        var random = new Random(seed);
        await GrowAsync(broker, random);
        Resource[] all = await broker.Tree.ListResourcesAsync(ResourcePath.Root, null, default).ToArrayAsync();
        for (int grant = 0; grant < 6; grant++)
        {
            ResourcePath[] levels = [.. all[random.Next(all.Length)].Path.FromRoot().Skip(1)];
            Grant given = Broker.GrantOf($"g{grant}", levels[random.Next(3)].Text);
            Broker.Must(await broker.Grants.PutAsync(Broker.Admin, random.Next(4) > 0 ? given : given with { NotAfter = broker.Now }, default));
        }

        var authority = new Authority(broker.Grants, broker.Clock);
        foreach (string below in (string[])["/", "a", "a-b", "a/a"])
            foreach (string words in (string[])["", "a", "b.c A", "example", "nothing"])
            {
                ResourcePath path = ResourcePath.Parse(below);
                var expected = new List<ResourcePath>();
                foreach (Resource resource in all.Where(resource => path.Covers(resource.Path) && SearchWords.Of(words).Fit(resource)))
                    if (await authority.FindRoleAsync(Broker.Alice, resource.Path, default) is not null) expected.Add(resource.Path);
                ImmutableArray<ResourcePath> places = await authority.RolesOf(Broker.Alice).ListPlacesAsync(path, default);
                Assert.Equal(expected, await ReadAsync(broker.Tree, places, words, random.Next(1, 9)));
            }
    }

    [Fact(Timeout = Patience)]
    public async Task Who_has_a_role_on_everything_reads_from_the_top()
    {
        await using var broker = new Broker();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", "/"), default));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g2", "acme"), default));
        CallerRoles roles = new Authority(broker.Grants, broker.Clock).RolesOf(Broker.Alice);

        Assert.Equal(["/"], (await roles.ListPlacesAsync(ResourcePath.Root, default)).Select(place => place.Text));
        Assert.Equal(["beta"], (await roles.ListPlacesAsync(ResourcePath.Parse("beta"), default)).Select(place => place.Text));
    }

    [Fact(Timeout = Patience)]
    public async Task Names_each_place_once_and_none_below_another()
    {
        await using var broker = new Broker();
        foreach ((string id, string path) in ((string, string)[])[("g1", "a/x"), ("g2", "a/x/one"), ("g3", "a-b"), ("g4", "b/y/two"), ("g5", "b/y/two")])
            Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf(id, path), default));
        CallerRoles roles = new Authority(broker.Grants, broker.Clock).RolesOf(Broker.Alice);

        Assert.Equal(["a-b", "a/x", "b/y/two"], (await roles.ListPlacesAsync(ResourcePath.Root, default)).Select(place => place.Text));
        Assert.Equal(["b/y/two"], (await roles.ListPlacesAsync(ResourcePath.Parse("b"), default)).Select(place => place.Text));
        Assert.Empty(await roles.ListPlacesAsync(ResourcePath.Parse("c"), default));
    }

    private static async Task<List<ResourcePath>> ReadAsync(ResourceTree tree, ImmutableArray<ResourcePath> places, string words, int limit)
    {
        var found = new List<ResourcePath>();
        ResourcePath? after = null;
        do
        {
            ResourcePage page = await tree.SearchAsync(new ResourceQuery(places, SearchWords.Of(words), after, limit), default);
            Assert.InRange(page.Resources.Length, page.Next is null ? 0 : 1, limit);
            found.AddRange(page.Resources.Select(resource => resource.Path));
            after = page.Next;
        }
        while (after is not null);
        return found;
    }

    // Names that sort otherwise than their paths do: '-' and '.' come before the separator of rows and after that of paths.
    private static async Task GrowAsync(Broker broker, Random random)
    {
        string[] names = ["a", "a-b", "a.b", "a0", "b", "b.c"];
        foreach (string project in names)
        {
            Broker.Must(await broker.Tree.PutProjectAsync(Broker.Admin, new Project(ResourcePath.Parse(project), "", SshSwitch.Enabled), default));
            foreach (string environment in names.Where(_ => random.Next(2) == 0))
            {
                var path = ResourcePath.Parse($"{project}/{environment}");
                Broker.Must(await broker.Tree.PutEnvironmentAsync(Broker.Admin, new ProjectEnvironment(path, "", SshSwitch.Enabled, false), default));
                foreach (string name in names.Where(_ => random.Next(2) == 0))
                    Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf($"{path}/{name}", $"{name}.{environment}.{project}.example.com"), default));
            }
        }
    }
}
