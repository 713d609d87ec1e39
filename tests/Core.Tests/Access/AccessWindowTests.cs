using System.Globalization;
using SshFunctions.Core.Access;

namespace SshFunctions.Core.Tests.Access;

public sealed class AccessWindowTests
{
    // 2030-01-31 is a Thursday.
    [Theory]
    [InlineData("08:00", "18:00", null, "2030-01-31T08:00Z", true)]
    [InlineData("08:00", "18:00", null, "2030-01-31T07:59Z", false)]
    [InlineData("08:00", "18:00", null, "2030-01-31T18:00Z", false)]
    [InlineData("08:00", "18:00", null, "2030-02-01T12:00Z", false)]
    [InlineData("22:00", "06:00", null, "2030-01-31T23:00Z", true)]
    [InlineData("22:00", "06:00", null, "2030-02-01T05:59Z", true)]
    [InlineData("22:00", "06:00", null, "2030-02-01T22:00Z", false)]
    [InlineData("22:00", "06:00", null, "2030-01-31T05:00Z", false)]
    [InlineData("00:00", "00:00", null, "2030-01-31T23:59Z", true)]
    [InlineData("00:00", "00:00", null, "2030-02-01T00:00Z", false)]
    [InlineData("08:00", "18:00", "Europe/Berlin", "2030-01-31T07:00Z", true)]
    [InlineData("08:00", "18:00", "Europe/Berlin", "2030-01-31T17:00Z", false)]
    [InlineData("08:00", "18:00", "Nowhere/Atall", "2030-01-31T12:00Z", false)]
    public void Holds_on_its_day_between_its_hours(string from, string to, string? zone, string now, bool expected)
    {
        var window = new AccessWindow([DayOfWeek.Thursday], TimeOnly.Parse(from, CultureInfo.InvariantCulture), TimeOnly.Parse(to, CultureInfo.InvariantCulture), zone);
        Assert.Equal(expected, window.Holds(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Without_days_it_holds_on_every_one() =>
        Assert.True(new AccessWindow([], new TimeOnly(8, 0), new TimeOnly(9, 0), null).Holds(new DateTimeOffset(2030, 2, 3, 8, 30, 0, TimeSpan.Zero)));
}
