using SshFunctions.Api;
using SshFunctions.Hooks.Host.Callbacks;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Tests.Host.Callbacks;

public sealed class AuthorizedKeyLineTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(60);
    private static readonly SshPublicKey Key = SshPublicKey.FromEd25519(Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    private static readonly AuthorizedKey Plain = new(Key.ToText(), "deploy", "alice@example.com", "deployers", ["pty"]);

    [Fact]
    public void Restricts_everything_but_what_is_permitted() =>
        Assert.Equal($"restrict,pty {Key.ToText()}", AuthorizedKeyLine.Of(Plain, "deploy", Key, Now));

    [Fact]
    public void Writes_every_limit() => Assert.Equal(
        $"restrict,agent-forwarding,X11-forwarding,user-rc,port-forwarding,permitlisten=\"127.0.0.1:1\",permitopen=\"db.internal:5432\",command=\"echo \\\"hi\\\"\",from=\"10.0.0.0/8,192.0.2.1/32\" {Key.ToText()}",
        AuthorizedKeyLine.Of(
            Plain with
            {
                Permissions = ["agent-forwarding", "x11-forwarding", "user-rc", "port-forwarding"],
                ForwardTargets = ["db.internal:5432"],
                ForcedCommand = "echo \"hi\"",
                SourceAddresses = ["10.0.0.0/8", "192.0.2.1/32"],
                NotAfter = Now.AddSeconds(1),
            },
            "deploy", Key, Now));

    [Fact]
    public void Gives_a_folder_and_nothing_beside_it() => Assert.Equal(
        $"restrict,command=\"{Programs.Self} host sftp pub/media\" {Key.ToText()}",
        AuthorizedKeyLine.Of(Plain with { SftpFolder = "pub/media" }, "deploy", Key, Now));

    public static TheoryData<string, AuthorizedKey> Bad => new()
    {
        { "for another login", Plain with { Login = "root" } },
        { "for another key", Plain with { PublicKey = Plain.PublicKey[..^4] + "AAAA" } },
        { "over", Plain with { NotAfter = Now } },
        { "an unknown permission", Plain with { Permissions = ["pty,permitopen=\"*:*\""] } },
        { "a permission with an option in it", Plain with { Permissions = ["cert-authority"] } },
        { "a target that ends its quotes", Plain with { Permissions = ["port-forwarding"], ForwardTargets = ["a:1\",command=\"x"] } },
        { "no target", Plain with { Permissions = ["port-forwarding"], ForwardTargets = [] } },
        { "any port", Plain with { Permissions = ["port-forwarding"], ForwardTargets = ["db:*"] } },
        { "a folder that is a command", Plain with { SftpFolder = "pub;id" } },
        { "a folder above", Plain with { SftpFolder = "pub/../.ssh" } },
        { "a folder and a command", Plain with { SftpFolder = "pub", ForcedCommand = "id" } },
        { "a command with a line break", Plain with { ForcedCommand = "id\nssh-ed25519 AAAA" } },
        { "a command that swallows its closing quote", Plain with { ForcedCommand = "id\\" } },
        { "an empty command", Plain with { ForcedCommand = "" } },
        { "no address", Plain with { SourceAddresses = [] } },
        { "an address that ends its quotes", Plain with { SourceAddresses = ["10.0.0.0/8\",pty,environment=\"A=b"] } },
        { "every address", Plain with { SourceAddresses = ["*"] } },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Prints_nothing_for_an_answer_with(string defect, AuthorizedKey answer)
    {
        Assert.NotEmpty(defect);
        Assert.Null(AuthorizedKeyLine.Of(answer, "deploy", Key, Now));
    }
}
