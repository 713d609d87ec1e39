using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Resources;

/// <summary>What stands for a caller's own name: in logins, and on git hosts.</summary>
public sealed class AccountTests
{
    private static readonly Caller Named = Broker.Alice with { UserName = Login.Parse("ally") };

    [Theory]
    [InlineData("{user}", "ally")]
    [InlineData("{user}_corp", "ally_corp")]
    [InlineData("x-{user}", "x-ally")]
    [InlineData("robot", "robot")]
    public void An_account_is_made_of_the_user_name(string template, string account) =>
        Assert.Equal(account, AccountTemplate.Parse(template).AccountOf(Named));

    [Fact]
    public void Who_has_no_user_name_has_no_account_of_its_own() => Assert.Null(AccountTemplate.OwnName.AccountOf(Broker.Alice));

    [Fact]
    public void An_identity_called_root_is_not_the_owner_of_every_machine()
    {
        Caller root = Broker.Alice with { UserName = Login.Parse("root") };
        Assert.Null(LoginRule.Parse("{user}").LoginOf(root));
        Assert.Null(AccountTemplate.OwnName.AccountOf(root));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{user}{user}")]
    [InlineData("a,b")]
    [InlineData("a b")]
    [InlineData("{subject}")]
    [InlineData("-{user")]
    [InlineData("a\nb")]
    public void A_template_of_another_form_is_none(string text) => Assert.False(AccountTemplate.TryParse(text, null, out _));

    [Theory]
    [InlineData("pub/media", "pub/media")]
    [InlineData("pub/media/", "pub/media")]
    [InlineData("/srv/www", "/srv/www")]
    public void A_folder_is_absolute_or_below_the_home(string text, string folder) =>
        Assert.Equal(folder, Core.Policy.SftpFolder.Parse(text).Text);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("pub/../..")]
    [InlineData(".ssh")]
    [InlineData("pub/.ssh")]
    [InlineData("-d")]
    [InlineData("pub//media")]
    [InlineData("~root")]
    [InlineData("pub;id")]
    [InlineData("pub media")]
    [InlineData("$HOME")]
    [InlineData("pub\nmedia")]
    public void A_folder_that_a_shell_or_sshd_could_obey_is_none(string text) =>
        Assert.False(Core.Policy.SftpFolder.TryParse(text, null, out _));
}
