using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Support.Http;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Time;

namespace SshFunctions.App.Tests.Hosting.OpenId;

/// <summary>An issuer whose name no server knows, and one that takes connections and says nothing.</summary>
[Trait("Proof", "faults")]
public sealed class IssuerOutageTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(40);

    [Theory(Timeout = 120_000)]
    [InlineData("a name that no server knows")]
    [InlineData("a half-open socket")]
    public async Task Is_told_as_away_in_bounded_time(string fault)
    {
        using var silent = new SilentServer();
        string issuer = fault.StartsWith("a name", StringComparison.Ordinal) ? "https://issuer.invalid" : silent.Address;
        using var client = new IssuerClient(issuer);
        var keys = new IssuerKeys(issuer, client, new ManualClock(), NullLogger<IssuerKeys>.Instance);
        long begun = Stopwatch.GetTimestamp();
        Result<IssuerKeySet> found = await keys.ForAsync("key-1", default);
        bool inTime = Stopwatch.GetElapsedTime(begun) < Bound;
        new ProofFigure("faults", $"OpenID issuer: {fault}", 1, found.Succeeded || !inTime ? 1 : 0).Record();
        Assert.IsType<Refusal.Unavailable>(found.Refusal);
        Assert.True(inTime, "it took too long");
    }
}
