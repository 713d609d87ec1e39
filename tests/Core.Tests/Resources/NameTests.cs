using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Resources;

public sealed class NameTests
{
    public static TheoryData<string> Hostile =>
    [
        "", " ", "a b", "a\tb", "a\nb", "a\0b", "a\r", "a,b", "a\"b", "a'b", "a\\b", "a;b", "a$b", "a%b", "a\u00e9", "\u0430lice", "a\u200bb", "\u212aelvin", "\ud83d\ude00", "-a", ".a", "a\u2028", "\u0661",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_name_of_any_kind_takes_hostile_text(string text)
    {
        Assert.False(ResourcePath.IsName(text));
        Assert.False(ResourcePath.TryParse(text, null, out _));
        Assert.False(GrantId.TryParse(text, null, out _));
        Assert.False(Login.TryParse(text, null, out _));
        Assert.False(Subject.TryParse(text, null, out _));
        Assert.False(GroupName.TryParse(text, null, out _));
        Assert.False(HostAddress.TryCreate(text, 22, out _));
        Assert.False(Holder.TryParse($"subject={text}", null, out _));
    }

    [Theory]
    [InlineData("acme", 1, "acme", "/")]
    [InlineData("acme/production", 2, "production", "acme")]
    [InlineData("acme/production/web-1.eu_2", 3, "web-1.eu_2", "acme/production")]
    [InlineData("/", 0, "", "/")]
    public void A_path_knows_its_depth_name_and_parent(string text, int depth, string name, string parent)
    {
        ResourcePath path = ResourcePath.Parse(text);
        Assert.Equal((depth, name, parent, text), (path.Depth, path.Name, path.Parent.Text, path.ToString()));
        Assert.Equal(depth + 1, path.FromRoot().Count());
        Assert.Equal(path, path.FromRoot().Last());
        Assert.All(path.FromRoot(), level => Assert.True(level.Covers(path)));
    }

    [Theory]
    [InlineData("acme/")]
    [InlineData("/acme")]
    [InlineData("//")]
    [InlineData("acme//web")]
    [InlineData("a/b/c/d")]
    [InlineData("Acme")]
    [InlineData("..")]
    [InlineData("acme/../web")]
    [InlineData("acme/.")]
    [InlineData("acme-")]
    [InlineData("acme.")]
    [InlineData("acme/production/web@1")]
    [InlineData("acme:production")]
    public void A_path_has_one_spelling(string text) => Assert.False(ResourcePath.TryParse(text, null, out _));

    [Theory]
    [InlineData("acme", "acme", true)]
    [InlineData("acme", "acme/web", true)]
    [InlineData("acme", "acme-x", false)]
    [InlineData("acme", "acmex/web", false)]
    [InlineData("acme/web", "acme", false)]
    [InlineData("/", "acme", true)]
    [InlineData("/", "/", true)]
    [InlineData("acme", "/", false)]
    public void A_path_covers_itself_and_what_is_below(string path, string other, bool covers) =>
        Assert.Equal(covers, ResourcePath.Parse(path).Covers(ResourcePath.Parse(other)));

    [Fact]
    public void Names_have_bounds()
    {
        Assert.True(ResourcePath.IsName(new string('a', 63)));
        Assert.False(ResourcePath.IsName(new string('a', 64)));
        Assert.True(Login.TryParse(new string('a', 64), null, out _));
        Assert.False(Login.TryParse(new string('a', 65), null, out _));
        Assert.True(Subject.TryParse(new string('a', 128), null, out _));
        Assert.False(Subject.TryParse(new string('a', 129), null, out _));
        Assert.Throws<FormatException>(() => ResourcePath.Parse("a/b/c").Child("d"));
        Assert.Throws<FormatException>(() => ResourcePath.Root.Child("a/b"));
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("_www")]
    [InlineData("Administrator")]
    [InlineData("alice@corp.example.com")]
    public void A_login_may_be_what_servers_have(string text) => Assert.Equal(text, Login.Parse(text).Text);

    [Theory]
    [InlineData("deploy/x")]
    [InlineData("deploy:x")]
    [InlineData("deploy*")]
    [InlineData("+deploy")]
    [InlineData("@deploy")]
    public void A_login_can_not_read_as_a_principal_of_another(string text) => Assert.False(Login.TryParse(text, null, out _));

    [Theory]
    [InlineData("alice")]
    [InlineData("user=alice")]
    [InlineData("Subject=alice")]
    [InlineData("subject=")]
    [InlineData("subject")]
    [InlineData(null)]
    public void A_holder_says_what_it_is(string? text) => Assert.False(Holder.TryParse(text, null, out _));

    [Fact]
    public void A_default_value_names_nothing_and_says_so()
    {
        Assert.Throws<InvalidOperationException>(() => default(Login).Text);
        Assert.Throws<InvalidOperationException>(() => default(Subject).Text);
        Assert.Throws<InvalidOperationException>(() => default(GroupName).Text);
        Assert.Throws<InvalidOperationException>(() => default(GrantId).Text);
        Assert.Throws<InvalidOperationException>(() => default(SourceRange).Text);
        Assert.Throws<InvalidOperationException>(() => default(HostAddress).Name);
        Assert.Equal(ResourcePath.Root, default);
    }
}
