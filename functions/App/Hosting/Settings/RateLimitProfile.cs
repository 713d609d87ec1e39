namespace SshFunctions.App.Hosting.Settings;

/// <summary>Rate limits; each is a bucket of that many requests which refills evenly over a minute.</summary>
/// <param name="RequestsPerMinutePerAddress">Before authentication.</param>
/// <param name="FailedAuthenticationsPerMinutePerAddress">Wrong credentials; when spent, further wrong ones are answered 429, right ones still pass.</param>
/// <param name="RequestsPerMinutePerCaller">After authentication.</param>
/// <param name="PasscodesPerMinutePerCaller">Passcodes that one caller asks for; nobody types more.</param>
/// <param name="KeyQuestionsPerMinutePerCaller">Registered keys that one host asks about; the same many from one address as other requests.</param>
/// <param name="ListReadsPerMinutePerAddress">Readings of the KRL and its signature: after a change every host behind one address sends two at once.</param>
internal sealed record RateLimitProfile(
    int RequestsPerMinutePerAddress = 3000,
    int FailedAuthenticationsPerMinutePerAddress = 30,
    int RequestsPerMinutePerCaller = 1200,
    int PasscodesPerMinutePerCaller = 20,
    int KeyQuestionsPerMinutePerCaller = 1200,
    int ListReadsPerMinutePerAddress = 30_000);
