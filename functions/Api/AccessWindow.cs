namespace SshFunctions.Api;

/// <summary>Hours of some days of the week.</summary>
/// <param name="Days">Of <c>monday</c> to <c>sunday</c>; absent: every day. A window over midnight belongs to the day it begins on.</param>
/// <param name="From"><c>HH:mm</c>, inclusive; absent: <c>00:00</c>.</param>
/// <param name="To"><c>HH:mm</c>, exclusive; absent: <c>00:00</c>. The same as <paramref name="From"/>: the whole day.</param>
/// <param name="TimeZone">IANA name; absent: UTC.</param>
public sealed record AccessWindow(IReadOnlyList<string>? Days = null, string? From = null, string? To = null, string? TimeZone = null);
