using SshFunctions.Api;
using SshFunctions.Hooks.Alias;

namespace SshFunctions.Hooks.Tests.Connect;

/// <summary>Names may hold dots, and must not take the place of others by that.</summary>
public sealed class ResourceNamesTests
{
    private static readonly ResourceResponse Web = Of("acme/prod/web");

    [Fact]
    public void A_full_path_with_an_instance_comes_before_a_name_that_looks_like_it()
    {
        NamedResource only = Assert.Single(ResourceNames.Find([Web, Of("evil/prod/acme.prod.web.1")], "sshfn.acme.prod.web.1"));
        Assert.Equal(("acme/prod/web", 1), (only.Resource.Path, only.Instance));
    }

    [Fact]
    public void A_full_path_comes_before_a_name_that_looks_like_it() =>
        Assert.Equal("acme/prod/web", Assert.Single(ResourceNames.Find([Of("evil/prod/acme.prod.web"), Web], "sshfn.acme.prod.web")).Resource.Path);

    [Fact]
    public void What_could_be_an_instance_or_a_name_is_ambiguous() =>
        Assert.Equal(2, ResourceNames.Find([Web, Of("evil/prod/web.1")], "sshfn.web.1").Count);

    private static ResourceResponse Of(string path) => new(path, [new HostAddress("web.example.com")], ["deploy"], "sshd", "", "enabled", null);
}
