using SshFunctions.Core.Journal;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Journal;

public sealed class JournalSelectionTests
{
    [Theory]
    [InlineData("*", "/", "host.alarm", true)]
    [InlineData("host.*", "/", "host.alarm", true)]
    [InlineData("host.alarm", "/", "host.alarm", true)]
    [InlineData("host.*", "/", "host-certificate.refused", false)]
    [InlineData("host.*", "acme", "host.alarm", true)]
    [InlineData("host.*", "acme/production/web", "host.alarm", true)]
    [InlineData("host.*", "acme/staging", "host.alarm", false)]
    [InlineData("*", "acme", "private-key.received", false)]
    [InlineData("*", "/", "private-key.received", true)]
    public void Selects_by_kind_and_place(string pattern, string path, string kind, bool expected)
    {
        Assert.True(JournalSelection.TryCreate([pattern], ResourcePath.Parse(path), out JournalSelection? selection, out _));
        Assert.Equal(expected, selection.Fits(EntryOf(kind)));
    }

    [Theory]
    [InlineData("host.alarms")]
    [InlineData("host*")]
    [InlineData("hosts.*")]
    [InlineData("")]
    public void Refuses_a_pattern_that_fits_no_kind(string pattern)
    {
        Assert.False(JournalSelection.TryCreate(["*", pattern], ResourcePath.Root, out _, out string? unknown));
        Assert.Equal(pattern, unknown);
    }

    [Fact]
    public void Refuses_no_patterns_at_all() => Assert.False(JournalSelection.TryCreate([], ResourcePath.Root, out _, out _));

    private static JournalEntry EntryOf(string kind)
    {
        JournalEvent told = kind switch
        {
            "host.alarm" => new JournalEvent.HostAlarm(Broker.EnrolledHostOf().Id, Broker.Web, "a1", "trust", "gone", DateTimeOffset.UnixEpoch),
            "private-key.received" => new JournalEvent.PrivateKeyReceived(null),
            _ => new JournalEvent.HostCertificateRefused(Broker.EnrolledHostOf().Id, Broker.Web, "SHA256:x", "no"),
        };
        return JournalEntry.Create(new JournalPosition(1, 1), DateTimeOffset.UnixEpoch, JournalCaller.Of(Broker.Alice), told, JournalEntry.NoPrevious);
    }
}
