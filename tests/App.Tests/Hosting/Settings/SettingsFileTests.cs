using System.Text;
using SshFunctions.App.Hosting.Settings;

namespace SshFunctions.App.Tests.Hosting.Settings;

public sealed class SettingsFileTests
{
    [Theory]
    [InlineData("""{"data":"\ud800"}""")]
    [InlineData("""{"\ud800":"/var/lib/sshfn"}""")]
    public void Half_of_a_character_is_refused_with_the_name_of_the_file(string text)
    {
        string detail = SettingsFile.Bind(Encoding.UTF8.GetBytes(text), "/etc/sshfn.json").Refusal!.Detail;
        Assert.Contains("--config /etc/sshfn.json has a text that is no Unicode", detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_no_path_can_hold_is_refused_by_its_member() =>
        Assert.Contains("U+0000 in \"data\"", SettingsFile.Bind(Encoding.UTF8.GetBytes("""{"data":"/var/\u0000lib"}"""), "settings.json").Refusal!.Detail, StringComparison.Ordinal);

    [Fact]
    public void A_byte_order_mark_before_the_object_is_no_part_of_it() =>
        Assert.True(SettingsFile.Bind(Encoding.UTF8.GetBytes("\uFEFF{\"data\":\"/var/lib/sshfn\"}"), "settings.json").Succeeded);
}
