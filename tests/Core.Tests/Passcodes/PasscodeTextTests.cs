using SshFunctions.Core.Callers;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Passcodes;

public sealed class PasscodeTextTests
{
    [Fact]
    public void A_passcode_is_three_groups_of_four_unambiguous_symbols_and_never_the_same()
    {
        string[] passcodes = [.. Enumerable.Range(0, 1000).Select(_ => PasscodeText.Generate().Reveal())];
        Assert.All(passcodes, passcode => Assert.Matches("^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}$", passcode));
        Assert.Equal(1000, passcodes.Distinct().Count());
        Assert.Equal(32, passcodes.SelectMany(passcode => passcode).Where(unit => unit != '-').Distinct().Count());
    }

    [Theory]
    [InlineData("as it was printed", "0a1b-2c3d-4e5f")]
    [InlineData("capitals", "0A1B-2C3D-4E5F")]
    [InlineData("no separators", "0a1b2c3d4e5f")]
    [InlineData("spaces", " 0a1b 2c3d 4e5f ")]
    [InlineData("o for zero and l for one", "oalb-2c3d-4e5f")]
    [InlineData("O for zero and I for one", "OaIB-2c3d-4e5f")]
    [InlineData("i for one", "0aib-2c3d-4e5f")]
    [InlineData("L for one", "0aLb-2c3d-4e5f")]
    public void Means_the_same_however_it_is_typed(string what, string typed) =>
        Assert.True(HashOf("0a1b-2c3d-4e5f") == HashOf(typed), what);

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("too short", "0a1b-2c3d-4e5")]
    [InlineData("too long", "0a1b-2c3d-4e5f0")]
    [InlineData("a letter that is not in the alphabet", "0a1b-2c3d-4e5u")]
    [InlineData("what sshd sends for an unknown user", "\b\n\r\u007fINCORRECT")]
    [InlineData("a digit of another script", "0a1b-2c3d-4e5\u0661")]
    [InlineData("a long s, whose capital is S", "0a1b-2c3d-4e5\u017f")]
    public void Is_no_passcode(string what, string typed) => Assert.True(HashOf(typed) is null, what);

    [Fact]
    public void Hashes_to_something_else_for_another_resource() =>
        Assert.NotEqual(HashOf("0a1b-2c3d-4e5f"), HashOf("0a1b-2c3d-4e5f", "acme/production/db"));

    private static string? HashOf(string typed, string resource = "acme/production/web")
    {
        using Secret secret = Secret.Of(typed);
        return PasscodeText.TryHash(ResourcePath.Parse(resource), secret, out string? hash) ? hash : null;
    }
}
