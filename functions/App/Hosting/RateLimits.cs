using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using SshFunctions.Api;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Hosting;

/// <summary>Counts requests per source address, wrong credentials per source address, and requests per caller.</summary>
internal sealed class RateLimits(RateLimitProfile profile) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _addresses = PerMinute(profile.RequestsPerMinutePerAddress);
    private readonly PartitionedRateLimiter<string> _keyQuestionAddresses = PerMinute(profile.RequestsPerMinutePerAddress);
    private readonly PartitionedRateLimiter<string> _listAddresses = PerMinute(profile.ListReadsPerMinutePerAddress);
    private readonly PartitionedRateLimiter<string> _failures = PerMinute(profile.FailedAuthenticationsPerMinutePerAddress);
    private readonly PartitionedRateLimiter<string> _codes = PerMinute(profile.FailedAuthenticationsPerMinutePerAddress);
    private readonly PartitionedRateLimiter<string> _callers = PerMinute(profile.RequestsPerMinutePerCaller);
    private readonly PartitionedRateLimiter<string> _keyQuestions = PerMinute(profile.KeyQuestionsPerMinutePerCaller);
    private readonly PartitionedRateLimiter<string> _passcodes = PerMinute(profile.PasscodesPerMinutePerCaller);

    /// <summary>Counts a request by where it comes from. What many hosts send at once, or strangers make a host send, is counted apart from the rest.</summary>
    public Result<Done> TakeForAddress(HttpContext context) => Take(BucketOf(context.Request.Path), Source(context), "Too many requests come from this address.");

    /// <summary>Counts a wrong credential; refuses once too many came. Right ones are never counted and never refused.</summary>
    public Result<Done> TakeForFailedCredential(HttpContext context) =>
        Take(_failures, Source(context), "Too many wrong credentials came from this address.");

    /// <summary>Counts a code of a browser's sign-in, right or wrong: only its issuer can tell, and is asked for each.</summary>
    public Result<Done> TakeForCodeSignIn(HttpContext context) => Take(_codes, Source(context), "Too many sign-ins come from this address.");

    public Result<Done> TakeForCaller(Caller caller, bool askedByStrangers) =>
        Take(askedByStrangers ? _keyQuestions : _callers, $"{caller.Kind} {caller.Subject}", "This caller sends too many requests.");

    /// <summary>Counts a passcode that somebody asks for, whatever becomes of it: each costs an entry of the journal.</summary>
    public Result<Done> TakeForPasscode(Caller caller) => Take(_passcodes, $"{caller.Kind} {caller.Subject}", "This caller asks for too many passcodes.");

    public void Dispose()
    {
        _addresses.Dispose();
        _keyQuestionAddresses.Dispose();
        _listAddresses.Dispose();
        _failures.Dispose();
        _codes.Dispose();
        _callers.Dispose();
        _keyQuestions.Dispose();
        _passcodes.Dispose();
    }

    /// <summary>The address, or the /64 of an IPv6 one: its owner has all of that and would take a new address each time.</summary>
    internal static string SourceOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address?.ToString() ?? "none";
    }

    // By the path alone: this comes before routing, and a path that only looks like one of these is answered 404.
    private PartitionedRateLimiter<string> BucketOf(PathString path) =>
        path.Equals(Routes.RevocationList, StringComparison.OrdinalIgnoreCase) || path.Equals(Routes.RevocationListSignature, StringComparison.OrdinalIgnoreCase) ? _listAddresses
        : path.Equals(Routes.AuthorizeKey, StringComparison.OrdinalIgnoreCase) ? _keyQuestionAddresses
        : _addresses;

    private static string Source(HttpContext context) => SourceOf(context.SourceAddress());

    private static Result<Done> Take(PartitionedRateLimiter<string> limiter, string key, string detail)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
            return Done.Instance;
        TimeSpan wait = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan given) ? given : TimeSpan.FromSeconds(1);
        return new Refusal.TooMany(detail, wait);
    }

    // The refill is a token at a time, so that a caller over the limit is slowed and not shut out for the rest of a minute.
    private static PartitionedRateLimiter<string> PerMinute(int count) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = count,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / count,
            QueueLimit = 0,
        }));
}
