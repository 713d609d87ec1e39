using SshFunctions.Core.Policy;

namespace SshFunctions.Core.Tests.Policy;

public sealed class SourceRangeTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3", "10.1.2.3/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:DB8::/32", "2001:db8::/32")]
    [InlineData("::1", "::1/128")]
    public void Reads_a_block(string text, string canonical) => Assert.Equal(canonical, SourceRange.Parse(text).Text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10.1")]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/8,0.0.0.0/0")]
    [InlineData("10.0.0.0/8\n")]
    [InlineData(" 10.0.0.0/8")]
    [InlineData("!10.0.0.0/8")]
    [InlineData("*")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("web.example.com")]
    [InlineData("\u0661\u0660.0.0.0/8")]
    public void Refuses_what_is_no_block(string? text) => Assert.False(SourceRange.TryParse(text, null, out _));
}
