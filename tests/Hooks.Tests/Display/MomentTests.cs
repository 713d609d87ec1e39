using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Tests.Display;

public sealed class MomentTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_span_beyond_the_last_year_is_refused_in_words()
    {
        var refused = Assert.Throws<CommandFailedException>(() => Moment.ParseInstant("9999999d", Now));
        Assert.Contains("after the year 9999", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Equal(Now.AddDays(30), Moment.ParseInstant("30d", Now));
    }
}
